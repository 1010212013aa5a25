"""``backup`` and ``restore``: the whole installation in one file whose every part has a digest, checked when made and before use.

Inside the tar: ``manifest.json`` first, then the database (SQLite's own online copy, or ``pg_dump``), evidence, keys. The database is
copied before the evidence: a file is stored before a row names it, so every row's file is inside.
"""

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from zhaoshang.command import copies
from zhaoshang.command.locking import NotLocked, alone
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, with_json

FORMAT = "zhaoshang-backup-1"
FOLDERS = ("evidence", "keys")
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the backup: its name inside, and where it lies."""

    name: str
    path: Path

    def described(self) -> dict[str, Any]:
        """Its line of the manifest."""
        return {"name": self.name, "bytes": self.path.stat().st_size, "sha256": digest_of(self.path)}


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="FILE", help="备份文件;不写则放在数据目录的 backups 下")
    with_json(parser)


def _backup(options: argparse.Namespace) -> int:
    at = timezone.localtime()
    wanted = (
        Path(options.output) if options.output else settings.DATA_DIR / "backups" / f"zhaoshang-{at:%Y%m%d-%H%M%S}.tar"
    )
    try:
        digest = make_backup(wanted, at)
    except OSError as error:
        raise Stop(PROBLEMS, f"备份没有做成:{error}。已有的备份不受影响") from error
    if options.json:
        print_json({"file": str(wanted), "sha256": digest, "bytes": wanted.stat().st_size})
    else:
        sys.stdout.write(f"已备份并校验:{wanted}({wanted.stat().st_size:,} 字节)\n摘要 {digest},请与文件分开保存\n")
    return DONE


def make_backup(wanted: Path, at: datetime) -> str:
    """Write and check the backup; it gets its name only when it is whole. Returns the file's digest."""
    if wanted.exists():
        raise Stop(WRONG_USE, f"{wanted} 已存在,不覆盖")
    wanted.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=wanted.parent, prefix=".backup-") as folder:
        work = Path(folder)
        parts = [Part(copies.DATABASE_FILE, copies.copy_database(work)), *_files()]
        made = work / "backup.tar"
        _write_tar(made, parts, at)
        unpack(made, work / "check")
        made.chmod(0o600)
        made.replace(wanted)
    return digest_of(wanted)


def _files() -> Iterator[Part]:
    for folder in FOLDERS:
        root = settings.DATA_DIR / folder
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            yield Part(f"{folder}/{path.relative_to(root).as_posix()}", path)
    secret = settings.DATA_DIR / "secret_key"
    if secret.exists():
        yield Part("secret_key", secret)


def _write_tar(made: Path, parts: list[Part], at: datetime) -> None:
    manifest = {
        "format": FORMAT,
        "made_at": at.isoformat(timespec="seconds"),
        "vendor": connection.vendor,
        "migrations": sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations),
        "files": [part.described() for part in parts],
    }
    body = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    with tarfile.open(made, "w") as tar:
        head = tarfile.TarInfo("manifest.json")
        head.size, head.mtime = len(body), int(at.timestamp())
        tar.addfile(head, io.BytesIO(body))
        for part in parts:
            tar.add(part.path, part.name, recursive=False)


def unpack(made: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup, comparing every file with the manifest. Raises :class:`Stop` for anything that is not whole and ours."""
    try:
        with tarfile.open(made, "r:") as tar:
            manifest = _manifest(tar)
            _unpack_files(tar, manifest, folder)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Stop(PROBLEMS, f"{made} 不完整或不是备份文件:{error}") from error
    if manifest["vendor"] == "sqlite":
        copies.check_sqlite(folder / copies.DATABASE_FILE)
    return manifest


def _manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    file = tar.extractfile(first) if first and first.name == "manifest.json" else None
    try:
        manifest = json.loads(file.read()) if file else None
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Stop(PROBLEMS, "这不是本系统的备份:开头没有认得的 manifest.json")
    return manifest


def _unpack_files(tar: tarfile.TarFile, manifest: dict[str, Any], folder: Path) -> None:
    wanted = {entry["name"]: entry for entry in manifest["files"]}
    for member in tar:
        if member.name == "manifest.json":
            continue
        entry = wanted.pop(member.name, None)
        target = (folder / member.name).resolve()
        if entry is None or not member.isfile() or not target.is_relative_to(folder.resolve()):
            raise Stop(PROBLEMS, f"备份里有不该有的 {member.name},不予恢复")
        target.parent.mkdir(parents=True, exist_ok=True)
        content = tar.extractfile(member)
        assert content is not None
        with target.open("wb") as out:
            shutil.copyfileobj(content, out, CHUNK)
        target.chmod(member.mode & 0o700)  # keys stay their owner's
        if digest_of(target) != entry["sha256"]:
            raise Stop(PROBLEMS, f"备份已损坏:{member.name} 与登记的摘要不符")
    if wanted:
        raise Stop(PROBLEMS, f"备份不完整:缺 {len(wanted)} 个文件,如 {next(iter(wanted))}")


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="备份文件")
    parser.add_argument("--digest", metavar="SHA256", help="备份时给出的摘要;写上则先比对")
    with_json(parser)


def _restore(options: argparse.Namespace) -> int:
    made = Path(options.file)
    if not made.is_file():
        raise Stop(WRONG_USE, f"没有文件 {made}")
    if options.digest and digest_of(made) != options.digest.lower():
        raise Stop(PROBLEMS, f"{made} 的摘要与给出的不符,不予恢复")
    try:
        with alone(settings.DATA_DIR):
            kept, note = restore(made)
    except NotLocked as error:
        raise Stop(WRONG_USE, "服务正在运行。请先停止服务,再恢复") from error
    if options.json:
        print_json({"restored": str(made), "previous": str(kept) if kept else None, "note": note})
    else:
        sys.stdout.write(
            f"已恢复 {made}\n" + (f"原有数据保留在 {kept}\n" if kept else "") + (f"{note}\n" if note else "")
        )
    return DONE


def restore(made: Path) -> tuple[Path | None, str]:
    """Put a checked backup in the place of the live data, which is kept. Returns where, and what else is to be done."""
    work = Path(tempfile.mkdtemp(dir=settings.DATA_DIR, prefix=".restore-"))
    try:
        manifest = unpack(made, work)
        _refuse_foreign(manifest)
        _refuse_broken_chain(manifest, work)
        if connection.vendor == "postgresql":
            return copies.restore_postgresql(work)
        return copies.swap_sqlite(work, [copies.DATABASE_FILE, *FOLDERS, "secret_key"])
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _refuse_foreign(manifest: dict[str, Any]) -> None:
    if manifest["vendor"] != connection.vendor:
        raise Stop(PROBLEMS, f"备份取自 {manifest['vendor']},本机数据库是 {connection.vendor},不能互相恢复")
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest["migrations"]) - known):
        raise Stop(PROBLEMS, f"备份比程序新(含 {newer[0]})。请先升级程序")


def _refuse_broken_chain(manifest: dict[str, Any], work: Path) -> None:
    """Walk the ledger inside the copy, in a process that sees only the copy."""
    if manifest["vendor"] != "sqlite" or not copies.has_city(work / copies.DATABASE_FILE):
        return
    sees = {**os.environ, "ZHAOSHANG_DATA": str(work), "DATABASE_URL": f"sqlite:///{work / copies.DATABASE_FILE}"}
    walked = subprocess.run(
        [sys.executable, "-m", "zhaoshang.cli", "verify-ledger"], env=sees, capture_output=True, text=True, check=False
    )
    if walked.returncode:
        raise Stop(PROBLEMS, f"备份里的账链有问题,不予恢复:{(walked.stdout or walked.stderr).strip()}")


COMMANDS = {"backup": Command(_backup_arguments, _backup), "restore": Command(_restore_arguments, _restore)}

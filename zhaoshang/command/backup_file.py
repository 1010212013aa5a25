"""The inside of a backup: a tar whose every part has a digest in the manifest, which comes first; a stream, sealed or plain."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from zhaoshang.command.parts import PROBLEMS, WRONG_USE, Stop
from zhaoshang.command.sealing import Key, Opener, Sealer, is_sealed

FORMAT = "zhaoshang-backup-1"
_AT_ONCE = 1 << 20


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


def pack(made: Path, parts: Sequence[Part], said: dict[str, Any], at: datetime, key: Key | None) -> None:
    """Write the archive; ``said`` is what the manifest tells beside the files. Nothing is written in clear when there is a key."""
    manifest = {
        "format": FORMAT,
        "made_at": at.isoformat(timespec="seconds"),
        **said,
        "files": [part.described() for part in parts],
    }
    with made.open("xb") as out:
        made.chmod(0o600)
        sealer = Sealer(out, key, at) if key else None
        _write(sealer or out, json.dumps(manifest, ensure_ascii=False, indent=1).encode(), parts, at)
        if sealer:
            sealer.close()


def _write(out: Any, body: bytes, parts: Sequence[Part], at: datetime) -> None:
    with tarfile.open(fileobj=out, mode="w|") as tar:
        head = tarfile.TarInfo("manifest.json")
        head.size, head.mtime = len(body), int(at.timestamp())
        tar.addfile(head, io.BytesIO(body))
        for part in parts:
            tar.add(part.path, part.name, recursive=False)


def unpack(made: Path, folder: Path | None, key: Key | None) -> dict[str, Any]:
    """Unpack an archive, comparing every file with the manifest, and give the manifest; without ``folder`` only compare.

    Raises :class:`Stop` for anything that is not whole and ours, and for a sealed one without its key.
    """
    try:
        with _clear(made, key) as file, tarfile.open(fileobj=file, mode="r|") as tar:
            manifest = _manifest(tar)
            _files(tar, manifest, folder)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Stop(PROBLEMS, f"{made} 不完整或不是备份文件:{error}") from error
    return manifest


@contextmanager
def _clear(made: Path, key: Key | None) -> Iterator[Any]:
    """The file's content in clear; at the end everything of it has been checked."""
    file: BinaryIO
    with made.open("rb") as file:
        if not is_sealed(made):
            yield file
            return
        if key is None:
            raise Stop(WRONG_USE, "这份备份是加密的。请用 --key 或 ZHAOSHANG_BACKUP_KEY 给出密钥文件")
        opener = Opener(file, key)
        yield opener
        opener.drain()


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


def _files(tar: tarfile.TarFile, manifest: dict[str, Any], folder: Path | None) -> None:
    wanted = {entry["name"]: entry for entry in manifest["files"]}
    while member := tar.next():
        entry = wanted.pop(member.name, None)
        if entry is None or not member.isfile() or not _is_inside(member.name):
            raise Stop(PROBLEMS, f"备份里有不该有的 {member.name},不予恢复")
        content = tar.extractfile(member)
        assert content is not None
        if _taken(content, folder / member.name if folder else None, member.mode) != entry["sha256"]:
            raise Stop(PROBLEMS, f"备份已损坏:{member.name} 与登记的摘要不符")
    if wanted:
        raise Stop(PROBLEMS, f"备份不完整:缺 {len(wanted)} 个文件,如 {next(iter(wanted))}")


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in Path(name).parts


def _taken(content: Any, target: Path | None, mode: int) -> str:
    """Write one file, if it has a place, and give its digest; keys stay their owner's."""
    digest = hashlib.sha256()
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
    out = target.open("wb") if target else io.BytesIO()
    with out:
        while some := content.read(_AT_ONCE):
            digest.update(some)
            if target:
                out.write(some)
    if target:
        target.chmod(mode & 0o700)
    return digest.hexdigest()

"""``backup`` and ``backup-key``: the whole installation in one sealed file, checked when made; older ones thinned out.

Inside: the database (SQLite's own online copy, or ``pg_dump``), evidence, keys. The database is copied before the evidence: a file is
stored before a row names it, so every row's file is inside. The manifest tells what the tables held, so that a restore can be compared.
"""

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from zhaoshang.command import copies
from zhaoshang.command.backup_file import Part, digest_of, pack, unpack
from zhaoshang.command.elsewhere import hand_over
from zhaoshang.command.locking import NotLocked, alone
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, with_json
from zhaoshang.command.sealing import Key, make_key, read_key
from zhaoshang.tenancy.trouble import Trouble, trouble_of
from zhaoshang.watch import backups as state

FOLDERS = ("evidence", "keys")
_WORK = ".backup-"
_DATED = re.compile(r"zhaoshang-(\d{8}-\d{6})\.(?:backup|tar)")


def key_argument(parser: argparse.ArgumentParser) -> None:
    """Which key."""
    parser.add_argument("--key", metavar="FILE", help="备份密钥文件;不写则取 ZHAOSHANG_BACKUP_KEY")


def the_key(options: argparse.Namespace) -> Key | None:
    """The key that was named, if any. Raises :class:`Stop` for one that lies where the backup's thief would find it."""
    named = options.key or settings.BACKUP_KEY
    if not named:
        return None
    path = Path(named).resolve()
    if path.is_relative_to(settings.DATA_DIR):
        raise Stop(WRONG_USE, f"备份密钥 {path} 不能放在数据目录里:应另行保管")
    return read_key(path)


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="FILE", help="备份文件;不写则放在数据目录的 backups 下,以时间为名")
    parser.add_argument("--into", metavar="FOLDER", help="备份放在哪个目录,以时间为名,并按 --keep 清理")
    parser.add_argument("--keep", metavar="D,W,M", help="留几个日备份、周备份、月备份;不写则取 ZHAOSHANG_BACKUP_KEEP")
    parser.add_argument(
        "--copy-to", metavar="PLACE", help="做成后送往别处的目录或程序,并读回比对;不写则取 ZHAOSHANG_BACKUP_ELSEWHERE"
    )
    parser.add_argument("--plain", action="store_true", help="不加密:文件里有电话和密钥,须像系统一样保管")
    key_argument(parser)
    with_json(parser)


def _backup(options: argparse.Namespace) -> int:
    key, at = the_key(options), timezone.localtime()
    if key is None and not options.plain:
        raise Stop(
            WRONG_USE,
            "没有备份密钥。用 zhaoshang backup-key 生成一把,以 --key 或 ZHAOSHANG_BACKUP_KEY 指明;或写 --plain 不加密",
        )
    keep = parse_keep(options.keep or settings.BACKUP_KEEP)
    folder = Path(options.into) if options.into else settings.DATA_DIR / "backups"
    ending = "tar" if options.plain else "backup"
    wanted = Path(options.output) if options.output else folder / f"zhaoshang-{at:%Y%m%d-%H%M%S}.{ending}"
    try:
        digest = make_backup(wanted, at, None if options.plain else key)
        gone = thin_out(folder, keep) if options.into else []
    except OSError as error:
        raise Stop(PROBLEMS, f"备份没有做成:{error}。已有的备份不受影响") from error
    if elsewhere := options.copy_to or settings.BACKUP_ELSEWHERE:
        _copied(wanted, digest, elsewhere)
    if options.json:
        print_json({"file": str(wanted), "sha256": digest, "bytes": wanted.stat().st_size, "removed": gone})
    else:
        sealed = "未加密" if options.plain or key is None else f"密钥 {key.id}"
        sys.stdout.write(
            f"已备份并校验:{wanted}({wanted.stat().st_size:,} 字节,{sealed})\n摘要 {digest},请与文件分开保存\n"
            + (f"按保留规则删去 {len(gone)} 个旧备份\n" if gone else "")
        )
    return DONE


def _copied(made: Path, digest: str, place: str) -> None:
    try:
        hand_over(made, digest, place)
    except Stop:
        state.note(copy_failed=state.now())
        raise
    state.note(copied=state.now(), copy_failed="")


def make_backup(wanted: Path, at: datetime, key: Key | None) -> str:
    """Write and check the backup, and note how it went where whoever watches looks (``watch.backups``). Returns the file's digest.

    Raises :class:`Stop` and ``OSError``.
    """
    try:
        digest = _made_alone(wanted, at, key)
    except (OSError, Stop) as error:
        if state.fault() == "killed":  # it had begun, and ends here
            state.note(failed=state.now(), why="no room" if trouble_of(error) == Trouble.FULL else type(error).__name__)
        raise
    state.note(ended=state.now(), failed="", why="")
    return digest


def _made_alone(wanted: Path, at: datetime, key: Key | None) -> str:
    """It gets its name only when it is whole.

    The copy of the database lies in the data folder meanwhile, and goes whatever happens; what a killed run left is taken away first.
    """
    if wanted.exists():
        raise Stop(WRONG_USE, f"{wanted} 已存在,不覆盖")
    try:
        with alone(settings.DATA_DIR, state.LOCK):
            state.note(begun=state.now())
            for left in [*settings.DATA_DIR.glob(f"{_WORK}*"), *wanted.parent.glob(f"{_WORK}*.part")]:
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink()
            return _made(wanted, at, key)
    except NotLocked as error:
        raise Stop(PROBLEMS, "另一个备份正在进行,等它做完再做") from error


def _made(wanted: Path, at: datetime, key: Key | None) -> str:
    wanted.parent.mkdir(parents=True, exist_ok=True)
    growing = wanted.with_name(f"{_WORK}{wanted.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=_WORK) as folder:
            copied, tables = copies.copy_database(Path(folder))
            if connection.vendor == "sqlite":
                copies.check_sqlite(copied)
            pack(growing, [Part(copies.DATABASE_FILE, copied), *_files()], _said(tables), at, key)
        unpack(growing, None, key)
        growing.replace(wanted)
    finally:
        growing.unlink(missing_ok=True)
    return digest_of(wanted)


def _files() -> Iterator[Part]:
    for folder in FOLDERS:
        root = settings.DATA_DIR / folder
        for path in sorted(path for path in root.rglob("[!.]*") if path.is_file()):  # what grows yet is no row's file
            yield Part(f"{folder}/{path.relative_to(root).as_posix()}", path)
    secret = settings.DATA_DIR / "secret_key"
    if secret.exists():
        yield Part("secret_key", secret)


def _said(tables: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "vendor": connection.vendor,
        "migrations": sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations),
        "tables": tables,
    }


def parse_keep(text: str) -> tuple[int, int, int]:
    """``7,5,12``. Raises :class:`Stop`."""
    numbers = text.split(",")
    if len(numbers) != 3 or not all(number.strip().isdecimal() for number in numbers) or int(numbers[0]) < 1:
        raise Stop(
            WRONG_USE, f"看不懂保留规则 {text}。写法:7,5,12,即 7 个日备份、5 个周备份、12 个月备份,日备份至少 1 个"
        )
    days, weeks, months = (int(number) for number in numbers)
    return days, weeks, months


def staying(made: Iterable[datetime], keep: tuple[int, int, int]) -> set[datetime]:
    """Which moments' backups stay: the last of each of the latest days, ISO weeks and months that have one."""
    newest_first, stay = sorted(made, reverse=True), set()
    for many, named in zip(keep, ("%Y-%m-%d", "%G-%V", "%Y-%m"), strict=True):
        last: dict[str, datetime] = {}
        for one in newest_first:
            last.setdefault(one.strftime(named), one)
        stay |= set(list(last.values())[:many])
    return stay


def thin_out(folder: Path, keep: tuple[int, int, int]) -> list[str]:
    """Delete the backups of ``folder`` that need not stay, by the time in their names; other files are left alone."""
    found = {
        path: datetime.strptime(match[1], "%Y%m%d-%H%M%S")
        for path in folder.iterdir()
        if (match := _DATED.fullmatch(path.name))
    }
    stay = staying(found.values(), keep)
    gone = sorted(path for path, made in found.items() if made not in stay)
    for path in gone:
        path.unlink()
    return [path.name for path in gone]


def _key_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="FILE", required=True, help="密钥文件,须在数据目录之外")


def _backup_key(options: argparse.Namespace) -> int:
    path = Path(options.output).resolve()
    if path.is_relative_to(settings.DATA_DIR):
        raise Stop(WRONG_USE, "备份密钥不能放在数据目录里:应另行保管")
    key = make_key(path)
    sys.stdout.write(f"已生成备份密钥 {key.id}:{path}\n请再抄一份存于别处:丢了它,备份就打不开\n")
    return DONE


COMMANDS = {"backup": Command(_backup_arguments, _backup), "backup-key": Command(_key_arguments, _backup_key)}

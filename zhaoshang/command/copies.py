"""Copies of the database: taken while others write, and put in place without destroying what was there."""

import os
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection, transaction

from zhaoshang.command import stores
from zhaoshang.command.parts import PROBLEMS, WRONG_USE, Stop

DATABASE_FILE = "database"


def copy_database(folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    """A copy as of one moment, in ``folder``, and what its tables hold (``stores.Table``)."""
    made = folder / DATABASE_FILE
    if connection.vendor == "postgresql":
        return made, _dumped(made)
    connection.ensure_connection()
    with sqlite3.connect(made) as copy:
        connection.connection.backup(copy)
    copy.execute("PRAGMA journal_mode=DELETE")
    copy.close()
    with stores.standing_in({**settings.DATABASES["default"], "NAME": str(made)}):
        return made, _tables()


def _dumped(made: Path) -> list[dict[str, Any]]:
    """``pg_dump`` and our own count of the tables, both of one exported snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _pg("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={made}", _name())
        return _tables()


def _tables() -> list[dict[str, Any]]:
    return [stores.described(model).to_json() for model in stores.moved_models()]


def check_sqlite(made: Path) -> None:
    """Raise :class:`Stop` unless SQLite finds the copy whole."""
    try:
        copy = sqlite3.connect(f"file:{quote(str(made))}?mode=ro", uri=True)
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        copy.close()
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise Stop(PROBLEMS, f"备份中的数据库已损坏:{found}")


def swap_sqlite(work: Path, names: list[str]) -> tuple[Path | None, str]:
    """Move the live files aside and the restored ones in; on failure everything goes back where it was."""
    connection.close()
    live = Path(connection.settings_dict["NAME"])
    data: Path = settings.DATA_DIR
    kept = data / f"replaced-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    moves = [(live.with_name(live.name + suffix), kept / (DATABASE_FILE + suffix)) for suffix in ("", "-wal", "-shm")]
    moves += [(data / name, kept / name) for name in names if name != DATABASE_FILE]
    moves = [(source, target) for source, target in moves if source.exists()]
    moves += [(work / name, live if name == DATABASE_FILE else data / name) for name in names if (work / name).exists()]
    kept.mkdir()
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            shutil.move(source, target)
            done.append((source, target))
    except OSError as error:
        for source, target in reversed(done):
            shutil.move(target, source)
        raise Stop(PROBLEMS, f"没有恢复成:{error}。原有数据已放回原处") from error
    return (kept, "") if any(kept.iterdir()) else (None, "")


def restored_postgresql(work: Path) -> str:
    """Restore into a new database beside the live one; gives its name. The live database is not touched."""
    fresh = f"{_name()}_restored_{datetime.now().astimezone():%Y%m%d%H%M%S}"
    _pg("createdb", fresh)
    try:
        _pg("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={fresh}", str(work / DATABASE_FILE))
    except Stop:
        drop_postgresql(fresh)
        raise
    return fresh


def drop_postgresql(fresh: str) -> None:
    """Take a restored database away again."""
    _pg("dropdb", "--if-exists", fresh)


def beside(work: Path, fresh: str) -> str:
    """Add evidence that is missing; says what the operator does next."""
    for path in (work / "evidence").rglob("*"):
        target = settings.EVIDENCE_DIR / path.relative_to(work / "evidence")
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)
    return f"已恢复到新数据库 {fresh},原数据库未动。核对无误后把 DATABASE_URL 改指 {fresh}"


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _pg(tool: str, *arguments: str) -> None:
    """One of PostgreSQL's own tools, on this installation's server."""
    program = shutil.which(tool)
    if program is None:
        raise Stop(
            WRONG_USE, f"本机没有 {tool}。请安装 PostgreSQL 客户端(Debian:postgresql-client),或在数据库主机上备份"
        )
    place: dict[str, Any] = connection.settings_dict
    where = {"PGHOST": place["HOST"], "PGPORT": place["PORT"], "PGUSER": place["USER"], "PGPASSWORD": place["PASSWORD"]}
    env = {**os.environ, **{key: str(value) for key, value in where.items() if value}}
    ran = subprocess.run([program, *arguments], env=env, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise Stop(PROBLEMS, f"{tool} 失败:{ran.stderr.strip()[-500:]}")

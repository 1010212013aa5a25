"""The ground a server stands on: a sound SQLite, a local disk, tables up to date, static files in place."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from zhaoshang.command.parts import WRONG_USE, Stop
from zhaoshang.common.digests import ALGORITHMS

# A WAL database can be corrupted by several connections from 3.7.0 until 3.51.3; two older lines carry the fix.
_WAL_SAFE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_REMOTE_DISKS = frozenset({"nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "ceph", "fuse.sshfs", "fuse.glusterfs"})

RETIRED = frozenset({"django_tasks_database"})  # ADR 21


def is_wal_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite may run a WAL database under several connections."""
    newest, *backports = _WAL_SAFE
    return (
        version >= newest
        or version < (3, 7, 0)
        or any(version[:2] == line[:2] and version >= line for line in backports)
    )


def disk_of(path: Path, mounts: str) -> str:
    """The file system that ``path`` lies on, from the text of ``/proc/mounts``."""
    found = ("", "")
    for line in mounts.splitlines():
        point, kind = line.split()[1:3]
        if (path == Path(point) or Path(point) in path.parents) and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def check_ground() -> None:
    """Refuse to go on where the account could be lost, in one line."""
    if not os.access(settings.DATA_DIR, os.W_OK):
        raise Stop(WRONG_USE, f"数据目录 {settings.DATA_DIR} 不可写。请检查权限或设置 ZHAOSHANG_DATA")
    if connection.vendor == "sqlite":
        if not is_wal_safe(sqlite3.sqlite_version_info):
            raise Stop(
                WRONG_USE,
                f"SQLite {sqlite3.sqlite_version} 的 WAL 有损坏数据的缺陷,不能启动。请按 requirements/runtime.lock 安装 pysqlite3",
            )
        database = Path(settings.DATABASES["default"]["NAME"])
        if database.exists() and not os.access(database, os.R_OK | os.W_OK):
            raise Stop(WRONG_USE, f"数据库文件 {database} 属于 {_owner(database)},本进程没有读写它的权限。请检查所有者")
        mounts = Path("/proc/mounts")
        disk = disk_of(settings.DATA_DIR, mounts.read_text()) if mounts.exists() else ""
        if disk in _REMOTE_DISKS:
            raise Stop(
                WRONG_USE,
                f"数据目录 {settings.DATA_DIR} 在网络文件系统 {disk} 上,SQLite 不能安全使用。请改用本地磁盘或 PostgreSQL",
            )
    if settings.LEDGER_HASH not in ALGORITHMS:
        raise Stop(WRONG_USE, f"ZHAOSHANG_LEDGER_HASH={settings.LEDGER_HASH} 不认识。可用:{'、'.join(ALGORITHMS)}")


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:  # an owner without a name here
        return str(path.stat().st_uid)


def holds_a_city() -> bool:
    """Whether a city stands in the store. Asked without the model, whose newest columns may not be there yet."""
    if "tenancy_city" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM tenancy_city LIMIT 1")
        return cursor.fetchone() is not None


def check_secret() -> None:
    """Make no new secret key beside a city that has lost its own: what that one sealed, second factors first, could not be read again."""
    try:
        if not settings.SECRET_IS_NEW or not holds_a_city():
            return
    except DatabaseError:
        return  # which the command itself tells
    settings.SECRET_FILE.unlink(missing_ok=True)
    raise Stop(
        WRONG_USE,
        f"数据库里已有城市,而密钥 {settings.SECRET_FILE} 不见了。请从备份取回,或设置 ZHAOSHANG_SECRET_KEY;"
        "确已丢失时,在该文件里写一行 50 个以上的随机字符,再重置各人的第二验证",
    )


def unknown_migrations(loader: MigrationLoader) -> list[tuple[str, str]]:
    """What was applied and is not known here, but for apps that this program used once."""
    return sorted(one for one in set(loader.applied_migrations) - set(loader.disk_migrations) if one[0] not in RETIRED)


def bring_up_to_date(*, refused: Callable[[], str] = str) -> None:
    """Tables as the code knows them. A database newer than the code, or not ours, is refused; an older one if ``refused`` tells why."""
    check_ground()
    try:
        executor = MigrationExecutor(connection)
        unknown = unknown_migrations(executor.loader)
        if unknown:
            raise Stop(
                WRONG_USE,
                f"数据库比程序新(有未知的迁移 {'.'.join(unknown[0])})。请升级程序,或检查 ZHAOSHANG_DATA、DATABASE_URL",
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            if why := refused():
                raise Stop(WRONG_USE, f"数据库比程序旧,或还是空的。{why}")
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise Stop(WRONG_USE, f"数据库打不开:{str(error).strip()}。请检查 ZHAOSHANG_DATA、DATABASE_URL") from error


def collect_static() -> None:
    """Static files under their hashed names, in the data folder; done again only when a file has changed."""
    stamp, mark = Path(settings.STATIC_ROOT) / ".collected", _static_fingerprint()
    if stamp.exists() and stamp.read_text() == mark:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(mark)


def _static_fingerprint() -> str:
    """Changes when any source file does."""
    seen = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            seen.append([name, state.st_size, state.st_mtime_ns])
    return hashlib.sha256(json.dumps(sorted(seen)).encode()).hexdigest()

"""``distribute``: a PostgreSQL store becomes a Citus one, in one transaction; without the extension it prints the plan and does nothing."""

import argparse
import re
import sys

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from zhaoshang.command.distribution import Plan, Reference, plan
from zhaoshang.command.ground import bring_up_to_date
from zhaoshang.command.locking import NotLocked, alone
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, with_json


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", default="zhaoshang_app", help="程序平时所用的数据库角色,须已建好,且不是表的所有者")
    parser.add_argument("--shards", type=int, default=32, help="分片数(默认 32),之后不能随意改")
    parser.add_argument("--dry-run", action="store_true", help="只列出要执行的语句,不执行")
    with_json(parser)


def _distribute(options: argparse.Namespace) -> int:
    if connection.vendor != "postgresql":
        raise Stop(WRONG_USE, "现用的是 SQLite。先用 zhaoshang migrate-store 搬到 PostgreSQL,再分布")
    if options.shards < 1 or not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", options.role):
        raise Stop(WRONG_USE, "--shards 要大于 0;--role 只能用小写字母、数字和下划线")
    if connection.settings_dict.get("PARTITIONS"):
        raise Stop(WRONG_USE, "这个库已按城市分区(?partitions=),Citus 不收。先用 migrate-store 搬到不分区的空库")
    bring_up_to_date()
    wanted = plan(_constraints("f"), _held(), options.role, options.shards, _short_keys())
    installed = _has_citus()
    if installed and not options.dry_run:
        _run(wanted, options.role)
    _tell(wanted, installed and not options.dry_run, installed, options.json)
    return DONE


def _asked(sql: str, values: list[str] | None = None) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _has_citus() -> bool:
    return bool(_asked("SELECT 1 FROM pg_extension WHERE extname = %s", ["citus"]))


def _held() -> set[str]:
    """Tables that Citus holds already."""
    if not _has_citus():
        return set()
    return {name for (name,) in _asked("SELECT table_name::text FROM citus_tables")}


def _short_keys() -> list[Reference]:
    return [one for one in _constraints("p") if "city_id" not in one.definition]


def _constraints(kind: str) -> list[Reference]:
    """Foreign (``f``) or primary (``p``) keys."""
    rows = _asked(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = %s AND conparentid = 0 AND connamespace = 'public'::regnamespace ORDER BY 1, 2",
        [kind],
    )
    return [Reference(*row) for row in rows]


def _run(wanted: Plan, role: str) -> None:
    """All of it or nothing, with no server beside."""
    if not _asked("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]):
        raise Stop(WRONG_USE, f'数据库没有角色 {role}。先执行 CREATE ROLE "{role}" LOGIN,或用 --role 指定')
    if _asked("SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s LIMIT 1", [role]):
        raise Stop(WRONG_USE, f"角色 {role} 是表的所有者,权限管不住它。另建一个角色,平时以它连接")
    try:
        with alone(settings.DATA_DIR), transaction.atomic(), connection.cursor() as cursor:
            for sql in wanted.steps:
                cursor.execute(sql)
    except NotLocked as error:
        raise Stop(WRONG_USE, "服务正在运行。请先停止服务,再分布") from error
    except DatabaseError as error:
        raise Stop(PROBLEMS, f"没有分布成,库未改动:{str(error).strip()}") from error


def _tell(wanted: Plan, done: bool, installed: bool, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "done": done,
                "citus": installed,
                "distributed": list(wanted.distributed),
                "reference": list(wanted.copied),
                "steps": list(wanted.steps),
                "guards_left_to_actions": [guard.name for guard in wanted.by_actions],
            }
        )
        return
    if not done:
        sys.stdout.write("".join(f"{sql};\n" for sql in ("BEGIN", *wanted.steps, "COMMIT")))
    said = "已分布" if done else "以上只是计划,没有执行" + ("" if installed else ":数据库没有 citus 扩展")
    sys.stderr.write(
        f"{said}。按城市分布 {len(wanted.distributed)} 个表,各处复制 {len(wanted.copied)} 个表;"
        f"{len(wanted.by_actions)} 条带条件的守卫此后只由程序把关,见 docs/how-to/distribute.md\n"
    )


COMMANDS = {"distribute": Command(_arguments, _distribute)}

"""``distribute``: a PostgreSQL store becomes a Citus one, in one transaction; without the extension it prints the plan and does nothing."""

import argparse
import re
import sys

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from zhaoshang.command.distribution import Plan, Reference, plan, rights, tables
from zhaoshang.command.ground import bring_up_to_date
from zhaoshang.command.locking import NotLocked, alone
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, with_json
from zhaoshang.tenancy.guards import INSTALLED

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", default="zhaoshang_app", help="程序平时所用的数据库角色,须已建好,且不是表的所有者")
    parser.add_argument("--shards", type=int, default=32, help="分片数(默认 32),之后不能随意改")
    parser.add_argument("--dry-run", action="store_true", help="只列出要执行的语句,不执行")
    with_json(parser)


def _distribute(options: argparse.Namespace) -> int:
    if connection.vendor != "postgresql":
        raise Stop(WRONG_USE, "现用的是 SQLite。先用 zhaoshang migrate-store 搬到 PostgreSQL,再分布")
    if options.shards < 1 or not _NAME.fullmatch(options.role):
        raise Stop(WRONG_USE, "--shards 要大于 0;--role 只能用小写字母、数字和下划线")
    if connection.settings_dict.get("PARTITIONS"):
        raise Stop(WRONG_USE, "这个库已按城市分区(?partitions=),Citus 不收。先用 migrate-store 搬到不分区的空库")
    bring_up_to_date()
    wanted = plan(_references(), _held(), options.role, options.shards)
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


def _references() -> list[Reference]:
    rows = _asked(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'public'::regnamespace ORDER BY 1, 2"
    )
    return [Reference(*row) for row in rows]


def _refuse_owner(role: str) -> None:
    if not _asked("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]):
        raise Stop(WRONG_USE, f'数据库没有角色 {role}。先执行 CREATE ROLE "{role}" LOGIN,或用 --role 指定')
    if _asked("SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s LIMIT 1", [role]):
        raise Stop(WRONG_USE, f"角色 {role} 是表的所有者,权限管不住它。另建一个角色,平时以它连接")
    if _asked("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolsuper", [role]):
        raise Stop(WRONG_USE, f"角色 {role} 是超级用户,权限管不住它。另建一个角色,平时以它连接")


def _rights_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", default="zhaoshang_app", help="程序平时所用的数据库角色,须已建好,且不是表的所有者")
    parser.add_argument("--dry-run", action="store_true", help="只列出要执行的语句,不执行")


def _rights(options: argparse.Namespace) -> int:
    """What the database itself refuses always is no right of the role with which the service connects. Again after each upgrade."""
    if connection.vendor != "postgresql":
        raise Stop(WRONG_USE, "SQLite 没有角色:数据库文件归谁,谁就能写;账上不许改的由触发器把关")
    if not _NAME.fullmatch(options.role):
        raise Stop(WRONG_USE, "--role 只能用小写字母、数字和下划线")
    distributed, copied = tables()
    guards = sorted(INSTALLED.values(), key=lambda guard: guard.name)
    steps = [f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{options.role}"']
    steps += rights(guards, [*copied, *distributed], options.role)
    if options.dry_run:
        sys.stdout.write("".join(f"{sql};\n" for sql in steps))
        return DONE
    _refuse_owner(options.role)
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in steps:
            cursor.execute(sql)
    refused = sum(sql.startswith("REVOKE") for sql in steps) - 1
    sys.stdout.write(
        f"角色 {options.role} 可读写 {len(distributed) + len(copied)} 个表,其中 {refused} 项改或删不予授权\n"
    )
    return DONE


def _run(wanted: Plan, role: str) -> None:
    """All of it or nothing, with no server beside."""
    _refuse_owner(role)
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


COMMANDS = {"distribute": Command(_arguments, _distribute), "database-rights": Command(_rights_arguments, _rights)}

"""``upgrade``: one word after a new version was unpacked: back up, bring the tables up to date, make anew what no longer fits.

Nothing is remembered of what was run: a step is due when the store itself shows it, so a run that was killed is simply run again.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from zhaoshang.capital import rollup
from zhaoshang.command.backups import make_backup
from zhaoshang.command.ground import bring_up_to_date, holds_a_city
from zhaoshang.command.locking import NotLocked, alone
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, with_json
from zhaoshang.command.sealing import read_key
from zhaoshang.people.rules import Role
from zhaoshang.regions.models import Membership
from zhaoshang.tenancy.models import City


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-backup", action="store_true", help="不先备份(另有备份时)")
    with_json(parser)


def _upgrade(options: argparse.Namespace) -> int:
    try:
        with alone(settings.DATA_DIR):
            told = upgrade(backup=not options.no_backup)
    except NotLocked as error:
        raise Stop(WRONG_USE, "服务正在运行。请先停止服务,再升级") from error
    if options.json:
        print_json(told)
    else:
        kept = f"备份在 {told['backup']};" if told["backup"] else ""
        sys.stdout.write(
            f"已是最新:{kept}执行迁移 {told['migrations']} 个,重建汇总 {len(told['rebuilt'])} 个城市。接着启动服务,再运行 sweep\n"
        )
        for name in told["without_system_administrator"]:
            sys.stdout.write(
                f"{name} 还没有系统管理员,没有人能开立账号:运行 zhaoshang appoint,或由安全管理员授予一个没有岗位的账号\n"
            )
    return DONE


def upgrade(backup: bool) -> dict[str, Any]:
    """Back up when a migration is due on a store that holds a city; migrate; rebuild the totals of each city where they differ."""
    due = _due()
    kept = _backed_up() if backup and due and holds_a_city() else None
    bring_up_to_date()
    rebuilt = []
    for city in City.objects.order_by("code"):
        if rollup.drift(city):
            rollup.rebuild(city)
            rebuilt.append(city.code)
    return {
        "backup": str(kept) if kept else None,
        "migrations": due,
        "rebuilt": rebuilt,
        "without_system_administrator": [city.name for city in City.objects.order_by("code") if _lacks_one(city)],
    }


def _lacks_one(city: City) -> bool:
    held = Membership.objects.of(city).filter(withdrawn_at__isnull=True, user__is_active=True)
    return held.filter(role=Role.SECURITY).exists() and not held.filter(role=Role.SYSTEM).exists()


def _due() -> int:
    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise Stop(WRONG_USE, f"数据库打不开:{str(error).strip()}。请检查 ZHAOSHANG_DATA、DATABASE_URL") from error


def _backed_up() -> Path:
    at = timezone.localtime()
    key = read_key(Path(settings.BACKUP_KEY)) if settings.BACKUP_KEY else None
    ending = "backup" if key else "tar"
    wanted = Path(settings.DATA_DIR) / "backups" / f"before-upgrade-{at:%Y%m%d-%H%M%S}.{ending}"
    try:
        make_backup(wanted, at, key)
    except OSError as error:
        raise Stop(PROBLEMS, f"备份没有做成:{error}。没有升级") from error
    return wanted


COMMANDS = {"upgrade": Command(_arguments, _upgrade)}

"""``migrate-store``: an installation's rows from one database into another, all or nothing, and compared before it is believed.

What moves is every table but those of ``auth`` and ``contenttypes``, which ``migrate`` fills and nothing here points to. Sessions, locked
names and waiting tasks move too: nobody is logged out, no brake is released, no work is lost. Vouchers, keys and the secret key are files
and stay in the data folder.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, transaction

from zhaoshang.capital import rollup
from zhaoshang.capital.checkpoints import walk
from zhaoshang.command import stores
from zhaoshang.command.ground import bring_up_to_date
from zhaoshang.command.locking import NotLocked, alone
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, print_table, with_json
from zhaoshang.common.money import yuan_text
from zhaoshang.tenancy import guards
from zhaoshang.tenancy.database import database_from
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.planning import tell_planner

NOTHING_LEFT = "目标库没有留下任何行,原库未动"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="URL", required=True, help="目标库,写法同 DATABASE_URL;须是空库,表会自动建好")
    parser.add_argument("--from", metavar="URL", dest="source", help="原库;不写则为现用的数据库。只读,不改动")
    with_json(parser)


def _move(options: argparse.Namespace) -> int:
    try:
        target = database_from(options.to, settings.DATA_DIR)
        live = database_from(options.source, settings.DATA_DIR) if options.source else settings.DATABASES["default"]
    except ValueError as error:
        raise Stop(WRONG_USE, f"数据库地址有误:{error}") from error
    try:
        with alone(settings.DATA_DIR), stores.opened(source=live, target=target):
            report = move()
    except NotLocked as error:
        raise Stop(WRONG_USE, "服务正在运行。请先停止服务,再搬迁:搬迁开始之后写入的不会搬走") from error
    _tell(report, options)
    return DONE


def move() -> list[stores.Table]:
    """Copy, compare, and only then commit. Raises :class:`Stop` with nothing kept when anything differs or is refused.

    Inside :func:`stores.opened`: ``default`` is the target, ``source`` is what is read, in one snapshot.
    """
    try:
        with transaction.atomic(using=stores.SOURCE):
            stores.refuse_source()
            stores.refuse_target()
            bring_up_to_date()
            with transaction.atomic():
                return _moved()
    except DatabaseError as error:
        raise Stop(PROBLEMS, f"没有搬成:{str(error).strip()}。{NOTHING_LEFT}") from error
    finally:
        _progress("")


def _moved() -> list[stores.Table]:
    models = stores.moved_models()
    with _guards_off():
        for place, model in enumerate(models, start=1):
            _progress(f"复制 {place}/{len(models)} {model._meta.db_table}")
            _copied(model)
    stores.set_sequences(models)
    tell_planner()
    report = []
    for place, model in enumerate(models, start=1):
        _progress(f"比对 {place}/{len(models)} {model._meta.db_table}")
        report.append(_compared(model))
    for city in City.objects.all():
        _progress(f"重算账链 {city.code}")
        _refuse_broken(city)
    return report


@contextmanager
def _guards_off() -> Iterator[None]:
    """What was lawful step by step is written at once here. A failure needs no way back: the transaction takes the removal with it."""
    guards.lift()
    stores.defer_references()
    yield
    stores.check_references()
    guards.install()


def _copied(model: type[Any]) -> None:
    try:
        stores.copy(model)
    except (DatabaseError, ValueError) as error:  # ValueError: a text that the target's driver or a field cannot take
        raise Stop(
            PROBLEMS, f"{model._meta.db_table} 有读不出或目标库不收的行:{str(error).strip()}。{NOTHING_LEFT}"
        ) from error


def _compared(model: type[Any]) -> stores.Table:
    try:
        return stores.compare(model)
    except stores.Differs as error:
        raise Stop(PROBLEMS, f"两库不同:{error}。{NOTHING_LEFT}") from error


def _refuse_broken(city: City) -> None:
    """The chain walked and the totals compared, on the target."""
    if faults := walk(city).faults:
        raise Stop(PROBLEMS, f"{city.name}的账链有问题:{faults[0]}。{NOTHING_LEFT};先用 verify-ledger 查清")
    if drifted := rollup.drift(city):
        raise Stop(
            PROBLEMS, f"{city.name}的汇总有 {len(drifted)} 格与明细不符。{NOTHING_LEFT};先运行 zhaoshang rebuild-totals"
        )


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def _tell(report: list[stores.Table], options: argparse.Namespace) -> None:
    rows = sum(table.rows for table in report)
    if options.json:
        print_json({"rows": rows, "tables": [table.to_json() for table in report]})
        return
    lines = [["表", "行数", "金额列合计(元)", "摘要"]]
    lines += [
        [table.name, f"{table.rows:,}", "" if table.fen is None else yuan_text(table.fen), table.digest[:16]]
        for table in report
        if table.rows
    ]
    print_table(lines, right=frozenset({1, 2}))
    sys.stdout.write(
        f"已搬迁并逐行比对:{len(report)} 个表、{rows:,} 行,两库相同;账链完整,汇总与明细相符\n"
        f"下一步:把 DATABASE_URL 设为 {_without_password(options.to)},ZHAOSHANG_DATA 不变(凭证与密钥仍在原处),再启动服务\n"
    )


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@", 1) if parts.password else url


COMMANDS = {"migrate-store": Command(_arguments, _move)}

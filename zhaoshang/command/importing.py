"""``import``: a unit's workbook into the account, by the same way as the page's; all rows or none."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.utils import timezone

from zhaoshang.capital import actions as capital
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, print_table, with_json
from zhaoshang.command.place import the_city, the_month, the_unit
from zhaoshang.common.money import FEN_PER, grouped
from zhaoshang.common.problems import Refused
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import NotAllowed
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.review.intake import NotReady
from zhaoshang.review.intake_once import ImportResult, Settled, import_file
from zhaoshang.review.registering import LooksAlike
from zhaoshang.tenancy.clock import clock_of
from zhaoshang.tenancy.models import City


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="xlsx、xls 或 csv 文件")
    parser.add_argument("--unit", required=True, help="地区代码或名称")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="报告月")
    parser.add_argument("--dry-run", action="store_true", help="只读不写,看会怎样")
    parser.add_argument("--by", metavar="USERNAME", help="以谁的名义申报;不写则为该地区的填报员")
    parser.add_argument(
        "--amount-unit", choices=[unit for unit in FEN_PER if unit != "分"], help="表中没写金额单位时指定"
    )
    parser.add_argument("--header-row", type=int, default=0, metavar="N", help="表头在第几行;不写则自动查找")
    parser.add_argument(
        "--register", metavar="A-T", choices=list(INDUSTRIES), help="表中有未登记的项目时,按此行业门类登记"
    )
    parser.add_argument("--nevertheless", metavar="REASON", default="", help="新项目与已有项目相似时,仍要登记的理由")
    parser.add_argument("--confirm", action="store_true", help="已核对存疑之处,照表申报")
    with_json(parser)


def _import(options: argparse.Namespace) -> int:
    city, month = the_city(), the_month(options.month)
    unit = the_unit(city, options.unit)
    if unit is None:
        raise Stop(WRONG_USE, "导入要指明地区,不能是全市")
    try:
        content = Path(options.file).read_bytes()
    except OSError as error:
        raise Stop(WRONG_USE, f"读不到 {options.file}:{error.strerror}") from error
    with clock_of(city):
        result = _imported(city, unit, month, content, options)
    body = _plain(result, options, unit)
    if options.json:
        print_json(body)
    else:
        _print(result, body)
    return PROBLEMS if result.faulty or not (result.written or result.already or options.dry_run) else DONE


def _imported(city: City, unit: ReportingUnit, month: int, content: bytes, options: argparse.Namespace) -> ImportResult:
    settled = Settled(
        amount_unit=options.amount_unit,
        header_row=max(options.header_row, 0),
        industry=options.register or "",
        confirmed=options.confirm,
        nevertheless=options.nevertheless,
    )
    try:
        return import_file(
            city=city,
            unit=unit,
            month=month,
            content=content,
            filename=Path(options.file).name,
            by=_sender(city, unit, options.by),
            at=timezone.now(),
            dry_run=options.dry_run,
            settled=settled,
        )
    except Refused as refusal:
        raise Stop(PROBLEMS, f"{options.file} 不予接收:{refusal.message}") from refusal
    except LooksAlike as error:
        raise Stop(
            PROBLEMS,
            f"“{error}”可能已经登记过({len(error.likes)} 个相似项目,{len(error.held)} 个他区首谈在保护期内);"
            "核对后用 --nevertheless 写明理由",
        ) from error
    except capital.PeriodClosed as error:
        raise Stop(PROBLEMS, f"{error} 未开放或已关账,不能导入") from error
    except NotAllowed as error:
        raise Stop(WRONG_USE, f"{options.by} 不是 {unit.name} 的填报员,不能为它申报") from error
    except NotReady as error:
        raise Stop(PROBLEMS, f"{options.file} 没有读成:{error}") from error


def _sender(city: City, unit: ReportingUnit, username: str | None) -> User:
    """Who declares: the named person, else the unit's officer."""
    if username:
        found = User.objects.filter(username__iexact=username).first()
    else:
        standing = Membership.objects.of(city).filter(unit=unit, role=Role.OFFICER, withdrawn_at__isnull=True)
        first = standing.select_related("user").order_by("granted_at", "id").first()
        found = first.user if first else None
    if found is None:
        raise Stop(WRONG_USE, f"没有账号 {username}" if username else f"{unit.name} 没有填报员,请用 --by 指明")
    return found


def _plain(result: ImportResult, options: argparse.Namespace, unit: ReportingUnit) -> dict[str, Any]:
    return {
        "file": options.file,
        "unit": unit.code,
        "month": options.month,
        "dry_run": options.dry_run,
        "written": result.written,
        "already_imported": result.already,
        "accepted": result.accepted,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "problems": result.problems,
    }


def _print(result: ImportResult, body: dict[str, Any]) -> None:
    for problem in result.problems:
        place = f"{problem['sheet']}!{problem['column']}{problem['row'] or ''}"
        sys.stdout.write(f"{place} {problem['value']}:{problem['message']}\n")
    if result.accepted:
        rows = [
            [str(row["row"]), row["project_name"], row["paid_on"], grouped(row["amount_fen"])]
            for row in result.accepted
        ]
        print_table([["行", "项目", "到账日期", "金额(元)"], *rows], right=frozenset({0, 3}))
    done = (
        "已申报"
        if result.written
        else "此前已导入,没有变化"
        if result.already
        else "可申报"
        if body["dry_run"]
        else "没有写入"
    )
    counts = f"新增 {len(result.accepted)} 行、更新 {len(result.updated)} 行、不变 {len(result.unchanged)} 行"
    sys.stdout.write(f"{body['file']}:{done},{counts},问题 {len(result.problems)} 处\n")


COMMANDS = {"import": Command(_arguments, _import)}

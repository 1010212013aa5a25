"""The simultaneous start of 2023: two invented projects of each unit, with invented files."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from zhaoshang.capital.rules import Kind, Proof
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import BUREAU
from zhaoshang.demo.slips import Voucher
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import advance
from zhaoshang.projects.stages.correcting import amend_project
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.projects.stages.starts import call_start, first_working_day_after_spring_festival, list_starts

YEAR, A_UNIT = 2023, 2
BESIDE = "taipingwan"  # the notice names it beside the twelve
_STEPS = (("preliminary", "filing", 12, "示例立项备案文件"), ("started", "start_proof", 0, "示例施工许可证"))


def start_together(account: Account) -> None:
    """Twelve units and 太平湾 begin on the first working day after Spring Festival."""
    by, day = account.people["tongji"], first_working_day_after_spring_festival(YEAR)
    at = datetime(day.year, day.month, day.day, 16, 30, tzinfo=BUREAU)
    event = call_start(
        city=account.city,
        code=f"start-{YEAR}",
        day=day,
        title=f"{YEAR}年春节后首个工作日同步开工（示例）",
        document=f"示例通知〔{YEAR}〕2号",
        beside=[BESIDE],
        is_sample=True,
        by=by,
        at=at,
    )
    chosen = _chosen(account, day)
    for project in chosen:
        _start(account, project, day, by, at)
    list_starts(event=event, projects=chosen, by=by, at=at)


def _chosen(account: Account, day: date) -> list[Project]:
    """Of each unit those that had landed not long ago, the best paid first."""
    by_unit: dict[str, list[Project]] = defaultdict(list)
    since = day - timedelta(days=400)
    for planned, project in sorted(account.projects.items(), key=lambda pair: -pair[0].paid_fen):
        ready = planned.large and planned.landed_on and since < planned.landed_on < day
        if ready and len(by_unit[planned.unit]) < A_UNIT:
            by_unit[planned.unit].append(project)
    return [project for projects in by_unit.values() for project in projects]


def _start(account: Account, project: Project, day: date, by: User, at: datetime) -> None:
    amend_project(project=project, site="示例园区", by=by, at=at)
    for stage, kind, days_before, document in _STEPS:
        ((voucher, drawn),) = account.press.order([_voucher(project, stage, day)])
        given: dict[str, Any] = {"content": drawn.result(), "name": voucher.name, "by": by, "at": at}
        attach_proof(project=project, stage=stage, kind=kind, **given)
        reached = max(day - timedelta(days=days_before), project.reserved_on or day)
        advance(project=project, stage=stage, on=reached, evidence=document, by=by, at=at)


def _voucher(project: Project, stage: str, day: date) -> Voucher:
    return Voucher(
        proof=Proof.LAND_RECEIPT,
        kind=Kind.LAND,
        serial=f"SAMPLE-{stage}-{project.code}",
        payer=project.investor,
        payee=project.enterprise.name,
        amount_fen=project.contract_fen,
        paid_on=day,
        project_name=project.name,
    )

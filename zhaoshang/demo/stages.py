"""The stages as the demo city revised them, and the simultaneous start of 2023: two invented projects of each unit, with invented files."""

from collections import defaultdict
from copy import deepcopy
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
from zhaoshang.projects.stages.log import STAGES
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.projects.stages.starts import call_start, first_working_day_after_spring_festival, list_starts
from zhaoshang.rulesets.actions import issue_set
from zhaoshang.tenancy.models import City

YEAR, A_UNIT = 2023, 2
REVIEWS_FROM = date(2023, 4, 1)
ISSUED = datetime(2023, 3, 15, 10, 0, tzinfo=BUREAU)
BESIDE = "taipingwan"  # the notice names it beside the twelve
_STEPS = (("preliminary", "filing", 12, "示例立项备案文件"), ("started", "start_proof", 0, "示例施工许可证"))


def ask_for_reviews(city: City, by: User) -> None:
    """The contract's reviews asked for from April 2023, earlier than 《公平竞争审查条例》: so that the gate is seen at work."""
    content = deepcopy(STAGES.shipped)
    signed = next(one for one in content["stage"] if one["code"] == "signed")
    signed["evidence"] = [
        one if isinstance(one, str) else one | {"from": REVIEWS_FROM.isoformat()} for one in signed["evidence"]
    ]
    signed["source"] = "示例：演示市为演示自2023年4月起要求三项审查，《公平竞争审查条例》实际自2024-08-01起施行"
    issue_set(
        kind=STAGES, city=city, code="sample-2023", title="项目阶段定义（示例，2023年修订）", title_en="Project stages (sample, 2023)",
        document="示例办法〔2023〕6号", content=content, valid_from=REVIEWS_FROM, is_sample=True, by=by, at=ISSUED,
    )  # fmt: skip


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

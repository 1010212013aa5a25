"""Projects that are talked about in the demo's April, plainly invented: some under a first talk, one stopped at the contract's gate and
one that has passed it.

None has a day before April 2023, so that no published figure counts it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from zhaoshang.contracts.actions.reading import upload_text
from zhaoshang.contracts.actions.reviewing import record_review
from zhaoshang.contracts.rules.clauses import Finding, ReviewKind
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import TODAY
from zhaoshang.demo.contracting import paper, read_contract
from zhaoshang.demo.talks import INVESTORS
from zhaoshang.duties.actions.clocks import answer_clock, start_clock
from zhaoshang.projects.actions import NewProject, next_code
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import advance, note_progress
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.review.registering import Firm, register_unlike
from zhaoshang.talks.rules import WAN_FEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Talked:
    """A project of a unit, first heard of so many days before the demo's today, in talks since so many (None: a lead still)."""

    unit: str
    investor: str
    title: str
    industry: str
    wan: int
    heard: int
    met: int | None


def _of_claim(unit: str, place: int, heard: int, met: int) -> Talked:
    """The project of a first talk in ``demo/talks.py``."""
    investor, title, industry, wan = INVESTORS[place]
    return Talked(unit=unit, investor=investor, title=title, industry=industry, wan=wan, heard=heard, met=met)


UNDER_CLAIM = (
    _of_claim("lvshunkou", 0, 80, 70),
    _of_claim("pulandian", 1, 58, 45),
    _of_claim("gaoxin", 2, 28, 20),
    _of_claim("jinpu", 5, 1, 0),
)
OTHERS = tuple(
    Talked(unit=unit, investor=investor, title=title, industry=industry, wan=wan, heard=heard, met=met)
    for unit, investor, title, industry, wan, heard, met in (
        ("zhongshan", "示例瀚海商务服务有限公司", "楼宇总部运营中心", "L", 26_000, 50, 41),
        ("xigang", "示例海桥检测认证有限公司", "船用设备检测中心", "M", 9_800, 33, 25),
        ("shahekou", "示例知行工业软件有限公司", "工业软件研发基地", "I", 31_000, 26, 9),
        ("wafangdian", "示例恒岳轴承制造有限公司", "高端轴承产业园", "C", 73_000, 21, 12),
        ("changhai", "示例蓝湾海洋牧场有限公司", "海洋牧场观光码头", "R", 7_600, 15, None),
        ("zhuanghe", "示例松江食品加工有限公司", "海产品精深加工厂", "C", 14_500, 6, None),
    )
)
STOPPED = Talked(
    unit="ganjingzi", investor="示例凌云压缩机有限公司", title="无油压缩机制造基地", industry="C", wan=56_000, heard=46, met=38
)  # fmt: skip
PASSED = Talked(
    unit="changxing", investor="示例沧澜新材料有限公司", title="可降解材料生产线", industry="C", wan=88_000, heard=52, met=44
)  # fmt: skip
CLEAN = (
    "甲方为示例园区管理机构，乙方为示例投资企业。本文为演示用的虚构文本，不是任何真实合同。",
    "第一条 乙方在示例园区投资建设示例项目，计划总投资八亿八千万元。",
    "第二条 甲方依法协助乙方办理立项、规划、环评和施工许可手续。",
    "第三条 乙方未按期开工的，按土地出让合同和法律法规处理。",
)
REVIEWED, SIGNED = 6, 2


def begin_talks(account: Account) -> None:
    """All of them, the oldest first."""
    for one in sorted((*UNDER_CLAIM, *OTHERS), key=lambda one: -one.heard):
        _heard(account, one)
    read_contract(account, _heard(account, STOPPED))
    _sign(account, _heard(account, PASSED))


def _ago(days: int) -> datetime:
    """So many days before the demo was loaded."""
    return timezone.now() - timedelta(days=days)


def _heard(account: Account, told: Talked) -> Project:
    """Registered as a lead; where both sides have met, in talks on the record of it, with a line a week later."""
    by, at = account.people[told.unit], _ago(told.heard)
    new = NewProject(
        code=next_code(account.city, TODAY.year),
        name=f"示例{told.title}项目",
        source_code="310000",
        industry=told.industry,
        contract_fen=told.wan * WAN_FEN,
        investor=told.investor,
        is_sample=True,
    )
    project = register_unlike(
        unit=account.units[told.unit], firm=Firm(told.investor), new=new, nevertheless="", by=by, at=at
    )
    if told.met is not None:
        met = _ago(told.met)
        content = paper("示例洽谈记录", (f"示例：与{told.investor}会谈，谈{told.title}的选址和配套。",), met.date())
        attach_proof(
            project=project, stage="talks", kind="talk_record", content=content, name="示例洽谈记录.docx", by=by, at=met
        )
        advance(project=project, stage="talks", on=timezone.localdate(met), evidence="示例洽谈记录", by=by, at=met)
        _asked_after(account, project, told.met)
        if told.met > 7:
            seen = _ago(told.met - 7)
            note_progress(project=project, on=timezone.localdate(seen), text="示例：带投资方看地块两处", by=by, at=seen)
    return project


def _asked_after(account: Account, project: Project, days: int) -> None:
    """How it goes is asked within two weeks of the first meeting; answered where they have passed."""
    by, officer = account.people["tongji"], account.people[project.unit.code]
    clock = start_clock(
        city=account.city, kind="progress", subject=f"{project.name}：示例洽谈进展", href_name="desk:project",
        subject_id=project.code, unit=project.unit, handler=officer, project=project, is_sample=True, by=by, at=_ago(days),
    )  # fmt: skip
    if days > 14:
        answer_clock(clock=clock, answer="示例：投资方下周再来看地", by=officer, at=_ago(days - 10))


def _sign(account: Account, project: Project) -> None:
    """Text, the three reviews by another person, and then the signature."""
    officer, reviewer, at = account.people[project.unit.code], account.people["shenhe2"], _ago(REVIEWED)
    day = timezone.localdate(at)
    upload_text(project=project, content=paper("示例投资合同", CLEAN, day), name="示例投资合同.docx", by=officer, at=at)
    for kind, title in (
        (ReviewKind.DUE_DILIGENCE, "示例尽职调查报告"),
        (ReviewKind.LEGAL, "示例合法性审查意见"),
        (ReviewKind.FAIR_COMPETITION, "示例公平竞争审查结论"),
    ):
        record_review(
            project=project, kind=kind, finding=Finding.PASSED, conclusion="示例：未发现问题", done_on=day,
            content=paper(title, ("示例：未发现问题。",), day), name=f"{title}.docx", by=reviewer, at=at,
        )  # fmt: skip
    signed: date = timezone.localdate(_ago(SIGNED))
    content = paper("示例投资合同（签署本）", CLEAN, signed)
    attach_proof(
        project=project, stage="signed", kind="contract", content=content, name="示例投资合同签署本.docx", by=officer, at=_ago(SIGNED)
    )  # fmt: skip
    advance(project=project, stage="signed", on=signed, evidence="示例合同〔2023〕41号", by=officer, at=_ago(SIGNED))

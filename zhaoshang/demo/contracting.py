"""The demo city's appraisals, one contract with flagged clauses, promises of both sides, and what a producing project came to.

Everything is invented, and nothing is dated after the demo's own today; what 2022 came to is told in March 2023.
"""

from datetime import date, datetime
from typing import Any

from zhaoshang.capital.queries import verified_by_project
from zhaoshang.common.money import FEN_PER
from zhaoshang.contracts.actions.appraising import draft_appraisal, record_decision
from zhaoshang.contracts.actions.promising import (
    NewPromise,
    amend_promise,
    enter_actual,
    make_promise,
    settle_promise,
)
from zhaoshang.contracts.actions.reading import handle_flag, upload_text
from zhaoshang.contracts.actions.reviewing import record_review
from zhaoshang.contracts.models import Promise
from zhaoshang.contracts.queries import flags_of
from zhaoshang.contracts.rules.clauses import Finding, Handled, ReviewKind
from zhaoshang.contracts.rules.promises import Measure, Side, Status
from zhaoshang.contracts.rules.sheets import Outcome, Site
from zhaoshang.contracts.standards import APPRAISAL, CLAUSES
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import BUREAU, after
from zhaoshang.demo.local_rules import issue_sample
from zhaoshang.demo.plan import LAST
from zhaoshang.projects.models import Project
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.model import Block, Document, Heading, Paragraph, runs

REPORTED = datetime(2023, 3, 13, 10, 0, tzinfo=BUREAU)
READ = after(LAST, 11, 10)
CLEAR = {"dishonesty": ("no", "示例：2023-03-20 查询公开名单，无记录"), "environment": ("no", "示例：环评初审意见"),
         "land": ("no", "示例：规划查询单"), "qualification": ("no", "示例：资质证书复印件")}  # fmt: skip
RENTED = {"total": "12000", "fixed": "6500", "registered": "4000", "building_m2": "20000", "zone_ratio": "1.5", "tax": "620",
          "output": "18000", "energy_tce": "950", "jobs": "160"}  # fmt: skip
VETOED = {"total": "30000", "fixed": "21000", "registered": "6000", "land_mu": "120", "building_m2": "52000",
          "footprint_m2": "30000", "tax": "1500", "output": "40000", "energy_tce": "26000", "jobs": "90"}  # fmt: skip
REAL = (
    (2022, Measure.TAX, 380),
    (2022, Measure.OUTPUT, 9_600),
)
CONTRACT = (
    "甲方为示例园区管理机构，乙方为示例投资企业。本文为演示用的虚构文本，不是任何真实合同。",
    "第一条 乙方在示例园区投资建设示例项目，计划总投资两亿元，其中固定资产投资不低于一亿五千万元。",
    "第二条 甲方依法协助乙方办理立项、规划、环评和施工许可手续。",
    "第三条 项目投产后，甲方按乙方缴纳增值税地方留成部分的百分之五十给予奖励，连续五年。",
    "第四条 本合同生效后三年内，甲方不再引进同类企业进入园区。",
    "第五条 乙方自投产之日起十年内不得迁出示例市。",
    "第六条 双方确认，除本合同写明的以外，甲方不承诺税收返还，不以任何形式减免行政事业性收费。",
    "第七条 乙方多缴的税款由税务机关依法退还。",
    "第八条 乙方未按期开工的，按土地出让合同和法律法规处理。",
)


def issue_standards(account: Account) -> None:
    """Both samples as the city's own."""
    by = account.people["tongji"]
    for kind in (APPRAISAL, CLAUSES):
        issue_sample(account.city, kind, by)


def contract(account: Account) -> None:
    """Two appraised projects, one project that produces."""
    issue_standards(account)
    open_ones = Project.objects.of(account.city).filter(signed_on=None, standing="open", industry="C")
    rented, vetoed = open_ones.select_related("city", "unit").order_by("code")[:2]
    _appraise(account, rented, Site.RENTED, RENTED, CLEAR, Outcome.CONDITIONAL)
    dishonest = CLEAR | {"dishonesty": ("yes", "示例：列入失信被执行人名单")}
    _appraise(account, vetoed, Site.LAND, VETOED, dishonest, Outcome.DEFER)
    plants = Project.objects.of(account.city).filter(industry="C", contract_fen__lte=5 * FEN_PER["亿元"])
    landed = list(plants.filter(landed_on__lt=date(2022, 6, 1)).select_related("city", "unit"))
    paid = verified_by_project(account.city, landed)
    _produce(account, max(landed, key=lambda one: (paid.get(one.pk, 0), one.code)))


def _appraise(
    account: Account,
    project: Project,
    site: Site,
    inputs: dict[str, str],
    answers: dict[str, tuple[str, str]],
    outcome: Outcome,
) -> None:
    by, at = account.people[project.unit.code], after(LAST, 4, 10)
    told: dict[str, Any] = {"summary": "示例：数据为虚构，由项目单位申报。", "by": by, "at": at}
    one = draft_appraisal(project=project, site=site, inputs=inputs, answers=answers, **told)
    conditions = [{"text": "示例：投产前补齐能评手续", "owner": "示例园区", "due_on": "2023-09-30"}]
    record_decision(
        appraisal=one,
        outcome=outcome,
        met_on=after(LAST, 6).date(),
        members=["示例甲", "示例乙", "示例丙"],
        conditions=conditions if outcome == Outcome.CONDITIONAL else [],
        by=account.people["shenhe"],
        at=after(LAST, 6, 16),
    )


def paper(title: str, paragraphs: tuple[str, ...], day: date) -> bytes:
    """An invented paper of that day, as Word."""
    blocks: tuple[Block, ...] = (Heading(1, runs("正文")), *(Paragraph(runs(text)) for text in paragraphs))
    return write_docx(Document(title=title, issuer="示例单位", date=day, blocks=blocks, sample=True))


def read_contract(account: Account, project: Project) -> None:
    """The contract, its flags dealt with in part, due diligence done: two reviews are missing, and the gate stays shut."""
    officer, reviewer = account.people[project.unit.code], account.people["shenhe2"]
    content = paper("示例投资合同", CONTRACT, READ.date())
    text = upload_text(project=project, content=content, name="示例投资合同.docx", by=officer, at=READ)
    first, second, *_others = flags_of(text)
    handle_flag(flag=first, handled=Handled.REMOVE, reason="示例：没有法律依据", by=reviewer, at=READ)
    handle_flag(flag=second, handled=Handled.REMOVE, by=reviewer, at=READ)
    opinion = paper("示例尽职调查报告", ("示例：主体、资信和资金来源未见异常。",), READ.date())
    record_review(
        project=project,
        kind=ReviewKind.DUE_DILIGENCE,
        finding=Finding.PASSED,
        conclusion="示例：主体、资信和资金来源未见异常",
        done_on=READ.date(),
        content=opinion,
        name="示例尽职调查报告.docx",
        by=reviewer,
        at=READ,
    )


def _produce(account: Account, project: Project) -> None:
    """Promises of both sides, some kept, some overdue; tax and output of 2022, with 2023 still to come."""
    by, at, agreed = account.people[project.unit.code], REPORTED, project.signed_on or date(2020, 6, 1)
    common: dict[str, Any] = {"document": f"示例合同〔{agreed.year}〕7号", "agreed_on": agreed}
    wan = 1_000_000

    def promise(side: Side, text: str, due_on: date, responsible: str, **more: Any) -> Promise:
        new = NewPromise(side=side, text=text, due_on=due_on, responsible=responsible, **common, **more)
        return make_promise(project=project, new=new, by=by, at=at)

    firm, government = "示例企业", "示例园区管委会"
    for year, tax, output in ((2022, 400, 9_000), (2023, 800, 20_000)):
        end = date(year, 12, 31)
        promise(Side.ENTERPRISE, f"{year}年缴纳税收", end, firm, measure=Measure.TAX, amount_fen=tax * wan)
        promise(Side.ENTERPRISE, f"{year}年产值", end, firm, measure=Measure.OUTPUT, amount_fen=output * wan)
    said: dict[str, Any] = {"measure": Measure.INVESTMENT, "amount_fen": project.contract_fen}
    promise(Side.ENTERPRISE, "投资全部到位", date(2022, 12, 31), firm, **said)
    road = promise(Side.GOVERNMENT, "园区道路通到厂区", date(2022, 9, 30), government, quantity="1.2公里")
    promise(Side.GOVERNMENT, "完成污水管网接入", date(2023, 6, 30), "示例住建部门")
    late = promise(Side.GOVERNMENT, "设立人才公寓", date(2023, 3, 31), "示例人社部门", quantity="60套")
    amend_promise(
        promise=late,
        document="示例补充协议〔2022〕1号",
        agreed_on=date(2022, 3, 1),
        due_on=date(2023, 12, 31),
        by=by,
        at=at,
    )
    proof = paper("示例道路验收单", ("示例：道路已通车。",), date(2022, 11, 20))
    file: dict[str, Any] = {"content": proof, "name": "示例道路验收单.docx"}
    settle_promise(promise=road, status=Status.KEPT, on=date(2022, 11, 20), **file, by=by, at=at)
    for year, measure, amount in REAL:
        document = f"示例：{year}年度纳税证明" if measure == Measure.TAX else f"示例：{year}年度统计报表"
        told: dict[str, Any] = {"document": document, "by": by, "at": at}
        enter_actual(project=project, year=year, measure=measure, amount_fen=amount * wan, **told)
    total = str(project.contract_fen // wan)
    inputs = {"total": total, "fixed": total, "land_mu": "80", "building_m2": "56000", "tax": "800", "output": "20000"}
    told_sheet: dict[str, Any] = {"summary": "示例：投产后补存的研判表，用于亩均比较。", "by": by, "at": at}
    draft_appraisal(project=project, site=Site.LAND, inputs=inputs, answers=CLEAR, **told_sheet)

"""Invented contracts and opinions as files, and a project that goes to its signing after the day of the regulation."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from cast import YI, Cast
from docx import Document

from zhaoshang.contracts.actions.appraising import draft_appraisal
from zhaoshang.contracts.actions.promising import NewPromise, make_promise, settle_promise
from zhaoshang.contracts.actions.reading import handle_flag, upload_text
from zhaoshang.contracts.actions.reviewing import record_review
from zhaoshang.contracts.models import Appraisal, ContractText, Promise, PromiseEntry, Review
from zhaoshang.contracts.queries import flags_of
from zhaoshang.contracts.rules.clauses import Finding, Handled, ReviewKind
from zhaoshang.contracts.rules.promises import Side, Status
from zhaoshang.contracts.rules.sheets import Site
from zhaoshang.enterprises.actions import register_enterprise
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import advance
from zhaoshang.projects.stages.correcting import amend_project
from zhaoshang.projects.stages.proofs import attach_proof

LATER = datetime(2024, 9, 10, 9, 0, tzinfo=UTC)
DAY = date(2024, 9, 9)
CLEAN = ["示例投资合同", "第一条 乙方在示例园区投资建厂。", "第二条 甲方依法协助办理手续，不得承诺税收返还。"]
RISKY = [*CLEAN, "第三条 甲方按乙方缴纳增值税地方留成部分的百分之五十给予奖励。", "第四条 甲方三年内不再引进同类企业。"]


def docx(paragraphs: list[str]) -> bytes:
    """A Word file of these paragraphs."""
    document, buffer = Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def pdf(mark: str) -> bytes:
    """A PDF with no text layer, each mark another file."""
    return f"%PDF-1.4\n% sample {mark}\n%%EOF\n".encode()


def blank_pdf() -> bytes:
    """A PDF that opens and has a page without any text, as a scan has."""
    import pypdfium2

    document, buffer = pypdfium2.PdfDocument.new(), BytesIO()
    document.new_page(595, 842)
    document.save(buffer)
    return buffer.getvalue()


def in_talks(cast: Cast, code: str = "2024-0100") -> Project:
    """A project that has everything for its signing but the contract and what is found about it."""
    firm = register_enterprise(city=cast.city, name="示例新厂有限公司", by=cast.officer, at=LATER)
    new = NewProject(code=code, name="示例新厂", source_code="310000", industry="C", contract_fen=0)
    project = register_project(city=cast.city, unit=cast.east, enterprise=firm, new=new, by=cast.officer, at=LATER)
    amend_project(project=project, by=cast.officer, at=LATER, investor="示例投资", contract_fen=2 * YI)
    prove(cast, project, "talks", "talk_record")
    advance(project=project, stage="talks", on=date(2024, 8, 20), evidence="洽谈记录", by=cast.officer, at=LATER)
    return project


def prove(cast: Cast, project: Project, stage: str, kind: str) -> None:
    attach_proof(project=project, stage=stage, kind=kind, content=pdf(kind), name="a.pdf", by=cast.officer, at=LATER)


def uploaded(cast: Cast, project: Project, paragraphs: list[str] | None = None, **more: Any) -> ContractText:
    given = {"content": docx(paragraphs or RISKY), "name": "合同.docx", "by": cast.officer, "at": LATER} | more
    return upload_text(project=project, **given)


def cleared(cast: Cast, text: ContractText) -> None:
    for flag in flags_of(text):
        handle_flag(flag=flag, handled=Handled.JUSTIFIED, reason="示例依据", by=cast.verifier, at=LATER)


def reviewed(cast: Cast, project: Project, kind: ReviewKind, mark: str = "", **more: Any) -> Review:
    given = {"finding": Finding.PASSED, "conclusion": "示例结论", "done_on": DAY, "by": cast.verifier, "at": LATER}
    return record_review(project=project, kind=kind, content=pdf(f"{kind}{mark}"), name="意见.pdf", **given | more)


INPUTS = {"total": "10000", "fixed": "6000", "land_mu": "20", "building_m2": "12000", "tax": "600"}
LOOKED = dict.fromkeys(("dishonesty", "environment", "land", "qualification"), ("no", "示例查询"))


def weighed(cast: Cast, project: Project, **more: Any) -> Appraisal:
    """An appraisal of land with every veto looked into, drafted by the officer."""
    given = {"site": Site.LAND, "inputs": INPUTS, "answers": LOOKED, "by": cast.officer, "at": LATER} | more
    return draft_appraisal(project=project, **given)


def promised(cast: Cast, project: Project, by: Any = None, **more: Any) -> Promise:
    """A promise of the government to lay a road by the end of 2024."""
    said: dict[str, Any] = {
        "side": Side.GOVERNMENT,
        "text": "道路通到厂区",
        "due_on": date(2024, 12, 31),
        "responsible": "示例管委会",
        "document": "示例合同1号",
        "agreed_on": date(2024, 9, 1),
    }
    return make_promise(project=project, new=NewPromise(**said | more), by=by or cast.officer, at=LATER)


def kept(cast: Cast, key: str, by: Any) -> PromiseEntry:
    """The last line of the promise, settled with a file."""
    promise = Promise.objects.of(cast.city).select_related("project__city").get(pk=key)
    settle_promise(promise=promise, status=Status.KEPT, on=DAY, content=pdf(key), name="验收.pdf", by=by, at=LATER)
    return PromiseEntry.objects.of(cast.city).filter(promise_id=key).order_by("-number")[0]

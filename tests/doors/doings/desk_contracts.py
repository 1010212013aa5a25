"""Appraisals, contracts with their flags and reviews, promises and what came of them."""

from datetime import date
from typing import Any

from cast import Cast
from contracts.papers import CLEAN, INPUTS, docx, pdf, promised, uploaded, weighed
from django.core.files.base import ContentFile

from doors.doings import PLAIN, Doing, doing
from zhaoshang.contracts.queries import flags_of


def _file(content: bytes, name: str) -> dict[str, Any]:
    return {"file": ContentFile(content, name=name)}


@doing("desk:project_appraisal_new")
def project_appraisal_new(cast: Cast) -> Doing:
    looked = {f"veto-{code}": "no" for code in ("dishonesty", "environment", "land", "qualification")}
    said = {name.replace("veto", "evidence"): PLAIN for name in looked}
    sent = INPUTS | looked | said | {"site": "land", "summary": PLAIN, "do": "keep"}
    return Doing("officer", f"/desk/projects/{cast.plant.code}/appraisals/new/", sent)


@doing("desk:appraisal_decide")
def appraisal_decide(cast: Cast) -> Doing:
    one = weighed(cast, cast.plant, at=cast.now)
    sent = {"outcome": "conditional", "met_on": "2023-04-03", "members": PLAIN, "summary": PLAIN}
    condition = {"text-0": PLAIN, "owner-0": PLAIN, "due_on-0": "2030-01-01"}
    return Doing("verifier", f"/desk/appraisals/{one.pk}/decide/", sent | condition)


@doing("desk:contract_upload")
def contract_upload(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/projects/{cast.plant.code}/contract/upload/", _file(docx(CLEAN), "合同.docx"))


@doing("desk:contract_flag")
def contract_flag(cast: Cast) -> Doing:
    flag = flags_of(uploaded(cast, cast.plant, at=cast.now))[0]
    return Doing("verifier", f"/desk/contract-flags/{flag.pk}/", {"handled": "justified", "reason": PLAIN})


@doing("desk:contract_review")
def contract_review(cast: Cast) -> Doing:
    uploaded(cast, cast.plant, CLEAN, at=cast.now)
    said = {"kind": "due_diligence", "finding": "passed", "conclusion": PLAIN, "done_on": "2023-04-03"}
    path = f"/desk/projects/{cast.plant.code}/contract/review/"
    return Doing("verifier", path, said | _file(pdf("意见"), "意见.pdf"))


@doing("desk:promise_new")
def promise_new(cast: Cast) -> Doing:
    said = dict.fromkeys(("text", "responsible", "document", "quantity"), PLAIN)
    said |= {"side": "government", "due_on": "2025-01-01", "agreed_on": "2023-01-01", "amount": "120"}
    return Doing("officer", f"/desk/projects/{cast.plant.code}/promises/new/", said)


@doing("desk:promise_amend")
def promise_amend(cast: Cast) -> Doing:
    said = dict.fromkeys(("text", "responsible", "document", "reason"), PLAIN)
    said |= {"due_on": "2025-06-30", "agreed_on": "2023-04-01", "amount": "150"}
    return Doing("officer", f"/desk/promises/{promised(cast, cast.plant, agreed_on=date(2023, 1, 1)).pk}/amend/", said)


@doing("desk:promise_settle")
def promise_settle(cast: Cast) -> Doing:
    sent = {"status": "kept", "on": "2023-04-03", "reason": PLAIN} | _file(pdf("验收"), "验收.pdf")
    return Doing("officer", f"/desk/promises/{promised(cast, cast.plant, agreed_on=date(2023, 1, 1)).pk}/settle/", sent)


@doing("desk:actual_new")
def actual_new(cast: Cast) -> Doing:
    sent = {"year": "2022", "measure": "tax", "amount": "90", "document": PLAIN}
    return Doing("officer", f"/desk/projects/{cast.plant.code}/actuals/", sent)

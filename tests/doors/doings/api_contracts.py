"""Appraisals, contracts with their flags and reviews, promises; by the API."""

from typing import Any

from cast import Cast
from contracts import papers
from django.core.files.base import ContentFile

from doors.doings import PLAIN, Doing, at, doing, on_own, pdf, plainly

SHEET = {"site": "land", "inputs": papers.INPUTS}
LOOKED = {veto: {"answer": answer, "evidence": PLAIN} for veto, (answer, _where) in papers.LOOKED.items()}

plainly("api:calculate", "officer", SHEET | {"industry": "C"})
on_own("api:new_appraisal", "officer", SHEET | {"vetoes": LOOKED, "summary": PLAIN})
on_own("api:deal_with_flag", "verifier", {"handled": "justified", "reason": PLAIN})
on_own(
    "api:new_promise",
    "officer",
    {
        "side": "government",
        "text": PLAIN,
        "due_on": "2023-12-31",
        "responsible": PLAIN,
        "document": PLAIN,
        "agreed_on": "2023-03-01",
        "quantity": PLAIN,
    },
)
on_own(
    "api:amend", "officer", {"document": PLAIN, "agreed_on": "2023-04-01", "reason": PLAIN, "text": "示例：改为支路"}
)
on_own("api:new_actual", "officer", {"year": 2022, "measure": "tax", "amount": "1.00", "document": PLAIN})


@doing("api:decide_appraisal")
def decide_appraisal(cast: Cast) -> Doing:
    weighed = papers.weighed(cast, cast.plant, at=cast.now)
    conditions = [{"text": PLAIN, "owner": PLAIN, "due_on": "2023-06-01"}]
    said: dict[str, Any] = {"outcome": "conditional", "met_on": "2023-04-03", "members": ["示例甲", PLAIN]}
    said |= {"conditions": conditions, "remarks": PLAIN}
    return Doing("verifier", at("api:decide_appraisal", weighed.pk), said)


@doing("api:new_contract_text")
def new_contract_text(cast: Cast) -> Doing:
    said = {"file": ContentFile(papers.docx(papers.RISKY), name="合同.docx")}
    return Doing("officer", at("api:new_contract_text", cast.plant.code), said)


@doing("api:new_review")
def new_review(cast: Cast) -> Doing:
    asked = {"kind": "due_diligence", "finding": "passed", "conclusion": PLAIN, "done_on": "2023-04-01"}
    return Doing("verifier", at("api:new_review", cast.plant.code), {"file": pdf()}, asked=asked)


@doing("api:settle")
def settle(cast: Cast) -> Doing:
    promise = papers.promised(cast, cast.plant)
    asked = {"status": "kept", "on": "2023-04-01", "reason": PLAIN}
    return Doing("officer", at("api:settle", promise.pk), {"file": pdf()}, asked=asked)

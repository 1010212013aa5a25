"""First talks, disputes about them and transfers; by the API."""

from typing import Any

from cast import Cast
from talks.talking import claimed, days, disputed, offered

from doors.doings import PLAIN, Doing, at, doing, on_own, pdf, plainly
from zhaoshang.talks.claiming import write_note
from zhaoshang.talks.disputing import answer_dispute
from zhaoshang.talks.rules import NoteKind

plainly(
    "api:new_claim",
    "officer",
    {
        "unit": "east",
        "investor": PLAIN,
        "title": PLAIN,
        "industry": "C",
        "amount": "500000000.00",
        "evidence_kind": "minutes",
        "evidence_document": PLAIN,
        "nevertheless": PLAIN,
    },
)
on_own("api:new_talk_note", "officer", {"kind": "note", "on": "2023-04-03", "text": PLAIN})
on_own("api:release_talk", "officer", {"reason": PLAIN})
on_own("api:dispute_answer", "officer", {"answer": PLAIN, "document": PLAIN})
on_own("api:transfer_withdraw", "officer")


@doing("api:new_talk_evidence")
def new_talk_evidence(cast: Cast) -> Doing:
    path = at("api:new_talk_evidence", claimed(cast).talk_id)
    return Doing("officer", path, {"file": pdf()}, asked={"kind": "letter", "document": PLAIN})


@doing("api:new_talk_renewal")
def new_talk_renewal(cast: Cast) -> Doing:
    talk = claimed(cast, at=days(-80)).talk
    said: dict[str, Any] = {"kind": NoteKind.VISIT, "on": days(-10).date(), "text": "示例：赴企业走访"}
    write_note(talk=talk, by=cast.officer, at=days(-5), **said)
    return Doing("officer", at("api:new_talk_renewal", talk.pk))


@doing("api:new_dispute")
def new_dispute(cast: Cast) -> Doing:
    said = {"claim": str(claimed(cast).pk), "unit": "west", "grounds": PLAIN, "document": PLAIN}
    return Doing("other_officer", at("api:new_dispute"), said)


@doing("api:dispute_ruling")
def dispute_ruling(cast: Cast) -> Doing:
    answered = answer_dispute(
        dispute=disputed(cast, claimed(cast)), answer="示例：不属实", by=cast.officer, at=cast.now
    )
    said = {"outcome": "shared", "ruling": PLAIN, "shares": "7:3"}
    return Doing("verifier", at("api:dispute_ruling", answered.pk), said)


@doing("api:new_transfer")
def new_transfer(cast: Cast) -> Doing:
    said = {"project": cast.plant.code, "to_unit": "west", "shares": "7:3", "reason": PLAIN, "terms": PLAIN}
    return Doing("officer", at("api:new_transfer"), said)


@doing("api:transfer_reply")
def transfer_reply(cast: Cast) -> Doing:
    said: dict[str, Any] = {"accept": False, "answer": PLAIN}
    return Doing("other_officer", at("api:transfer_reply", offered(cast, project=cast.plant).pk), said)

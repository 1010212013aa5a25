"""First talks, disputes about them, and what one unit hands to another."""

from cast import Cast
from django.core.files.base import ContentFile
from talks.talking import claimed, days, disputed, offered

from doors.doings import PLAIN, Doing, doing
from zhaoshang.talks.claiming import write_note
from zhaoshang.talks.models import Transfer
from zhaoshang.talks.rules import NoteKind

SUBJECT = {"unit": "east", "investor": PLAIN, "title": PLAIN, "industry": "C", "amount": "5000"}


@doing("desk:talk_new")
def talk_new(cast: Cast) -> Doing:
    return Doing("officer", "/desk/talks/new/", SUBJECT | {"kind": "minutes", "document": PLAIN})


@doing("desk:talk_note")
def talk_note(cast: Cast) -> Doing:
    sent = {"kind": "note", "on": "2023-04-03", "text": PLAIN}
    return Doing("officer", f"/desk/talks/{claimed(cast).talk_id}/note/", sent)


@doing("desk:talk_proof")
def talk_proof(cast: Cast) -> Doing:
    file = ContentFile(b"%PDF-1.4\n% letter\n%%EOF\n", name="a.pdf")
    sent = {"kind": "letter", "document": PLAIN, "file": file}
    return Doing("officer", f"/desk/talks/{claimed(cast).talk_id}/proof/", sent)


@doing("desk:talk_renew")
def talk_renew(cast: Cast) -> Doing:
    talk = claimed(cast, at=days(-80)).talk
    write_note(talk=talk, kind=NoteKind.VISIT, on=days(-10).date(), text="示例走访", by=cast.officer, at=cast.now)
    return Doing("officer", f"/desk/talks/{talk.pk}/renew/")


@doing("desk:talk_release")
def talk_release(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/talks/{claimed(cast).talk_id}/release/", {"reason": PLAIN})


@doing("desk:talk_dispute_new")
def talk_dispute_new(cast: Cast) -> Doing:
    sent = {"unit": "west", "grounds": PLAIN, "document": PLAIN}
    return Doing("other_officer", f"/desk/talk-disputes/new/?claim={claimed(cast).pk}", sent)


@doing("desk:talk_dispute_answer")
def talk_dispute_answer(cast: Cast) -> Doing:
    one = disputed(cast, claimed(cast))
    return Doing("officer", f"/desk/talk-disputes/{one.pk}/answer/", {"answer": PLAIN, "document": PLAIN})


@doing("desk:talk_dispute_decide")
def talk_dispute_decide(cast: Cast) -> Doing:
    one = disputed(cast, claimed(cast, at=days(-30)), days(-29))
    return Doing("verifier", f"/desk/talk-disputes/{one.pk}/decide/", {"outcome": "dismissed", "ruling": PLAIN})


@doing("desk:transfer_new")
def transfer_new(cast: Cast) -> Doing:
    sent = {"to_unit": "west", "shares": "7:3", "reason": PLAIN, "terms": PLAIN}
    return Doing("officer", f"/desk/transfers/new/?project={cast.plant.code}", sent)


def _offer(cast: Cast) -> Transfer:
    return offered(cast, project=cast.plant)


@doing("desk:transfer_accept")
def transfer_accept(cast: Cast) -> Doing:
    return Doing("other_officer", f"/desk/transfers/{_offer(cast).pk}/accept/", {"answer": PLAIN})


@doing("desk:transfer_refuse")
def transfer_refuse(cast: Cast) -> Doing:
    return Doing("other_officer", f"/desk/transfers/{_offer(cast).pk}/refuse/", {"answer": PLAIN})


@doing("desk:transfer_withdraw")
def transfer_withdraw(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/transfers/{_offer(cast).pk}/withdraw/")

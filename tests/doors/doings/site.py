"""The public site: questions, objections, demands, registrations, saved searches. Whoever sends these is not logged in."""

from datetime import date
from uuid import uuid4

from cast import NOW, Cast
from enterprises.firms import person
from opportunities.building import offered
from outreach import going
from partners.test_papers_and_objections import published
from publishing.test_identity import ADDRESS, taken

from doors.doings import PLAIN, Doing, doing
from zhaoshang.outreach.actions.activities import open_registration
from zhaoshang.outreach.actions.visits import answer_demand, open_demand
from zhaoshang.searches.actions import link_of, save_search


def _enquiry() -> dict[str, str]:
    named = {"investor": PLAIN, "text": PLAIN, "contact": PLAIN, "phone": "0411-1"}
    return named | {"key": str(uuid4()), "agreed": "on"}


@doing("portal:ask")
def ask(cast: Cast) -> Doing:
    sent = {"asked": "privacy", "text": PLAIN, "name": PLAIN, "contact": PLAIN, "agreed": "on"}
    return Doing("", "/ask/", sent | {"key": str(uuid4())})


@doing("portal:asked")
def asked(cast: Cast) -> Doing:
    person(cast, cast.plant.enterprise, cast.east, mail=ADDRESS)
    return Doing("", f"/ask/{taken(cast)[1]}/")


@doing("portal:claim_objection")
def claim_objection(cast: Cast) -> Doing:
    sent = {"text": PLAIN, "told_by": PLAIN, "contact": PLAIN, "key": str(uuid4())}
    return Doing("", f"/notices/{published(cast).pk}/object/", sent)


@doing("portal:demand")
def demand(cast: Cast) -> Doing:
    held = going.demanded(cast)
    told = open_demand(demand=held, by=cast.officer, at=NOW)
    answer_demand(demand=held, answer="已增容", by=cast.officer, at=NOW)
    return Doing("", f"/demand/{told}/", {"satisfaction": "content"})


@doing("portal:enquire")
def enquire(cast: Cast) -> Doing:
    return Doing("", "/opportunities/ask/", _enquiry())


@doing("portal:enquire_about")
def enquire_about(cast: Cast) -> Doing:
    return Doing("", f"/opportunities/{offered(cast).code}/ask/", _enquiry())


@doing("portal:register")
def register(cast: Cast) -> Doing:
    held = going.activity(cast, day=date(2023, 4, 20))
    told = open_registration(activity=held, consent="示例告知文本", by=cast.statistician, at=NOW)
    who = {"organisation": PLAIN, "name": PLAIN, "post": PLAIN, "phone": "0411-1"}
    return Doing("", f"/join/{told}/", who | {"key": str(uuid4()), "agreed": "on"})


@doing("portal:save_search")
def saving(cast: Cast) -> Doing:
    sent = {"industry": "C", "land": "10", "mail": "who@example.org", "agreed": "on"}
    return Doing("", "/opportunities/match/save/", sent)


@doing("portal:saved_search")
def saved_search(cast: Cast) -> Doing:
    said = {"given": {"industry": "C"}, "mail": "who@example.org", "language": "zh-hans"}
    kept = save_search(city=cast.city, at=NOW, **said)  # type: ignore[arg-type]
    assert kept
    return Doing("", f"/saved/{link_of(kept)}/", {"do": "confirm"})

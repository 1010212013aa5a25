"""Trips with their meetings, minutes and follow-ups; visits and the demands that they bring home; all by the API."""

from typing import Any
from uuid import uuid4

from cast import Cast
from outreach import going

from doors.doings import PLAIN, Doing, at, doing, of_own, on_own, plainly
from zhaoshang.outreach.actions.meetings import link_project
from zhaoshang.outreach.actions.visits import plan_visit

TRIP: dict[str, Any] = {
    "code": "2023-100",
    "title": PLAIN,
    "purpose": PLAIN,
    "first_day": "2023-05-08",
    "last_day": "2023-05-09",
    "unit": "east",
    "members": [{"name": PLAIN, "post": PLAIN, "rank": "unit_head", "leads": True}],
    "destinations": [{"code": "310000", "name": PLAIN}],
    "cost": "1000.00",
}
ANSWER = "示例：已接通"

plainly("api:new_trip", "officer", TRIP)
on_own("api:trip_off", "officer", {"what": "cancel", "reason": PLAIN})
on_own("api:trip_report", "officer", {"text": PLAIN, "cost": "12.00"})
on_own(
    "api:new_meeting",
    "officer",
    {"day": "2023-02-07", "party": PLAIN, "people": PLAIN, "place": PLAIN, "purpose": PLAIN},
)
on_own("api:meeting_lead", "officer", {"investor": PLAIN, "subject": PLAIN, "text": PLAIN})
on_own("api:done_follow_up", "officer", {"on": "2023-04-03", "note": PLAIN})
on_own("api:owner_of_follow_up", "officer", {"owner": "statistician"})
plainly(
    "api:new_visit",
    "officer",
    {"firm": PLAIN, "unit": "east", "planned_on": "2023-05-08", "place": PLAIN, "visitors": PLAIN, "purpose": PLAIN},
)
on_own("api:new_demand", "officer", {"text": PLAIN, "department": PLAIN})
on_own("api:answered_demand", "officer", {"answer": PLAIN})
on_own("api:demand_link", "officer")


@doing("api:change_trip")
def change_trip(cast: Cast) -> Doing:
    trip = going.planned(cast, going.HEAD, unit=cast.east, by=cast.officer)
    return Doing("officer", at("api:change_trip", trip.code), TRIP | {"code": trip.code})


@doing("api:trip_decision")
def trip_decision(cast: Cast) -> Doing:
    trip = going.planned(cast, going.HEAD, unit=cast.east, by=cast.officer)
    return Doing("verifier", at("api:trip_decision", trip.code), {"verdict": "return", "reason": PLAIN})


@doing("api:link_trip")
def link_trip(cast: Cast) -> Doing:
    return Doing("officer", of_own(cast, "api:link_trip"), {"project": cast.plant.code, "note": PLAIN})


@doing("api:dropped_link")
def dropped_link(cast: Cast) -> Doing:
    trip = going.gone(cast, going.HEAD, unit=cast.east, by=cast.officer)
    link = link_project(trip=trip, project=cast.plant, by=cast.officer, at=cast.now)
    return Doing("officer", at("api:dropped_link", link.pk))


def _met(cast: Cast) -> Any:
    return going.met(cast, going.approved(cast, going.HEAD, unit=cast.east, by=cast.officer)).pk


@doing("api:dropped_meeting")
def dropped_meeting(cast: Cast) -> Doing:
    return Doing("officer", at("api:dropped_meeting", _met(cast)))


@doing("api:new_minutes")
def new_minutes(cast: Cast) -> Doing:
    said = {"key": str(uuid4()), "text": PLAIN, "met": PLAIN, "next_step": PLAIN}
    return Doing("officer", at("api:new_minutes", _met(cast)), said)


def _visit(cast: Cast) -> Any:
    said: dict[str, Any] = {"unit": cast.east, "firm": "示例工厂有限公司", "planned_on": going.DAY, "visitors": "示例"}
    return plan_visit(city=cast.city, by=cast.officer, at=going.at(going.DAY), **said).pk


@doing("api:told_visit")
def told_visit(cast: Cast) -> Doing:
    return Doing("officer", at("api:told_visit", _visit(cast)), {"on": "2023-02-06", "told": PLAIN})


@doing("api:cancelled_visit")
def cancelled_visit(cast: Cast) -> Doing:
    return Doing("officer", at("api:cancelled_visit", _visit(cast)), {"reason": PLAIN})


@doing("api:rated_demand")
def rated_demand(cast: Cast) -> Doing:
    from zhaoshang.outreach.actions.visits import answer_demand

    demand = answer_demand(demand=going.demanded(cast), answer=ANSWER, by=cast.officer, at=cast.now)
    return Doing("officer", at("api:rated_demand", demand.pk), {"satisfaction": "content"})

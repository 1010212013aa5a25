"""Trips, activities and visits as tests need them, over the cast."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from cast import NOW, Cast

from zhaoshang.common.periods import parse_month
from zhaoshang.figures.actions import add_version, define_indicator
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.outreach.actions.activities import add_activity
from zhaoshang.outreach.actions.meetings import NewMeeting, NewMinutes, add_meeting, write_minutes
from zhaoshang.outreach.actions.trips import NewMember, NewTrip, decide_trip, plan_trip
from zhaoshang.outreach.actions.visits import plan_visit, take_demand, tell_visit
from zhaoshang.outreach.models import Activity, Demand, Meeting, Trip, Visit
from zhaoshang.outreach.rules import ActivityKind
from zhaoshang.people.models import User

DAY = date(2023, 2, 6)
SHANGHAI, NINGBO = ("310000", "上海市"), ("330200", "宁波市")
LEADER = NewMember("示例市领导甲", "副市长（示例）", "city_leader", leads=True)
SECOND = NewMember("示例市领导乙", "副市长（示例）", "city_leader", leads=True)
HEAD = NewMember("示例区委书记", "区委书记（示例）", "unit_head", leads=True)
CLERK = NewMember("示例科员", "科员", "staff")


def at(day: date) -> datetime:
    """Noon of the day."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=NOW.tzinfo)


def planned(cast: Cast, *members: NewMember, code: str = "2023-001", by: User | None = None, **changes: Any) -> Trip:
    """A trip of the city to Shanghai, planned by the statistician."""
    fields: dict[str, Any] = {
        "code": code,
        "title": f"示例外出{code}",
        "purpose": "示例",
        "first_day": DAY,
        "last_day": DAY + timedelta(days=2),
        "members": members or (LEADER, CLERK),
        "destinations": [SHANGHAI],
    }
    return plan_trip(
        city=cast.city, new=NewTrip(**fields | changes), by=by or cast.statistician, at=at(DAY - timedelta(days=9))
    )


def approved(cast: Cast, *members: NewMember, **changes: Any) -> Trip:
    """The same, approved by the leader."""
    return decide_trip(
        trip=planned(cast, *members, **changes), approve=True, by=cast.leader, at=at(DAY - timedelta(days=7))
    )


def met(cast: Cast, trip: Trip, by: User | None = None) -> Meeting:
    """A meeting on the trip's first day."""
    new = NewMeeting(day=trip.first_day, party="上海示例甲公司")
    return add_meeting(trip=trip, new=new, by=by or trip.planned_by, at=trip.planned_at)


def minuted(cast: Cast, trip: Trip, key: UUID | None = None) -> Meeting:
    """A meeting with minutes: the trip has taken place."""
    meeting = met(cast, trip)
    new = NewMinutes(key=key or uuid4(), text="谈了落地", next_step="寄清单")
    write_minutes(meeting=meeting, new=new, by=trip.planned_by, at=at(trip.first_day))
    return meeting


def gone(cast: Cast, *members: NewMember, **changes: Any) -> Trip:
    """Approved, gone, and minuted."""
    trip = approved(cast, *members, **changes)
    minuted(cast, trip)
    return trip


def activity(
    cast: Cast,
    code: str = "meeting",
    title: str = "示例民企发展大会",
    day: date = DAY,
    by: User | None = None,
    **changes: Any,
) -> Activity:
    """A conference of the city."""
    fields: dict[str, Any] = {"kind": ActivityKind.CONFERENCE, "place": "示例会场", "unit": None, "seats": 50}
    begins = {"begins_at": at(day), "ends_at": at(day) + timedelta(hours=4)}
    return add_activity(
        city=cast.city,
        code=code,
        title=title,
        by=by or cast.statistician,
        at=at(day - timedelta(days=5)),
        **fields | begins | changes,
    )


def visited(cast: Cast, **changes: Any) -> Visit:
    """A visit of the east unit to the plant's firm, told of."""
    fields: dict[str, Any] = {
        "unit": cast.east,
        "firm": "示例工厂有限公司",
        "planned_on": DAY,
        "visitors": "示例科员",
        "by": cast.officer,
    } | changes
    visit = plan_visit(city=cast.city, at=at(DAY), **fields)
    return tell_visit(visit=visit, on=DAY, told="生产正常", by=fields["by"], at=at(DAY))


def demanded(cast: Cast) -> Demand:
    """What the firm asked for."""
    return take_demand(visit=visited(cast), text="用电增容", department="示例供电部门", by=cast.officer, at=at(DAY))


def indicators(cast: Cast) -> None:
    """The dictionary's counts of trips and of signings."""
    for place, measure in enumerate(
        (Measure.TRIPS_OF_CITY, Measure.TRIPS_OF_UNITS, Measure.EVENT_SIGNED, Measure.EVENT_AMOUNT)
    ):
        named = define_indicator(
            city=cast.city, code=str(measure), name=f"示例{measure}", name_en=str(measure), position=20 + place,
            words=[f"示例{measure}"], unit_of_value=Unit.FEN if measure == Measure.EVENT_AMOUNT else Unit.COUNT,
            reading_class=str(measure), by=cast.statistician, at=NOW,
        )  # fmt: skip
        add_version(
            indicator=named, code="v1", title=str(measure), title_en=str(measure), definition="示例", measure=measure,
            valid_from=parse_month("2022-01"), source="示例", by=cast.statistician, at=NOW,
        )  # fmt: skip

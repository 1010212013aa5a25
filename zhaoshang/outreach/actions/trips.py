"""The only writer of trips: planned, decided by another person, put off, called off, reported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoshang.outreach.actions.refusals import (
    CodeTaken,
    Empty,
    NobodyLeads,
    NotYet,
    ReasonMissing,
    SamePerson,
    UnknownRank,
    WrongState,
)
from zhaoshang.outreach.counting import has_record
from zhaoshang.outreach.inforce import rules_on
from zhaoshang.outreach.models import Destination, Member, Trip
from zhaoshang.outreach.rules import BY_UNIT, TripState
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed, Viewer, all_there, viewer_of
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who goes along; ``rank``: a rung of the ladder in force."""

    name: str
    post: str
    rank: str
    leads: bool = False
    unit: ReportingUnit | None = None


@dataclass(frozen=True, slots=True)
class NewTrip:
    """A trip as it is planned. ``destinations``: GB/T 2260 code and name. ``unit`` none: the city's own."""

    code: str
    title: str
    purpose: str
    first_day: date
    last_day: date
    members: Sequence[NewMember]
    destinations: Sequence[tuple[str, str]]
    unit: ReportingUnit | None = None
    cost_fen: int | None = None
    is_sample: bool = False


def _may_write(viewer: Viewer, unit_id: UUID | None) -> None:
    """A unit's people write what is their unit's; what is the city's own is for city roles."""
    mine = viewer.sees_all_units if unit_id is None else viewer.sees_unit(unit_id)
    if not (viewer.can(Can.OUTREACH) and mine):
        raise NotAllowed(Can.OUTREACH)


def locked(trip: Trip) -> Trip:
    """The row as it stands now, locked."""
    rows = Trip.objects.of(trip.city_id).select_for_update().select_related("city", "unit")
    return rows.get(pk=trip.pk)  # type: ignore[no-any-return]


def _check(city: City, new: NewTrip) -> None:
    rules = rules_on(city, new.first_day)
    for member in new.members:
        if rules.rank(member.rank) is None:
            raise UnknownRank(member.rank)
    if not new.destinations or not any(member.leads for member in new.members):
        raise NobodyLeads(new.code)


def _write_parts(trip: Trip, new: NewTrip) -> None:
    Member.objects.bulk_create(
        [
            Member(
                city_id=trip.city_id,
                trip=trip,
                position=place,
                name=one.name,
                post=one.post,
                rank=one.rank,
                leads=one.leads,
                unit=one.unit,
            )
            for place, one in enumerate(new.members, start=1)
        ]
    )
    Destination.objects.bulk_create(
        [
            Destination(city_id=trip.city_id, trip=trip, position=place, region_code=code, name=name)
            for place, (code, name) in enumerate(dict(new.destinations).items(), start=1)
        ]
    )


@transaction.atomic
def plan_trip(*, city: City, new: NewTrip, by: User, at: datetime) -> Trip:
    """Lay a trip before those who decide. Raises :class:`CodeTaken`, :class:`UnknownRank`, :class:`NobodyLeads`, ``NotAllowed``."""
    _may_write(viewer_of(by, city), new.unit.pk if new.unit else None)
    _check(city, new)
    if Trip.objects.of(city).filter(code=new.code).exists():
        raise CodeTaken(new.code)
    trip: Trip = Trip.objects.create(
        city=city,
        code=new.code,
        title=new.title,
        purpose=new.purpose,
        unit=new.unit,
        first_day=new.first_day,
        last_day=new.last_day,
        cost_fen=new.cost_fen,
        is_sample=new.is_sample,
        planned_by=by,
        planned_at=at,
    )
    _write_parts(trip, new)
    record("outreach.trip.planned", city=city, by=by, at=at, about=trip, code=trip.code, first_day=str(trip.first_day))
    return trip


@transaction.atomic
def replan_trip(*, trip: Trip, new: NewTrip, by: User, at: datetime) -> Trip:
    """Change a trip that is not approved, and lay it before them again; code and unit stay.

    Raises :class:`WrongState` of an approved or cancelled one, :class:`UnknownRank`, :class:`NobodyLeads`, ``NotAllowed``.
    """
    held = locked(trip)
    _may_write(viewer_of(by, held.city), held.unit_id)
    if held.state in (TripState.APPROVED, TripState.CANCELLED):
        raise WrongState(held.state)
    _check(held.city, new)
    before = {"state": held.state, "first_day": str(held.first_day), "last_day": str(held.last_day)}
    held.title, held.purpose, held.cost_fen = new.title, new.purpose, new.cost_fen
    held.first_day, held.last_day = new.first_day, new.last_day
    held.state, held.reason = TripState.PLANNED, ""
    held.planned_by, held.planned_at, held.decided_by, held.decided_at = by, at, None, None
    names = ["title", "purpose", "cost_fen", "first_day", "last_day", "state", "reason"]
    held.save(update_fields=[*names, "planned_by", "planned_at", "decided_by", "decided_at"])
    for table in (Member, Destination):
        table.objects.of(held.city_id).filter(trip=held).delete()
    _write_parts(held, new)
    record("outreach.trip.replanned", city=held.city, by=by, at=at, about=held, before=before)
    return held


def may_decide(viewer: Viewer, trip: Trip) -> bool:
    """Whether this person may approve or return the trip: who has the right, and did not plan it; a district's own people only where
    the rules in force on its first day let the district decide."""
    if viewer.user is None or viewer.user.pk == trip.planned_by_id:
        return False
    if viewer.can(Can.APPROVE_TRIPS):
        return True
    own = trip.unit_id is not None and viewer.can(Can.OUTREACH) and viewer.sees_unit(trip.unit_id)
    return own and rules_on(viewer.city, trip.first_day).unit_trips_approved_by == BY_UNIT


@transaction.atomic
def decide_trip(*, trip: Trip, approve: bool, by: User, at: datetime, reason: str = "") -> Trip:
    """Approve a planned trip, or return it with a reason.

    Raises :class:`WrongState`, :class:`SamePerson`, :class:`ReasonMissing`, ``NotAllowed``.
    """
    held = locked(trip)
    if held.state != TripState.PLANNED:
        raise WrongState(held.state)
    if same_person(held.planned_by_id, by):
        raise SamePerson
    if not may_decide(viewer_of(by, held.city), held):
        raise NotAllowed(Can.APPROVE_TRIPS)
    if not approve and not reason.strip():
        raise ReasonMissing
    held.state = TripState.APPROVED if approve else TripState.RETURNED
    held.reason = "" if approve else reason.strip()
    held.decided_by, held.decided_at = by, at
    held.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    if approve:
        record("outreach.trip.approved", city=held.city, by=by, at=at, about=held)
    else:
        record("outreach.trip.returned", city=held.city, by=by, at=at, about=held, reason=held.reason)
    return held


@transaction.atomic
def put_off_trip(*, trip: Trip, cancel: bool, reason: str, by: User, at: datetime) -> Trip:
    """Postpone a trip or cancel it for good, with a reason; one that is on record as having taken place is neither.

    Raises :class:`WrongState`, :class:`ReasonMissing`, ``NotAllowed``.
    """
    held = locked(trip)
    _may_write(viewer_of(by, held.city), held.unit_id)
    if held.state == TripState.CANCELLED or has_record(held):
        raise WrongState(held.state)
    if not reason.strip():
        raise ReasonMissing
    held.state, held.reason = (TripState.CANCELLED if cancel else TripState.POSTPONED), reason.strip()
    held.save(update_fields=["state", "reason"])
    if cancel:
        record("outreach.trip.cancelled", city=held.city, by=by, at=at, about=held, reason=held.reason)
    else:
        record("outreach.trip.postponed", city=held.city, by=by, at=at, about=held, reason=held.reason)
    return held


@transaction.atomic
def report_trip(
    *, trip: Trip, text: str, absent: Iterable[UUID] = (), cost_fen: int | None = None, by: User, at: datetime
) -> Trip:
    """Tell of an approved trip as a whole, who of the delegation did not go, and what it cost if that is known.

    Raises :class:`WrongState`, :class:`NotYet` before its first day, :class:`Empty`, ``NotAllowed``, ``NotAllThere`` for who is not of the
    delegation.
    """
    held = locked(trip)
    _may_write(viewer_of(by, held.city), held.unit_id)
    away = set(absent)
    members = Member.objects.of(held.city_id).filter(trip=held)
    if away:
        all_there(map(str, away), set(map(str, members.values_list("pk", flat=True))))
    if held.state != TripState.APPROVED:
        raise WrongState(held.state)
    if timezone.localdate(at) < held.first_day:
        raise NotYet
    if not text.strip():
        raise Empty
    fields: dict[str, Any] = {"report": text.strip(), "reported_by": by, "reported_at": at}
    fields |= {} if cost_fen is None else {"cost_fen": cost_fen}
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=list(fields))
    members.update(absent=False)
    members.filter(pk__in=away).update(absent=True)
    record("outreach.trip.reported", city=held.city, by=by, at=at, about=held, absent=len(away))
    return held

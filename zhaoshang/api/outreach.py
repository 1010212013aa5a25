"""Trips with their meetings and follow-ups; activities, guests and signings; visits and demands."""

from datetime import date, time
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Name, Page, PositiveYuan, Strict, fen
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import Period
from zhaoshang.outreach.actions.leads import lead_from_meeting
from zhaoshang.outreach.actions.meetings import (
    NewMeeting,
    NewMinutes,
    add_meeting,
    drop_meeting,
    write_minutes,
)
from zhaoshang.outreach.actions.trips import (
    NewMember,
    NewTrip,
    decide_trip,
    plan_trip,
    put_off_trip,
    replan_trip,
    report_trip,
)
from zhaoshang.outreach.counting import counted_trips, counts_by_unit, days_of
from zhaoshang.outreach.inforce import rules_on
from zhaoshang.outreach.models import Meeting, Trip
from zhaoshang.outreach.queries import last_minutes, parties_of, results_of, standings_of
from zhaoshang.outreach.touching import firms_named
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit

router = Router(tags=["outreach"])
ROWS = 100
Code = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]{1,20}$")]
Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=4000)]
RegionCode = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{6}$")]
Word = Annotated[str, StringConstraints(strict=True, max_length=80)]


def unit_named(viewer: Viewer, code: str | None) -> ReportingUnit | None:
    """The unit of a body; none for the city's own. An unknown code is absent."""
    return ReportingUnit.objects.of(viewer.city).get(code=code) if code else None


def paged(rows: Any, after: UUID | None) -> tuple[list[Any], str | None]:
    """A page by key, newest first, and where the next begins."""
    ordered = rows.order_by("-id")
    held = list((ordered.filter(id__lt=after) if after else ordered)[: ROWS + 1])
    return held[:ROWS], str(held[ROWS - 1].pk) if len(held) > ROWS else None


def trip_seen(request: ApiRequest, code: str) -> Trip:
    """The trip, if the caller may see it."""
    rows = Trip.objects.visible_to(request.viewer).select_related("unit", "city", "planned_by")
    return rows.get(code=code)  # type: ignore[no-any-return]


def _told(viewer: Viewer, trips: list[Trip]) -> list[dict[str, Any]]:
    city, today = viewer.city, timezone.localdate()
    parties, standings, results = parties_of(city, trips), standings_of(city, trips, today), results_of(city, trips)
    return [
        {
            "code": one.code,
            "title": one.title,
            "purpose": one.purpose,
            "unit": one.unit.code if one.unit else None,
            "first_day": one.first_day,
            "last_day": one.last_day,
            "state": one.state,
            "standing": str(standings[one.pk]),
            "reason": one.reason,
            "cost": yuan_text(one.cost_fen) if one.cost_fen is not None else None,
            "report": one.report,
            "destinations": [{"code": to.region_code, "name": to.name} for to in parties[one.pk].destinations],
            "members": [
                {
                    "id": str(who.pk),
                    "name": who.name,
                    "post": who.post,
                    "rank": who.rank,
                    "leads": who.leads,
                    "absent": who.absent,
                }
                for who in parties[one.pk].members
            ],
            "meetings": results[one.pk].meetings,
            "with_minutes": results[one.pk].minuted,
            "leads": results[one.pk].leads,
            "linked_projects": results[one.pk].projects,
            "signed_since": results[one.pk].signed,
            "contract_since": yuan_text(results[one.pk].contract_fen),
            "arrived_since": yuan_text(results[one.pk].arrived_fen),
        }
        for one in trips
    ]


@router.get("/trips", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Trips")
def trips(
    request: ApiRequest, unit: str = "", state: str = "", year: int | None = None, after: UUID | None = None
) -> Any:
    """As far as the caller may see them, the latest entered first. ``*_since``: of linked projects, from the trip's first day."""
    rows = Trip.objects.visible_to(request.viewer).select_related("unit")
    rows = rows.filter(unit__code=unit) if unit else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(first_day__year=min(max(year, 1), 9999)) if year is not None else rows
    held, following = paged(rows, after)
    return {"rows": _told(request.viewer, held), "next": following}


@router.get(
    "/trip-counts",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="How often leaders went out",
)
def trip_counts(request: ApiRequest, period: str) -> Any:
    """By each definition in force at the period's end: the count, by unit, with the codes of the trips that the caller may see."""
    viewer, when = request.viewer, Period.parse(period)
    units = {one.pk: one.code for one in ReportingUnit.objects.of(viewer.city)}
    seen = Trip.objects.visible_to(viewer).order_by().values("pk")
    found = []
    for rule in rules_on(viewer.city, days_of(when)[1]).counts:
        by_unit = counts_by_unit(viewer.city, rule.code, when)
        codes = counted_trips(viewer.city, rule.code, when).filter(pk__in=seen).values_list("code", flat=True)
        found.append(
            {
                "code": rule.code,
                "name": rule.name,
                "name_en": rule.name_en,
                "definition": rule.definition,
                "count": sum(by_unit.values()),
                "by_unit": {units[key] if key else "": number for key, number in by_unit.items()},
                "trips": list(codes),
            }
        )
    return found


class MemberBody(Strict):
    """Somebody of the delegation."""

    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]
    post: Word
    rank: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=20)]
    leads: bool = False


class PlaceBody(Strict):
    """A city or province by GB/T 2260."""

    code: RegionCode
    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]


class TripBody(Strict):
    """A trip as planned; ``unit`` absent: the city's own."""

    code: Code
    title: Name
    purpose: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=400)]
    first_day: date
    last_day: date
    unit: Annotated[str, Field(max_length=30)] | None = None
    members: Annotated[list[MemberBody], Field(min_length=1, max_length=40)]
    destinations: Annotated[list[PlaceBody], Field(min_length=1, max_length=12)]
    cost: PositiveYuan | None = None

    def new_trip(self, viewer: Viewer) -> NewTrip:
        """What the action takes."""
        unit = unit_named(viewer, self.unit)
        return NewTrip(
            code=self.code,
            title=self.title,
            purpose=self.purpose,
            first_day=self.first_day,
            last_day=self.last_day,
            members=[NewMember(one.name, one.post, one.rank, one.leads, unit) for one in self.members],
            destinations=[(one.code, one.name) for one in self.destinations],
            unit=unit,
            cost_fen=fen(self.cost) if self.cost is not None else None,
        )


@router.post("/trips", auth=needs(Can.OUTREACH), response={201: dict[str, str]}, summary="Plan a trip")
def new_trip(request: ApiRequest, body: TripBody) -> Any:
    """Waits for the decision of another person."""
    trip = plan_trip(city=request.viewer.city, new=body.new_trip(request.viewer), by=caller(request), at=timezone.now())
    return Status(201, {"code": trip.code})


@router.get("/trips/{code}", auth=needs(Can.READ_PAYMENTS), response={200: dict[str, Any]}, summary="A trip")
def trip(request: ApiRequest, code: str) -> Any:
    """With its programme and the minutes that hold."""
    held = trip_seen(request, code)
    meetings = list(Meeting.objects.of(request.viewer.city).filter(trip=held))
    minutes = last_minutes(request.viewer.city, meetings)
    return _told(request.viewer, [held])[0] | {
        "programme": [
            {
                "id": str(one.pk),
                "day": one.day,
                "begins": one.begins,
                "ends": one.ends,
                "place": one.place,
                "party": one.party,
                "people": one.people,
                "purpose": one.purpose,
                "minutes": minutes[one.pk].text if one.pk in minutes else None,
                "next_step": minutes[one.pk].next_step if one.pk in minutes else None,
            }
            for one in meetings
        ]
    }


@router.post(
    "/trips/{code}/plan",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Change a trip's plan",
)
def change_trip(request: ApiRequest, code: str, body: TripBody) -> Any:
    """Of one that is not approved; it waits anew. Code and unit stay as they were."""
    held = trip_seen(request, code)
    changed = replan_trip(trip=held, new=body.new_trip(request.viewer), by=caller(request), at=timezone.now())
    return {"state": changed.state}


class TripVerdict(Strict):
    """Approve, or return with a reason."""

    verdict: Literal["approve", "return"]
    reason: Line = ""


@router.post(
    "/trips/{code}/decision",
    auth=needs(Can.APPROVE_TRIPS, Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Approve or return a trip",
)
def trip_decision(request: ApiRequest, code: str, body: TripVerdict) -> Any:
    """Never by who planned it."""
    held = trip_seen(request, code)
    decided = decide_trip(
        trip=held, approve=body.verdict == "approve", reason=body.reason, by=caller(request), at=timezone.now()
    )
    return {"state": decided.state}


class TripOff(Strict):
    """Postpone or cancel."""

    what: Literal["postpone", "cancel"]
    reason: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=400)]


@router.post(
    "/trips/{code}/off",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Postpone or cancel a trip",
)
def trip_off(request: ApiRequest, code: str, body: TripOff) -> Any:
    """With its reason; one on record as having taken place is neither."""
    held = put_off_trip(
        trip=trip_seen(request, code),
        cancel=body.what == "cancel",
        reason=body.reason,
        by=caller(request),
        at=timezone.now(),
    )
    return {"state": held.state}


class TripReport(Strict):
    """What is told of the whole trip; ``absent``: ids of members who did not go."""

    text: Text
    absent: list[UUID] = []
    cost: PositiveYuan | None = None


@router.post(
    "/trips/{code}/report",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Report on a trip",
)
def trip_report(request: ApiRequest, code: str, body: TripReport) -> Any:
    """Of an approved trip that has begun."""
    cost = fen(body.cost) if body.cost is not None else None
    held = report_trip(
        trip=trip_seen(request, code),
        text=body.text,
        absent=body.absent,
        cost_fen=cost,
        by=caller(request),
        at=timezone.now(),
    )
    return {"state": held.state}


class MeetingBody(Strict):
    """A meeting of the programme."""

    day: date
    begins: time | None = None
    ends: time | None = None
    party: Name
    people: Annotated[str, Field(max_length=200)] = ""
    place: Annotated[str, Field(max_length=120)] = ""
    purpose: Line = ""
    again: bool = False


@router.post(
    "/trips/{code}/meetings",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, str]},
    summary="Add a meeting",
)
def new_meeting(request: ApiRequest, code: str, body: MeetingBody) -> Any:
    """Within the trip's days. 409 ``met_already`` where the firm was met just before, unless said ``again``."""
    meeting = add_meeting(
        trip=trip_seen(request, code),
        new=NewMeeting(**body.dict(), enterprise=firms_named(request.viewer.city, [body.party]).get(body.party)),
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, {"id": str(meeting.pk)})


def _meeting(request: ApiRequest, key: UUID) -> Meeting:
    rows = Meeting.objects.visible_to(request.viewer).select_related("trip__city", "city")
    return rows.get(pk=key)  # type: ignore[no-any-return]


@router.post(
    "/meetings/{key}/drop",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, bool]},
    summary="Drop a meeting",
)
def dropped_meeting(request: ApiRequest, key: UUID) -> Any:
    """One without minutes."""
    drop_meeting(meeting=_meeting(request, key), by=caller(request), at=timezone.now())
    return {"dropped": True}


class MinutesBody(Strict):
    """Minutes; ``key`` is made by the sender once, and the same again changes nothing."""

    key: UUID
    text: Text
    met: Annotated[str, Field(max_length=200)] = ""
    next_step: Line = ""


@router.post(
    "/meetings/{key}/minutes",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, str]},
    summary="Send minutes",
)
def new_minutes(request: ApiRequest, key: UUID, body: MinutesBody) -> Any:
    """The first of a meeting set its follow-ups."""
    minutes = write_minutes(
        meeting=_meeting(request, key), new=NewMinutes(**body.dict()), by=caller(request), at=timezone.now()
    )
    return Status(201, {"id": str(minutes.pk)})


class LeadBody(Strict):
    """An investor that was heard of, and what was said."""

    investor: Name
    subject: Annotated[str, Field(max_length=200)] = ""
    text: Text


@router.post(
    "/meetings/{key}/leads",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, str]},
    summary="A lead from a meeting",
)
def meeting_lead(request: ApiRequest, key: UUID, body: LeadBody) -> Any:
    """Goes to the room of leads, unverified; the same text again is the same lead."""
    lead = lead_from_meeting(meeting=_meeting(request, key), by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"receipt": lead.receipt})

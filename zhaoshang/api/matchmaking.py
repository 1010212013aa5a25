"""Matchmaking at an activity: suggested pairs with their reasons, the board, and the plan of meetings."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.outreach import unit_named
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Strict
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.matchmaking.actions import (
    arrange,
    fix_meeting,
    free_meeting,
    move_pair,
    propose_pair,
    set_away,
    set_session,
    side_of,
)
from zhaoshang.matchmaking.models import BUREAU, MOST_SLOTS, MOST_TABLES, Appointment, Pair, Session
from zhaoshang.matchmaking.queries import suggestions
from zhaoshang.matchmaking.rules import PairState
from zhaoshang.matchmaking.seating import Unserved
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.outreach.models import Activity
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project

router = Router(tags=["matchmaking"])
MOST = 500
Slot = Annotated[int, Field(ge=0, lt=MOST_SLOTS)]


def _activity(request: ApiRequest, code: str) -> Activity:
    rows = Activity.objects.visible_to(request.viewer).select_related("city", "unit")
    return rows.get(code=code)  # type: ignore[no-any-return]


def _found(request: ApiRequest, key: UUID) -> Pair:
    rows = Pair.objects.visible_to(request.viewer).select_related("city", "activity")
    return rows.get(pk=key)  # type: ignore[no-any-return]


def _pair(one: Pair, seat: Appointment | None) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "enterprise": str(one.enterprise_id),
        "name": one.enterprise.name,
        "opportunity": one.opportunity.code,
        "unit": one.unit.code if one.unit else None,
        "state": one.state,
        "since": one.since,
        "points": one.points,
        "reasons": one.reasons,
        "project": one.project.code if one.project else None,
        "slot": seat.slot if seat else None,
        "table": seat.table if seat else None,
        "fixed": bool(seat and seat.fixed),
    }


@router.get(
    "/activities/{code}/pairs",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="An activity's pairs",
)
def pairs(request: ApiRequest, code: str, state: str = "") -> Any:
    """The heaviest first, with slot and table (counted from 0) where the plan has them."""
    activity = _activity(request, code)
    rows = Pair.objects.visible_to(request.viewer).filter(activity=activity)
    rows = rows.filter(state=state) if state else rows
    held = list(rows.select_related("enterprise", "opportunity", "unit", "project").order_by("-points", "id")[:MOST])
    seats = Appointment.objects.of(request.viewer.city).filter(session__activity=activity)
    by_pair = {one.pair_id: one for one in seats}
    return [_pair(one, by_pair.get(one.pk)) for one in held]


@router.get(
    "/activities/{code}/pairs/suggested",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="Suggested pairs, with every point explained",
)
def suggested(request: ApiRequest, code: str, unit: str = "", limit: Annotated[int, Field(ge=1, le=200)] = 50) -> Any:
    """By the weights in force today; ``unit``: of entries of that unit alone."""
    wanted = unit_named(request.viewer, unit or None)
    found = suggestions(_activity(request, code), timezone.now(), timezone.localdate(), unit=wanted)
    return [
        {
            "enterprise": str(one.enterprise.pk),
            "name": one.enterprise.name,
            "opportunity": one.opportunity.code,
            "title": one.opportunity.title,
            "points": one.points,
            "reasons": [reason.to_json() for reason in one.reasons],
        }
        for one in found[:limit]
    ]


class PairBody(Strict):
    """A firm's id and an entry's code."""

    enterprise: UUID
    opportunity: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=30)]


@router.post(
    "/activities/{code}/pairs",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, Any]},
    summary="Put a pair on the board",
)
def new_pair(request: ApiRequest, code: str, body: PairBody) -> Any:
    """Its points and reasons are those of today, and stay."""
    viewer = request.viewer
    firm = Enterprise.objects.of(viewer.city).get(pk=body.enterprise)
    entry = Opportunity.objects.visible_to(viewer).get(code=body.opportunity)
    one = propose_pair(
        activity=_activity(request, code), enterprise=firm, opportunity=entry, by=caller(request), at=timezone.now()
    )
    return Status(201, {"id": str(one.pk), "points": one.points})


class StepBody(Strict):
    """A new state; ``project`` a code, with ``project`` alone; ``note`` the reason of one given up."""

    state: Literal["invited", "met", "interested", "in_talks", "project", "declined"]
    on: date
    note: Line = ""
    project: Annotated[str, Field(max_length=30)] | None = None


@router.post(
    "/pairs/{key}/steps",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, str]},
    summary="Say how far a pair has come",
)
def new_step(request: ApiRequest, key: UUID, body: StepBody) -> Any:
    """Once met, the meeting stands in the firm's book, too."""
    project = Project.objects.visible_to(request.viewer).get(code=body.project) if body.project else None
    one = move_pair(
        pair=_found(request, key), state=PairState(body.state), on=body.on, note=body.note, project=project,
        by=caller(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"state": one.state})


# -- the plan ----------------------------------------------------------------------------------------------------------


class SessionBody(Strict):
    """Hours and tables; ``begins_at`` carries its zone."""

    begins_at: datetime
    minutes: Annotated[int, Field(ge=5, le=240)]
    slots: Annotated[int, Field(ge=1, le=MOST_SLOTS)]
    tables: Annotated[
        list[Annotated[str, StringConstraints(strict=True, min_length=1, max_length=30)]],
        Field(min_length=1, max_length=MOST_TABLES),
    ]


@router.post(
    "/activities/{code}/session",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, int]},
    summary="Set hours and tables",
)
def session_set(request: ApiRequest, code: str, body: SessionBody) -> Any:
    """A fixed meeting may not fall out of them."""
    one = set_session(activity=_activity(request, code), by=caller(request), at=timezone.now(), **body.dict())
    return {"slots": one.slots, "tables": len(one.tables)}


class AwayBody(Strict):
    """Slots counted from 0; of a firm's id, a ``side`` (a unit's code, ``-`` for the city's own), or of neither: a break."""

    slots: Annotated[list[Slot], Field(max_length=MOST_SLOTS)]
    enterprise: UUID | None = None
    side: Annotated[str, StringConstraints(strict=True, max_length=30)] = ""


@router.post(
    "/activities/{code}/away",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, int]},
    summary="Say who is not there when",
)
def away(request: ApiRequest, code: str, body: AwayBody) -> Any:
    """What was said of them before no longer holds."""
    viewer = request.viewer
    firm = Enterprise.objects.of(viewer.city).get(pk=body.enterprise) if body.enterprise else None
    side = side_of(viewer, body.side) if body.side and firm is None else ""
    activity = _activity(request, code)
    set_away(activity=activity, slots=body.slots, enterprise=firm, side=side, by=caller(request), at=timezone.now())
    return {"slots": len(set(body.slots))}


@router.post(
    "/activities/{code}/arrange",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, Any]},
    summary="Plan the meetings anew",
)
def arranged(request: ApiRequest, code: str) -> Any:
    """What is fixed stays. ``proven``: no other plan serves more; ``unserved``: why not, by pair."""
    plan = arrange(activity=_activity(request, code), by=caller(request), at=timezone.now())
    return {"placed": len(plan.placed), "proven": plan.proven, "unserved": _unserved(plan.unserved)}


def _unserved(told: Mapping[str, Unserved]) -> list[dict[str, Any]]:
    return [
        {"pair": key, "why": str(one.why), "free": one.free, "wanted": one.wanted} for key, one in sorted(told.items())
    ]


class MeetingSeatBody(Strict):
    """Slot and table, counted from 0; ``free`` lets the next plan move the meeting."""

    slot: Slot = 0
    table: Annotated[int, Field(ge=0, lt=MOST_TABLES)] = 0
    free: bool = False


@router.post(
    "/pairs/{key}/seat",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, bool]},
    summary="Fix a meeting, or let it move",
)
def seat(request: ApiRequest, key: UUID, body: MeetingSeatBody) -> Any:
    """A meeting that is not fixed gives way."""
    pair, by, at = _found(request, key), caller(request), timezone.now()
    if body.free:
        free_meeting(pair=pair, by=by, at=at)
    else:
        fix_meeting(pair=pair, slot=body.slot, table=body.table, by=by, at=at)
    return {"fixed": not body.free}


@router.get(
    "/activities/{code}/plan",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="The plan of meetings",
)
def plan(request: ApiRequest, code: str) -> Any:
    """Meetings that the caller may see; without hours and tables there are none."""
    activity = _activity(request, code)
    session = Session.objects.of(request.viewer.city).filter(activity=activity).first()
    if session is None:
        return {"session": None, "meetings": []}
    rows = Appointment.objects.visible_to(request.viewer).filter(session=session)
    rows = rows.select_related("pair__unit", "pair__enterprise").order_by("slot", "table")
    return {
        "session": {
            "begins_at": session.begins_at,
            "minutes": session.minutes,
            "slots": session.slots,
            "tables": session.tables,
            "proven": session.proven,
        },
        "meetings": [
            {
                "pair": str(one.pair_id),
                "name": one.pair.enterprise.name,
                "side": one.pair.unit.code if one.pair.unit else BUREAU,
                "begins_at": session.hours(one.slot)[0],
                "table": session.tables[one.table],
                "fixed": one.fixed,
            }
            for one in rows
        ],
    }

"""Holds on what is in dispute: the list, placing one, lifting another's."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from zhaoshang.api.duties import page_of
from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Page, Strict
from zhaoshang.people.holds import lift_hold, place_hold
from zhaoshang.people.models import Hold
from zhaoshang.people.rules import Can
from zhaoshang.review.holding import named

router = Router(tags=["holds"])
Reason = Annotated[str, Field(min_length=1, max_length=400)]
Kinds = Literal[
    "project", "enterprise", "payment", "lead", "partner", "opportunity", "activity", "trip", "bulletin", "request",
    "evidence", "contact", "talk", "guest", "claim", "file", "search", "diary",
]  # fmt: skip


def _shown(one: Hold) -> dict[str, Any]:
    kind, _space, number = one.called.partition(" ")
    return {
        "id": str(one.pk),
        "kind": kind,
        "number": number or None,
        "reason": one.reason,
        "placed_by": one.placed_by.username,
        "placed_at": one.placed_at,
        "lifted_by": one.lifted_by.username if one.lifted_by else None,
        "lifted_at": one.lifted_at,
        "lift_reason": one.lift_reason,
    }


@router.get("/holds", auth=needs(Can.SEE_HOLDS), response={200: Page}, summary="Holds, newest first")
def holds(request: ApiRequest, standing: bool = False, after: UUID | None = None) -> Any:
    """``standing``: only those in force. Without a number a hold is on all of its kind."""
    rows = Hold.objects.of(request.viewer.city).select_related("placed_by", "lifted_by")
    return page_of(rows.filter(lifted_at__isnull=True) if standing else rows, after, _shown)


class NewHold(Strict):
    """What stays; no number: all of the kind."""

    kind: Kinds
    number: Annotated[str, Field(max_length=60)] = ""
    reason: Reason


class Why(Strict):
    """Why."""

    reason: Reason


@router.post("/holds", auth=needs(Can.HOLD), response={201: dict[str, Any]}, summary="Hold what is in dispute")
def new_hold(request: ApiRequest, body: NewHold) -> Any:
    """Nothing under it is deleted or erased until another person lifts it."""
    city = request.viewer.city
    found = named(city, body.kind, body.number)
    made = place_hold(**found, city=city, reason=body.reason, by=caller(request), at=timezone.now())
    return Status(201, _shown(made))


@router.post("/holds/{key}/lift", auth=needs(Can.HOLD), response={200: dict[str, Any]}, summary="Lift a hold")
def lifted_hold(request: ApiRequest, key: UUID, body: Why) -> Any:
    """By another than who placed it."""
    hold = Hold.objects.of(request.viewer.city).select_related("city", "placed_by").get(pk=key)
    return _shown(lift_hold(hold=hold, reason=body.reason, by=caller(request), at=timezone.now()))

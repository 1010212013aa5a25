"""What is to be asked again after a meeting, and the projects that somebody says a trip brought."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.outreach import trip_seen
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Strict
from zhaoshang.outreach.actions.meetings import (
    finish_follow_up,
    hand_over,
    link_project,
    unlink_project,
)
from zhaoshang.outreach.models import FollowUp, TripProject
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project

router = Router(tags=["outreach"])


@router.get("/follow-ups", auth=needs(Can.READ_PAYMENTS), response={200: list[dict[str, Any]]}, summary="Follow-ups")
def follow_ups(request: ApiRequest, done: bool = False, due_before: date | None = None) -> Any:
    """The first due first, at most 500."""
    rows = (
        FollowUp.objects.visible_to(request.viewer)
        .filter(done_on__isnull=not done)
        .select_related("meeting__trip", "owner")
    )
    rows = rows.filter(due_on__lt=due_before) if due_before else rows
    return [
        {
            "id": str(one.pk),
            "trip": one.meeting.trip.code,
            "meeting": str(one.meeting_id),
            "party": one.meeting.party,
            "days": one.days,
            "due_on": one.due_on,
            "owner": one.owner.username,
            "done_on": one.done_on,
            "note": one.note,
        }
        for one in rows.order_by("due_on", "id")[:500]
    ]


class FollowUpDone(Strict):
    """What came of it."""

    on: date
    note: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1000)]


def _follow_up(request: ApiRequest, key: UUID) -> FollowUp:
    return FollowUp.objects.visible_to(request.viewer).select_related("city").get(pk=key)  # type: ignore[no-any-return]


@router.post(
    "/follow-ups/{key}/done",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, bool]},
    summary="Finish a follow-up",
)
def done_follow_up(request: ApiRequest, key: UUID, body: FollowUpDone) -> Any:
    """Once; it stays as it was told."""
    finish_follow_up(
        follow_up=_follow_up(request, key), on=body.on, note=body.note, by=caller(request), at=timezone.now()
    )
    return {"done": True}


class FollowUpOwner(Strict):
    """A user name."""

    owner: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]


@router.post(
    "/follow-ups/{key}/owner",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Hand a follow-up over",
)
def owner_of_follow_up(request: ApiRequest, key: UUID, body: FollowUpOwner) -> Any:
    """To somebody who writes outreach here."""
    owner = User.objects.get(username=body.owner, is_active=True)
    held = hand_over(follow_up=_follow_up(request, key), owner=owner, by=caller(request), at=timezone.now())
    return {"owner": held.owner.username}


class LinkBody(Strict):
    """A project's code, and on what grounds it belongs to the trip."""

    project: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=30)]
    note: Line = ""


@router.post(
    "/trips/{code}/projects",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, str]},
    url_name="link_trip",
    summary="Link a project to a trip",
)
def new_link(request: ApiRequest, code: str, body: LinkBody) -> Any:
    """Nothing else is counted as a trip's result."""
    project = Project.objects.visible_to(request.viewer).get(code=body.project)
    link = link_project(
        trip=trip_seen(request, code), project=project, note=body.note, by=caller(request), at=timezone.now()
    )
    return Status(201, {"id": str(link.pk)})


@router.post(
    "/trip-projects/{key}/drop",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, bool]},
    summary="Take a project's link to a trip back",
)
def dropped_link(request: ApiRequest, key: UUID) -> Any:
    """The diary keeps that it was said."""
    link = TripProject.objects.visible_to(request.viewer).select_related("trip__city", "project").get(pk=key)
    unlink_project(link=link, by=caller(request), at=timezone.now())
    return {"dropped": True}

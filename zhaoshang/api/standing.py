"""Projects paused, lost, withdrawn and taken back; days of stages put right; simultaneous starts filled."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Strict
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project, StartEvent
from zhaoshang.projects.stages.actions import close_project, correct_day, reopen_project
from zhaoshang.projects.stages.rules import Standing
from zhaoshang.projects.stages.starts import list_starts

router = Router(tags=["projects"])
Reason = Annotated[str, Field(min_length=1, max_length=400)]


def _project(request: ApiRequest, code: str) -> Project:
    rows = Project.objects.visible_to(request.viewer).select_related("unit", "enterprise", "city")
    return rows.get(code=code)  # type: ignore[no-any-return]


class Closing(Strict):
    """How the project stands from now on, and why; a lost one names the city that it went to."""

    standing: Literal["paused", "lost", "withdrawn"]
    reason: Reason
    lost_to: Annotated[str, Field(max_length=60)] = ""


class Why(Strict):
    """Why."""

    reason: Reason


class DayCorrection(Why):
    """The day on which a stage was really entered; none: its latest stage never was."""

    stage: Annotated[str, Field(min_length=1, max_length=20)]
    on: date | None = None


class Listed(Strict):
    """Codes of projects, each with its start evidence attached."""

    projects: Annotated[list[Line], Field(min_length=1, max_length=500)]


@router.post(
    "/projects/{code}/close",
    auth=needs(Can.ADVANCE_STAGE),
    response={201: dict[str, int]},
    url_name="close_project",
    summary="Pause, lose or withdraw a project",
)
def close(request: ApiRequest, code: str, body: Closing) -> Any:
    """A line of the stage log; the project stands still until it is reopened."""
    told = body.dict() | {"standing": Standing(body.standing)}
    entry = close_project(project=_project(request, code), by=caller(request), at=timezone.now(), **told)
    return Status(201, {"number": entry.number})


@router.post(
    "/projects/{code}/reopen",
    auth=needs(Can.ADVANCE_STAGE),
    response={201: dict[str, int]},
    summary="Take a project back to the pool",
)
def reopen(request: ApiRequest, code: str, body: Why) -> Any:
    """Its log stays."""
    entry = reopen_project(project=_project(request, code), by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"number": entry.number})


@router.post(
    "/projects/{code}/days",
    auth=needs(Can.CORRECT_PROJECT),
    response={201: dict[str, int]},
    summary="Put the day of a stage right",
)
def put_right(request: ApiRequest, code: str, body: DayCorrection) -> Any:
    """What figures count follows."""
    entry = correct_day(project=_project(request, code), by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"number": entry.number})


@router.post(
    "/starts/{code}/projects",
    auth=needs(Can.ADVANCE_STAGE),
    response={201: dict[str, int]},
    summary="List projects in a start",
)
def fill_start(request: ApiRequest, code: str, body: Listed) -> Any:
    """All or none; refused for one without the file that shows it began."""
    event = StartEvent.objects.of(request.viewer.city).select_related("city").get(code=code)
    projects = [_project(request, one) for one in dict.fromkeys(body.projects)]
    new = list_starts(event=event, projects=projects, by=caller(request), at=timezone.now())
    return Status(201, {"new": new})

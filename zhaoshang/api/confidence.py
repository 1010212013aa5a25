"""Hiding a project's names, disclosing them, and the team that reads them meanwhile."""

from typing import Annotated, Any

from django.utils import timezone
from ninja import Router
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Strict
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import (
    change_aliases,
    change_team,
    disclose_project,
    hide_project,
    reads_names,
    standing,
    team_of,
)
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import aliases_of
from zhaoshang.regions.models import Membership

router = Router(tags=["projects"])
Reason = Annotated[str, Field(min_length=1, max_length=400)]


class Hide(Strict):
    """The code name that everybody outside the team is to read, and why; ``also``: other names in use, separated by commas."""

    code_name: Annotated[str, Field(min_length=1, max_length=60)]
    reason: Reason
    also: Annotated[str, Field(max_length=1000)] = ""


class Aliases(Strict):
    """Other names in use, separated by commas."""

    also: Annotated[str, Field(max_length=1000)]


class Why(Strict):
    """Why."""

    reason: Reason


class TeamChange(Why):
    """A person by login, and whether they belong to the team from now on."""

    person: Annotated[str, Field(min_length=1, max_length=40)]
    belongs: bool


def _project(request: ApiRequest, code: str) -> Project:
    rows = Project.objects.visible_to(request.viewer).select_related("unit", "enterprise", "city")
    return rows.get(code=code)  # type: ignore[no-any-return]


def _told(request: ApiRequest, project: Project) -> dict[str, Any]:
    secret = standing(project)
    found: dict[str, Any] = {"confidential": secret is not None, "code_name": secret.code_name if secret else None}
    if secret is not None and reads_names(request.viewer, project):
        names = {name: getattr(secret, name) for name in ("name", "investor", "enterprise", "uscc", "statistics_name")}
        found |= {"names": names, "also": aliases_of(secret.also), "reason": secret.reason}
    return found | {"team": [one.user.username for one in team_of(project)] if secret else []}


@router.get(
    "/projects/{code}/confidence",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="Whether a project is confidential, and its names for its team",
)
def confidence(request: ApiRequest, code: str) -> Any:
    """``names`` only for the team."""
    return _told(request, _project(request, code))


@router.post(
    "/projects/{code}/hide",
    auth=needs(Can.HIDE_PROJECT),
    response={200: dict[str, Any]},
    summary="Show a project by a code name",
)
def hide(request: ApiRequest, code: str, body: Hide) -> Any:
    """The caller is on the team."""
    project = _project(request, code)
    hide_project(project=project, by=caller(request), at=timezone.now(), **body.dict())
    return _told(request, project)


@router.post(
    "/projects/{code}/aliases",
    auth=needs(Can.HIDE_PROJECT),
    response={200: dict[str, Any]},
    summary="What else a confidential project is called, to be hidden too",
)
def aliases(request: ApiRequest, code: str, body: Aliases) -> Any:
    """By its team only; replaces the list."""
    project = _project(request, code)
    change_aliases(project=project, also=body.also, by=caller(request), at=timezone.now())
    return _told(request, project)


@router.post(
    "/projects/{code}/disclose",
    auth=needs(Can.HIDE_PROJECT),
    response={200: dict[str, Any]},
    summary="Give a project its names back",
)
def disclose(request: ApiRequest, code: str, body: Why) -> Any:
    """By its team only."""
    project = disclose_project(project=_project(request, code), by=caller(request), at=timezone.now(), **body.dict())
    return _told(request, project)


@router.post(
    "/projects/{code}/team",
    auth=needs(Can.HIDE_PROJECT),
    response={200: dict[str, Any]},
    summary="Take a person into a confidential project's team, or out",
)
def team(request: ApiRequest, code: str, body: TeamChange) -> Any:
    """By its team only."""
    project = _project(request, code)
    held = Membership.objects.of(project.city).filter(withdrawn_at__isnull=True).values("user_id")
    user = User.objects.filter(pk__in=held).get(username=body.person)
    told = {"user": user, "belongs": body.belongs, "reason": body.reason}
    change_team(project=project, by=caller(request), at=timezone.now(), **told)  # type: ignore[arg-type]
    return _told(request, project)

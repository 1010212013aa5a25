"""Confidential projects: the columns that everything reads hold the code name, and the real names lie apart, for the team.

So no page, file or search can forget: to show a real name somebody has to ask for it here (ADR 13).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from zhaoshang.enterprises.actions import index_name as firm_name
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.lookup.writing import keep_anew
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.likeness import index_name, measure
from zhaoshang.projects.models import ConfidentialProject, Project, TeamMember
from zhaoshang.projects.rules import SHORTEST_ALIAS, aliases_of
from zhaoshang.projects.stages.actions import ReasonMissing, locked
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of
from zhaoshang.tenancy.models import City


class AlreadyHidden(Exception):
    """The project is confidential already."""


class NotHidden(Exception):
    """The project is not confidential."""


class BadCodeName(Exception):
    """The code name is missing or too long, is another's, or gives the name away."""


class BadAlias(Exception):
    """One of the other names to hide is shorter than two signs, or all of them are longer than their column."""


class NotOnTeam(Exception):
    """Only the team decides on its project."""


@transaction.atomic
def hide_project(
    *,
    project: Project,
    code_name: str,
    reason: str,
    also: str = "",
    team: Iterable[User] = (),
    by: User,
    at: datetime,
) -> ConfidentialProject:
    """From now on the project, its investor and its firm are read under the code name; who hides it is on the team.

    ``also``: what else people call it in their notes, separated by commas or lines. Raises :class:`AlreadyHidden`,
    :class:`BadCodeName`, :class:`BadAlias`, ``ReasonMissing``, ``NotAllowed``.
    """
    if not reason.strip():
        raise ReasonMissing
    held, called = locked(project, by, Can.HIDE_PROJECT), " ".join(code_name.split())
    if standing(held) is not None:
        raise AlreadyHidden(held.code)
    others = aliases_of(also)
    _check(held, called, others)
    firm = held.enterprise
    alone = not Project.objects.of(held.city_id).filter(enterprise=firm).exclude(pk=held.pk).exists()
    secret: ConfidentialProject = ConfidentialProject.objects.create(
        city=held.city,
        project=held,
        code_name=called,
        name=held.name,
        investor=held.investor,
        statistics_name=held.statistics_name,
        enterprise=firm.name if alone else "",
        uscc=firm.uscc if alone else "",
        also="\n".join(others),
        reason=reason.strip(),
        hidden_by=by,
        hidden_at=at,
    )
    if alone:
        _rename_firm(held.city, firm, called, "")
    _rename(held, called, called if held.investor else "", "", at)
    _flag(held.city)
    record("projects.project.hidden", city=held.city, by=by, at=at, about=held, reason=reason.strip())
    for user in dict.fromkeys([by, *team]):
        _add(held, user, by, at)
    return secret


def _check(project: Project, called: str, others: Sequence[str]) -> None:
    _check_aliases(others)
    taken = ConfidentialProject.objects.of(project.city_id).filter(code_name=called, lifted_at__isnull=True)
    tells = (project.name, project.investor, project.enterprise.name, *others)
    if (
        not called
        or len(called) > 60
        or taken.exists()
        or any(one and (one in called or called in one) for one in tells)
    ):
        raise BadCodeName(called)


def _check_aliases(others: Sequence[str]) -> None:
    if any(len(one) < SHORTEST_ALIAS for one in others) or len("\n".join(others)) > 200:
        raise BadAlias


@transaction.atomic
def disclose_project(*, project: Project, reason: str, by: User, at: datetime) -> Project:
    """Give the project its names back. Raises :class:`NotHidden`, :class:`NotOnTeam`, ``ReasonMissing``, ``NotAllowed``."""
    if not reason.strip():
        raise ReasonMissing
    held, secret = _of_team(project, by)
    secret.lifted_by, secret.lifted_at, secret.lift_reason = by, at, reason.strip()
    secret.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
    if secret.enterprise:
        taken = Enterprise.objects.of(held.city).filter(uscc=secret.uscc).exclude(pk=held.enterprise_id)
        known = bool(secret.uscc) and taken.exists()  # registered anew meanwhile, under its code
        _rename_firm(held.city, held.enterprise, secret.enterprise, "" if known else secret.uscc)
    _rename(held, secret.name, secret.investor, secret.statistics_name, at)
    _flag(held.city)
    record("projects.project.disclosed", city=held.city, by=by, at=at, about=held, reason=reason.strip())
    return held


@transaction.atomic
def change_team(*, project: Project, user: User, belongs: bool, reason: str, by: User, at: datetime) -> None:
    """Take a person into the team or out of it. Raises :class:`NotHidden`, :class:`NotOnTeam`, ``ReasonMissing``, ``NotAllowed``."""
    if not reason.strip():
        raise ReasonMissing
    held, _secret = _of_team(project, by)
    if belongs:
        _add(held, user, by, at)
    else:
        rows = TeamMember.objects.of(held.city_id).filter(project=held, user=user, removed_at__isnull=True)
        rows.update(removed_by=by, removed_at=at)
    told: dict[str, Any] = {"person": user.username, "belongs": belongs, "reason": reason.strip()}
    record("projects.team.changed", city=held.city, by=by, at=at, about=held, **told)


@transaction.atomic
def change_aliases(*, project: Project, also: str, by: User, at: datetime) -> None:
    """Hide these other names too, and no longer the ones before. Raises :class:`NotHidden`, :class:`NotOnTeam`, :class:`BadAlias`,
    :class:`BadCodeName` for one that the code name tells, ``NotAllowed``."""
    held, secret = _of_team(project, by)
    others = aliases_of(also)
    _check_aliases(others)
    if any(one in secret.code_name for one in others):
        raise BadCodeName(secret.code_name)
    secret.also = "\n".join(others)
    secret.save(update_fields=["also"])
    record("projects.aliases.changed", city=held.city, by=by, at=at, about=held, number=len(others))


def _of_team(project: Project, by: User) -> tuple[Project, ConfidentialProject]:
    held = locked(project, by, Can.HIDE_PROJECT)
    secret = standing(held)
    if secret is None:
        raise NotHidden(held.code)
    if not reads_names(viewer_of(by, held.city), held):
        raise NotOnTeam(held.code)
    return held, secret


def _add(project: Project, user: User, by: User, at: datetime) -> None:
    if not viewer_of(user, project.city).sees_unit(project.unit_id):
        raise NotAllowed(Can.HIDE_PROJECT)
    TeamMember.objects.get_or_create(
        city=project.city, project=project, user=user, removed_at=None, defaults={"added_by": by, "added_at": at}
    )


def _rename(project: Project, name: str, investor: str, statistics_name: str, at: datetime) -> None:
    project.name, project.investor, project.statistics_name = name, investor, statistics_name
    project.save(update_fields=["name", "investor", "statistics_name"])
    keep_anew(project.city, [index_name(project, measure(project.city, timezone.localdate(at)))])


def _rename_firm(city: City, firm: Enterprise, name: str, uscc: str) -> None:
    firm.name, firm.uscc = name, uscc
    firm.save(update_fields=["name", "uscc"])
    keep_anew(city, [firm_name(firm)])


def _flag(city: City) -> None:
    """The city's own row says whether anything is hidden, so that a city without secrets pays nothing for them."""
    City.objects.select_for_update(no_key=True).get(pk=city.pk)  # of two at once, the second counts what the first did
    city.keeps_secrets = ConfidentialProject.objects.of(city).filter(lifted_at__isnull=True).exists()
    city.save(update_fields=["keeps_secrets"])


def standing(project: Project) -> ConfidentialProject | None:
    """What the project has laid down, if it is confidential. One query."""
    rows = ConfidentialProject.objects.of(project.city_id).filter(project=project, lifted_at__isnull=True)
    found: ConfidentialProject | None = rows.select_related("hidden_by").first()
    return found


def team_of(project: Project) -> list[TeamMember]:
    """Who was taken into the team and is still there. One query."""
    rows = TeamMember.objects.of(project.city_id).filter(project=project, removed_at__isnull=True)
    return list(rows.select_related("user"))


def reads_names(viewer: Viewer, project: Project) -> bool:
    """Whether the viewer is of the project's team: by role, or by name."""
    return viewer.can(Can.READ_CONFIDENTIAL) or _teams(viewer).filter(project=project).exists()


def _teams(viewer: Viewer) -> "QuerySet[TeamMember]":
    rows: QuerySet[TeamMember] = TeamMember.objects.of(viewer.city).filter(user=viewer.user, removed_at__isnull=True)
    return rows.order_by()


def hidden_from(viewer: Viewer) -> "QuerySet[ConfidentialProject]":
    """What lies hidden from the viewer, wherever in the city; nothing of it may reach them."""
    rows = ConfidentialProject.objects.of(viewer.city).filter(lifted_at__isnull=True).order_by()
    if not viewer.city.keeps_secrets or viewer.can(Can.READ_CONFIDENTIAL):
        return rows.none()
    return rows if viewer.user is None else rows.exclude(project_id__in=_teams(viewer).values("project_id"))


def told_to(viewer: Viewer) -> "QuerySet[ConfidentialProject]":
    """What lies hidden from others and is the viewer's to read."""
    rows = ConfidentialProject.objects.visible_to(viewer).filter(lifted_at__isnull=True).order_by()
    if not viewer.city.keeps_secrets or viewer.user is None:
        return rows.none()
    return (
        rows if viewer.can(Can.READ_CONFIDENTIAL) else rows.filter(project_id__in=_teams(viewer).values("project_id"))
    )


def real_names(viewer: Viewer, projects: Sequence[Project]) -> dict[UUID, str]:
    """The real names of those that are confidential and the viewer's to read, by project id. One query where the city keeps secrets."""
    if not viewer.city.keeps_secrets or not projects:
        return {}
    rows = told_to(viewer).filter(project_id__in=[one.pk for one in projects])
    return dict(rows.values_list("project_id", "name"))


def found_by_name(viewer: Viewer, text: str) -> list[UUID]:
    """Ids of confidential projects of the viewer's whose real names hold the text."""
    if not viewer.city.keeps_secrets:
        return []
    held = Q(name__icontains=text) | Q(investor__icontains=text) | Q(enterprise__icontains=text)
    return list(told_to(viewer).filter(held).values_list("project_id", flat=True)[:20])

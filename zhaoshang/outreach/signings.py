"""What was signed at activities: each project once in every total, however often it is signed (domain.md F12)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from zhaoshang.common.periods import Period, month_number
from zhaoshang.lookup.models import Entry
from zhaoshang.outreach.counting import days_of
from zhaoshang.outreach.models import Activity, Signing
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.rules import Standing
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True)
class Signed:
    """How many signings count and what they are worth in fen; ``repeats`` are left out of both, ``unlinked`` name no project."""

    projects: int = 0
    fen: int = 0
    repeats: int = 0
    unlinked: int = 0


def _kept(city: City) -> Any:
    """The project itself, or the one that it was found to be."""
    stands_for = Entry.objects.of(city).filter(pk=OuterRef("project_id")).values("stands_for_id")[:1]
    return Coalesce(Subquery(stands_for), F("project_id"), output_field=UUIDField())


def signings(city: City) -> "QuerySet[Any]":
    """All signings with ``worth_fen`` (of the project, where one is linked) and ``repeats``: the same was signed before.

    The same: the same project; or, where one of the two names no project, the same name and investor.
    """
    rows = Signing.objects.of(city).annotate(kept=_kept(city))
    before = rows.filter(Q(day__lt=OuterRef("day")) | Q(day=OuterRef("day"), id__lt=OuterRef("id")))
    same_project = Exists(before.filter(kept=OuterRef("kept")))
    same_name = before.filter(key=OuterRef("key"))
    repeats = Q(same_project) | Q(Exists(same_name.filter(project__isnull=True)))
    repeats |= Q(Exists(same_name), project__isnull=True)
    worth = Coalesce(F("project__contract_fen"), F("amount_fen"))
    return rows.annotate(worth_fen=worth, is_repeat=repeats)  # type: ignore[no-any-return]


def signed_in(city: City, period: Period) -> "QuerySet[Any]":
    """The signings of a period, newest first, with their activity, unit and project."""
    first, last = days_of(period)
    rows = signings(city).filter(day__gte=first, day__lte=last)
    return rows.select_related("activity", "unit", "project").order_by("-day", "-id")


def signed_at(viewer: Viewer, project: Project) -> Signing | None:
    """The first signing of a project at an activity, as far as the viewer sees signings; None: at none. One query."""
    rows = Signing.objects.visible_to(viewer).filter(project_id=project.pk).select_related("activity")
    return rows.order_by("day", "id").first()


LOOKED_BACK = timedelta(days=365)
MOST_OFFERED = 20


def events_for(viewer: Viewer, project: Project, today: date) -> list[tuple[Activity, Signing | None]]:
    """Where a project may have been signed: the activities that have its signing on record, then the latest of the last year that the
    viewer sees, without. Two queries."""
    rows = Signing.objects.visible_to(viewer).filter(project_id=project.pk).select_related("activity")
    signed = {one.activity_id: one for one in rows.order_by("day", "id")}
    held = Activity.objects.visible_to(viewer).filter(begins_at__date__lte=today, cancelled_for="")
    others = held.filter(begins_at__date__gt=today - LOOKED_BACK).exclude(pk__in=list(signed))
    return [(one.activity, one) for one in signed.values()] + [(one, None) for one in others[:MOST_OFFERED]]


class ToDo(StrEnum):
    """What a signing still asks for."""

    MOVE = "move"
    LINK = "link"
    REPEAT = "repeat"


def wanting(viewer: Viewer, what: ToDo | None) -> "QuerySet[Any]":
    """The signings that a viewer sees, or those of them that still ask for something: their project's own stage to be moved (of an open
    project that the viewer may work on), to be linked to a project; or those that repeat another."""
    rows = signings(viewer.city)
    if what == ToDo.MOVE:
        mine = Project.objects.open_to(viewer).counted(viewer.city)
        return rows.filter(project__in=mine.filter(signed_on__isnull=True, standing=Standing.OPEN), is_repeat=False)
    rows = rows if viewer.sees_all_units else rows.filter(pk__in=Signing.objects.visible_to(viewer).values("pk"))
    if what == ToDo.LINK:
        return rows.filter(project__isnull=True, is_repeat=False)
    return rows.filter(is_repeat=True) if what == ToDo.REPEAT else rows


def totals_by_activity(city: City, activities: list[UUID]) -> dict[UUID, Signed]:
    """What was signed at each of these activities. One query."""
    counts: dict[UUID, Counter[str]] = {}
    rows = signings(city).filter(activity_id__in=activities).order_by()
    for activity, fen, repeats, project in rows.values_list("activity_id", "worth_fen", "is_repeat", "project_id"):
        told = counts.setdefault(activity, Counter())
        told["repeats"] += bool(repeats)
        told["projects"] += not repeats
        told["fen"] += 0 if repeats else fen
        told["unlinked"] += not repeats and project is None
    return {activity: Signed(**told) for activity, told in counts.items()}


def signed_by_unit_and_month(city: City, period: Period) -> dict[tuple[UUID | None, int], Signed]:
    """What counts of the period's signings, by unit and month number. One query."""
    first, last = days_of(period)
    found: dict[tuple[UUID | None, int], Signed] = {}
    rows = signings(city).filter(day__gte=first, day__lte=last, is_repeat=False).order_by()
    for unit, day, fen in rows.values_list("unit_id", "day", "worth_fen"):
        key = (unit, month_number(day.year, day.month))
        held = found.get(key, Signed())
        found[key] = Signed(held.projects + 1, held.fen + fen)
    return found


def activities_in(city: City, period: Period) -> list[Activity]:
    """The activities with signings in a period, in their order. One query."""
    first, last = days_of(period)
    keys = Signing.objects.of(city).filter(day__gte=first, day__lte=last).order_by().values("activity_id")
    return list(Activity.objects.of(city).filter(pk__in=keys))


def named_activity(activities: list[Activity], name: str, city_name: str) -> Activity | None:
    """The activity that a text calls ``name``: the one whose title ends in it, the city's own name apart."""
    plain = name.removeprefix(city_name).strip()
    found = [one for one in activities if one.title.endswith(plain)]
    return found[0] if len(found) == 1 and plain else None

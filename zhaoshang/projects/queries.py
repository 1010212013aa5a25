"""Counts of projects by unit and month."""

from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from zhaoshang.common.periods import Period, month_number
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import Milestone
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City


def milestone_counts(city: City, milestone: Milestone, period: Period, at_least_fen: int = 0) -> dict[UUID, int]:
    """Projects by unit whose milestone fell into the period; only contracts of at least ``at_least_fen``."""
    rows = _reached(city, milestone, period, at_least_fen)
    return dict(rows.values_list("unit_id").annotate(Count("id")))


def milestone_counts_by_month(
    city: City, milestone: Milestone, period: Period, at_least_fen: int = 0
) -> dict[tuple[UUID, int], int]:
    """The same counts by unit and month number of the milestone's day. One query."""
    rows = _reached(city, milestone, period, at_least_fen).annotate(reached=TruncMonth(str(milestone)))
    counted = rows.values_list("unit_id", "reached").annotate(Count("id"))
    return {(unit, month_number(day.year, day.month)): number for unit, day, number in counted}


def reached(city: City, milestone: Milestone, period: Period, at_least_fen: int = 0) -> "QuerySet[Project]":
    """The projects themselves, newest registered first, with their units."""
    rows = _reached(city, milestone, period, at_least_fen)
    return rows.select_related("unit").order_by("-id")


def newest_reached(viewer: Viewer, milestone: Milestone, day: date) -> "QuerySet[Project]":
    """The projects that the viewer may see and that reached the milestone by the day, latest first, with their units."""
    rows = Project.objects.visible_to(viewer).counted(viewer.city).filter(**{f"{milestone}__lte": day})
    newest: QuerySet[Project] = rows.select_related("unit").order_by(f"-{milestone}", "-id")
    return newest


def _reached(city: City, milestone: Milestone, period: Period, at_least_fen: int) -> "QuerySet[Project]":
    first, after = period.first_day(), Period(period.last + 1, period.last + 1).first_day()
    rows = (
        Project.objects.of(city)
        .counted(city)
        .filter(**{f"{milestone}__gte": first, f"{milestone}__lt": after, "contract_fen__gte": at_least_fen})
    )
    return rows.order_by()

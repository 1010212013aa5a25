"""Counts of projects by unit and month."""

from uuid import UUID

from django.db.models import Count

from zhaoshang.common.periods import Period
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import Milestone
from zhaoshang.tenancy.models import City


def milestone_counts(city: City, milestone: Milestone, period: Period, at_least_fen: int = 0) -> dict[UUID, int]:
    """Projects by unit whose milestone fell into the period; only contracts of at least ``at_least_fen``."""
    first, after = period.first_day(), Period(period.last + 1, period.last + 1).first_day()
    rows = Project.objects.of(city).filter(
        **{f"{milestone}__gte": first, f"{milestone}__lt": after, "contract_fen__gte": at_least_fen}
    )
    return dict(rows.order_by().values_list("unit_id").annotate(Count("id")))

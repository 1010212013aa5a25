"""Targets in force, plans with their measures and tasks, campaigns and their tags."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhaoshang.common.periods import Period
from zhaoshang.plans.models import Campaign, CampaignProject, ProgressReport, Target, WorkItem, YearPlan
from zhaoshang.plans.rules import Missing, Progress, missing, phased_share, progress
from zhaoshang.projects.models import Project
from zhaoshang.tenancy.models import City


def targets_in_force(city: City, indicator: str, year: int) -> dict[UUID | None, Target]:
    """The last issued target by unit id; None is the city's own. One query."""
    rows = Target.objects.of(city).filter(indicator=indicator, year=year).order_by("issued_on", "id")
    return {row.unit_id: row for row in rows}


def targets_of_year(city: City, indicators: Iterable[str], year: int) -> dict[tuple[str, UUID | None], Target]:
    """The targets in force of several indicators, by indicator and unit id (None: the city). One query."""
    rows = Target.objects.of(city).filter(indicator__in=list(indicators), year=year).order_by("issued_on", "id")
    return {(row.indicator, row.unit_id): row for row in rows}


@dataclass(frozen=True, slots=True)
class AgainstTarget:
    """The year to date (``actual``, fen or a count) beside a target."""

    target: Target
    actual: int
    progress: Progress
    missing: Missing


def against(target: Target, actual: int, period: Period) -> AgainstTarget:
    """``actual``, from January to the period's end, held against the year's target."""
    months = period.last % 12 + 1
    phased = phased_share(target.amount, target.phases, months)
    done = progress(actual, target.amount, period.share_of_year(), phased)
    assert done is not None  # a target is positive: target_positive
    return AgainstTarget(target, actual, done, missing(actual, target.amount, months))


def items_of(year_plan: YearPlan) -> list[WorkItem]:
    """The year's measures in order, each followed by its tasks. One query."""
    rows = WorkItem.objects.of(year_plan.city_id).filter(year_plan=year_plan)
    found = list(rows.select_related("owner_unit", "responsible").order_by("position", "id"))
    below: dict[UUID | None, list[WorkItem]] = {}
    for item in found:
        below.setdefault(item.above_id, []).append(item)
    return [one for measure in below.get(None, []) for one in (measure, *below.get(measure.pk, []))]


def latest_reports(city: City, items: Iterable[WorkItem]) -> dict[UUID, ProgressReport]:
    """The last report by item id. One query."""
    rows = ProgressReport.objects.of(city).filter(item_id__in=[item.pk for item in items])
    return {row.item_id: row for row in rows.select_related("reported_by").order_by("reported_on", "id")}


def campaigns_of(city: City, year: int) -> list[Campaign]:
    """The year's campaigns in order. One query."""
    return list(Campaign.objects.of(city).filter(year=year).select_related("lead_unit").order_by("position"))


def campaign_counts(city: City, period: Period) -> dict[int, int]:
    """How many campaigns each calendar year that the period touches has. One query."""
    years = range(period.first // 12, period.last // 12 + 1)
    counted = Counter(Campaign.objects.of(city).filter(year__in=years).values_list("year", flat=True).order_by())
    return {year: counted[year] for year in years}


def tags_of(city: City, campaigns: Iterable[Campaign]) -> list[tuple[UUID, UUID]]:
    """(campaign id, project id) of every tag of the campaigns. One query."""
    rows = CampaignProject.objects.of(city).filter(campaign_id__in=[one.pk for one in campaigns])
    return list(rows.order_by().values_list("campaign_id", "project_id"))


def campaigns_of_projects(city: City, projects: Iterable[Project]) -> dict[UUID, list[Campaign]]:
    """The campaigns of each of the projects, by project id. One query."""
    rows = CampaignProject.objects.of(city).filter(project_id__in=[one.pk for one in projects])
    found: dict[UUID, list[Campaign]] = {}
    for row in rows.select_related("campaign").order_by("campaign__position"):
        found.setdefault(row.project_id, []).append(row.campaign)
    return found


def tagged_projects(city: City, campaigns: Iterable[Campaign]) -> "QuerySet[CampaignProject, dict[str, Any]]":
    """The ids of the projects that carry one of the tags, for use inside another query of the same city."""
    rows = CampaignProject.objects.of(city).filter(campaign_id__in=[one.pk for one in campaigns])
    return rows.order_by().values("project_id")

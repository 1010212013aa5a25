"""What special campaigns have brought, from the records alone: nobody reports a campaign's numbers.

A campaign's projects are those tagged. Of a period: how many were reserved, signed and landed in it (by their days), the contracts of
those signed in it, and the capital in place of all of them, judged payment by payment by the rule set of the indicator version that
is official in the period. Payments are read, not roll-ups, since roll-ups know no project; the cost grows with the payments of tagged
projects alone. The city's line counts each project once, in however many campaigns it is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from zhaoshang.capital.models import Payment
from zhaoshang.capital.queries import Counted, behind
from zhaoshang.capital.rules import Facts, judge
from zhaoshang.common.periods import Period
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import NoVersion, UnknownIndicator, version_for
from zhaoshang.plans.models import Campaign
from zhaoshang.plans.queries import campaigns_of, tagged_projects, tags_of
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import Milestone
from zhaoshang.tenancy.models import City

NOTHING = Counted(0, 0)
_FACTS = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True, slots=True)
class Brought:
    """What some projects brought in a period; money in fen. ``contract_fen``: of those signed in it. No version, no ``capital``."""

    projects: int
    reserved: int
    signed: int
    landed: int
    contract_fen: int
    capital: Counted | None


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign with what it brought."""

    campaign: Campaign
    brought: Brought

    @property
    def capital_percent(self) -> Decimal | None:
        """Capital in place of its target, unrounded; None without either."""
        capital, target = self.brought.capital, self.campaign.target_fen
        return None if capital is None or not target else Decimal(capital.fen) * 100 / target

    @property
    def signed_percent(self) -> Decimal | None:
        """Signings of their target, unrounded; None without a target."""
        target = self.campaign.target_signed
        return Decimal(self.brought.signed) * 100 / target if target else None


@dataclass(frozen=True, slots=True)
class CampaignTable:
    """The year's campaigns in a period. ``city``: each project once; ``in_several``: projects in two campaigns or more.

    ``version``: by which the capital counts; None when the period has none.
    """

    period: Period
    version: IndicatorVersion | None
    lines: tuple[CampaignLine, ...]
    city: Brought
    in_several: int


@dataclass(frozen=True, slots=True)
class _Stages:
    reserved_on: date | None
    signed_on: date | None
    landed_on: date | None
    contract_fen: int


def campaign_table(city: City, period: Period, indicator: str) -> CampaignTable:
    """The campaigns of the period's year. Four queries and those of the indicator's version, however many campaigns."""
    version = _version(city, indicator, period)
    campaigns = campaigns_of(city, period.year)
    tags = tags_of(city, campaigns)
    stages = _stages(city, {project for _, project in tags})
    capital = capital_by_project(city, campaigns, version, period) if version and campaigns else {}
    by_campaign: dict[UUID, set[UUID]] = {}
    for campaign, project in tags:
        by_campaign.setdefault(campaign, set()).add(project)
    has_capital = version is not None

    def brought(projects: Iterable[UUID]) -> Brought:
        return _brought(set(projects), stages, capital if has_capital else None, period)

    lines = tuple(CampaignLine(one, brought(by_campaign.get(one.pk, ()))) for one in campaigns)
    times = Counter(project for _, project in tags)
    several = sum(1 for number in times.values() if number > 1)
    return CampaignTable(period, version, lines, brought(times), several)


def _version(city: City, indicator: str, period: Period) -> IndicatorVersion | None:
    try:
        version = version_for(city, indicator, period)
    except (NoVersion, UnknownIndicator):
        return None
    return version if version.rule_set is not None else None


def _stages(city: City, projects: Iterable[UUID]) -> dict[UUID, _Stages]:
    rows = Project.objects.of(city).counted(city).filter(pk__in=list(projects)).order_by()
    columns = ("pk", *(str(one) for one in Milestone), "contract_fen")
    return {key: _Stages(*values) for key, *values in rows.values_list(*columns)}


def _brought(
    projects: set[UUID], stages: Mapping[UUID, _Stages], capital: Mapping[UUID, Counted] | None, period: Period
) -> Brought:
    mine = [stages[project] for project in projects if project in stages]

    def reached(day_of: Callable[[_Stages], date | None]) -> list[_Stages]:
        return [one for one in mine if (day := day_of(one)) is not None and period.covers(Period.of_month(day))]

    signed = reached(lambda one: one.signed_on)
    sums = None if capital is None else [capital.get(project, NOTHING) for project in projects]
    return Brought(
        projects=len(mine),
        reserved=len(reached(lambda one: one.reserved_on)),
        signed=len(signed),
        landed=len(reached(lambda one: one.landed_on)),
        contract_fen=sum(one.contract_fen for one in signed),
        capital=None if sums is None else Counted(sum(one.fen for one in sums), sum(one.payments for one in sums)),
    )


def payments_behind(
    city: City, campaigns: Iterable[Campaign], version: IndicatorVersion, period: Period
) -> "QuerySet[Payment]":
    """The verified payments of tagged projects that the version may count, latest month first; each once."""
    rows = behind(city, version.classes, period, None, version.at_least_fen)
    return rows.filter(project_id__in=tagged_projects(city, campaigns))


def capital_by_project(
    city: City, campaigns: Iterable[Campaign], version: IndicatorVersion, period: Period
) -> dict[UUID, Counted]:
    """Capital in place of tagged projects, by project id, as the version's rule set judges each payment. One query."""
    assert version.rule_set is not None
    rows = payments_behind(city, campaigns, version, period).select_related(None).order_by()
    sums: dict[UUID, list[int]] = {}
    for project, reverses, *columns in rows.values_list("project_id", "reverses_id", *_FACTS).iterator(
        chunk_size=5_000
    ):
        counted = judge(version.rule_set.content, Facts(**dict(zip(_FACTS, columns, strict=True)))).counted_fen
        pair = sums.setdefault(project, [0, 0])
        pair[0] += counted
        pair[1] += bool(counted) and not reverses
    return {project: Counted(*pair) for project, pair in sums.items()}

"""The city's figures for one text: every question is asked of the database once, so that a hundred claims cost few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from zhaoshang.capital.queries import Counted
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.figures.meanings import a_year_before, by_code, joined, spans_of
from zhaoshang.figures.models import ExternalFigure, Indicator, IndicatorVersion
from zhaoshang.figures.province import ProvinceRank, province_rank
from zhaoshang.figures.queries import (
    Figure,
    Growth,
    base_of,
    growth_on_published,
    parts_of,
    rate_on,
    values_by_unit,
    year_to_date,
)
from zhaoshang.figures.rules import Basis, Measure, Refusal, ranks, refuse
from zhaoshang.outreach.models import Activity
from zhaoshang.outreach.signings import Signed, activities_in, totals_by_activity
from zhaoshang.plans.models import Target
from zhaoshang.plans.queries import against, targets_in_force
from zhaoshang.plans.rules import Progress
from zhaoshang.regions.models import Region, ReportingUnit, ReportMonth
from zhaoshang.tenancy.models import City

NOTHING = Counted(0, 0)


class Part(NamedTuple):
    """A part of a figure: the facet and its value, with the words for it.

    Facets are ``origin`` and ``source`` of capital, ``activity`` of what was signed at one, and ``units``: the codes of several together.
    """

    facet: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a claim is about: an indicator of a unit (None: the city) in a period, or a part of it."""

    indicator: Indicator
    unit: ReportingUnit | None
    period: Period
    part: Part | None = None


class Account:
    """Look-ups with their answers kept. For the length of one check: figures asked later may be newer."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._values: dict[tuple[UUID, str, Period], dict[UUID | None, Counted]] = {}
        self._parts: dict[tuple[UUID, str, Period, UUID | None, str], dict[str, Counted]] = {}
        self._bases: dict[tuple[UUID, str, Period], tuple[Basis, str] | Refusal] = {}
        self._growths: dict[tuple[str, Period | None], Growth | Refusal] = {}
        self._targets: dict[tuple[str, int], dict[UUID | None, Target]] = {}
        self._ranks: dict[tuple[str, Period], ProvinceRank | None] = {}
        self._external: dict[Period, list[ExternalFigure]] = {}
        self._activities: dict[Period, list[Activity]] = {}
        self._signed: dict[UUID, Signed] = {}

    # -- what there is -----------------------------------------------------------------------------------------------

    @cached_property
    def versions(self) -> dict[UUID, list[IndicatorVersion]]:
        """All versions by indicator, oldest first. One query."""
        rows = (
            IndicatorVersion.objects.of(self.city).select_related("indicator", "rule_set").order_by("valid_from", "id")
        )
        found: dict[UUID, list[IndicatorVersion]] = {}
        for version in rows:
            version.city = self.city
            found.setdefault(version.indicator_id, []).append(version)
        return found

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The dictionary, in its order; only indicators with a meaning."""
        named = [versions[0].indicator for versions in self.versions.values()]
        return sorted(named, key=lambda indicator: indicator.position)

    @cached_property
    def units(self) -> list[ReportingUnit]:
        """All reporting units."""
        return list(ReportingUnit.objects.of(self.city))

    @cached_property
    def provinces(self) -> list[Region]:
        """The provinces: where money comes from."""
        return list(Region.objects.filter(code__endswith="0000", valid_to__isnull=True))

    @cached_property
    def months(self) -> Period | None:
        """The months that the account has; None for an empty one."""
        numbers = list(ReportMonth.objects.of(self.city).order_by("number").values_list("number", flat=True))
        return Period(numbers[0], numbers[-1]) if numbers else None

    def holds(self, period: Period) -> bool:
        """Whether the account covers a period; of a whole year the months so far are enough («今年以来»)."""
        months = self.months
        if months is None or period.first < months.first:
            return False
        so_far = period == Period.of_year(period.year) and period.first <= months.last
        return period.last <= months.last or so_far

    # -- figures -----------------------------------------------------------------------------------------------------

    def official(self, indicator: Indicator, period: Period) -> IndicatorVersion | None:
        """The indicator's meaning during the whole period."""
        return next((one for one in self.versions[indicator.pk] if one.official_for(period)), None)

    def meaning(self, indicator: Indicator, period: Period) -> IndicatorVersion | None:
        """As :meth:`official`; of months of one year with several meanings each by its own."""
        found = self.official(indicator, period) or joined(self.versions[indicator.pk], period)
        return self._placed(found)

    def coded(self, indicator: str, code: str, period: Period) -> IndicatorVersion | None:
        """The version, or several joined, that a figure's address names."""
        for versions in self.versions.values():
            if versions[0].indicator.code == indicator and (found := by_code(versions, code, period)):
                return self._placed(found)
        return None

    def _placed(self, version: IndicatorVersion | None) -> IndicatorVersion | None:
        if version is not None:
            version.city = self.city
        return version

    def computed(self, version: IndicatorVersion, period: Period) -> bool:
        """Whether totals under the version are kept for all the months that the account has of the period."""
        had = set(self._had(period))
        return all(
            one.rule_set is None or all(one.rule_set.computes(month) for month in months if month in had)
            for one, months in spans_of(version, period)
        )

    def _had(self, period: Period) -> Iterable[int]:
        months = self.months
        return [month for month in period if months is not None and month in months]

    def figure(self, version: IndicatorVersion, unit: ReportingUnit | None, period: Period) -> Figure:
        """The figure under a version."""
        values = self._by_unit(version, period)
        if unit is not None:
            mine = values.get(unit.pk, NOTHING)
        else:
            mine = Counted(sum(one.fen for one in values.values()), sum(one.payments for one in values.values()))
        return Figure(version, unit, period, mine.fen, mine.payments, not version.official_for(period))

    def _by_unit(self, version: IndicatorVersion, period: Period) -> dict[UUID | None, Counted]:
        key = (version.pk, version.code, period)
        if key not in self._values:
            self._values[key] = values_by_unit(version, period)
        return self._values[key]

    def part(self, now: Figure, part: Part) -> Counted:
        """A part of a capital figure by origin or source."""
        version, unit = now.version, now.unit.pk if now.unit else None
        if part.facet == "activity":
            return self._at_activity(version, UUID(part.value))
        if part.facet == "units":
            return self._together(now, part.value.split(","))
        key = (version.pk, version.code, now.period, unit, part.facet)
        if version.measure != Measure.CAPITAL or version.rule_set is None:
            return NOTHING
        if key not in self._parts:
            self._parts[key] = parts_of(now, part.facet)
        return self._parts[key].get(part.value, NOTHING)

    def activities(self, period: Period) -> list[Activity]:
        """The activities of a period; one query."""
        if period not in self._activities:
            self._activities[period] = activities_in(self.city, period)
        return self._activities[period]

    def _at_activity(self, version: IndicatorVersion, key: UUID) -> Counted:
        if key not in self._signed:
            self._signed[key] = totals_by_activity(self.city, [key]).get(key, Signed())
        signed = self._signed[key]
        return Counted(signed.fen if version.measure == Measure.EVENT_AMOUNT else signed.projects, signed.projects)

    def _together(self, now: Figure, codes: list[str]) -> Counted:
        values = self._by_unit(now.version, now.period)
        found = [values.get(unit.pk, NOTHING) for unit in self.units if unit.code in codes]
        return Counted(sum(one.fen for one in found), sum(one.payments for one in found))

    def growth(self, now: Figure, before: Period | None = None) -> Growth | Refusal:
        """Growth over the same months of the year before, or over ``before``; as :func:`figures.queries.growth` gives it."""
        key = (now.ref, before)
        if key not in self._growths:
            self._growths[key] = self._growth(now, before)
        return self._growths[key]

    def _growth(self, now: Figure, before: Period | None) -> Growth | Refusal:
        base = before or now.period.year_before()
        none = refuse("no_months", N_("{period} 不在账上，没有可比的基数。"), period=base)
        basis = self.basis(now.version, base) if self.holds(base) else none
        if isinstance(basis, Refusal):
            return (growth_on_published(now) if before is None else None) or basis
        return rate_on(now.value, self.figure(a_year_before(now.version), now.unit, base).value, base, *basis)

    def basis(self, version: IndicatorVersion, period: Period) -> tuple[Basis, str] | Refusal:
        """On what the version may be compared with a period."""
        key = (version.pk, version.code, period)
        if key not in self._bases:
            self._bases[key] = base_of(version, period)
        return self._bases[key]

    def unit_rank(self, now: Figure) -> int | None:
        """The unit's rank by amount among all units."""
        values = self._by_unit(now.version, now.period)
        placed = ranks({unit.pk: values.get(unit.pk, NOTHING).fen for unit in self.units})
        return placed.get(now.unit.pk) if now.unit else None

    # -- targets, ranks, what others said ----------------------------------------------------------------------------

    def target(self, indicator: Indicator, unit: ReportingUnit | None, year: int) -> Target | None:
        """The target in force."""
        key = (indicator.code, year)
        if key not in self._targets:
            self._targets[key] = targets_in_force(self.city, *key)
        return self._targets[key].get(unit.pk if unit else None)

    def progress(self, now: Figure) -> Progress | None:
        """Every kind of progress of the year to date at the period's end."""
        target = self.target(now.indicator, now.unit, now.period.year)
        if target is None:
            return None
        so_far = self.figure(self.so_far(now), now.unit, year_to_date(now.period))
        return against(target, so_far.value, now.period).progress

    def so_far(self, now: Figure) -> IndicatorVersion:
        """By what the year to date is counted at the figure's end, as :func:`figures.queries.to_date`."""
        whole = year_to_date(now.period)
        if now.version.official_for(whole) or not now.version.official_for(now.period):
            return now.version
        return self._placed(joined(self.versions[now.indicator.pk], whole)) or now.version

    def province_rank(self, indicator: Indicator, period: Period) -> ProvinceRank | None:
        """The city's rank in the province."""
        key = (indicator.code, period)
        if key not in self._ranks:
            self._ranks[key] = province_rank(self.city, *key)
        return self._ranks[key]

    def external(self, period: Period) -> list[ExternalFigure]:
        """What is on record of others, and of ourselves before the account, for exactly this period."""
        if period not in self._external:
            rows = ExternalFigure.objects.of(self.city).filter(first_month=period.first, last_month=period.last)
            self._external[period] = list(
                rows.select_related("indicator", "version").order_by("-is_official", "-dated", "-id")
            )
        return self._external[period]

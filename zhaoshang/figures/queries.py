"""A figure, its growth, its progress: the one place where numbers for pages, API, command line and bulletins come from."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import QuerySet

from zhaoshang.capital.models import Payment
from zhaoshang.capital.queries import Counted, behind, by_facet, by_unit, by_unit_and_month, recount_by_unit
from zhaoshang.capital.rules import Standing
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.figures.from_outreach import FROM_OUTREACH, outreach_by_unit, outreach_by_unit_and_month
from zhaoshang.figures.meanings import a_year_before, by_code, joined, spans_of
from zhaoshang.figures.models import ExternalFigure, Indicator, IndicatorVersion, Restatement
from zhaoshang.figures.rules import Basis, Measure, Refusal, growth_percent, refuse
from zhaoshang.partners.queries import appointed_by_month
from zhaoshang.plans.queries import AgainstTarget, against, campaign_counts, targets_in_force
from zhaoshang.plans.rules import Progress
from zhaoshang.projects.queries import milestone_counts, milestone_counts_by_month
from zhaoshang.projects.rules import Milestone
from zhaoshang.projects.stages.starts import started_by_unit, started_by_unit_and_month
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

Key = TypeVar("Key", bound=Hashable)
SIZE_MARKS = {0: "", 10_000_000_000: "yi", 100_000_000_000: "ten_yi"}


class UnknownIndicator(LookupError):
    """No indicator of the city has this code."""


class NoVersion(LookupError):
    """The indicator has no one meaning for the whole period; the message names the versions that touch it."""


class NotKept(NoVersion):
    """No totals are kept under the version for some of these months."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator version's value for a unit (None: the city) and period. ``value``: fen or a count, by the indicator's unit.

    ``restated``: the period is before the version's own validity and was restated on record.
    """

    version: IndicatorVersion
    unit: ReportingUnit | None
    period: Period
    value: int
    payments: int
    restated: bool = False

    @property
    def indicator(self) -> Indicator:
        """The name it is published under."""
        indicator: Indicator = self.version.indicator
        return indicator

    @property
    def ref(self) -> str:
        """A stable address of this figure inside its city: ``indicator@version:unit:period``."""
        return f"{self.indicator.code}@{self.version.code}:{self.unit.code if self.unit else '*'}:{self.period}"


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth rate in percent (unrounded), with the base it was computed on and what that base rests on."""

    percent: Decimal
    base_value: int
    base_period: Period
    basis: Basis
    note: str


def indicator_of(city: City, code: str) -> Indicator:
    """Raises :class:`UnknownIndicator`."""
    found: Indicator | None = Indicator.objects.of(city).filter(code=code).first()
    if found is None:
        raise UnknownIndicator(code)
    return found


def versions_of(city: City, code: str) -> list[IndicatorVersion]:
    """All versions of an indicator, oldest first, with their rule sets. Raises :class:`UnknownIndicator`."""
    rows = IndicatorVersion.objects.of(city).filter(indicator__code=code, indicator__city=city)
    found = list(rows.select_related("indicator", "rule_set").order_by("valid_from"))
    if not found:
        raise UnknownIndicator(code)
    return found


def version_for(city: City, code: str, period: Period, version: str | None = None) -> IndicatorVersion:
    """The version by its code, or the one that was official during the whole period.

    Raises :class:`UnknownIndicator`, :class:`NoVersion`.
    """
    versions = versions_of(city, code)
    if version is not None:
        named = next((one for one in versions if one.code == version), None)
        if named is None:
            raise NoVersion(f"{code}@{version}")
        return named
    official = next((one for one in versions if one.official_for(period)), None)
    if official is None:
        raise NoVersion(f"{code} {period}: " + "、".join(one.title for one in versions))
    return official


def meaning_for(city: City, code: str, period: Period, version: str | None = None) -> IndicatorVersion:
    """As :func:`version_for`; where the meaning changed within a year, every month by its own (``meanings.joined``).

    Raises :class:`UnknownIndicator`, :class:`NoVersion`.
    """
    versions = versions_of(city, code)
    if version is None:
        official = next((one for one in versions if one.official_for(period)), None)
        found = official or joined(versions, period)
    else:
        found = by_code(versions, version, period)
    if found is None:
        raise NoVersion(f"{code} {period}: " + "、".join(one.title for one in versions))
    found.city = city
    return found


def to_date(version: IndicatorVersion, period: Period) -> IndicatorVersion:
    """What to count the year so far by, at the end of a period that ``version`` counts: itself, unless other months of the year had
    another meaning. A version that somebody chose and that was not official counts all of them."""
    whole = year_to_date(period)
    if version.official_for(whole) or not version.official_for(period):
        return version
    found = joined(versions_of(version.city, version.indicator.code), whole)
    if found is None:
        return version
    found.city = version.city
    return found


def values_by_unit(version: IndicatorVersion, period: Period) -> dict[UUID | None, Counted]:
    """The version's value by unit; None is what the city has of no unit (its campaigns). One query for each counting, from roll-ups."""
    if version.spans:
        return added(values_by_unit(one, months) for one, months in spans_of(version, period))
    if version.measure == Measure.CAMPAIGNS:
        number = campaign_counts(version.city, period)[period.year]
        return {None: Counted(number, number)}
    if version.measure == Measure.PARTNERS:
        number = sum(appointed_by_month(version.city, period).values())
        return {None: Counted(number, number)}
    if version.measure == Measure.STARTS:
        return {unit: Counted(one, one) for unit, one in started_by_unit(version.city, period).items()}
    if version.measure in FROM_OUTREACH:
        return outreach_by_unit(version, period)
    if version.measure != Measure.CAPITAL:
        counts = milestone_counts(version.city, Milestone(version.measure), period, version.at_least_fen)
        return {unit: Counted(number, number) for unit, number in counts.items()}
    assert version.rule_set is not None
    sums = by_unit(version.city, version.rule_set, version.classes, period, SIZE_MARKS[version.at_least_fen])
    return cast("dict[UUID | None, Counted]", sums)


def added(parts: Iterable[Mapping[Key, Counted]]) -> dict[Key, Counted]:
    """Sums of several countings, key by key."""
    found: dict[Key, Counted] = {}
    for part in parts:
        for key, one in part.items():
            before = found.get(key, Counted(0, 0))
            found[key] = Counted(before.fen + one.fen, before.payments + one.payments)
    return found


def values_by_unit_and_month(version: IndicatorVersion, period: Period) -> dict[tuple[UUID | None, int], int]:
    """The version's value by unit and month: lines over time. Campaigns stand in every month of their year. One query for each counting,
    from roll-ups."""
    if version.spans:
        parts = [values_by_unit_and_month(one, months) for one, months in spans_of(version, period)]
        return {key: value for part in parts for key, value in part.items()}
    if version.measure == Measure.CAMPAIGNS:
        counts = campaign_counts(version.city, period)
        return {(None, month): counts[month // 12] for month in period}
    if version.measure == Measure.PARTNERS:
        return {(None, month): number for month, number in appointed_by_month(version.city, period).items()}
    if version.measure == Measure.STARTS:
        return cast("dict[tuple[UUID | None, int], int]", started_by_unit_and_month(version.city, period))
    if version.measure in FROM_OUTREACH:
        return outreach_by_unit_and_month(version, period)
    if version.measure != Measure.CAPITAL:
        counted = milestone_counts_by_month(version.city, Milestone(version.measure), period, version.at_least_fen)
        return cast("dict[tuple[UUID | None, int], int]", counted)
    assert version.rule_set is not None
    size = SIZE_MARKS[version.at_least_fen]
    sums = by_unit_and_month(version.city, version.rule_set, version.classes, period, size)
    return cast("dict[tuple[UUID | None, int], int]", sums)


def figure(
    city: City, code: str, period: Period, unit: ReportingUnit | None = None, version: str | None = None
) -> Figure:
    """The figure of an indicator for a unit (None: the city); of months of one year that had several meanings, by each in its own.

    Raises :class:`UnknownIndicator`, :class:`NoVersion`, :class:`NotKept`.
    """
    chosen = meaning_for(city, code, period, version)
    if not keeps(chosen, period):
        raise NotKept(f"{chosen.title} {period}")
    return of_version(chosen, period, unit)


def keeps(version: IndicatorVersion, period: Period) -> bool:
    """Whether the version can be stated for the period at all: its rule set keeps totals of every month."""
    if version.spans:
        return all(keeps(one, months) for one, months in spans_of(version, period))
    return version.rule_set is None or all(version.rule_set.computes(month) for month in period)


def of_version(version: IndicatorVersion, period: Period, unit: ReportingUnit | None = None) -> Figure:
    """The figure under a given version, whether or not it was official then; ``restated`` says so."""
    values = values_by_unit(version, period)
    mine = (
        values.get(unit.pk, Counted(0, 0))
        if unit
        else Counted(sum(v.fen for v in values.values()), sum(v.payments for v in values.values()))
    )
    return Figure(version, unit, period, mine.fen, mine.payments, not version.official_for(period))


def restated(version: IndicatorVersion, period: Period) -> Restatement | None:
    """The restatement on record that lets the version speak for a period before its validity."""
    rows = Restatement.objects.of(version.city_id).filter(
        version=version, first_month__lte=period.first, last_month__gte=period.last
    )
    return rows.order_by("-issued_at").first()


def base_of(version: IndicatorVersion, period: Period) -> tuple[Basis, str] | Refusal:
    """On what the version may be compared with ``period``: its own validity, a restatement, or a published figure."""
    if version.spans:
        return _base_of_several(version, period)
    if version.official_for(period):
        return Basis.SAME_VERSION, version.title
    if record := restated(version, period):
        return Basis.RESTATED, f"{version.title},{record.document}"
    other = next((one for one in versions_of(version.city, version.indicator.code) if one.official_for(period)), None)
    if other is None:
        words = N_("{period} 没有按“{version}”重算的基数（当时没有口径在册），不能相比。请先备案重算。")
        return refuse("no_restated_base", words, period=period, version=version)
    words = N_("{period} 没有按“{version}”重算的基数（当时口径为“{other}”），两种口径不能相比。请先备案重算。")
    return refuse("no_restated_base", words, period=period, version=version, other=other)


def _base_of_several(version: IndicatorVersion, period: Period) -> tuple[Basis, str] | Refusal:
    """Each counting beside the same months of the year before; no other months can be compared with several countings."""
    whole = Period(version.spans[0][1].first, version.spans[-1][1].last)
    if period != whole.year_before():
        words = N_("{period} 不能与两种口径的合计“{version}”相比。")
        return refuse("several_countings", words, period=period, version=version)
    found = [base_of(one, months.year_before()) for one, months in version.spans]
    refused = next((one for one in found if isinstance(one, Refusal)), None)
    if refused is not None:
        return refused
    told = [one for one in found if not isinstance(one, Refusal)]
    basis = Basis.RESTATED if any(one == Basis.RESTATED for one, _note in told) else Basis.SAME_VERSION
    return basis, "；".join(note for _basis, note in told)


def growth(now: Figure) -> Growth | Refusal:
    """Growth over the same months of the year before (同比).

    Refused across versions unless a restated base or a published figure of the same version is on record.
    """
    before = now.period.year_before()
    basis = base_of(now.version, before)
    if not isinstance(basis, Refusal):
        return rate_on(now.value, of_version(a_year_before(now.version), before, now.unit).value, before, *basis)
    return growth_on_published(now) or basis


def rate_on(now: int, base: int, before: Period, basis: Basis, note: str) -> Growth | Refusal:
    """The rate over a base that may be compared; refused when the base is nothing."""
    percent = growth_percent(now, base)
    if percent is None:
        return refuse("no_base_value", N_("{period} 的基数为零，算不出增长率。"), period=before)
    return Growth(percent, base, before, basis, note)


def growth_on_published(now: Figure) -> Growth | Refusal | None:
    """Growth over our own published figure of the same version, for months before the ledger begins; it never overrides the ledger."""
    before = now.period.year_before()
    if now.unit is not None or now.version.spans:
        return None
    rows = ExternalFigure.objects.of(now.version.city_id).filter(
        version=now.version,
        first_month=before.first,
        last_month=before.last,
        place_code=now.version.city.gb_code,
        value__isnull=False,
    )
    base = rows.first()
    return rate_on(now.value, int(base.value or 0), before, Basis.PUBLISHED, base.source) if base else None


def taken_back(rows: Any, version: IndicatorVersion, period: Period) -> Any:
    """Of ``rows`` (payments that somebody may see), the verified entries of other months against payments of the period: what a ranking of
    the period still holds, and the year so far does not."""
    if version.rule_set_id is None:
        return rows.none()
    # The opposite entries first, which an index holds by themselves: a ranking must not cost more the larger the account is.
    opposite = Payment.objects.of(version.city_id).filter(reverses__isnull=False).order_by()
    found = rows.filter(
        pk__in=opposite.values("pk"),
        standing=Standing.VERIFIED,
        reverses__city=version.city_id,
        reverses__report_month__range=(period.first, period.last),
    )
    # Entries are counted by what their own month means: after the period, by the last of several.
    counting = spans_of(version, Period(period.last, period.last))[-1][0]
    found = found.filter(source_class__in=counting.classes, contract_fen__gte=counting.at_least_fen)
    found = found.exclude(report_month__range=(period.first, period.last))
    return found.select_related("project", "unit", "reverses").order_by("-id")


def year_to_date(period: Period) -> Period:
    """January to the period's last month."""
    return Period(period.last - period.last % 12, period.last)


def against_target(now: Figure) -> AgainstTarget | None:
    """The year to date at the period's end beside the target in force: progress, and what is still missing; None without a target."""
    target = targets_in_force(now.version.city, now.indicator.code, now.period.year).get(
        now.unit.pk if now.unit else None
    )
    if target is None:
        return None
    whole = year_to_date(now.period)
    so_far = now if now.period == whole else of_version(to_date(now.version, now.period), whole, now.unit)
    return against(target, so_far.value, now.period)


def progress_of(now: Figure) -> Progress | None:
    """Every kind of progress at the period's end; None without a target."""
    held = against_target(now)
    return held.progress if held else None


def parts_of(now: Figure, facet: str) -> dict[str, Counted]:
    """A capital figure's parts by ``origin``, ``source``, ``kind`` or ``industry``; they add up to it."""
    version = now.version
    if version.spans:
        shown = [replace(now, version=one, period=months) for one, months in spans_of(version, now.period)]
        return added(parts_of(one, facet) for one in shown)
    if version.measure != Measure.CAPITAL or version.rule_set is None:
        return {}
    return by_facet(
        version.city, version.rule_set, version.classes, now.period, facet, now.unit.pk if now.unit else None
    )


def recomputed(version: IndicatorVersion, period: Period, unit: ReportingUnit | None, ledger_seq: int) -> Counted:
    """A capital figure from the payments themselves, as the ledger stood at ``ledger_seq``; counts of projects as they are now."""
    if version.measure != Measure.CAPITAL or version.rule_set is None:
        value = of_version(version, period, unit)
        return Counted(value.value, value.payments)
    found = recounted_by_unit(version, period, ledger_seq, unit.pk if unit else None).values()
    return Counted(sum(one.fen for one in found), sum(one.payments for one in found))


def recounted_by_unit(
    version: IndicatorVersion, period: Period, ledger_seq: int, unit: UUID | None = None
) -> dict[UUID, Counted]:
    """A capital version's values from the payments themselves, as the ledger stood: one walk for each counting."""
    return added(
        recount_by_unit(version.city, one.rule_set, one.classes, months, ledger_seq, one.at_least_fen, unit)
        for one, months in spans_of(version, period)
        if one.rule_set is not None
    )


def payments_behind(version: IndicatorVersion, period: Period, unit: UUID | None) -> "QuerySet[Payment]":
    """The verified payments that a figure may rest on, latest month first; what each counts is ``capital.queries.ruling``."""
    parts = [
        behind(version.city, one.classes, months, unit, one.at_least_fen) for one, months in spans_of(version, period)
    ]
    return reduce(or_, parts)

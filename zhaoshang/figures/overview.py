"""What a leader sees first: the headline figure with everything that explains it, for a period. Read from roll-ups."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from zhaoshang.capital.models import Payment
from zhaoshang.capital.queries import Counted
from zhaoshang.common.periods import Period
from zhaoshang.figures.league import League, league
from zhaoshang.figures.meanings import a_year_before
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.province import ProvinceRank, province_rank
from zhaoshang.figures.queries import Figure, base_of, parts_of, payments_behind, values_by_unit_and_month
from zhaoshang.figures.rules import Refusal
from zhaoshang.regions.models import ReportMonth, UnitRegion
from zhaoshang.tenancy.models import City

NEWEST = 8


class NoIndicators(LookupError):
    """The city's indicator dictionary is empty."""


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """A month of the trend: the month number, its value and that of the year before (None: not comparable)."""

    month: int
    value: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """``league.total`` carries value, growth and progress. ``regions``: GB/T 2260 codes by unit, whole ones only, for a map."""

    league: League
    headline: Figure
    trend: tuple[MonthPoint, ...]
    trend_refused: Refusal | None
    origins: Mapping[str, Counted]
    sources: tuple[tuple[str, Counted], ...]
    regions: Mapping[UUID, tuple[str, ...]]
    rank: ProvinceRank | None
    newest: tuple[Payment, ...]
    months: tuple[ReportMonth, ...]


def headline_indicator(city: City) -> str:
    """The first of the dictionary. Raises :class:`NoIndicators`."""
    first = Indicator.objects.of(city).order_by("position").values_list("code", flat=True).first()
    if first is None:
        raise NoIndicators
    return str(first)


def overview(
    city: City, period: Period, indicator: str | None = None, rows_of: Collection[UUID] | None = None
) -> Overview:
    """The overview of an indicator (the dictionary's first when none is named). Totals are the whole city's; single payments
    only of the units ``rows_of`` (None: of all).

    Raises :class:`NoIndicators`, ``queries.UnknownIndicator``, ``queries.NoVersion``.
    """
    code = indicator or headline_indicator(city)
    table = league(city, code, period)
    now = Figure(table.version, None, period, table.total.value, table.total.payments)
    trend, refused = _trend(table, period)
    sources = sorted(parts_of(now, "source").items(), key=lambda item: (-item[1].fen, item[0]))
    return Overview(
        league=table,
        headline=now,
        trend=trend,
        trend_refused=refused,
        origins=parts_of(now, "origin"),
        sources=tuple(sources),
        regions=whole_districts(city, period),
        rank=province_rank(city, code, period, table.total.value),
        newest=_newest(now, rows_of),
        months=tuple(ReportMonth.objects.of(city).filter(number__range=(year_of(period).first, year_of(period).last))),
    )


def year_of(period: Period) -> Period:
    """The calendar year in which the period ends."""
    return Period.of_year(period.year)


def _trend(table: League, period: Period) -> tuple[tuple[MonthPoint, ...], Refusal | None]:
    """The year's months to the period's end, beside the year before where the version may speak for it."""
    months = Period(year_of(period).first, period.last)
    before = months.year_before()
    basis = base_of(table.so_far, before)
    refused = basis if isinstance(basis, Refusal) else None
    several = bool(table.so_far.spans)
    drawn = values_by_unit_and_month(table.so_far, months if refused or several else Period(before.first, months.last))
    if several and refused is None:
        drawn |= values_by_unit_and_month(a_year_before(table.so_far), before)
    sums: dict[int, int] = {}
    for (_, month), value in drawn.items():
        sums[month] = sums.get(month, 0) + value
    points = [MonthPoint(month, sums.get(month, 0), None if refused else sums.get(month - 12, 0)) for month in months]
    return tuple(points), refused


def whole_districts(city: City, period: Period) -> dict[UUID, tuple[str, ...]]:
    """Codes of whole districts by unit in the period's last month; parts of a district have no outline of their own."""
    day = Period(period.last, period.last).first_day()
    found: dict[UUID, tuple[str, ...]] = {}
    for part in UnitRegion.objects.of(city).filter(partly=False, valid_from__lte=day):
        if (part.valid_to is None or day <= part.valid_to) and len(part.region_code) == 6:
            found[part.unit_id] = (*found.get(part.unit_id, ()), part.region_code)
    return found


def _newest(now: Figure, rows_of: Collection[UUID] | None) -> tuple[Payment, ...]:
    if now.version.rule_set is None:
        return ()
    rows = payments_behind(now.version, now.period, None)
    rows = rows if rows_of is None else rows.filter(unit_id__in=rows_of)
    return tuple(rows[:NEWEST])

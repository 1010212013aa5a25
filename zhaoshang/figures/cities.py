"""Cities side by side, as a province or the nation sees them: from roll-ups alone, one statement for all cities' sums.

Who sees which: an office whose own code is a province's (``210000``) sees the cities of that province, the nation's (``000000``) all,
a city itself. Only the roll-ups and the indicators cross the border of a city, never a payment or a project.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet, Sum

from zhaoshang.capital.models import ChainHead, Total
from zhaoshang.capital.queries import Counted
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.plain import percent_text, value_text
from zhaoshang.figures.queries import SIZE_MARKS, Growth, keeps, rate_on, values_by_unit_and_month
from zhaoshang.figures.rules import Basis, Measure, Refusal, ranks, refuse
from zhaoshang.regions.models import ReportMonth
from zhaoshang.regions.rules import MonthState
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.nation import whole_nation

NOTHING = Counted(0, 0)
Sums = Mapping[tuple[UUID, UUID | None, str], tuple[Counted, Counted]]


@dataclass(frozen=True, slots=True)
class CityRow:
    """One city's line. ``value`` in fen; ``closed``: every month of the period is closed there, so the value stands.

    ``refusal``: the city has no one meaning for the period, so it has neither value nor rank."""

    city: City
    version: IndicatorVersion | None
    value: int | None
    payments: int
    growth: Growth | Refusal | None
    closed: bool
    refusal: Refusal | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class CityLeague:
    """The table: rows by rank; ``one_meaning``: whether all versions are of one code, without which ranks compare unlike things."""

    indicator: str
    period: Period
    rows: tuple[CityRow, ...]
    one_meaning: bool

    @property
    def total_fen(self) -> int:
        """The sum of the cities that have a value."""
        return sum(row.value or 0 for row in self.rows)

    def to_json(self) -> dict[str, Any]:
        """The API's form: money in yuan, percentages as decimal strings."""
        return {
            "indicator": self.indicator,
            "period": str(self.period),
            "one_meaning": self.one_meaning,
            "rows": [_row_json(row) for row in self.rows],
        }


def _row_json(row: CityRow) -> dict[str, Any]:
    rate, version = row.growth, row.version
    return {
        "city": row.city.code,
        "gb_code": row.city.gb_code,
        "name": row.city.name,
        "is_sample": row.city.is_sample,
        "version": version.code if version else None,
        "value": value_text(row.value, version.indicator.unit_of_value) if version and row.value is not None else None,
        "payments": row.payments,
        "growth_percent": percent_text(rate.percent) if isinstance(rate, Growth) else None,
        "closed": row.closed,
        "rank": row.rank,
    }


def is_upper(city: City) -> bool:
    """Whether the office is a province's or the nation's."""
    return city.gb_code.endswith("0000")


def within(city: City) -> QuerySet[City]:
    """The cities that an office sees side by side. Samples are seen by samples only."""
    rows = City.objects.filter(is_sample=city.is_sample)
    if not is_upper(city):
        return rows.filter(pk=city.pk)
    below = rows.exclude(gb_code__endswith="0000")
    return below if city.gb_code == "000000" else below.filter(gb_code__startswith=city.gb_code[:2])


def capital_indicators(viewer_city: City) -> list[tuple[str, str, str]]:
    """Code, name and English name of what the cities can be ranked by: each code once, in the cities' own order."""
    with whole_nation():
        rows = IndicatorVersion.objects.filter(city__in=within(viewer_city), measure=Measure.CAPITAL)
        found = list(
            rows.order_by("indicator__position", "indicator__code").values_list(
                "indicator__code", "indicator__name", "indicator__name_en"
            )
        )
    return list({code: (code, name, english) for code, name, english in reversed(found)}.values())[::-1]


def months_within(viewer_city: City) -> Period | None:
    """First to last report month of the cities within sight."""
    with whole_nation():
        ends = ReportMonth.objects.filter(city__in=within(viewer_city)).aggregate(
            first=Min("number"), last=Max("number")
        )
    return None if ends["first"] is None else Period(ends["first"], ends["last"])


def city_league(viewer_city: City, indicator: str, period: Period) -> CityLeague:
    """The cities within sight by what came in under ``indicator``. Four statements, whatever the number of cities and payments."""
    with whole_nation():
        cities = list(within(viewer_city).order_by("gb_code", "code"))
        chosen = _versions(cities, indicator)
        sums = _sums(chosen, period)
        unfinished = _unfinished(cities, period)
    rows = [_row(city, chosen.get(city.pk, []), period, sums, city.pk not in unfinished) for city in cities]
    codes = {row.version.code for row in rows if row.version}
    return CityLeague(indicator, period, tuple(_ranked(rows)), len(codes) <= 1)


def _versions(cities: list[City], indicator: str) -> dict[UUID, list[IndicatorVersion]]:
    rows = IndicatorVersion.objects.filter(
        city__in=[city.pk for city in cities], indicator__code=indicator, measure=Measure.CAPITAL
    )
    found: dict[UUID, list[IndicatorVersion]] = defaultdict(list)
    for version in rows.select_related("indicator", "rule_set"):
        found[version.city_id].append(version)
    return found


def _sums(versions: Mapping[UUID, list[IndicatorVersion]], period: Period) -> Sums:
    """(city, rule set, size and class) → sums of the period and of the same months a year before."""
    before, every = period.year_before(), [version for some in versions.values() for version in some]
    marks = {SIZE_MARKS[version.at_least_fen] for version in every}
    whole, sized = Q(facet="", value="") if "" in marks else Q(pk__in=[]), Q(facet="size", value__in=marks - {""})
    now, then = (Q(month__range=(one.first, one.last)) for one in (period, before))
    rows = Total.objects.filter(
        whole | sized, now | then, city__in=list(versions), rule_set__in={v.rule_set_id for v in every}
    )
    kept = {
        "fen": Sum("amount_fen", filter=now, default=0), "count": Sum("payments", filter=now, default=0),
        "fen_before": Sum("amount_fen", filter=then, default=0), "count_before": Sum("payments", filter=then, default=0),
    }  # fmt: skip
    grouped = rows.order_by().values_list("city_id", "rule_set_id", "source_class", "value").annotate(**kept)
    return {
        (city, rules, f"{mark}/{source}"): (Counted(int(fen), int(count)), Counted(int(fen_before), int(count_before)))
        for city, rules, source, mark, fen, count, fen_before, count_before in grouped
    }


def _unfinished(cities: Iterable[City], period: Period) -> set[UUID]:
    """Cities in which a month of the period is open or was never begun."""
    held: dict[UUID, int] = defaultdict(int)
    rows = ReportMonth.objects.filter(
        city__in=[city.pk for city in cities], number__range=(period.first, period.last), state=MonthState.CLOSED
    )
    for city in rows.order_by().values_list("city_id", flat=True):
        held[city] += 1
    return {city.pk for city in cities if held[city.pk] < period.last - period.first + 1}


def _row(city: City, versions: list[IndicatorVersion], period: Period, sums: Sums, closed: bool) -> CityRow:
    version = next((one for one in versions if one.official_for(period) and keeps(one, period)), None)
    if version is None:
        reason = refuse("no_version", N_("{period} 没有一种贯穿始终的口径。"), period=period)
        return CityRow(city, None, None, 0, None, False, reason)
    version.city = city
    keys = [(city.pk, version.rule_set_id, f"{SIZE_MARKS[version.at_least_fen]}/{one}") for one in version.classes]
    pairs = [sums.get(key, (NOTHING, NOTHING)) for key in keys]
    value, base = (sum(pair[place].fen for pair in pairs) for place in (0, 1))
    rate: Growth | Refusal
    if version.official_for(before := period.year_before()):
        rate = rate_on(value, base, before, Basis.SAME_VERSION, version.title)
    else:
        rate = refuse("no_restated_base", N_("{period} 是另一种口径，不能相比。"), period=before)
    return CityRow(city, version, value, sum(pair[0].payments for pair in pairs), rate, closed)


def _ranked(rows: list[CityRow]) -> list[CityRow]:
    found = ranks({place: row.value for place, row in enumerate(rows)})
    placed = [replace(row, rank=found[place]) for place, row in enumerate(rows)]
    return sorted(placed, key=lambda row: (row.rank is None, row.rank or 0, row.city.gb_code))


@dataclass(frozen=True, slots=True)
class CityFigure:
    """Where a city's figure comes from: its version, its months with their states, and the chain that stands behind them."""

    row: CityRow
    months: tuple[tuple[int, int, str], ...]
    chain_seq: int
    chain_digest: str


def city_figure(viewer_city: City, code: str, indicator: str, period: Period) -> CityFigure:
    """Raises ``City.DoesNotExist`` for a city out of sight, and for one without a meaning for the period."""
    with whole_nation():
        city = within(viewer_city).get(code=code)
    league = city_league(viewer_city, indicator, period)
    row = next(one for one in league.rows if one.city.pk == city.pk)
    if row.version is None:
        raise City.DoesNotExist(code)
    by_month: dict[int, int] = defaultdict(int)
    for (_, month), value in values_by_unit_and_month(row.version, period).items():
        by_month[month] += value
    states = dict(
        ReportMonth.objects.of(city).filter(number__range=(period.first, period.last)).values_list("number", "state")
    )
    head = ChainHead.objects.of(city).first()
    months = tuple((month, by_month[month], states.get(month, "")) for month in period)
    return CityFigure(row, months, head.seq if head else 0, head.digest if head else "")

"""The league table: units side by side for an indicator and period. Read from roll-ups, so its cost is the same for any ledger.

Ranks compare like with like: equal values share a rank, and a previous rank is given only where the period before may be stated
under the same version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhaoshang.capital.queries import Counted
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.figures.meanings import Span, a_year_before
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.plain import countings_json, percent_text, value_text
from zhaoshang.figures.queries import (
    Figure,
    Growth,
    base_of,
    growth_on_published,
    meaning_for,
    rate_on,
    to_date,
    values_by_unit,
    values_by_unit_and_month,
    year_to_date,
)
from zhaoshang.figures.rules import OF_NO_UNIT, Refusal, ranks, share_percent
from zhaoshang.plans.queries import against, targets_in_force
from zhaoshang.plans.rules import Progress
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

SPARK_MONTHS = 12
NOTHING = Counted(0, 0)
Key = UUID | None  # a unit, or None for the city


class RankBy(StrEnum):
    """What units are ranked by."""

    AMOUNT = "amount"
    GROWTH = "growth"
    COMPLETION = "completion"


RANK_BY_LABELS = {
    RankBy.AMOUNT: N_("总量"),
    RankBy.GROWTH: N_("增速"),
    RankBy.COMPLETION: N_("完成年度目标"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's line, or (``unit`` None) the city's. ``value`` and ``months``: fen or a count, by the indicator's unit."""

    unit: ReportingUnit | None
    value: int
    payments: int
    growth: Growth | Refusal
    progress: Progress | None
    share_percent: Decimal | None
    months: tuple[int, ...]
    rank: int | None = None
    previous_rank: int | None = None

    @property
    def change(self) -> int | None:
        """Places gained since the period before; negative: lost; None without both ranks."""
        return None if self.rank is None or self.previous_rank is None else self.previous_rank - self.rank


@dataclass(frozen=True, slots=True)
class League:
    """The table. ``rows`` by rank, then in the units' own order; ``previous``: the period of the previous ranks or why there are none;
    ``so_far``: by what the year to date is counted, which progress is measured on."""

    version: IndicatorVersion
    period: Period
    ranked_by: RankBy
    group: str
    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    previous: Period | Refusal
    so_far: IndicatorVersion

    @property
    def countings(self) -> tuple[Span, ...]:
        """Of a sum in which there is more than one counting, the period's or the year's so far, each with its months."""
        return self.version.spans or self.so_far.spans

    def to_json(self) -> dict[str, Any]:
        """The command line's and the API's form: money in yuan, percentages as decimal strings."""
        return {
            "indicator": self.version.indicator.code,
            "name": self.version.indicator.name,
            "version": self.version.code,
            "countings": countings_json(self.countings),
            "period": str(self.period),
            "ranked_by": str(self.ranked_by),
            "group": self.group,
            "previous_period": None if isinstance(self.previous, Refusal) else str(self.previous),
            "rows": [self._row_json(row) for row in self.rows],
            "total": self._row_json(self.total),
        }

    def _row_json(self, row: Row) -> dict[str, Any]:
        done, rate = row.progress, row.growth
        return {
            "unit": row.unit.code if row.unit else self.version.city.code,
            "name": row.unit.name if row.unit else self.version.city.name,
            "value": value_text(row.value, self.version.indicator.unit_of_value),
            "payments": row.payments,
            "growth_percent": percent_text(rate.percent) if isinstance(rate, Growth) else None,
            "growth_refused": rate.reason if isinstance(rate, Refusal) else None,
            "of_year_percent": percent_text(done.of_year_percent) if done else None,
            "schedule_percent": percent_text(done.schedule_percent) if done else None,
            "ahead_points": percent_text(done.ahead_points) if done else None,
            "phased_percent": percent_text(done.phased_percent) if done else None,
            "phased_ahead_points": percent_text(done.phased_ahead_points) if done else None,
            "share_percent": percent_text(row.share_percent),
            "rank": row.rank,
            "previous_rank": row.previous_rank,
            "change": row.change,
        }


def league(
    city: City,
    indicator: str,
    period: Period,
    version: str | None = None,
    ranked_by: RankBy = RankBy.AMOUNT,
    group: str = "",
) -> League:
    """The table of an indicator; with ``group``, of that group's units, ranked among themselves.

    Raises ``queries.UnknownIndicator``, ``queries.NoVersion``.
    """
    chosen = meaning_for(city, indicator, period, version)
    return league_of(chosen, period, ranked_by, group)


def league_of(version: IndicatorVersion, period: Period, ranked_by: RankBy = RankBy.AMOUNT, group: str = "") -> League:
    """The table under a given version."""
    values = values_by_unit(version, period)
    units = [] if version.measure in OF_NO_UNIT else _reporting(version.city, period, values)
    so_far = to_date(version, period)
    growths, progresses = _growths(version, period, values, units), _progresses(so_far, period, values)
    months = Period(period.last - SPARK_MONTHS + 1, period.last)
    drawn = values_by_unit_and_month(version, months)
    whole = _sum(values.values())

    def row(unit: ReportingUnit | None) -> Row:
        mine = whole if unit is None else values.get(unit.pk, NOTHING)
        key = unit.pk if unit else None
        line = tuple(_sum_of(drawn, month) if unit is None else drawn.get((unit.pk, month), 0) for month in months)
        share = share_percent(mine.fen, whole.fen)
        return Row(unit, mine.fen, mine.payments, growths[key], progresses.get(key), share, line)

    shown = [unit for unit in units if not group or unit.league_group == group]
    rows = _ranked([row(unit) for unit in shown], ranked_by)
    previous, before = _previous(version, period, ranked_by, shown)
    rows = [replace(one, previous_rank=before.get(one.unit.pk) if one.unit else None) for one in rows]
    groups = tuple(dict.fromkeys(unit.league_group for unit in units if unit.league_group))
    return League(version, period, ranked_by, group, groups, tuple(rows), row(None), previous, so_far)


def _reporting(city: City, period: Period, values: Mapping[Key, Counted]) -> list[ReportingUnit]:
    """Units that report at the period's end, and any other that the period holds something of."""
    last = Period(period.last, period.last).first_day()
    return [unit for unit in ReportingUnit.objects.of(city) if unit.valid_on(last) or unit.pk in values]


def _sum(values: Any) -> Counted:
    found = list(values)
    return Counted(sum(one.fen for one in found), sum(one.payments for one in found))


def _sum_of(drawn: Mapping[tuple[Key, int], int], month: int) -> int:
    return sum(value for (_, when), value in drawn.items() if when == month)


def _growths(
    version: IndicatorVersion, period: Period, values: Mapping[Key, Counted], units: Sequence[ReportingUnit]
) -> dict[Key, Growth | Refusal]:
    """Growth by unit and of the city; the question whether the base may be compared is asked once for all."""
    before, whole = period.year_before(), _sum(values.values())
    basis = base_of(version, before)
    if isinstance(basis, Refusal):
        published = growth_on_published(Figure(version, None, period, whole.fen, whole.payments))
        return {None: published or basis} | {unit.pk: basis for unit in units}
    base = values_by_unit(a_year_before(version), before)
    found: dict[Key, Growth | Refusal] = {None: rate_on(whole.fen, _sum(base.values()).fen, before, *basis)}
    for unit in units:
        found[unit.pk] = rate_on(values.get(unit.pk, NOTHING).fen, base.get(unit.pk, NOTHING).fen, before, *basis)
    return found


def _progresses(version: IndicatorVersion, period: Period, values: Mapping[Key, Counted]) -> dict[Key, Progress | None]:
    """Both kinds of progress for whoever has a target in force; ``version`` is what the year so far is counted by."""
    targets = targets_in_force(version.city, version.indicator.code, period.year)
    if not targets:
        return {}
    so_far = values if period == year_to_date(period) else values_by_unit(version, year_to_date(period))
    whole = _sum(so_far.values()).fen
    return {
        unit: against(target, whole if unit is None else so_far.get(unit, NOTHING).fen, period).progress
        for unit, target in targets.items()
    }


def _measure(
    ranked_by: RankBy, value: int, growth: Growth | Refusal | None, done: Progress | None
) -> int | Decimal | None:
    match ranked_by:
        case RankBy.AMOUNT:
            return value
        case RankBy.GROWTH:
            return growth.percent if isinstance(growth, Growth) else None
        case RankBy.COMPLETION:
            return done.of_year_percent if done else None


def _ranked(rows: Sequence[Row], ranked_by: RankBy) -> list[Row]:
    """Rows with their ranks, best first; those without a rank at the end."""
    found = ranks({place: _measure(ranked_by, row.value, row.growth, row.progress) for place, row in enumerate(rows)})
    placed = [replace(row, rank=found[place]) for place, row in enumerate(rows)]
    return sorted(placed, key=lambda row: (row.rank is None, row.rank or 0, row.unit.position if row.unit else 0))


def _previous(
    version: IndicatorVersion, period: Period, ranked_by: RankBy, shown: Sequence[ReportingUnit]
) -> tuple[Period | Refusal, dict[UUID, int | None]]:
    """Ranks of the run of months just before, by the same measure, where the version may speak for it."""
    before = period.before()
    basis = base_of(version, before)
    if isinstance(basis, Refusal):
        return basis, {}
    values = values_by_unit(version, before)
    growths = _growths(version, before, values, shown) if ranked_by == RankBy.GROWTH else {}
    done = _progresses(to_date(version, before), before, values) if ranked_by == RankBy.COMPLETION else {}
    return before, ranks(
        {
            unit.pk: _measure(ranked_by, values.get(unit.pk, NOTHING).fen, growths.get(unit.pk), done.get(unit.pk))
            for unit in shown
        }
    )

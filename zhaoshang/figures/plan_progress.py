"""How a year plan's measures and tasks stand on a day: by the account where they have an indicator, by the last report otherwise.

Plans know no figures; here the two meet. The cost grows with the number of different indicators, not with the ledger.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhaoshang.capital.queries import Counted
from zhaoshang.common.periods import Period
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import keeps, values_by_unit
from zhaoshang.plans.models import ProgressReport, WorkItem, YearPlan
from zhaoshang.plans.queries import items_of, latest_reports, targets_of_year
from zhaoshang.plans.rules import Kind, Lack, Standing, lacks, standing_of
from zhaoshang.tenancy.models import City

NOTHING = Counted(0, 0)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the account gives of an item's indicator: the year to date beside the target (fen or a count); ``percent`` of it."""

    version: IndicatorVersion
    period: Period
    actual: int
    target: int | None
    own_target: bool

    @property
    def percent(self) -> Decimal | None:
        """Unrounded; None without a target."""
        return Decimal(self.actual) * 100 / self.target if self.target else None


@dataclass(frozen=True, slots=True)
class Line:
    """One measure or task: how it stands, what measures it, what it lacks, and (a measure) how many of its tasks are done."""

    item: WorkItem
    number: str
    standing: Standing
    measured: Measured | None
    report: ProgressReport | None
    lacks: Sequence[Lack]
    tasks: int = 0
    tasks_done: int = 0

    @property
    def percent(self) -> Decimal | None:
        """Progress in percent: measured, else reported; done is all of it. None when nobody knows."""
        if self.measured is not None:
            return self.measured.percent
        if self.standing == Standing.DONE:
            return Decimal(100)
        return None if self.report is None or self.report.percent is None else Decimal(self.report.percent)

    @property
    def is_late(self) -> bool:
        """Due and not done."""
        return self.standing == Standing.LATE


def lines_of(year_plan: YearPlan, period: Period | None, on: date) -> list[Line]:
    """The year's measures, each followed by its tasks, as they stand ``on`` a day.

    ``period``: the months of the year that the account has; None when it has none yet.
    """
    items = items_of(year_plan)
    reports = latest_reports(year_plan.city, items)
    measured = _measured(year_plan.city, items, period)
    return _counted(
        [_line(item, measured.get(item.pk), reports.get(item.pk), number, on) for number, item in _numbered(items)]
    )


def line_of(item: WorkItem, period: Period | None, on: date) -> Line:
    """One measure or task alone, without the count of its tasks."""
    report = latest_reports(item.city, [item]).get(item.pk)
    number = f"{item.above.position}.{item.position}" if item.above else str(item.position)
    return _line(item, _measured(item.city, [item], period).get(item.pk), report, number, on)


def _numbered(items: Iterable[WorkItem]) -> Iterable[tuple[str, WorkItem]]:
    measure = ""
    for item in items:
        measure = str(item.position) if item.above_id is None else measure
        yield (measure if item.above_id is None else f"{measure}.{item.position}"), item


def _line(item: WorkItem, measured: Measured | None, report: ProgressReport | None, number: str, on: date) -> Line:
    percent = measured.percent if measured else None
    reported = Standing(report.standing) if report else None
    standing = standing_of(reported, percent, bool(item.indicator), item.due_on, on)
    owned = item.owner_unit_id is not None or bool(item.owner_department)
    return Line(
        item,
        number,
        standing,
        measured,
        report,
        lacks(item.kind, owned, item.due_on is not None, bool(item.indicator)),
    )


def _counted(lines: list[Line]) -> list[Line]:
    """Measures with the number of their tasks, and of those done."""
    tasks: dict[UUID, list[Standing]] = {}
    for line in lines:
        if line.item.above_id is not None:
            tasks.setdefault(line.item.above_id, []).append(line.standing)
    return [
        Line(
            line.item,
            line.number,
            line.standing,
            line.measured,
            line.report,
            line.lacks,
            len(below),
            below.count(Standing.DONE),
        )
        if line.item.kind == Kind.MEASURE and (below := tasks.get(line.item.pk, []))
        else line
        for line in lines
    ]


def _measured(city: City, items: Sequence[WorkItem], period: Period | None) -> dict[UUID, Measured]:
    """What the account gives, by item id; nothing for an indicator without one meaning in the period."""
    codes = {item.indicator for item in items if item.indicator}
    if period is None or not codes:
        return {}
    targets = targets_of_year(city, codes, period.year)
    values = {
        version.indicator.code: (version, values_by_unit(version, period)) for version in _versions(city, codes, period)
    }
    found = {}
    for item in items:
        if item.indicator not in values:
            continue
        version, by_unit = values[item.indicator]
        unit = item.owner_unit_id
        actual = sum(one.fen for one in by_unit.values()) if unit is None else by_unit.get(unit, NOTHING).fen
        issued = targets.get((item.indicator, unit))
        target = item.target or (issued.amount if issued else None)
        found[item.pk] = Measured(version, period, actual, target, item.target is not None)
    return found


def _versions(city: City, codes: Iterable[str], period: Period) -> list[IndicatorVersion]:
    """Of each indicator the version that was official in the whole period and keeps its totals. One query."""
    rows = IndicatorVersion.objects.of(city).filter(indicator__code__in=list(codes), indicator__city=city)
    found = [
        version
        for version in rows.select_related("indicator", "rule_set").order_by("valid_from")
        if version.official_for(period) and keeps(version, period)
    ]
    for version in found:
        version.city = city
    return found

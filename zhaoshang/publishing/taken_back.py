"""What was taken back of published figures by entries of later months, as the public may read it: sums, and no firm by itself.

A sum that rests on too few firms stays back, and so does one that others give away (``figures.withholding``).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from zhaoshang.capital.models import Payment
from zhaoshang.capital.queries import ruling
from zhaoshang.capital.rules import Standing
from zhaoshang.common.periods import Period
from zhaoshang.figures.meanings import meaning_of, spans_of
from zhaoshang.figures.models import FrozenFigure, IndicatorVersion
from zhaoshang.figures.withholding import WHOLE, held_back
from zhaoshang.publishing.queries import terms_on
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

Firms = dict[tuple[str, int], set[object]]


@dataclass(frozen=True, slots=True)
class Part:
    """Counted fen (negative) that a month's entries took back in a unit."""

    unit: ReportingUnit
    month: int
    fen: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Counted fen (negative) taken back of a figure since it was published; None where too few firms stand behind it.

    ``parts`` by unit and month of the entries; empty where one of them would rest on too few firms.
    """

    fen: int | None
    parts: tuple[Part, ...] = ()


def taken_back_of(city: City, figures: Sequence[FrozenFigure]) -> dict[str, TakenBack]:
    """By the ref of each figure of which something was taken back. One query more than the terms, whatever was published."""
    money = [one for one in figures if one.version.rule_set_id is not None]
    if not money:
        return {}
    rows = Payment.objects.of(city).filter(reverses__isnull=False, standing=Standing.VERIFIED)
    rows = rows.filter(seq__gt=min(one.ledger_seq for one in money)).order_by("report_month", "id")
    opposite = list(rows.select_related("project", "unit", "reverses"))
    if not opposite:
        return {}
    by_meaning: dict[tuple[UUID, str], list[tuple[IndicatorVersion, FrozenFigure]]] = defaultdict(list)
    for one in money:
        version = meaning_of(one)
        by_meaning[version.pk, version.code].append((version, one))
    least = terms_on(city, timezone.localdate()).least_firms
    return {
        ref: told
        for mine in by_meaning.values()
        for ref, told in _in_version(mine[0][0], [one for _version, one in mine], opposite, least).items()
    }


def _in_version(
    version: IndicatorVersion, figures: Sequence[FrozenFigure], opposite: Sequence[Payment], least: int
) -> dict[str, TakenBack]:
    counted = _counted(version, opposite)
    behind = {one.ref: [row for row in opposite if row.pk in counted and _takes_from(row, one)] for one in figures}
    monthly: Firms = defaultdict(set)
    for row in opposite:
        if row.pk in counted and row.reverses:
            monthly[str(row.unit_id), row.reverses.report_month].add(row.project.enterprise_id)
    cells = {(str(one.unit_id) if one.unit_id else WHOLE, one.period): one.ref for one in figures}
    held = {cells[cell] for cell in held_back(monthly, cells.keys(), least)}
    held |= {ref for ref, rows in behind.items() if rows and _firms(rows) < least}
    return {
        ref: TakenBack(None)
        if ref in held
        else TakenBack(sum(counted[row.pk] for row in rows), _parts(rows, counted, least))
        for ref, rows in behind.items()
        if rows
    }


def _counted(version: IndicatorVersion, opposite: Sequence[Payment]) -> dict[UUID, int]:
    """What the version counts of each entry, in fen, of those of which it counts anything."""
    assert version.rule_set is not None
    found = {}
    for row in opposite:
        [(counting, _months)] = spans_of(version, Period(row.report_month, row.report_month))
        if row.source_class in counting.classes and row.contract_fen >= counting.at_least_fen:
            found[row.pk] = ruling(version.rule_set, row).counted_fen
    return {key: fen for key, fen in found.items() if fen}


def _takes_from(row: Payment, figure: FrozenFigure) -> bool:
    """Whether an entry of another month, newer than the figure, takes back a payment of the figure's months and unit."""
    assert row.reverses is not None and row.seq is not None
    if figure.unit_id not in (None, row.unit_id) or row.seq <= figure.ledger_seq:
        return False
    return row.reverses.report_month in figure.period and row.report_month not in figure.period


def _firms(rows: Sequence[Payment]) -> int:
    return len({row.project.enterprise_id for row in rows})


def _parts(rows: Sequence[Payment], counted: Mapping[UUID, int], least: int) -> tuple[Part, ...]:
    cells: dict[tuple[ReportingUnit, int], list[Payment]] = defaultdict(list)
    for row in rows:
        cells[row.unit, row.report_month].append(row)
    if any(_firms(mine) < least for mine in cells.values()):
        return ()
    ordered = sorted(cells.items(), key=lambda one: (one[0][0].position, one[0][1]))
    return tuple(Part(unit, month, sum(counted[row.pk] for row in mine)) for (unit, month), mine in ordered)

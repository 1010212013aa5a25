"""Sums and lists of the ledger, for the rooms above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import chain, product
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from zhaoshang.capital.models import Payment, RuleSet, Total
from zhaoshang.capital.rules import Facts, Ruling, Standing, judge, project_mark
from zhaoshang.common.periods import Period
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.rules import SourceClass
from zhaoshang.tenancy.models import City

FIRST_ROWS, READ_AT_ONCE = 100, 5_000
PART_COLUMNS = {"origin": "origin", "source": "source_code"}
_FACTS = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True, slots=True)
class Counted:
    """Counted fen and the number of payments behind them."""

    fen: int
    payments: int


def _cells(city: City, rules: RuleSet, classes: Iterable[SourceClass], period: Period, facet: str) -> "QuerySet[Total]":
    rows = Total.objects.of(city).filter(rule_set=rules, facet=facet, month__gte=period.first, month__lte=period.last)
    return rows.filter(source_class__in=list(classes)).order_by()


def by_unit(
    city: City, rules: RuleSet, classes: Iterable[SourceClass], period: Period, size: str = ""
) -> dict[UUID, Counted]:
    """Counted sums by unit, from roll-ups; of contracts of a ``size`` (``yi``, ``ten_yi``) only, if given."""
    cells = _cells(city, rules, classes, period, "size" if size else "").filter(value=size)
    rows = cells.values_list("unit_id").annotate(Sum("amount_fen"), Sum("payments"))
    return {unit: Counted(fen, count) for unit, fen, count in rows}


def by_month(
    city: City, rules: RuleSet, classes: Iterable[SourceClass], period: Period, unit: UUID | None = None
) -> dict[int, Counted]:
    """Counted sums by report month, of the city or of one unit."""
    cells = _cells(city, rules, classes, period, "")
    cells = cells if unit is None else cells.filter(unit_id=unit)
    return {
        month: Counted(fen, count)
        for month, fen, count in cells.values_list("month").annotate(Sum("amount_fen"), Sum("payments"))
    }


def by_unit_and_month(
    city: City, rules: RuleSet, classes: Iterable[SourceClass], period: Period, size: str = ""
) -> dict[tuple[UUID, int], int]:
    """Counted fen by unit and month, of contracts of a ``size`` only, if given: a league table's sparklines in one query."""
    cells = _cells(city, rules, classes, period, "size" if size else "").filter(value=size)
    rows = cells.values_list("unit_id", "month").annotate(Sum("amount_fen"))
    return {(unit, month): fen for unit, month, fen in rows}


def by_project_and_month(
    city: City, rules: RuleSet, classes: Iterable[SourceClass], period: Period, projects: Iterable[UUID]
) -> dict[tuple[UUID, int], int]:
    """Counted fen by project and month, of these projects, from roll-ups. One query."""
    marks = {project_mark(project): project for project in projects}
    rows = _cells(city, rules, classes, period, "project").values_list("value", "month").annotate(Sum("amount_fen"))
    return {(marks[mark], month): fen for mark, month, fen in rows if mark in marks}


def by_facet(
    city: City, rules: RuleSet, classes: Iterable[SourceClass], period: Period, facet: str, unit: UUID | None = None
) -> dict[str, Counted]:
    """Counted sums by the values of one facet: ``origin``, ``source``, ``kind``, ``industry`` or ``size``."""
    cells = _cells(city, rules, classes, period, facet)
    cells = cells if unit is None else cells.filter(unit_id=unit)
    return {
        value: Counted(fen, count)
        for value, fen, count in cells.values_list("value").annotate(Sum("amount_fen"), Sum("payments"))
    }


def recount(
    city: City,
    rules: RuleSet,
    classes: Sequence[SourceClass],
    period: Period,
    unit: UUID | None,
    up_to_seq: int | None = None,
    at_least_fen: int = 0,
) -> Counted:
    """The same sum from the payments themselves, as the ledger stood at ``up_to_seq``. For freezing and recomputing."""
    found = recount_by_unit(city, rules, classes, period, up_to_seq, at_least_fen, unit)
    return Counted(sum(one.fen for one in found.values()), sum(one.payments for one in found.values()))


def recount_by_unit(
    city: City,
    rules: RuleSet,
    classes: Sequence[SourceClass],
    period: Period,
    up_to_seq: int | None = None,
    at_least_fen: int = 0,
    unit: UUID | None = None,
) -> dict[UUID, Counted]:
    """:func:`recount` for every unit in one walk over the payments, or for one ``unit``.

    Judges by the set whether or not totals are kept under it for these months (any more).
    """
    rows = behind(city, classes, period, unit, at_least_fen).select_related(None).order_by()
    rows = rows if up_to_seq is None else rows.filter(seq__lte=up_to_seq)
    sums: dict[UUID, list[int]] = {}
    for unit_id, reverses, *columns in rows.values_list("unit_id", "reverses_id", *_FACTS).iterator(chunk_size=5_000):
        counted = judge(rules.content, Facts(**dict(zip(_FACTS, columns, strict=True)))).counted_fen
        pair = sums.setdefault(unit_id, [0, 0])
        pair[0] += counted
        pair[1] += bool(counted) and not reverses
    return {unit_id: Counted(*pair) for unit_id, pair in sums.items()}


def firms_by_unit_and_month(
    city: City,
    rules: RuleSet,
    classes: Sequence[SourceClass],
    period: Period,
    up_to_seq: int,
    at_least_fen: int,
    enough: int,
) -> dict[tuple[UUID, int], set[UUID]]:
    """The firms of whose projects something counted, by unit and month, as the ledger stood; of each cell at least ``enough`` of them.

    A small ledger is read once. Of a large one each cell is read until it has so many firms: that costs by the cells, not by the ledger.
    """

    def rows(part: Period, unit: UUID | None) -> Any:
        asked = behind(city, classes, part, unit, at_least_fen).select_related(None).order_by()
        return asked.filter(seq__lte=up_to_seq).values_list(
            "unit_id", "report_month", "project__enterprise_id", *_FACTS
        )

    whole = list(rows(period, None)[:READ_AT_ONCE])
    if len(whole) < READ_AT_ONCE:
        return _firms(whole, rules)
    found: dict[tuple[UUID, int], set[UUID]] = {}
    units = ReportingUnit.objects.of(city).values_list("pk", flat=True).order_by()
    for unit, month in product(units, period):
        cell = rows(Period(month, month), unit)
        first = list(cell[:FIRST_ROWS])
        rest = cell.iterator(chunk_size=READ_AT_ONCE) if len(first) == FIRST_ROWS else ()
        found |= _firms(chain(first, rest), rules, enough)
    return found


def firms_by_part(
    city: City,
    rules: RuleSet,
    classes: Sequence[SourceClass],
    period: Period,
    up_to_seq: int,
    at_least_fen: int,
    enough: int,
    *,
    facet: str,
) -> dict[str, dict[tuple[UUID, int], set[UUID]]]:
    """:func:`firms_by_unit_and_month` of every part by ``origin`` or ``source``, in one walk over the period's payments."""
    rows = behind(city, classes, period, None, at_least_fen).select_related(None).order_by().filter(seq__lte=up_to_seq)
    told = rows.values_list(PART_COLUMNS[facet], "unit_id", "report_month", "project__enterprise_id", *_FACTS)
    found: dict[str, dict[tuple[UUID, int], set[UUID]]] = {}
    for part, unit, month, firm, *columns in told.iterator(chunk_size=READ_AT_ONCE):
        cell = found.setdefault(part, {}).setdefault((unit, month), set())
        if firm in cell or len(cell) >= enough:
            continue
        if judge(rules.content, Facts(**dict(zip(_FACTS, columns, strict=True)))).counted_fen:
            cell.add(firm)
    return found


def _firms(
    rows: Iterable[tuple[Any, ...]], rules: RuleSet, enough: int | None = None
) -> dict[tuple[UUID, int], set[UUID]]:
    """``enough``: how many of the first cell are enough to stop; None reads all."""
    found: dict[tuple[UUID, int], set[UUID]] = {}
    for unit, month, firm, *columns in rows:
        if judge(rules.content, Facts(**dict(zip(_FACTS, columns, strict=True)))).counted_fen:
            found.setdefault((unit, month), set()).add(firm)
            if len(found[unit, month]) == enough:
                break
    return found


def behind(
    city: City, classes: Sequence[SourceClass], period: Period, unit: UUID | None, at_least_fen: int = 0
) -> "QuerySet[Payment]":
    """The verified payments that a figure may rest on, latest month first; what each counts is :func:`ruling`.

    ``at_least_fen``: only of contracts of at least this.
    """
    rows = Payment.objects.of(city).filter(
        standing=Standing.VERIFIED, report_month__gte=period.first, report_month__lte=period.last
    )
    rows = rows.filter(source_class__in=list(classes), contract_fen__gte=at_least_fen)
    rows = rows if unit is None else rows.filter(unit_id=unit)
    return rows.select_related("project", "unit").order_by("-report_month", "-id")


def ruling(rules: RuleSet, payment: Payment) -> Ruling:
    """What a rule set says of a payment."""
    return judge(rules.judging(payment.report_month).content, payment.facts)


def official_rules(city: City, month: int) -> RuleSet | None:
    """The issued set that is official in the month."""
    issued = RuleSet.objects.of(city).filter(issued_at__isnull=False).order_by("-valid_from")
    return next((rules for rules in issued if rules.official_in(month)), None)


def computing_rules(city: City, month: int) -> list[RuleSet]:
    """The issued sets under which the month's totals are kept, oldest first."""
    return [rules for rules in RuleSet.objects.of(city).filter(issued_at__isnull=False) if rules.computes(month)]


@dataclass(frozen=True, slots=True)
class InPlace:
    """A project's money in fen: verified, and declared but undecided; ``payments`` counts both."""

    verified_fen: int
    declared_fen: int
    payments: int


def in_place_of(city: City, project_id: UUID) -> InPlace:
    """What has arrived in a project, whatever counts of it."""
    rows = Payment.objects.of(city).filter(project_id=project_id).order_by()
    sums = {
        standing: (fen, count)
        for standing, fen, count in rows.values_list("standing").annotate(Sum("amount_fen"), Count("id"))
    }
    verified, declared = (sums.get(standing, (0, 0)) for standing in (Standing.VERIFIED, Standing.DECLARED))
    return InPlace(verified[0], declared[0], verified[1] + declared[1])


def verified_by_project(city: City, projects: Iterable[Project]) -> dict[UUID, int]:
    """Verified fen by project id; the standing is asked of the sum, so that the projects' own rows are all that is read."""
    rows = Payment.objects.of(city).filter(project_id__in=[project.pk for project in projects]).order_by()
    verified = Sum("amount_fen", filter=Q(standing=Standing.VERIFIED), default=0)
    return dict(rows.values_list("project_id").annotate(fen=verified))


@dataclass(frozen=True, slots=True)
class Trial:
    """One unit's sums under two rule sets, in fen."""

    before_fen: int
    after_fen: int


def try_rules(city: City, before: RuleSet | None, content: dict[str, object], period: Period) -> dict[UUID, Trial]:
    """A sandbox: what a draft's content would have counted in past months, against an issued set, by unit. Writes nothing."""
    rows = Payment.objects.of(city).filter(
        standing=Standing.VERIFIED, report_month__gte=period.first, report_month__lte=period.last
    )
    sums: dict[UUID, list[int]] = {}
    for payment in rows.order_by().iterator(chunk_size=2_000):
        pair = sums.setdefault(payment.unit_id, [0, 0])
        pair[0] += judge(before.content, payment.facts).counted_fen if before else 0
        pair[1] += judge(content, payment.facts).counted_fen
    return {unit: Trial(*pair) for unit, pair in sums.items()}

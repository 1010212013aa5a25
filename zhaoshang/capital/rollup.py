"""The roll-ups: every total that is shown is read from here, so its cost does not grow with the ledger.

Cells are moved by upsert in the verifier's own transaction, in one fixed order so that two writers never wait for each other
in a circle. :func:`rebuild` makes them anew from the payments; :func:`drift` compares without writing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhaoshang.capital.models import Payment, RuleSet, Total
from zhaoshang.capital.rules import Standing, judge, project_mark, sizes
from zhaoshang.common.ids import uuid7
from zhaoshang.tenancy.models import City

Key = tuple[UUID, str, int, UUID, str, str]
Cells = dict[Key, list[int]]


def cells_of(payment: Payment, rule_sets: Iterable[RuleSet]) -> Iterator[tuple[Key, int]]:
    """The cells that a verified payment moves, with the counted fen. A payment that does not count moves none."""
    for rules in rule_sets:
        if not rules.computes(payment.report_month):
            continue
        counted = judge(rules.content, payment.facts).counted_fen
        if not counted:
            continue
        facets = [
            ("", ""),
            ("origin", payment.origin),
            ("source", payment.source_code),
            ("kind", payment.kind),
            ("industry", payment.industry),
            ("project", project_mark(payment.project_id)),
        ]
        facets += [("size", mark) for mark in sizes(payment.contract_fen)]
        for facet, value in facets:
            yield (rules.pk, facet, payment.report_month, payment.unit_id, payment.source_class, value), counted


def gather(payments: Iterable[Payment], rule_sets: Sequence[RuleSet]) -> Cells:
    """Sum the payments' cells: key → [fen, payments]. An opposite entry takes fen away and adds no payment."""
    cells: Cells = defaultdict(lambda: [0, 0])
    for payment in payments:
        for key, counted in cells_of(payment, rule_sets):
            cells[key][0] += counted
            cells[key][1] += 0 if payment.reverses_id else 1
    return cells


_COLUMNS = "id, city_id, rule_set_id, facet, month, unit_id, source_class, value, amount_fen, payments"
_ON_CONFLICT = (
    "ON CONFLICT (city_id, rule_set_id, facet, month, unit_id, source_class, value) DO UPDATE SET "
    "amount_fen = t.amount_fen + excluded.amount_fen, payments = t.payments + excluded.payments"
)


def add(city: City, payments: Iterable[Payment], rule_sets: Sequence[RuleSet]) -> None:
    """Move the cells of newly verified payments. Inside their transaction."""
    merge(city, gather(payments, rule_sets))


def merge(city: City, cells: Cells) -> None:
    """Add cells to the table, in key order."""
    ordered = sorted(cells.items(), key=lambda item: tuple(map(str, item[0])))
    prepare = Total._meta.get_field("id").get_db_prep_value
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), 90):
            part = ordered[start : start + 90]
            rows = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(part))
            values: list[Any] = []
            for (rules, facet, month, unit, source, value), (fen, count) in part:
                ids = [prepare(key, connection) for key in (uuid7(), city.pk, rules)]
                values += [*ids, facet, month, prepare(unit, connection), source, value, fen, count]
            cursor.execute(f"INSERT INTO capital_total AS t ({_COLUMNS}) VALUES {rows} {_ON_CONFLICT}", values)  # noqa: S608  # nosec B608


def _verified(city: City) -> Iterator[Payment]:
    rows = Payment.objects.of(city).filter(standing=Standing.VERIFIED).order_by("seq")
    return rows.iterator(chunk_size=2_000)


def _verified_in(city: City, month: int) -> Iterator[Payment]:
    """One month's, told apart here: asked by standing too, the database would go through the whole ledger for them."""
    rows = Payment.objects.of(city).filter(report_month=month).order_by()
    return (row for row in rows.iterator(chunk_size=2_000) if row.standing == Standing.VERIFIED)


def _issued(city: City) -> list[RuleSet]:
    return list(RuleSet.objects.of(city).filter(issued_at__isnull=False))


@transaction.atomic
def rebuild(city: City) -> int:
    """Make every cell of the city anew from its verified payments; returns the number of cells."""
    cells = gather(_verified(city), _issued(city))
    Total.objects.of(city).delete()
    merge(city, cells)
    return len(cells)


@transaction.atomic
def compute_for(city: City, rules: RuleSet) -> int:
    """Keep totals under a newly issued rule set for all past months that it computes; returns the number of cells."""
    cells = gather(_verified(city), [rules])
    Total.objects.of(city).filter(rule_set=rules).delete()
    merge(city, cells)
    return len(cells)


def drift(city: City, month: int | None = None) -> list[tuple[Key, tuple[int, int], tuple[int, int]]]:
    """Cells whose stored (fen, payments) differ from what the payments give: (key, stored, true), of all months or of one.

    Empty when all is well."""
    payments = _verified(city) if month is None else _verified_in(city, month)
    true = {key: (fen, count) for key, (fen, count) in gather(payments, _issued(city)).items()}
    cells = Total.objects.of(city) if month is None else Total.objects.of(city).filter(month=month)
    stored = {
        (row.rule_set_id, row.facet, row.month, row.unit_id, row.source_class, row.value): (
            row.amount_fen,
            row.payments,
        )
        for row in cells
    }
    zero = (0, 0)
    return [
        (key, stored.get(key, zero), true.get(key, zero))
        for key in sorted(stored.keys() | true.keys(), key=lambda key: tuple(map(str, key)))
        if stored.get(key, zero) != true.get(key, zero)
    ]

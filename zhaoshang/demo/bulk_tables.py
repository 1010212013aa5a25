"""PostgreSQL sees to references, two guards and eight indexes for each row that comes in; for a million, once for all is quicker."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from zhaoshang.tenancy.planning import tell_planner

_TABLES = ["capital_payment", "capital_total"]
# The guards that look something up for each row, and which rows of the load they would have refused.
_ONCE_FOR_ALL = {
    "guard_capital_payment_month_closed_insert": "SELECT count(*) FROM capital_payment p JOIN tenancy_city c ON c.id = p.city_id "
    "WHERE c.code LIKE 'load%%' AND NOT EXISTS (SELECT 1 FROM regions_reportmonth m "
    "WHERE m.city_id = p.city_id AND m.number = p.report_month AND m.state = 'open')",
    "guard_capital_payment_one_person_insert": "SELECT count(*) FROM capital_payment p JOIN tenancy_city c ON c.id = p.city_id "
    "WHERE c.code LIKE 'load%%' AND EXISTS (SELECT 1 FROM people_user a, people_user b "
    "WHERE a.id = p.declared_by_id AND b.id = p.decided_by_id AND a.person <> '' AND a.person = b.person)",
}


class Refused(Exception):
    """Payments were written that a guard refuses; names it."""


@contextmanager
def laid_aside() -> Iterator[None]:
    """One transaction in which the ledger's references, its plain indexes and the guards that look something up are taken off, and put
    back at the end, each checking all rows at once. An interruption leaves everything as it was. Raises :class:`Refused`,
    ``IntegrityError``.

    SQLite checks as it writes, and this does nothing there.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), bare(_TABLES), connection.cursor() as cursor:
        for guard in _ONCE_FOR_ALL:
            cursor.execute(f"ALTER TABLE capital_payment DISABLE TRIGGER {guard}")
        yield
        for guard, sql in _ONCE_FOR_ALL.items():
            cursor.execute(f"ALTER TABLE capital_payment ENABLE TRIGGER {guard}")
            cursor.execute(sql, [])
            if wrong := cursor.fetchone()[0]:
                raise Refused(f"{guard}: {wrong} payments")
    tell_planner()


@contextmanager
def bare(tables: Sequence[str]) -> Iterator[None]:
    """These tables of PostgreSQL without their references and plain indexes, which are put back at the end; inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table can be altered while a deferred check waits
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        back = [*_indexes(cursor, tables), *_references(cursor, tables)]
        yield
        for sql in back:
            cursor.execute(sql)


def _indexes(cursor: Any, tables: Sequence[str]) -> list[str]:
    """Drop those that hold no rule; how to make them again."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = ANY (%s::regclass[]) AND NOT indisunique",
        [list(tables)],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition.replace(" ON ONLY ", " ON ") for _, definition in found]


def _references(cursor: Any, tables: Sequence[str]) -> list[str]:
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = ANY (%s::regclass[]) AND contype = 'f' AND conparentid = 0",
        [list(tables)],
    )
    found = cursor.fetchall()
    for table, name, _ in found:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in found]

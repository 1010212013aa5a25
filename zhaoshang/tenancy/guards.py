"""What the database itself refuses: append-only tables and rows that may not change any more.

A guard is written once for both databases. It belongs to the migration of the table that it protects; tests switch
guards off only to empty tables between cases (:func:`suspended`), and one test does so to show that the guard is what refuses.
Otherwise only ``migrate-store`` does, while it writes an account into an empty database.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.migrations.operations.base import Operation

OPERATIONS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse ``operation`` on ``table`` when ``when`` holds (SQL over NEW and OLD, valid on both databases).

    ``message`` is what the database says; actions refuse the same with a named exception first.
    """

    table: str
    operation: str
    when: str
    message: str
    code: str

    @property
    def name(self) -> str:
        """The trigger's name in the database."""
        return f"guard_{self.table}_{self.code}_{self.operation.lower()}"

    def install_sql(self, vendor: str) -> list[str]:
        """Statements that make the trigger."""
        if vendor == "sqlite":
            return [
                f'CREATE TRIGGER {self.name} BEFORE {self.operation} ON "{self.table}" WHEN {self.when} '
                f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            ]
        back = "OLD" if self.operation == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {self.when} THEN "
            f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'restrict_violation'; END IF; RETURN {back}; END $$",
            f'CREATE TRIGGER {self.name} BEFORE {self.operation} ON "{self.table}" FOR EACH ROW EXECUTE FUNCTION {self.name}()',
        ]

    def remove_sql(self, vendor: str) -> list[str]:
        """Statements that drop it."""
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {self.name}"]
        return [f'DROP TRIGGER IF EXISTS {self.name} ON "{self.table}"']


def append_only(table: str) -> list[Guard]:
    """Rows of ``table`` are never changed and never deleted."""
    return [Guard(table, verb, "1=1", f"{table} is append-only", "append_only") for verb in ("UPDATE", "DELETE")]


INSTALLED: dict[str, Guard] = {}


class InstallGuards(Operation):
    """The migration step that puts guards into the database."""

    reversible = True

    def __init__(self, guards: Sequence[Guard]) -> None:
        self.guards = list(guards)
        INSTALLED.update({guard.name: guard for guard in self.guards})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Guards are no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make them, also anew: SQLite drops them with the table when a column or constraint is changed."""
        vendor = schema_editor.connection.vendor
        for guard in self.guards:
            for sql in (*guard.remove_sql(vendor), *guard.install_sql(vendor)):
                schema_editor.execute(sql, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop them."""
        for guard in self.guards:
            for sql in guard.remove_sql(schema_editor.connection.vendor):
                schema_editor.execute(sql, params=None)

    def describe(self) -> str:
        """For ``migrate``'s output."""
        return "Guard " + ", ".join(sorted({guard.table for guard in self.guards}))


class LiftGuards(InstallGuards):
    """The step before a guarded table is made anew (SQLite drops its triggers with it) or its rows are rewritten; ``InstallGuards``
    of the same follows."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop them."""
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make them."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """For ``migrate``'s output."""
        return "Lift the guards of " + ", ".join(sorted({guard.table for guard in self.guards}))


@contextmanager
def suspended() -> Iterator[None]:
    """Guards off for the block. For emptying test tables and for showing that a guard is what refuses; nothing else."""
    lift()
    try:
        yield
    finally:
        install()


def lift() -> None:
    """Drop every guard; inside a transaction its end decides whether they are gone."""
    _each(Guard.remove_sql)


def install() -> None:
    """Make every guard anew."""
    _each(Guard.install_sql)


def _each(statements: Callable[[Guard, str], list[str]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger can be dropped while a deferred check waits
        for guard in INSTALLED.values():
            for sql in statements(guard, connection.vendor):
                cursor.execute(sql)

"""Django's SQLite backend with the tenant's schema editor, as strict about the length of texts as PostgreSQL, and a line for writers."""

from typing import Any

from django.db.backends.sqlite3 import base, schema

from zhaoshang.tenancy.schema import TenantSchemaMixin
from zhaoshang.tenancy.sqlite.turns import Turn, wait_for_turn

_WITHIN_LENGTH = 'length("%(column)s") <= %(max_length)s'


class SchemaEditor(TenantSchemaMixin, schema.DatabaseSchemaEditor):
    """Composite keys; a new column with a reference goes the way of Django's table remake, which asks ``table_sql``."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Named by ``ENGINE = "zhaoshang.tenancy.sqlite"``.

    SQLite itself takes a text of any length into a ``varchar(40)``: what it let in could not be moved to PostgreSQL later.
    """

    SchemaEditorClass: Any = SchemaEditor
    data_type_check_constraints = {
        **base.DatabaseWrapper.data_type_check_constraints,
        "CharField": _WITHIN_LENGTH,
        "SlugField": _WITHIN_LENGTH,
    }
    turn: Turn | None = None
    transaction_mode: str | None

    def _start_transaction_under_autocommit(self) -> None:
        """A transaction that writes waits for its turn first; who waited in vain asks SQLite once, which refuses."""
        if self.transaction_mode != "IMMEDIATE" or self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        seconds = self.settings_dict["OPTIONS"]["timeout"]
        self.turn = wait_for_turn(str(self.settings_dict["NAME"]), seconds)
        if self.turn is None:
            self.connection.execute("PRAGMA busy_timeout=0")
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise
        finally:
            if self.turn is None:
                self.connection.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")

    def _end_turn(self) -> None:
        if self.turn is not None:
            self.turn.end()
            self.turn = None

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

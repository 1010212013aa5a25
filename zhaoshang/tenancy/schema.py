"""Database keys that lead with the city, written the same on SQLite and PostgreSQL.

A tenant table's primary key in the database is ``(city_id, id)`` and its references are composite, so that neither
database accepts a row that points into another city; Django goes on to see ``id`` as the key. On PostgreSQL the tables can
be hash-partitioned by city, which refuses exactly the keys that a sharded installation would refuse.
"""

from typing import Any

from django.db import models

from zhaoshang.tenancy.fields import TenantForeignKey


def is_tenant(model: type[models.Model]) -> bool:
    """Whether the table belongs to cities: it has a city beside its id."""
    return any(field.name == "city" and field.remote_field for field in model._meta.local_fields)


class AtItsEnd(list[Any]):
    """What a migration still does in its transaction before that ends. Never true: Django records a migration in the transaction that
    makes it only when nothing is left to do then, and one killed between its end and its record could never be tried again."""

    def __bool__(self) -> bool:
        return False


class TenantSchemaMixin:
    """Rewrites the definition of tenant tables; everything else is Django's."""

    connection: Any
    quote_name: Any
    partitions = 0
    atomic_migration: bool
    _at_its_end: list[Any]

    @property
    def deferred_sql(self) -> list[Any]:
        """Statements for the end of the migration."""
        return self._at_its_end

    @deferred_sql.setter
    def deferred_sql(self, statements: list[Any]) -> None:
        self._at_its_end = AtItsEnd(statements) if self.atomic_migration else statements

    def column_sql(self, model: Any, field: Any, include_default: bool = False) -> Any:
        """Django's column without ``PRIMARY KEY`` on a tenant's id."""
        definition, params = super().column_sql(model, field, include_default)  # type: ignore[misc]
        if definition and field.primary_key and is_tenant(model):
            definition = definition.replace(" PRIMARY KEY", "")
        return definition, params

    def table_sql(self, model: Any) -> Any:
        """Django's table with the composite keys, and partitioned when asked."""
        sql, params = super().table_sql(model)  # type: ignore[misc]
        if not is_tenant(model):
            return sql, params
        parts = [f"PRIMARY KEY ({self._pair('id')})"]
        parts += [self._reference(field) for field in model._meta.local_fields if isinstance(field, TenantForeignKey)]
        body, bracket, tail = sql.rpartition(")")
        sql = f"{body}, {', '.join(parts)}{bracket}{tail}"
        return (f"{sql} PARTITION BY HASH (city_id)" if self.partitions else sql), params

    def _pair(self, column: str) -> str:
        return f"{self.quote_name('city_id')}, {self.quote_name(column)}"

    def _reference(self, field: Any) -> str:
        table = self.quote_name(field.remote_field.model._meta.db_table)
        return f"FOREIGN KEY ({self._pair(field.column)}) REFERENCES {table} ({self._pair('id')}) DEFERRABLE INITIALLY DEFERRED"

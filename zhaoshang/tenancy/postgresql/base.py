"""Django's PostgreSQL backend with the tenant's schema editor and, when asked, partitions by city."""

from typing import Any

from django.db.backends.postgresql import base, schema

from zhaoshang.tenancy.fields import TenantForeignKey
from zhaoshang.tenancy.schema import TenantSchemaMixin, is_tenant


class SchemaEditor(TenantSchemaMixin, schema.DatabaseSchemaEditor):
    """Composite keys; ``OPTIONS["partitions"]`` (0: none) hash partitions for each tenant table."""

    @property
    def partitions(self) -> int:  # type: ignore[override]
        """How many partitions a tenant table gets."""
        return int(self.connection.settings_dict.get("PARTITIONS", 0))

    def create_model(self, model: Any) -> None:
        """The table, then its partitions."""
        super().create_model(model)
        if not (self.partitions and is_tenant(model)):
            return
        table = model._meta.db_table
        for number in range(self.partitions):
            part, whole = self.quote_name(f"{table}_p{number}"), self.quote_name(table)
            self.execute(
                f"CREATE TABLE {part} PARTITION OF {whole} FOR VALUES WITH (MODULUS {self.partitions}, REMAINDER {number})",
                params=None,
            )

    def add_field(self, model: Any, field: Any) -> None:
        """The column, then its composite reference."""
        super().add_field(model, field)
        if isinstance(field, TenantForeignKey):
            table = self.quote_name(model._meta.db_table)
            self.execute(f"ALTER TABLE {table} ADD {self._reference(field)}", params=None)


class DatabaseWrapper(base.DatabaseWrapper):
    """Named by ``ENGINE = "zhaoshang.tenancy.postgresql"``."""

    SchemaEditorClass: Any = SchemaEditor

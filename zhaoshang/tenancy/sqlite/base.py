"""Django's SQLite backend with the tenant's schema editor."""

from typing import Any

from django.db.backends.sqlite3 import base, schema

from zhaoshang.tenancy.schema import TenantSchemaMixin


class SchemaEditor(TenantSchemaMixin, schema.DatabaseSchemaEditor):
    """Composite keys; a new column with a reference goes the way of Django's table remake, which asks ``table_sql``."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Named by ``ENGINE = "zhaoshang.tenancy.sqlite"``."""

    SchemaEditorClass: Any = SchemaEditor

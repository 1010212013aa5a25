"""Django's SQLite backend with the tenant's schema editor, as strict about the length of texts as PostgreSQL."""

from typing import Any

from django.db.backends.sqlite3 import base, schema

from zhaoshang.tenancy.schema import TenantSchemaMixin

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

"""On PostgreSQL the table of findings was made before it had its city, so its key left the city out and it lay in one piece.

It is made anew like the others. SQLite made it anew by itself when the city came; a store that is distributed already has the whole key.
"""

from typing import Any

from django.db import migrations

from zhaoshang.review.guards import FINDING_GUARDS
from zhaoshang.tenancy.guards import InstallGuards, LiftGuards

_KEY = """
    SELECT count(*) FROM information_schema.key_column_usage k JOIN information_schema.table_constraints c
    USING (constraint_schema, constraint_name, table_name)
    WHERE c.constraint_type = 'PRIMARY KEY' AND k.table_schema = current_schema() AND k.table_name = 'review_finding'
"""


def by_city(apps: Any, schema_editor: Any) -> None:
    """Rows aside, the table made anew with the city in its key, rows back."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_KEY)
        if cursor.fetchone()[0] == 2:
            return
    finding = apps.get_model("review", "Finding")
    names = ", ".join(schema_editor.quote_name(field.column) for field in finding._meta.local_fields)
    schema_editor.execute("CREATE TEMPORARY TABLE moved_findings ON COMMIT DROP AS TABLE review_finding", params=None)
    schema_editor.delete_model(finding)
    schema_editor.create_model(finding)
    back = f"INSERT INTO review_finding ({names}) SELECT {names} FROM moved_findings"  # noqa: S608 - our own names  # nosec B608
    schema_editor.execute(back, params=None)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE", params=None)


class Migration(migrations.Migration):
    dependencies = [("review", "0006_change_sheets")]
    operations = [
        LiftGuards(FINDING_GUARDS),
        migrations.RunPython(by_city, migrations.RunPython.noop, elidable=False),
        InstallGuards(FINDING_GUARDS),
    ]

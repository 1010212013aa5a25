"""A name's pieces lie side by side under ids made of the name's, so that the table's own key finds them."""

from itertools import groupby
from typing import Any

from django.db import migrations

from zhaoshang.lookup.rules import piece_id


def renumber(apps: Any, schema_editor: Any) -> None:
    """Give the pieces that stand their new ids, a name at a time."""
    pieces = apps.get_model("lookup", "Piece")
    rows = pieces.objects.order_by("city_id", "entry_id", "id").values_list("city_id", "entry_id", "id")
    told = pieces._meta.pk.get_db_prep_value
    connection = schema_editor.connection
    for (city, entry), some in groupby(list(rows), key=lambda row: row[:2]):
        changes = [
            [told(piece_id(entry, place), connection), told(city, connection), told(key, connection)]
            for place, (_city, _entry, key) in enumerate(some)
        ]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE lookup_piece SET id = %s WHERE city_id = %s AND id = %s", changes)


class Migration(migrations.Migration):
    dependencies = [("lookup", "0002_contacts_too")]
    operations = [migrations.RunPython(renumber, migrations.RunPython.noop)]

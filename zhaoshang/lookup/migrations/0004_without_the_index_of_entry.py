"""The index that the table's own key replaces: a sixth of all that the index of names takes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("lookup", "0003_pieces_by_key")]
    operations = [migrations.RemoveIndex(model_name="piece", name="lookup_of_entry")]

"""The city's own days went to regions; the table stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("duties", "0004_confirmer"), ("regions", "0006_day_override")]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="DayOverride")]),
    ]

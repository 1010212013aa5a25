"""A payment keeps why it counts although its words tell of money that is not in place."""

from django.db import migrations, models

from zhaoshang.capital.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards, LiftGuards


class Migration(migrations.Migration):
    dependencies = [("capital", "0007_sum_by_project")]

    operations = [
        LiftGuards(GUARDS),
        migrations.AddField(
            "payment", "counts_because", models.CharField(blank=True, default="", db_default="", max_length=400)
        ),
        InstallGuards(GUARDS),
    ]

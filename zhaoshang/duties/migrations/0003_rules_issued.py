"""The rules share their columns with all local rules."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from zhaoshang.tenancy.guards import InstallGuards, LiftGuards, append_only

GUARDS = append_only("duties_dutyrules")


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        LiftGuards(GUARDS),
        migrations.AlterModelOptions(name="dutyrules", options={"ordering": ("valid_from",)}),
        migrations.AlterField(
            model_name="dutyrules",
            name="issued_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        InstallGuards(GUARDS),
    ]

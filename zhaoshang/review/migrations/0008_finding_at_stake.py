"""Findings know what money they are about; the next sweep tells it of those that stand already."""

from django.db import migrations, models

from zhaoshang.review.guards import FINDING_GUARDS
from zhaoshang.tenancy.guards import InstallGuards, LiftGuards


class Migration(migrations.Migration):
    dependencies = [("review", "0007_findings_by_city")]
    operations = [
        LiftGuards(FINDING_GUARDS),
        migrations.AddField("finding", "at_stake_fen", models.BigIntegerField(default=0, db_default=0)),
        migrations.AddIndex("finding", models.Index(fields=["city", "at_stake_fen", "id"], name="finding_by_stake")),
        InstallGuards(FINDING_GUARDS),
    ]

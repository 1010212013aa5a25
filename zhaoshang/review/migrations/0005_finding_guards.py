"""Findings are kept, also by the database."""

from django.db import migrations

from zhaoshang.review.guards import FINDING_GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("review", "0004_findings")]
    operations = [InstallGuards(FINDING_GUARDS)]

"""The database's own refusals for assessments."""

from django.db import migrations

from zhaoshang.assessments.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

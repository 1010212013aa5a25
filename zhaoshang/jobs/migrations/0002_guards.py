"""The database's own refusal for jobs."""

from django.db import migrations

from zhaoshang.jobs.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

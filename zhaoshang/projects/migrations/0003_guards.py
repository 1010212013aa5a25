"""The database's own refusals for schedules and older books."""

from django.db import migrations

from zhaoshang.projects.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_instalments")]
    operations = [InstallGuards(GUARDS)]

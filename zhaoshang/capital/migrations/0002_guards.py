"""The database's own refusals for capital."""

from django.db import migrations

from zhaoshang.capital.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("capital", "0001_initial"), ("regions", "0002_guards")]
    operations = [InstallGuards(GUARDS)]

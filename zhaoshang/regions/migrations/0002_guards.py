"""The database's own refusals for regions."""

from django.db import migrations

from zhaoshang.regions.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

"""The database's own refusals for opportunities."""

from django.db import migrations

from zhaoshang.opportunities.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

"""The database's own refusals for leads."""

from django.db import migrations

from zhaoshang.leads.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

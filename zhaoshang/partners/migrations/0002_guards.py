"""The database's own refusals for partners."""

from django.db import migrations

from zhaoshang.partners.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

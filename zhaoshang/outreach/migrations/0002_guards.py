"""The database's own refusals for outreach."""

from django.db import migrations

from zhaoshang.outreach.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

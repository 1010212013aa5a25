"""The database's own refusals for first talks, disputes and transfers."""

from django.db import migrations

from zhaoshang.talks.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("talks", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

"""The database's own refusals for duties."""

from django.db import migrations

from zhaoshang.duties.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

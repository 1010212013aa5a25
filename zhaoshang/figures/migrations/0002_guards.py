"""The database's own refusals for figures."""

from django.db import migrations

from zhaoshang.figures.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

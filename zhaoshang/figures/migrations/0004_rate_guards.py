"""The database's own refusals for definitions of rates."""

from django.db import migrations

from zhaoshang.figures.guards import RATE_GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_rate_definitions")]
    operations = [InstallGuards(RATE_GUARDS)]

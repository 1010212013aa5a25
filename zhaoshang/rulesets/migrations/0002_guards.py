"""The database's own refusals for local rules."""

from django.db import migrations

from zhaoshang.rulesets.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("rulesets", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

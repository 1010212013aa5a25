"""The database's own refusals for plans."""

from django.db import migrations

from zhaoshang.plans.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_plan_tree_and_campaigns")]
    operations = [InstallGuards(GUARDS)]

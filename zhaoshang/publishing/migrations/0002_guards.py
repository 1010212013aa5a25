"""The database's own refusals for what is published."""

from django.db import migrations

from zhaoshang.publishing.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

"""The database's own refusals for matchmaking."""

from django.db import migrations

from zhaoshang.matchmaking.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

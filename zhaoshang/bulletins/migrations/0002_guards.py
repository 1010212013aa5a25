"""The database's own refusals for bulletins."""

from django.db import migrations

from zhaoshang.bulletins.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

"""The database's own refusals for people."""

from django.db import migrations

from zhaoshang.people.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

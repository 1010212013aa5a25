"""A month whose figures a published bulletin tells is not opened again, also by the database."""

from django.db import migrations

from zhaoshang.bulletins.guards import TOLD_GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0002_guards"), ("regions", "0001_initial")]
    operations = [InstallGuards(TOLD_GUARDS)]

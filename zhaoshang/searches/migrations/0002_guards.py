"""The database's own refusals for saved searches."""

from django.db import migrations

from zhaoshang.searches.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("searches", "0001_initial")]
    operations = [InstallGuards(GUARDS)]

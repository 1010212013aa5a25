"""The database's own refusals for decisions about pairs."""

from django.db import migrations

from zhaoshang.review.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("review", "0002_duplicates")]
    operations = [InstallGuards(GUARDS)]

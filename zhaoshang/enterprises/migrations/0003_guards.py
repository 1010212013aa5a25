"""The database's own refusals for enterprises."""

from django.db import migrations

from zhaoshang.enterprises.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0002_cards")]
    operations = [InstallGuards(GUARDS)]

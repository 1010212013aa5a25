"""The database's own refusals for contracts, and what they add to stages."""

from django.db import migrations

from zhaoshang.contracts.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial"), ("projects", "0009_proof_about")]
    operations = [InstallGuards(GUARDS)]

"""Who declared a payment does not decide on it by another account that is marked as the same person's."""

from django.db import migrations

from zhaoshang.capital.guards import PERSON_GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("capital", "0008_counts_because"), ("people", "0011_person")]
    operations = [InstallGuards(PERSON_GUARDS)]

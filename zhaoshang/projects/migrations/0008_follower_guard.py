"""The database's own refusal of a follower that is the unit itself, or of another city."""

from django.db import migrations

from zhaoshang.projects.guards import FOLLOWER_GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_follower")]
    operations = [InstallGuards(FOLLOWER_GUARDS)]

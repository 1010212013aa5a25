"""The database's own refusals for stages, their log and what a signing rests on."""

from django.db import migrations

from zhaoshang.projects.guards import STAGE_GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_first_log")]
    operations = [InstallGuards(STAGE_GUARDS)]

"""The database's own refusals for pictures and announcements."""

from django.db import migrations

from zhaoshang.publishing.guards import ADDED
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_images_announcements")]
    operations = [InstallGuards(ADDED)]

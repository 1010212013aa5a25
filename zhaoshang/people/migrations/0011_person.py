"""Accounts may say whose they are, so that two of one person are no two people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0010_holds")]

    operations = [
        migrations.AddField("user", "person", models.CharField(blank=True, default="", db_default="", max_length=60)),
    ]

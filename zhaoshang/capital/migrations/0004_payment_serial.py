"""Payments are found by their bank serial."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("capital", "0003_bureau_return"),
        ("projects", "0001_initial"),
        ("regions", "0002_guards"),
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("bank_serial", ""), _negated=True),
                fields=["city", "bank_serial"],
                name="payment_serial",
            ),
        ),
    ]

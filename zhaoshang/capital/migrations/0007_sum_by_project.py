"""The index by project holds what a project's sum asks for, so that a list of projects reads no payment; that of opposite entries holds
nothing else, so that what was taken back is found without the rest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("capital", "0006_foreign_money")]

    operations = [
        migrations.AddIndex(
            "payment",
            models.Index(fields=["city", "project", "standing", "amount_fen"], name="payment_of_project"),
        ),
        migrations.RemoveIndex("payment", "payment_project"),
        migrations.AddIndex(
            "payment",
            models.Index(
                fields=["city", "reverses"], name="payment_opposite", condition=models.Q(("reverses__isnull", False))
            ),
        ),
        migrations.RemoveIndex("payment", "payment_reverses"),
    ]

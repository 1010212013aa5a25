"""Payments keep the foreign original that their fen were made of; rates of exchange are put on record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import zhaoshang.common.ids
from zhaoshang.capital.guards import GUARDS, RATE_GUARDS
from zhaoshang.tenancy.guards import InstallGuards, LiftGuards
from zhaoshang.tenancy.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("capital", "0005_payment_succeeds"),
        ("regions", "0006_day_override"),
        ("tenancy", "0004_restored"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        LiftGuards(GUARDS),
        migrations.AddField(
            "payment", "currency", models.CharField(blank=True, default="", db_default="", max_length=3)
        ),
        migrations.AddField("payment", "foreign_minor", models.BigIntegerField(null=True)),
        migrations.AddField("payment", "rate_e8", models.BigIntegerField(null=True)),
        migrations.AddField("payment", "rate_on", models.DateField(null=True)),
        migrations.AddField(
            "payment", "rate_source", models.CharField(blank=True, default="", db_default="", max_length=200)
        ),
        migrations.AddConstraint(
            "payment",
            models.CheckConstraint(
                condition=Q(
                    currency="", foreign_minor__isnull=True, rate_e8__isnull=True, rate_on__isnull=True, rate_source=""
                )
                | (
                    ~Q(currency="")
                    & ~Q(rate_source="")
                    & Q(foreign_minor__isnull=False, rate_e8__isnull=False, rate_on__isnull=False)
                    & Q(foreign_minor__gt=0, rate_e8__gt=0, reverses__isnull=True)
                ),
                name="payment_foreign_whole",
            ),
        ),
        InstallGuards(GUARDS),
        Together(
            [
                migrations.CreateModel(
                    name="ExchangeRate",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("on", models.DateField()),
                        ("rate_e8", models.BigIntegerField()),
                        ("source", models.CharField(max_length=200)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("entered_at", models.DateTimeField()),
                        (
                            "city",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.city",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={"ordering": ("-id",)},
                ),
                migrations.AddConstraint(
                    "exchangerate",
                    models.UniqueConstraint(fields=("city", "currency", "on", "revision"), name="exchange_rate"),
                ),
                migrations.AddConstraint(
                    "exchangerate",
                    models.CheckConstraint(condition=Q(rate_e8__gt=0), name="exchange_rate_positive"),
                ),
                migrations.AddConstraint(
                    "exchangerate",
                    models.CheckConstraint(condition=~Q(source=""), name="exchange_rate_source"),
                ),
            ]
        ),
        InstallGuards(RATE_GUARDS),
    ]

"""The statistics bureau's return beside our account, and notes on where they differ."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhaoshang.capital.matching
import zhaoshang.common.ids
import zhaoshang.tenancy.fields
from zhaoshang.capital.guards import BUREAU_GUARDS
from zhaoshang.tenancy.guards import InstallGuards
from zhaoshang.tenancy.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("capital", "0002_guards"),
        ("regions", "0002_guards"),
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="BureauEntry",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("month", models.PositiveIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("uscc", models.CharField(blank=True, max_length=18)),
                        ("month_fen", models.BigIntegerField(null=True)),
                        ("total_fen", models.BigIntegerField(null=True)),
                        ("source", models.CharField(max_length=200)),
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
                        (
                            "unit",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.reportingunit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("month", "name", "id"),
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "month", "name", "uscc"), name="bureau_entry"),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="bureau_entry_named"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True), name="bureau_entry_source"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DifferenceNote",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("month", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=20)),
                        ("subject", models.CharField(max_length=200)),
                        ("text", models.CharField(max_length=400)),
                        ("written_at", models.DateTimeField()),
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
                            "written_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("written_at", "id"),
                        "indexes": [
                            models.Index(fields=["city", "month", "kind", "subject"], name="difference_subject")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            zhaoshang.capital.matching.Difference["NOT_THERE"],
                                            zhaoshang.capital.matching.Difference["NOT_HERE"],
                                            zhaoshang.capital.matching.Difference["NAMES"],
                                        ],
                                    )
                                ),
                                name="difference_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="difference_explained"
                            ),
                        ],
                    },
                ),
            ]
        ),
        InstallGuards(BUREAU_GUARDS),
    ]

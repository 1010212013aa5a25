"""The city's own days come here from duties, so that rooms below that one count by them too; the table stays as it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhaoshang.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0005_saved_views"),
        ("tenancy", "0003_days_behind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="DayOverride",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("day", models.DateField()),
                        ("works", models.BooleanField(null=True)),
                        ("document", models.CharField(max_length=120)),
                        ("is_sample", models.BooleanField(default=False)),
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
                    options={
                        "db_table": "duties_dayoverride",
                        "ordering": ("id",),
                        "indexes": [models.Index(fields=["city", "day", "id"], name="day_override_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("document", ""), _negated=True), name="day_override_document"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]

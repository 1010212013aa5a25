import django.db.models.deletion
from django.db import migrations, models

import zhaoshang.common.ids
from zhaoshang.tenancy.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0003_days_behind"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="KeptAnswer",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("asker", models.UUIDField()),
                        ("key", models.CharField(max_length=80)),
                        ("digest", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        ("answer", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField()),
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
                    ],
                    options={
                        "ordering": ("id",),
                        "indexes": [models.Index(fields=["city", "made_at"], name="kept_answer_made")],
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "asker", "key"), name="kept_answer_once")
                        ],
                    },
                ),
            ]
        )
    ]

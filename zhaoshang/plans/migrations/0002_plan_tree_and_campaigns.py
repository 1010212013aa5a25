"""Plans with their years, measures and tasks; campaigns and their tags; quarters of a target."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhaoshang.common.ids
import zhaoshang.tenancy.fields
from zhaoshang.tenancy.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("capital", "0005_payment_succeeds"),
        ("people", "0003_temporary_password_and_diary_by_day"),
        ("plans", "0001_initial"),
        ("projects", "0001_initial"),
        ("regions", "0002_guards"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
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
                        ("code", models.SlugField(db_index=False, max_length=40)),
                        ("title", models.CharField(max_length=120)),
                        ("first_year", models.PositiveSmallIntegerField()),
                        ("last_year", models.PositiveSmallIntegerField()),
                        ("document", models.CharField(max_length=120)),
                        ("issued_on", models.DateField()),
                        (
                            "file",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="capital.evidencefile",
                            ),
                        ),
                        ("is_sample", models.BooleanField(default=False)),
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
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("-first_year", "code"),
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "code"), name="plan_code"),
                            models.CheckConstraint(
                                condition=models.Q(("first_year__lte", models.F("last_year"))), name="plan_years"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("document", ""), _negated=True), name="plan_has_document"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="YearPlan",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
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
                            "plan",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plans.plan",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=120)),
                        ("document", models.CharField(max_length=120)),
                        ("issued_on", models.DateField()),
                        (
                            "file",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="capital.evidencefile",
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
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("year", "id"),
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "plan", "year"), name="year_plan_once"),
                            models.CheckConstraint(
                                condition=models.Q(("document", ""), _negated=True), name="year_plan_has_document"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkItem",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
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
                            "year_plan",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plans.yearplan",
                            ),
                        ),
                        (
                            "above",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plans.workitem",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        (
                            "owner_unit",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.reportingunit",
                            ),
                        ),
                        ("owner_department", models.CharField(blank=True, max_length=60)),
                        (
                            "responsible",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("starts_on", models.DateField(null=True)),
                        ("due_on", models.DateField(null=True)),
                        ("indicator", models.SlugField(blank=True, db_index=False, max_length=60)),
                        ("target", models.BigIntegerField(null=True)),
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
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("position", "id"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "year_plan", "above", "position"), name="task_position"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("above__isnull", True)),
                                fields=("city", "year_plan", "position"),
                                name="measure_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on__isnull", True),
                                    ("due_on__isnull", True),
                                    ("starts_on__lte", models.F("due_on")),
                                    _connector="OR",
                                ),
                                name="work_item_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("target__isnull", True),
                                    models.Q(("target__gt", 0), models.Q(("indicator", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="work_item_target",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressReport",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
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
                            "item",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plans.workitem",
                            ),
                        ),
                        ("reported_on", models.DateField()),
                        ("standing", models.CharField(max_length=10)),
                        ("percent", models.PositiveSmallIntegerField(null=True)),
                        ("text", models.CharField(max_length=1000)),
                        (
                            "reported_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reported_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("reported_on", "id"),
                        "indexes": [models.Index(fields=["city", "item", "reported_on"], name="report_of_item")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("standing__in", ["waiting", "underway", "done", "stopped"])),
                                name="report_standing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__isnull", True), ("percent__lte", 100), _connector="OR"),
                                name="report_percent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="report_says_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemChange",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
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
                            "item",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plans.workitem",
                            ),
                        ),
                        ("changes", models.JSONField()),
                        ("reason", models.CharField(max_length=400)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("changed_at", "id"),
                        "indexes": [models.Index(fields=["city", "item", "changed_at"], name="change_of_item")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="item_change_has_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
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
                        ("code", models.SlugField(db_index=False, max_length=40)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=80)),
                        ("industry", models.CharField(max_length=80)),
                        (
                            "lead_unit",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.reportingunit",
                            ),
                        ),
                        ("lead_department", models.CharField(blank=True, max_length=60)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("target_fen", models.BigIntegerField(null=True)),
                        ("target_signed", models.PositiveIntegerField(null=True)),
                        ("document", models.CharField(max_length=120)),
                        ("is_sample", models.BooleanField(default=False)),
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
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("-year", "position"),
                        "indexes": [models.Index(fields=["city", "year", "position"], name="campaign_year")],
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "code"), name="campaign_code"),
                            models.CheckConstraint(
                                condition=models.Q(("starts_on__lte", models.F("ends_on"))), name="campaign_days"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("document", ""), _negated=True), name="campaign_has_document"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("target_fen__isnull", True), ("target_fen__gt", 0), _connector="OR"
                                ),
                                name="campaign_target_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignProject",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=zhaoshang.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
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
                            "campaign",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plans.campaign",
                            ),
                        ),
                        (
                            "project",
                            zhaoshang.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="projects.project",
                            ),
                        ),
                        (
                            "tagged_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("tagged_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("tagged_at", "id"),
                        "indexes": [models.Index(fields=["city", "project"], name="campaigns_of_project")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "campaign", "project"), name="campaign_project_once"
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="target",
            name="by_q1",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="target",
            name="by_q2",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="target",
            name="by_q3",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="target",
            name="file_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by_q1__isnull", True), ("by_q2__isnull", True), ("by_q3__isnull", True)),
                    models.Q(
                        ("amount__gte", models.F("by_q3")),
                        ("by_q1__gte", 0),
                        ("by_q1__isnull", False),
                        ("by_q2__gte", models.F("by_q1")),
                        ("by_q2__isnull", False),
                        ("by_q3__gte", models.F("by_q2")),
                        ("by_q3__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="target_phases_rise",
            ),
        ),
    ]

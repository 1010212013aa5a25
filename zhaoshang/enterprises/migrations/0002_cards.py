"""Cards of enterprises with groups, people, notes of risk, mergers, meetings, and the rosters of central SOEs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhaoshang.common.ids
import zhaoshang.enterprises.rules
import zhaoshang.tenancy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("regions", "0002_guards"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="enterprise",
            name="depth",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="enterprise",
            name="industry",
            field=models.CharField(blank=True, max_length=1),
        ),
        migrations.AddField(
            model_name="enterprise",
            name="ownership",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="enterprise",
            name="parent",
            field=zhaoshang.tenancy.fields.TenantForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="enterprises.enterprise",
            ),
        ),
        migrations.AddField(
            model_name="enterprise",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="enterprise",
            name="unit",
            field=zhaoshang.tenancy.fields.TenantForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.reportingunit",
            ),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(
                condition=models.Q(("parent__isnull", False)), fields=["city", "parent"], name="enterprise_parent"
            ),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(
                condition=models.Q(("unit__isnull", False)), fields=["city", "unit"], name="enterprise_unit"
            ),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(fields=["city", "region_code"], name="enterprise_seat"),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ownership__in",
                        [
                            "",
                            zhaoshang.enterprises.rules.Ownership["PRIVATE"],
                            zhaoshang.enterprises.rules.Ownership["CENTRAL"],
                            zhaoshang.enterprises.rules.Ownership["LOCAL_STATE"],
                            zhaoshang.enterprises.rules.Ownership["FOREIGN"],
                            zhaoshang.enterprises.rules.Ownership["MIXED"],
                            zhaoshang.enterprises.rules.Ownership["OTHER"],
                        ],
                    )
                ),
                name="enterprise_ownership",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "industry__in",
                        [
                            "",
                            "A",
                            "B",
                            "C",
                            "D",
                            "E",
                            "F",
                            "G",
                            "H",
                            "I",
                            "J",
                            "K",
                            "L",
                            "M",
                            "N",
                            "O",
                            "P",
                            "Q",
                            "R",
                            "S",
                            "T",
                        ],
                    )
                ),
                name="enterprise_industry",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True),
                    models.Q(("depth__gte", 1), models.Q(("parent", models.F("id")), _negated=True)),
                    _connector="OR",
                ),
                name="enterprise_below",
            ),
        ),
        migrations.CreateModel(
            name="Contact",
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
                    "enterprise",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
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
                ("name", models.CharField(blank=True, max_length=40)),
                ("post", models.CharField(blank=True, max_length=60)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("mail", models.CharField(blank=True, max_length=120)),
                ("is_key", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=200)),
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
                (
                    "erased_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-is_key", "id"),
                "indexes": [models.Index(fields=["city", "enterprise"], name="contact_of")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="contact_source"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("erased_at__isnull", True), models.Q(("name", ""), _negated=True)),
                            models.Q(
                                ("erased_at__isnull", False),
                                ("erased_by__isnull", False),
                                ("mail", ""),
                                ("name", ""),
                                ("phone", ""),
                                ("post", ""),
                            ),
                            _connector="OR",
                        ),
                        name="contact_erased_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merger",
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
                    "kept",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "closed",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                ("reason", models.CharField(max_length=400)),
                ("moved", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("parted_reason", models.CharField(blank=True, max_length=400)),
                (
                    "parted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("parted_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["city", "kept"], name="merger_kept")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("closed")), _negated=True), name="merger_of_another"
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="merger_reason"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parted_at__isnull", True), ("parted_by__isnull", True), ("parted_reason", "")),
                            models.Q(
                                ("parted_at__isnull", False),
                                ("parted_by__isnull", False),
                                models.Q(("parted_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="merger_parted_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("parted_at__isnull", True)),
                        fields=("city", "closed"),
                        name="merger_closed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskNote",
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
                    "enterprise",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
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
                ("level", models.CharField(max_length=10)),
                ("text", models.CharField(max_length=1000)),
                ("source", models.CharField(max_length=200)),
                ("noted_on", models.DateField()),
                ("is_sample", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-noted_on", "-id"),
                "indexes": [models.Index(fields=["city", "enterprise", "noted_on"], name="risk_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "level__in",
                                [
                                    zhaoshang.enterprises.rules.Level["HINT"],
                                    zhaoshang.enterprises.rules.Level["WATCH"],
                                    zhaoshang.enterprises.rules.Level["GRAVE"],
                                ],
                            )
                        ),
                        name="risk_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("source", ""), _negated=True)
                        ),
                        name="risk_sourced",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteReply",
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
                    "note",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.risknote",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("text", models.CharField(max_length=1000)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["city", "note"], name="reply_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    zhaoshang.enterprises.rules.Reply["ANSWERED"],
                                    zhaoshang.enterprises.rules.Reply["CLOSED"],
                                ],
                            )
                        ),
                        name="reply_kind",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="reply_says_why"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", zhaoshang.enterprises.rules.Reply["CLOSED"])),
                        fields=("city", "note"),
                        name="note_closed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Roster",
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
                ("title", models.CharField(max_length=120)),
                ("source", models.CharField(max_length=300)),
                ("dated", models.DateField()),
                ("published", models.PositiveSmallIntegerField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-dated",),
                "constraints": [
                    models.UniqueConstraint(fields=("city", "dated"), name="roster_dated"),
                    models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="roster_source"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterEntry",
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
                    "roster",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.roster",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "enterprise",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("enterprise__isnull", False)),
                        fields=["city", "enterprise"],
                        name="roster_firm",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("city", "roster", "name"), name="roster_name"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="roster_named"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
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
                    "enterprise",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
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
                ("document", models.CharField(max_length=120)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("is_sample", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-valid_from", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("document", ""), _negated=True), name="relation_document"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="relation_days",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("city", "enterprise"),
                        name="relation_kept_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Touch",
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
                    "enterprise",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
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
                ("on", models.DateField()),
                ("kind", models.CharField(max_length=10)),
                ("who", models.CharField(max_length=120)),
                ("whom", models.CharField(blank=True, max_length=120)),
                (
                    "contact",
                    zhaoshang.tenancy.fields.TenantForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.contact",
                    ),
                ),
                ("said", models.CharField(max_length=2000)),
                ("next_step", models.CharField(blank=True, max_length=400)),
                ("next_on", models.DateField(null=True)),
                ("key", models.CharField(blank=True, max_length=80)),
                ("is_sample", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("withdrawn_reason", models.CharField(blank=True, max_length=400)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-on", "-id"),
                "indexes": [models.Index(fields=["city", "enterprise", "on"], name="touch_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    zhaoshang.enterprises.rules.TouchKind["VISIT"],
                                    zhaoshang.enterprises.rules.TouchKind["RECEPTION"],
                                    zhaoshang.enterprises.rules.TouchKind["MEETING"],
                                    zhaoshang.enterprises.rules.TouchKind["CALL"],
                                    zhaoshang.enterprises.rules.TouchKind["LETTER"],
                                ],
                            )
                        ),
                        name="touch_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("said", ""), _negated=True), models.Q(("who", ""), _negated=True)),
                        name="touch_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True), ("withdrawn_reason", "")
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="touch_withdrawn_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True), fields=("city", "key"), name="touch_key"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TouchRule",
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
                ("days", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField()),
                ("source", models.CharField(max_length=200)),
                ("is_sample", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-valid_from",),
                "constraints": [
                    models.UniqueConstraint(fields=("city", "valid_from"), name="touch_rule_from"),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), models.Q(("source", ""), _negated=True)),
                        name="touch_rule_whole",
                    ),
                ],
            },
        ),
    ]

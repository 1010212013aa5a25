"""The site's terms become a set of local rules: their three numbers are its content, their day its code."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from zhaoshang.tenancy.guards import InstallGuards, LiftGuards, append_only

GUARDS = append_only("publishing_siteterms")
DAYS = ("window_days", "reply_days", "contact_days")


def fill(apps: Any, schema_editor: Any) -> None:
    """Content, code and title of what was issued."""
    terms = apps.get_model("publishing", "SiteTerms")
    for one in terms.objects.all():
        said = {"content": {name: getattr(one, name) for name in DAYS}, "title": "网站更正与答复期限"}
        terms.objects.filter(city_id=one.city_id, pk=one.pk).update(code=f"terms-{one.valid_from}", **said)


def empty(apps: Any, schema_editor: Any) -> None:
    """The three numbers again."""
    terms = apps.get_model("publishing", "SiteTerms")
    for one in terms.objects.all():
        terms.objects.filter(city_id=one.city_id, pk=one.pk).update(**{name: one.content[name] for name in DAYS})


def _add(name: str, field: Any) -> Any:
    return migrations.AddField(model_name="siteterms", name=name, field=field, preserve_default=False)


def _remove(name: str) -> Any:
    return migrations.RemoveField(model_name="siteterms", name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        LiftGuards(GUARDS),
        _add("code", models.SlugField(db_index=False, default="", max_length=40)),
        _add("title", models.CharField(default="", max_length=120)),
        _add("title_en", models.CharField(blank=True, default="", max_length=120)),
        _add("content", models.JSONField(default=dict)),
        migrations.RemoveConstraint(model_name="siteterms", name="site_terms_reply"),
        migrations.AlterField("siteterms", "window_days", models.PositiveSmallIntegerField(default=0)),
        migrations.AlterField("siteterms", "reply_days", models.PositiveSmallIntegerField(default=0)),
        migrations.AlterField("siteterms", "contact_days", models.PositiveSmallIntegerField(default=0)),
        migrations.RunPython(fill, empty),
        *map(_remove, DAYS),
        migrations.AddConstraint(
            model_name="siteterms",
            constraint=models.UniqueConstraint(fields=["city", "code"], name="site_terms_code"),
        ),
        migrations.AlterField(
            model_name="siteterms",
            name="issued_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        InstallGuards(GUARDS),
    ]

"""Days that projects had before there was a log become its first lines; figures keep counting the same days."""

from typing import Any

from django.db import migrations
from django.utils import timezone

SOURCE = "升级前已登记"
COUNTED = (
    ("reserve", "construction", 1, "reserved_on"),
    ("signed", "promotion", 3, "signed_on"),
    ("landed", "promotion", 5, "landed_on"),
)


def begin_log(apps: Any, schema_editor: Any) -> None:
    """A line for every day that a project has."""
    Project, StageEntry = apps.get_model("projects", "Project"), apps.get_model("projects", "StageEntry")
    now, waiting = timezone.now(), []
    for project in Project.objects.order_by("id").iterator(chunk_size=2_000):
        reached = [one for one in COUNTED if getattr(project, one[3])]
        for number, (stage, chain, rank, column) in enumerate(reached, start=1):
            waiting.append(
                StageEntry(
                    city_id=project.city_id, project_id=project.pk, number=number, kind="registered", chain=chain, stage=stage,
                    rank=rank, day=getattr(project, column), evidence=SOURCE, is_sample=project.is_sample, entered_at=now,
                )
            )  # fmt: skip
        if len(waiting) > 5_000:
            StageEntry.objects.bulk_create(waiting, batch_size=500)
            waiting = []
    StageEntry.objects.bulk_create(waiting, batch_size=500)
    for stage, chain, _, column in COUNTED:
        Project.objects.filter(**{f"{column}__isnull": False}).update(**{chain: stage})


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_stages")]
    operations = [migrations.RunPython(begin_log, migrations.RunPython.noop)]

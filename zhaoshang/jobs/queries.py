"""Where jobs' files lie, with which rights one was made, what the line looks like."""

import tomllib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count

from zhaoshang.common.files import digest
from zhaoshang.jobs.models import Job, Worker
from zhaoshang.jobs.rules import Round, State, rounds_of
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City

OURS = Path(__file__).with_name("schedule.toml")


def files_of(city: City) -> Path:
    """The folder of files that jobs made."""
    return Path(settings.JOBS_DIR) / "files" / city.code


def rights_of(viewer: Viewer) -> str:
    """A viewer's role and units as one text: what was made with other rights is not given out."""
    return digest(f"{viewer.role}:{','.join(sorted(map(str, viewer.unit_ids)))}".encode())


def schedule() -> list[Round]:
    """The rounds of this installation. Raises ``rules.BadRound``, ``tomllib.TOMLDecodeError``."""
    own = Path(settings.DATA_DIR) / "schedule.toml"
    return rounds_of(tomllib.loads((own if own.exists() else OURS).read_text("utf-8")).get("rounds"))


def ahead_of(job: Job) -> int:
    """How many wait before it. One query."""
    return Job.objects.of(job.city_id).filter(state=State.WAITING, pk__lt=job.pk).count()


def by_state(city: City) -> dict[str, int]:
    """How many jobs stand in each state. One query."""
    counted = Job.objects.of(city).order_by().values_list("state").annotate(many=Count("pk"))
    return {str(state): 0 for state in State} | dict(counted)


def last_seen(city: City) -> datetime | None:
    """The latest sign of life of any worker. One query."""
    found = Worker.objects.of(city).order_by("-seen_at").values_list("seen_at", flat=True)[:1]
    return next(iter(found), None)

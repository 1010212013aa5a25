"""What a person does with jobs: begin one, cancel it, begin it again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import MOST_WAITING, OPEN, Kind, State
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City


class TooManyWaiting(Exception):
    """The person has as many jobs waiting as one may have."""


class NotOpen(Exception):
    """The job has ended; there is nothing to cancel."""


class NotEnded(Exception):
    """The job was done, or is not ended yet: it is not begun again."""


def begin(
    *, city: City, kind: Kind, key: str, given: Mapping[str, Any], by: User, at: datetime, about: str = ""
) -> Job:
    """Put a job into the line; one about the same ``key`` that has not ended is answered instead. Raises :class:`TooManyWaiting`."""
    same = Job.objects.of(city).filter(key=key, state__in=OPEN)
    if known := same.first():
        return known  # type: ignore[no-any-return]
    if Job.objects.of(city).filter(asked_by=by, state=State.WAITING).count() >= MOST_WAITING:
        raise TooManyWaiting(str(MOST_WAITING))
    try:
        with transaction.atomic():
            job = Job.objects.create(
                city=city, kind=kind, key=key, given=dict(given), about=about[:200], asked_by=by, asked_at=at,
                language=get_language() or "zh-hans",
            )  # fmt: skip
            record("jobs.job.asked", city=city, by=by, at=at, about=job, kind=str(kind))
    except IntegrityError:  # begun twice at once
        return same.get()  # type: ignore[no-any-return]
    return job


@transaction.atomic
def cancel(*, job: Job, by: User, at: datetime) -> Job:
    """End a job that waits; ask one that runs to stop at its next step. Raises :class:`NotOpen`."""
    mine = Job.objects.of(job.city_id).filter(pk=job.pk)
    waiting = mine.filter(state=State.WAITING).update(state=State.CANCELLED, ended_at=at, cancel_asked=True)
    if not waiting and not mine.filter(state=State.RUNNING).update(cancel_asked=True):
        raise NotOpen(str(job))
    held: Job = mine.select_related("city").get()
    record("jobs.job.cancelled", city=held.city, by=by, at=at, about=held)
    return held


def again(*, job: Job, by: User, at: datetime) -> Job:
    """Begin one anew that failed or was cancelled. Raises :class:`NotEnded`, :class:`TooManyWaiting`."""
    if job.state not in (State.FAILED, State.CANCELLED):
        raise NotEnded(str(job))
    return begin(
        city=job.city, kind=Kind(job.kind), key=job.key, given=job.given, about=job.about, by=by, at=at
    )  # fmt: skip

"""A worker's side: claim the next job, hold it while it runs, mark it. Moments here are our own clock's, whatever the city's.

A claim counts ``tries`` up, and every mark names the count it was claimed with: a worker that was thought dead and wakes up marks nothing,
and what it did in :meth:`Run.effect` is rolled back with the mark that failed.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from zhaoshang.common.files import digest, keeping
from zhaoshang.jobs import progress
from zhaoshang.jobs.models import Job, Worker
from zhaoshang.jobs.queries import files_of, rights_of
from zhaoshang.jobs.rules import LEASE, MOST_TRIES, Kind, Round, State
from zhaoshang.people.diary import record
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of
from zhaoshang.tenancy.clock import clock_of
from zhaoshang.tenancy.models import City

logger = logging.getLogger(__name__)
TELL_EVERY_S = 0.2
SEARCHES = frozenset({Kind.NIGHT_DUPLICATES, Kind.NIGHT_FINDINGS})
Explain = Callable[[Exception, Viewer], str]


class Cancelled(Exception):
    """Whoever asked for the job does not want it any more."""


class Lost(Exception):
    """Another worker has the job now, or it ended: nothing of what this one did may stay."""


class Refused(Exception):
    """The job cannot be done; the argument is a code that the desk has words for."""


class Run:
    """One try at a job, as its doer sees it."""

    def __init__(self, job: Job) -> None:
        self.job, self.city, self.given = job, job.city, job.given
        self.result: dict[str, Any] = {}
        self.ended = False
        self._told = 0.0

    @property
    def viewer(self) -> Viewer:
        """Who asked, with the rights of this moment. Raises ``NotAllowed`` for who has lost every right."""
        viewer = viewer_of(self.job.asked_by, self.city)
        if viewer.role is None:
            raise NotAllowed(self.job.kind)
        return viewer

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say how far it is. Raises :class:`Cancelled`, :class:`Lost`."""
        if monotonic() - self._told < TELL_EVERY_S and done < total:
            return
        self._told = monotonic()
        progress.write(self.job.pk, progress.Progress(step, done, total))
        if not (held := self._mine().values_list("cancel_asked", flat=True).first()):
            if held is None:
                raise Lost
            return
        raise Cancelled

    @contextmanager
    def effect(self) -> Iterator[dict[str, Any]]:
        """One transaction of what the job does and of the mark that it is done; what is put into the dictionary is its result."""
        with transaction.atomic():
            yield self.result
            self.mark(State.DONE, result=self.result)
        self.ended = True

    def keep_file(self, content: bytes, name: str, mime: str) -> None:
        """Keep a file for who asked, with the rights that it was made with, and mark the job as done."""
        sha256 = digest(content)
        keeping.keep(files_of(self.city), sha256, content)
        told = {
            "file_digest": sha256,
            "file_name": name[:200],
            "file_mime": mime[:100],
            "rights": rights_of(self.viewer),
        }
        with transaction.atomic():
            self.mark(State.DONE, result={"bytes": len(content)}, **told)
        self.ended = True

    def mark(self, state: State, **told: Any) -> None:
        """End it, with its line in the diary. Raises :class:`Lost`."""
        now = timezone.now()
        if not self._mine().update(state=state, ended_at=now, lease_until=None, **told):
            raise Lost
        job = self.job
        if job.asked_by_id or state == State.FAILED:
            detail = {"failure": told["failure"]} if told.get("failure") else {}
            verbs = {State.DONE: _done, State.FAILED: _failed, State.CANCELLED: _stopped}
            verbs[state](job, now, detail)

    def _mine(self) -> Any:
        return Job.objects.of(self.city).filter(pk=self.job.pk, state=State.RUNNING, tries=self.job.tries)


def _done(job: Job, now: datetime, detail: dict[str, Any]) -> None:
    record("jobs.job.done", city=job.city, by=job.asked_by, at=now, about=job, kind=job.kind, **detail)


def _failed(job: Job, now: datetime, detail: dict[str, Any]) -> None:
    record("jobs.job.failed", city=job.city, by=job.asked_by, at=now, about=job, kind=job.kind, **detail)


def _stopped(job: Job, now: datetime, detail: dict[str, Any]) -> None:
    record("jobs.job.stopped", city=job.city, by=job.asked_by, at=now, about=job, kind=job.kind, **detail)


def our_now() -> datetime:
    """The moment, by our own clock."""
    return datetime.now(UTC)


def claim(city: City, worker: str, leave: Collection[Kind] = ()) -> Job | None:
    """The next job for this worker, except of the kinds it is to ``leave``; one whose worker died comes first.

    A job that took its worker along too often is ended as failed.
    """
    now = our_now()
    ready = Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=now)
    line = Job.objects.of(city).filter(ready).exclude(kind__in=leave).order_by("state", "id")
    for job in line.select_related("city", "asked_by")[:5]:
        seen = Job.objects.of(city).filter(ready, pk=job.pk, state=job.state, tries=job.tries)
        if job.tries >= MOST_TRIES:
            _give_up(job)
        elif job.cancel_asked:
            with suppress(Lost), transaction.atomic(), clock_of(city):
                Run(job).mark(State.CANCELLED)
        elif seen.update(state=State.RUNNING, tries=job.tries + 1, lease_by=worker[:80], lease_until=now + LEASE):
            job.state, job.tries, job.lease_by = State.RUNNING, job.tries + 1, worker[:80]
            return job  # type: ignore[no-any-return]
    return None


def _give_up(job: Job) -> None:
    with suppress(Lost), transaction.atomic(), clock_of(job.city):
        Run(job).mark(State.FAILED, failure="broken_off")
    progress.forget(job.pk)


def release(city: City, worker: str) -> int:
    """A worker that begins has nothing in hand: what its namesake held when it died is free at once. Returns how many."""
    held = Job.objects.of(city).filter(state=State.RUNNING, lease_by=worker[:80])
    return held.update(lease_until=our_now() - LEASE)


def seen(city: City, worker: str) -> None:
    """Say that the worker lives."""
    Worker.objects.of(city).update_or_create(city=city, name=worker[:80], defaults={"seen_at": our_now()})


def perform(job: Job, explain: Explain | None = None, hold: bool = True) -> bool:
    """Do a claimed job and mark it. ``explain`` says a refusal in words, in the language that is set. False: the worker ran out of
    memory and should begin afresh."""
    run = Run(job)
    with clock_of(job.city), translation.override(job.language), _held(job) if hold else nullcontext():
        try:
            progress.write(job.pk, progress.Progress())
            import_string(settings.JOBS[job.kind])(run)
            if not run.ended:
                with transaction.atomic():
                    run.mark(State.DONE, result=run.result)
        except Lost:
            logger.warning("job %s was taken over", job.pk)
        except Cancelled:
            _mark(run, State.CANCELLED)
        except MemoryError:
            _mark(run, State.FAILED, failure="memory")
            return False
        except Exception as error:
            _mark(run, State.FAILED, **_why(error, run, explain))
    progress.forget(job.pk)
    return True


def _mark(run: Run, state: State, **told: Any) -> None:
    with suppress(Lost), transaction.atomic():
        run.mark(state, **told)


def _why(error: Exception, run: Run, explain: Explain | None) -> dict[str, Any]:
    """A code, and the refusal in both languages where the rooms have words for it; the log has what is nobody's fault but ours."""
    if isinstance(error, Refused):
        return {"failure": str(error)[:60]}
    if isinstance(error, NotAllowed):
        return {"failure": "not_allowed"}
    said = {}
    try:
        if explain is None:
            raise error
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                said[language] = explain(error, viewer_of(run.job.asked_by, run.city))
    except Exception:
        logger.exception("job %s failed", run.job.pk)
        return {"failure": "broken"}
    return {"failure": type(error).__name__[:60], "said": said}


@contextmanager
def _held(job: Job) -> Iterator[None]:
    """Renew the lease again and again from a thread of its own, with its own connection. On SQLite it waits while the job itself
    writes, and so does everybody who could take the job away."""
    done = Event()
    mine = Job.objects.of(job.city_id).filter(pk=job.pk, state=State.RUNNING, tries=job.tries)

    def renew() -> None:
        while not done.wait(LEASE.total_seconds() / 3):
            with suppress(DatabaseError):
                mine.update(lease_until=our_now() + LEASE)
                seen(job.city, job.lease_by)
        connection.close()

    keeper = Thread(target=renew, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()


def begin_due(city: City, rounds: Collection[Round]) -> int:
    """Put housekeeping that is due into the line, each round once however many ask. Returns how many were put."""
    begun = 0
    with clock_of(city):
        at, ours = timezone.now(), timezone.localtime(our_now())
    for one in rounds:
        if city.days_behind and one.kind in SEARCHES:
            continue  # a sample city whose clock is set back keeps the findings that it was loaded with
        slot = f"{one.kind}@{one.begun(ours):%Y-%m-%dT%H:%M}"
        if Job.objects.of(city).filter(slot=slot).exists():
            continue
        with suppress(IntegrityError), transaction.atomic():
            Job.objects.create(city=city, kind=one.kind, key=str(one.kind), slot=slot, asked_at=at, language="zh-hans")
            begun += 1
    return begun

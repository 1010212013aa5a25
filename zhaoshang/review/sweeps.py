"""Searches through the whole city, for projects that may be one and for what is wrong: asked for by a person, done by the worker, its
progress on the page; or done at once by the command line."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from zhaoshang.enterprises.actions import index_name as enterprise_name
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.jobs.actions import begin
from zhaoshang.jobs.rules import Kind
from zhaoshang.jobs.running import Cancelled, Lost
from zhaoshang.jobs.telling import Tell, tell_nobody
from zhaoshang.lookup.models import Entry
from zhaoshang.lookup.writing import keep
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.projects.likeness import Measure, facts_of, index_name, measure
from zhaoshang.projects.models import Project
from zhaoshang.projects.sweeping import sweep as pairs_among
from zhaoshang.review.deciding import keep_pairs
from zhaoshang.review.findings.keeping import sweep_findings
from zhaoshang.review.models import Sweep
from zhaoshang.review.rules import Sought, SweepState
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.trouble import trouble_of

logger = logging.getLogger(__name__)
AT_ONCE_PROJECTS = 3_000  # fewer are compared in the request
_BUSY = (SweepState.WAITING, SweepState.RUNNING)


class AlreadySweeping(Exception):
    """A search of the city is on its way."""


def ask_sweep(
    *, city: City, by: User | None, at: datetime, sought: Sought = Sought.DUPLICATES, at_once: bool = False
) -> Sweep:
    """Have all projects compared, or everything looked through; in a small city (or ``at_once``) before this returns.

    Raises :class:`AlreadySweeping`.
    """
    try:
        with transaction.atomic():
            _give_up_stalled(city, sought, at)
            total = Project.objects.of(city).counted(city).count()
            at_once = at_once or total <= AT_ONCE_PROJECTS
            asked = Sweep.objects.create(city=city, sought=sought, total=total, asked_by=by, asked_at=at, moved_at=at)
            record("review.sweep.asked", city=city, by=by, at=at, projects=total, sought=str(sought))
            if not at_once:
                given = {"sweep": str(asked.pk), "sought": str(sought)}
                begin(city=city, kind=Kind.SWEEP, key=f"sweep:{sought}", given=given, by=_asker(by), at=at)
    except IntegrityError:
        raise AlreadySweeping(str(city)) from None
    if at_once:
        with _failing(asked):
            run_sweep(asked)
    return asked


@contextmanager
def _failing(asked: Sweep) -> Iterator[None]:
    """Trouble of the store, or an end from outside, leaves the search failed, if that can be written: who asks next is not told that one
    is on its way."""
    try:
        yield
    except Exception as error:
        if isinstance(error, Cancelled | MemoryError) or trouble_of(error):
            with suppress(DatabaseError):
                mine = Sweep.objects.of(asked.city_id).filter(pk=asked.pk, state__in=_BUSY)
                mine.update(state=SweepState.FAILED, moved_at=timezone.now())
        raise


def _give_up_stalled(city: City, sought: Sought, at: datetime) -> None:
    for one in Sweep.objects.of(city).filter(sought=sought, state__in=_BUSY):
        if one.is_stalled(at):
            Sweep.objects.of(city).filter(pk=one.pk).update(state=SweepState.FAILED)


def _asker(by: User | None) -> User:
    """Only a person leaves a search to the worker; the command line waits for it."""
    if by is None:
        raise TypeError("nobody asks for it")
    return by


def run_sweep(asked: Sweep, tell: Tell = tell_nobody, again: bool = False) -> None:
    """Compare the city's projects and keep the pairs; what was decided is not asked again. A second worker leaves at once, unless it
    does ``again`` what a killed one left."""
    mine = Sweep.objects.of(asked.city_id).filter(pk=asked.pk)
    if not mine.filter(state__in=_BUSY if again else _BUSY[:1]).update(
        state=SweepState.RUNNING, moved_at=timezone.now()
    ):
        return
    try:
        search = _compared if asked.sought == Sought.DUPLICATES else _looked_through
        with _failing(asked):
            found, fresh = search(asked, _teller(asked, tell))
    except (Cancelled, MemoryError, Lost):
        raise
    except Exception as error:
        if trouble_of(error):
            raise
        logger.exception("sweep %s failed", asked.pk)
        mine.update(state=SweepState.FAILED, moved_at=timezone.now())
    else:
        mine.update(state=SweepState.DONE, found=found, fresh=fresh, done=asked.total, moved_at=timezone.now())
    asked.refresh_from_db(from_queryset=Sweep.objects.of(asked.city_id).select_related("city"))


def _teller(asked: Sweep, also: Tell) -> Callable[[int, int], None]:
    rows = Sweep.objects.of(asked.city_id).filter(pk=asked.pk)

    def tell(done: int, total: int) -> None:
        asked.total = total
        rows.update(done=done, total=total, moved_at=timezone.now())
        also("comparing", done, total)

    return tell


def _looked_through(asked: Sweep, tell: Callable[[int, int], None]) -> tuple[int, int]:
    swept = sweep_findings(city=asked.city, by=asked.asked_by, at=asked.asked_at, tell=tell)
    return swept.found, swept.fresh


def _compared(asked: Sweep, tell: Callable[[int, int], None]) -> tuple[int, int]:
    city = asked.city
    taken = measure(city, timezone.localdate(asked.asked_at))
    _index_missing(city, taken)
    projects = facts_of(city)
    found = [
        (_project(city, projects[pair.first].key), _project(city, projects[pair.second].key), pair.score,
         [point.to_json() for point in pair.points])
        for pair in pairs_among(projects, taken.weights, taken.words, tell)
    ]  # fmt: skip
    return len(found), keep_pairs(city, found, taken.code, asked.asked_at)


def _index_missing(city: City, taken: Measure) -> None:
    """Names that were registered before there was an index come in with the first search."""
    known = Entry.objects.of(city).order_by().values("pk")
    firms = Enterprise.objects.of(city).exclude(pk__in=known)
    keep(city, [enterprise_name(one) for one in firms.iterator(chunk_size=2_000)])
    projects = Project.objects.of(city).exclude(pk__in=known).select_related("enterprise")
    keep(city, [index_name(one, taken) for one in projects.iterator(chunk_size=2_000)])


def _project(city: City, key: str) -> Project:
    """The project as a reference: nothing but its id is needed to keep a pair."""
    return Project(pk=UUID(key), city=city)


def last_sweep(city: City, sought: Sought = Sought.DUPLICATES) -> Sweep | None:
    """The latest search of this sort. One query."""
    return Sweep.objects.of(city).filter(sought=sought).select_related("asked_by").first()

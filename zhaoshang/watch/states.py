"""Whether this installation can do its work: each part asked for, none trusted."""

import os
import resource
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from zhaoshang.jobs.queries import last_seen
from zhaoshang.jobs.running import our_now
from zhaoshang.machines import scanning
from zhaoshang.people.models import Event
from zhaoshang.tenancy.clock import clock_of
from zhaoshang.tenancy.models import City
from zhaoshang.watch import backups

LEAST_FREE_BYTES = 500 * 1024 * 1024
LEAST_FREE_INODES = 1_000
MOST_DESCRIPTORS = 0.9
WORKER_SILENT = timedelta(minutes=2)
CLOCK_BEHIND = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class State:
    """``fatal``: requests should not be sent here."""

    name: str
    good: bool
    told: str
    fatal: bool


def states() -> list[State]:
    """All parts. A database that does not answer leaves only itself and the disk to be told of; so does a process that may open nothing
    more, which would otherwise answer with a fault in place of its alarm."""
    found = [_disk(), _inodes(), state_of_descriptors(), _backup(), _copy(), _scanner()]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found += [State("database", True, "answers", True), _migrations(), _worker(), _clock()]
    except (DatabaseError, OSError) as error:
        found.append(State("database", False, type(error).__name__, True))
    return found


def _disk() -> State:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return State("disk", free >= LEAST_FREE_BYTES, f"{free // (1024 * 1024)} MB free", True)


def free_inodes() -> int | None:
    """How many files the fullest of data folder and evidence can still take; None where the file system does not count."""
    found = [os.statvfs(place) for place in (settings.DATA_DIR, settings.EVIDENCE_DIR) if Path(place).exists()]
    return min((one.f_favail for one in found if one.f_files), default=None)


def _inodes() -> State:
    free = free_inodes()
    told = "not counted here" if free is None else f"{free} free"
    return State("inodes", free is None or free >= LEAST_FREE_INODES, told, False)


def descriptors() -> tuple[int, int]:
    """How many files and lines this process holds open, and how many it may."""
    return sum(1 for _one in Path("/proc/self/fd").iterdir()), resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def state_of_descriptors() -> State:
    """Whether this process comes near to what it may hold open."""
    try:
        held, most = descriptors()
    except OSError:  # not even one for the listing
        return State("descriptors", False, "none left", False)
    good = most == resource.RLIM_INFINITY or held < most * MOST_DESCRIPTORS
    return State("descriptors", good, f"{held} of {most}", False)


def _scanner() -> State:
    """Without one the installation works, but no virus is known to it save the test's own."""
    state = scanning.state()
    told = {"absent": "none: only the test virus is known", "good": "answers"}.get(state, f"{state}: no file is taken")
    return State("scanner", state in ("absent", "good"), told, False)


def _migrations() -> State:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return State("migrations", not waiting, f"{waiting} waiting", True)


def _worker() -> State:
    city = City.objects.filter(code=settings.CITY).first()
    seen = last_seen(city) if city else None
    if seen is None:
        return State("worker", False, "never seen", False)
    ago = our_now() - seen
    return State("worker", ago < WORKER_SILENT, f"seen {int(ago.total_seconds())} s ago", False)


def _clock() -> State:
    """Whether our clock went back behind what the diary tells; order and periods do not hang on it, but deadlines do."""
    city = City.objects.filter(code=settings.CITY).first()
    last = Event.objects.of(city).order_by("-id").values_list("at", flat=True).first() if city else None
    with clock_of(city):
        behind = last - timezone.now() if last else timedelta()
    good = behind <= CLOCK_BEHIND
    return State("clock", good, "goes on" if good else f"{int(behind.total_seconds())} s behind the diary", False)


def newest_backup() -> datetime | None:
    """When the newest backup in the data folder was made; one that is kept elsewhere is not known here."""
    files = list((Path(settings.DATA_DIR) / "backups").glob("zhaoshang-*"))
    stamps = [file.stat().st_mtime for file in files]
    return datetime.fromtimestamp(max(stamps), our_now().tzinfo) if stamps else None


def _backup() -> State:
    """The last one was whole and is not old, wherever it lies."""
    if fault := backups.fault():
        return State("backup", False, f"the last one {'was killed' if fault == 'killed' else 'failed'}", False)
    made = max(filter(None, (newest_backup(), backups.ended())), default=None)
    if made is None:
        return State("backup", True, "not known here", False)
    ago = our_now() - made
    return State("backup", ago < backups.OLD, f"made {int(ago.total_seconds() // 3600)} h ago", False)


def _copy() -> State:
    """Whether a copy lies elsewhere, as far as one is asked for."""
    if not backups.copies_are_due():
        return State("backup_copy", True, "none is asked for", False)
    made = backups.copied()
    told = f"made {int((our_now() - made).total_seconds() // 3600)} h ago" if made else "never made"
    return State("backup_copy", not backups.copy_is_late(), told, False)

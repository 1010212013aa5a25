"""What is counted: requests by door, method and status, how long they took, and what stands in the database when it is asked.

Each process of the server counts for itself into a folder that ``serve`` empties when it starts; the answer adds them up.
"""

import os
import resource
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from zhaoshang.capital.models import ChainHead
from zhaoshang.jobs.queries import by_state, last_seen
from zhaoshang.jobs.running import our_now
from zhaoshang.review.findings.models import WAITING, Finding
from zhaoshang.tenancy.models import City
from zhaoshang.watch import backups
from zhaoshang.watch.states import descriptors, free_inodes, newest_backup, state_of_descriptors

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
REQUESTS = Counter("zhaoshang_requests", "Requests answered", ["door", "method", "status"])
SECONDS = Histogram(
    "zhaoshang_request_seconds",
    "Time to answer",
    ["door"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
ROOM = (
    1 << 20
)  # bytes of a process's counters of a kind: as much as prometheus_client begins with, and more than our labels ever take
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_counts = Event()  # set while this process counts
_counts.set()


class _Standing:
    """What the database holds now."""

    def collect(self) -> Iterator[Any]:
        """One family a number; nothing without a city."""
        city = City.objects.filter(code=settings.CITY).first()
        if city is None:
            return
        jobs = GaugeMetricFamily("zhaoshang_jobs", "Jobs by state", labels=["state"])
        for state, many in by_state(city).items():
            jobs.add_metric([state], many)
        yield jobs
        last = ChainHead.objects.of(city).order_by("-seq").values_list("seq", flat=True).first()
        yield GaugeMetricFamily("zhaoshang_ledger_entries", "Length of the chain", last or 0)
        waiting = Finding.objects.of(city).filter(state__in=WAITING).count()
        yield GaugeMetricFamily("zhaoshang_findings_open", "Findings that wait", waiting)
        if seen := last_seen(city):
            ago = (our_now() - seen).total_seconds()
            yield GaugeMetricFamily("zhaoshang_worker_seen_seconds", "Since a worker gave a sign of life", ago)
        if made := newest_backup():
            ago = (our_now() - made).total_seconds()
            yield GaugeMetricFamily("zhaoshang_backup_age_seconds", "Since the newest backup in the data folder", ago)


class _Machine:
    """Room for files, and how the backups went; asks no database."""

    def collect(self) -> Iterator[Any]:
        """Of ``failed``, ``late`` and ``short`` 1 is an alarm."""
        free = free_inodes()
        if free is not None:
            yield GaugeMetricFamily("zhaoshang_free_inodes", "Files that the fullest volume can still take", free)
        yield from _descriptors()
        failed = bool(backups.fault())
        yield GaugeMetricFamily("zhaoshang_backup_failed", "Whether the last backup failed or was killed", failed)
        if backups.copies_are_due():
            late = backups.copy_is_late()
            yield GaugeMetricFamily("zhaoshang_backup_copy_late", "Whether the copy elsewhere is missing or old", late)


def _descriptors() -> Iterator[Any]:
    """Of the process that answers; where none is left to list them only the alarm."""
    held = state_of_descriptors()
    yield GaugeMetricFamily("zhaoshang_descriptors_short", "Whether files and lines run out", not held.good)
    with suppress(OSError):
        opened, most = descriptors()
        yield GaugeMetricFamily("zhaoshang_descriptors_open", "Files and lines that the process holds", opened)
        if most != resource.RLIM_INFINITY:
            yield GaugeMetricFamily("zhaoshang_descriptors_most", "How many it may hold", most)


def make_room() -> None:
    """Take the room of this process's counters before the first of them. prometheus_client would leave holes in its files: a volume that is
    full when they are written into ends the process with a bus error. Where there is no room by now nothing is counted."""
    if not (folder := os.environ.get(FOLDER)):
        return
    try:
        for kind in ("counter", "histogram"):
            with Path(folder, f"{kind}_{os.getpid()}.db").open("ab") as file:
                os.posix_fallocate(file.fileno(), 0, ROOM)
    except OSError:
        _counts.clear()


def count(door: str, method: str, status: int, seconds: float) -> None:
    """One request was answered. Only known words become labels: whoever asks cannot make new series."""
    if not _counts.is_set():
        return
    REQUESTS.labels(door, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(door).observe(seconds)


def exposed() -> tuple[bytes, str]:
    """All of it, and its content type."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        told = generate_latest(registry)
    else:
        told = generate_latest(REGISTRY)
    standing = CollectorRegistry()
    standing.register(_Machine())
    standing.register(_Standing())
    return told + generate_latest(standing), CONTENT_TYPE_LATEST

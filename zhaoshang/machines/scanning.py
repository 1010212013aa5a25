"""The one door for files: desk and API let those of a request be counted and looked at here before anything is done with it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.db import transaction
from django.utils import timezone

from zhaoshang.common.files.identifying import look_for_test_virus
from zhaoshang.common.files.kinds import refusal
from zhaoshang.common.problems import Refused
from zhaoshang.common.scanning import PIECE, Scanner, ScannerAway
from zhaoshang.people.brakes import take
from zhaoshang.people.diary import record
from zhaoshang.people.safety import policy_on
from zhaoshang.regions.access import Viewer

__all__ = ["CutShort", "OverQuota", "ScannerAway", "check_files", "scanner", "state"]
MEGABYTE = 1024 * 1024


class CutShort(Exception):
    """The line broke before all that was announced had come: a form without its file would be half a form."""


class OverQuota(Exception):
    """The unit has sent as many files, or as much, as the safety policy lets it; ``seconds`` after which it may again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def scanner() -> Scanner | None:
    """The installation's scanner; None when it has none."""
    return Scanner(settings.SCANNER, settings.SCANNER_SECONDS) if settings.SCANNER else None


def state() -> str:
    """``absent``, ``good``, or the code of :class:`ScannerAway`."""
    asked = scanner()
    if asked is None:
        return "absent"
    try:
        asked.lives()
    except ScannerAway as away:
        return away.code
    return "good"


def check_files(request: Any) -> None:
    """Let every file of the request be counted and looked at: without a scanner for the test virus only, with one by it as well.

    Raises :class:`CutShort`, :class:`OverQuota`, ``common.files.Refused`` (``malware``), and :class:`ScannerAway` when there is no verdict:
    nothing of the request may be done then. All but the first leave a line in the diary.
    """
    if request.method != "POST" or request.content_type != "multipart/form-data":
        return
    files = [file for _name, held in request.FILES.lists() for file in held]
    stream = getattr(request, "_stream", None)
    if isinstance(stream, LimitedStream) and getattr(stream, "_pos", stream.limit) < stream.limit:
        raise CutShort
    if not files:
        return
    viewer: Viewer = request.viewer
    city, by = viewer.city, viewer.user
    _count(viewer, files)
    try:
        _look_through(files)
    except Refused as found:
        record(
            "machines.file.refused", city=city, by=by, at=timezone.now(), refused=True, found=str(found.params["where"])
        )
        raise
    except ScannerAway as away:
        record("machines.scanner.away", city=city, by=by, at=timezone.now(), refused=True, why=away.code)
        raise


def _count(viewer: Viewer, files: Sequence[Any]) -> None:
    """Each unit has its own measure, whoever of it sends; who is of none has one alone."""
    units = ",".join(sorted(map(str, viewer.unit_ids)))
    who = units or str(viewer.user.pk if viewer.user else "")
    megabytes = sum(max(1, -(-(file.size or 0) // MEGABYTE)) for file in files)
    for door, many in (("files", len(files)), ("megabytes", megabytes)):
        rate = policy_on().brakes.get(door)  # an older policy of an installation has none
        with transaction.atomic():
            seconds = take(city=viewer.city, door=door, who=who, rate=rate, many=many) if rate else 0
        if seconds:
            record(
                "machines.file.over_quota", city=viewer.city, by=viewer.user, at=timezone.now(), refused=True, of=door
            )
            raise OverQuota(seconds)


def _look_through(files: Sequence[Any]) -> None:
    asked = scanner()
    if asked:
        asked.lives()  # one that hangs is known within a second, not after the time that a large file may take
    for file in files:
        look_for_test_virus(file.read(), "")
        file.seek(0)
        found = asked.found(file.chunks(PIECE)) if asked else ""
        file.seek(0)
        if found:
            raise refusal("malware", where=found[:100])

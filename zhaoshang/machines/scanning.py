"""The one door for files: desk and API let each file that a request brings be looked at here before anything is done with the request."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhaoshang.common.files.identifying import look_for_test_virus
from zhaoshang.common.files.kinds import refusal
from zhaoshang.common.problems import Refused
from zhaoshang.common.scanning import PIECE, Scanner, ScannerAway
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

__all__ = ["ScannerAway", "check_files", "scanner", "state"]


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


def check_files(request: Any, *, city: City, by: User | None) -> None:
    """Let every file of the request be looked at: without a scanner for the test virus only, with one by it as well.

    Raises ``common.files.Refused`` (``malware``), and :class:`ScannerAway` when the scanner gives no verdict: in either case nothing of the
    request may be done. Each leaves a line in the diary.
    """
    files = [file for files in (request.FILES.lists() if request.method == "POST" else ()) for file in files[1]]
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


def _look_through(files: Sequence[Any]) -> None:
    asked = scanner() if files else None
    if asked:
        asked.lives()  # one that hangs is known within a second, not after the time that a large file may take
    for file in files:
        look_for_test_virus(file.read(), "")
        file.seek(0)
        found = asked.found(file.chunks(PIECE)) if asked else ""
        file.seek(0)
        if found:
            raise refusal("malware", where=found[:100])

"""How the last backup went, kept in the data folder for whoever watches: a failed or killed one is an alarm, not only an exit code.

``begun`` is written before anything else: one whose process was killed, or that found no room even to say so, is known by its end missing.
"""

import fcntl
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from zhaoshang.jobs.running import our_now

FILE, LOCK = "backup.json", "backup.lock"
OLD = timedelta(hours=36)


def told() -> dict[str, Any]:
    """What is noted: ``begun``, ``ended``, ``failed`` with ``why``, ``copied``, ``copy_failed``; moments as ISO 8601. Empty before the
    first."""
    try:
        found = json.loads((Path(settings.DATA_DIR) / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def note(**said: str) -> None:
    """Note it beside what was noted; what is given empty is forgotten. Without room nothing is noted: the end is missing then."""
    kept: Mapping[str, Any] = {name: value for name, value in {**told(), **said}.items() if value}
    place = Path(settings.DATA_DIR) / FILE
    growing = place.with_name(f".{FILE}.part")
    with suppress(OSError):
        growing.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        growing.replace(place)


def now() -> str:
    """The moment, as it is noted."""
    return our_now().isoformat(timespec="microseconds")


def fault() -> str:
    """Why the last backup is no good: ``failed``, ``killed``; empty when it went well, is under way, or none was tried."""
    said = told()
    began, whole, failed = (said.get(name, "") for name in ("begun", "ended", "failed"))
    if whole >= max(began, failed):
        return ""
    if failed >= began:
        return "failed"
    return "" if _under_way() else "killed"


def ended() -> datetime | None:
    """When the last one was whole."""
    return _moment("ended")


def copied() -> datetime | None:
    """When the last one lay elsewhere, read back and found the same."""
    return _moment("copied")


def copies_are_due() -> bool:
    """Whether each backup is to be handed to somewhere else (``ZHAOSHANG_BACKUP_ELSEWHERE``)."""
    return bool(settings.BACKUP_ELSEWHERE)


def copy_is_late() -> bool:
    """Whether the newest copy elsewhere is missing or too old."""
    made = copied()
    return copies_are_due() and (made is None or our_now() - made > OLD)


def _moment(name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told()[name])
    except (KeyError, ValueError, TypeError):
        return None


def _under_way() -> bool:
    """Whether a process holds the lock; a killed one's is free."""
    try:
        descriptor = os.open(Path(settings.DATA_DIR) / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False

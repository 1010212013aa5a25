"""How far a job is, in a small file beside the database: within its one transaction nothing that it writes there can be seen by others."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` (0: not known) within a step, which is a word of the kind of job."""

    step: str = ""
    done: int = 0
    total: int = 0


def _place(key: UUID) -> Path:
    return Path(settings.JOBS_DIR) / "progress" / f"{key}.json"


def write(key: UUID, told: Progress) -> None:
    """Put it down; a disk that is full keeps no job from going on."""
    path = _place(key)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(asdict(told)), "utf-8")
        fresh.replace(path)


def read(key: UUID) -> Progress:
    """What was put down last; nothing known when there is nothing."""
    try:
        return Progress(**json.loads(_place(key).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Progress()


def forget(key: UUID) -> None:
    """The job has ended."""
    with suppress(OSError):
        _place(key).unlink()

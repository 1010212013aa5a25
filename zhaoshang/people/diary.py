"""The diary: every write leaves a line, in the same transaction as what it tells of."""

from datetime import datetime
from typing import Any

from django.db import models

from zhaoshang.people.models import Event, User
from zhaoshang.tenancy.models import City


def record(
    verb: str,
    *,
    city: City,
    by: User | None,
    at: datetime,
    about: models.Model | None = None,
    refused: bool = False,
    **detail: Any,
) -> Event:
    """Append one line. ``verb`` names noun and act (``capital.payment.verified``); ``detail`` must be plain JSON."""
    return Event.objects.create(
        city=city,
        by=by,
        at=at,
        verb=verb,
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        about_text=str(about)[:200].replace("\n", " ").replace("\r", " ") if about is not None else "",
        refused=refused,
        detail=detail,
    )


def looked_up(*, city: City, by: User, at: datetime, sought: dict[str, str], exported: bool = False) -> None:
    """Somebody read the diary, or took it away as a file: the reader is written down like everybody else."""
    record("people.diary.exported" if exported else "people.diary.read", city=city, by=by, at=at, sought=sought)

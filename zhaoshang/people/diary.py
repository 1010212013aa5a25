"""The diary: every write leaves a line, in the same transaction as what it tells of."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from unicodedata import category

from django.db import models, transaction

from zhaoshang.common.problems import WritesStopped
from zhaoshang.people.models import Event, User
from zhaoshang.tenancy.models import City

# What may still be written down where writing has stopped: who comes and goes, who looks, and the decision about the copy itself.
_STILL = (
    "people.session.", "people.password.", "people.factor.", "people.passkey.", "people.language.", "people.diary.", "people.copy.",
    "people.link.", "desk.refused",
)  # fmt: skip


# Controls, line and paragraph separators.
_STEERING = {"Cc", "Zl", "Zp"}

_acts: ContextVar[list[str] | None] = ContextVar("acts_counted", default=None)
_together: ContextVar[list[Event] | None] = ContextVar("lines_together", default=None)


@contextmanager
def acts_counted() -> Iterator[list[str]]:
    """The verbs of what is done in the block, refusals left out; empty when nothing was."""
    acts: list[str] = []
    token = _acts.set(acts)
    try:
        yield acts
    finally:
        _acts.reset(token)


@contextmanager
def lines_together() -> Iterator[None]:
    """Write the lines of many acts at once, when the block ends: for one transaction that loads much, and reads no line meanwhile.

    An act that fails takes the block's transaction with it, so none is kept without its line. Raises ``TransactionManagementError``
    outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("lines_together")
    lines: list[Event] = []
    token = _together.set(lines)
    try:
        yield
    finally:
        _together.reset(token)
    Event.objects.bulk_create(lines, batch_size=500)


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
    """Append one line. ``verb`` names noun and act (``capital.payment.verified``); ``detail`` must be plain JSON.

    Every write leaves a line, so this is where a copy that may not be written refuses: raises :class:`WritesStopped`.
    """
    line = _line(verb, city, by, at, about, detail)
    line.refused = refused
    if (acts := _acts.get()) is not None and not refused:
        acts.append(verb)
    together = _together.get()
    if together is None:
        line.save(force_insert=True)
    else:
        together.append(line)
    return line


def record_each(
    verb: str, told: Sequence[tuple[models.Model, Mapping[str, Any]]], *, city: City, by: User, at: datetime
) -> None:
    """Append a line about each of many rows, with its own detail."""
    if (acts := _acts.get()) is not None:
        acts.extend(verb for _row in told)
    Event.objects.bulk_create([_line(verb, city, by, at, about, detail) for about, detail in told], batch_size=500)


def _line(
    verb: str, city: City, by: User | None, at: datetime, about: models.Model | None, detail: Mapping[str, Any]
) -> Event:
    if city.behind_seq and not verb.startswith(_STILL):
        raise WritesStopped(city.behind_seq)
    return Event(
        city=city,
        by=by,
        at=at,
        verb=verb,
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        about_text=one_line(str(about)[:200]) if about is not None else "",
        detail={name: _storable(told) for name, told in detail.items()},
    )


def one_line(text: str) -> str:
    """The text with a blank for every sign that begins a line or steers a screen, whichever alphabet it is of."""
    return "".join(" " if category(sign) in _STEERING else sign for sign in text)


def _storable(told: Any) -> Any:
    """As it was typed, but for NUL, which PostgreSQL keeps in no text: what was refused would otherwise leave no line."""
    if isinstance(told, str):
        return told.replace("\x00", "\ufffd")
    if isinstance(told, Mapping):
        return {name: _storable(part) for name, part in told.items()}
    return [_storable(part) for part in told] if isinstance(told, list | tuple) else told


def looked_up(*, city: City, by: User, at: datetime, sought: dict[str, str], exported: bool = False) -> None:
    """Somebody read the diary, or took it away as a file: the reader is written down like everybody else."""
    record("people.diary.exported" if exported else "people.diary.read", city=city, by=by, at=at, sought=sought)

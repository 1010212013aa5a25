"""The clock of a sample city, which stands some days behind ours, so that its invented work is due and not years overdue.

Doors ask ``timezone.now()`` as everywhere; within :func:`clock_of` a sample city it answers with the city's own moment. For any other
city nothing is ever set back: the database refuses ``days_behind`` there, and this does not look at it (ADR 18).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from zhaoshang.tenancy.models import City

_days: ContextVar[int] = ContextVar("days_behind", default=0)
_real_now = timezone.now


@wraps(_real_now)
def _now() -> datetime:
    return _real_now() - timedelta(days=_days.get())


def install() -> None:
    """Let ``timezone.now()`` and ``timezone.localdate()`` answer with the moment of the city that is served. Once,
    before any model takes ``timezone.now`` for a default."""
    timezone.now = _now


@contextmanager
def clock_of(city: "City | None") -> Iterator[None]:
    """Whatever asks for the time meanwhile is told the city's."""
    token = _days.set(city.days_behind if city is not None and city.is_sample else 0)
    try:
        yield
    finally:
        _days.reset(token)


def now_of(city: "City") -> datetime:
    """The city's moment, for its diary, where all else goes by our clock: at the login."""
    with clock_of(city):
        return timezone.now()


def true_now() -> datetime:
    """Our own clock's moment, whatever city is served: sessions, one-time codes and passwords end by it."""
    return _real_now()


def is_set_back() -> bool:
    """Whether the time that is told now is not ours."""
    return _days.get() != 0

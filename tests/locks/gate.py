"""Two hands at one lock: what each has read under it stands still until the other has read, too, if the lock lets it."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from threading import Barrier, BrokenBarrierError, local
from typing import Any

import pytest
from architecture.rooms import ROOT
from cast import Cast
from concurrency import crowd
from django.db import DatabaseError, connection
from django.db.models import QuerySet

from zhaoshang.people.models import Event
from zhaoshang.tenancy.models import City

HERE = f"{ROOT}/zhaoshang/"
BESIDE = "tenancy/models.py"  # what every ``select_for_update`` goes through
# With the lock the other hand never comes, so that waiting is in vain; without it, it comes as soon as the machine lets it.
VAIN_S, LONGEST_S = 0.25, 10.0


@dataclass(frozen=True)
class Outcome:
    """How the hands ended, in no order: done, or the name of the refusal; how many lines the diary has now more; and whether the city's
    row says that it keeps secrets."""

    ended: tuple[str, ...]
    lines: int
    secrets: bool


class Gate:
    """At one lock, which stands or is taken away; ``reached``: whether anybody came to it."""

    def __init__(self, site: str, stands: bool) -> None:
        self.site, self.stands, self.reached = site, stands, False
        self._meeting, self._own = Barrier(2), local()

    def lock(self, rows: Any, locked: Callable[..., Any], options: dict[str, Any]) -> Any:
        """Lock the rows, unless by the lock that is taken away."""
        if _caller() != self.site:
            return locked(rows, **options)
        self.reached = self._own.waits = True
        return locked(rows, **options) if self.stands else rows.all()

    def hand(self) -> AbstractContextManager[Any]:
        """Around one hand's work: before the first write after the lock it waits for the other."""

        def meet(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            if getattr(self._own, "waits", False) and sql.startswith(("INSERT", "UPDATE", "DELETE")):
                self._own.waits = False
                with suppress(BrokenBarrierError):
                    self._meeting.wait(VAIN_S if self.stands else LONGEST_S)
            return execute(sql, params, many, context)

        return connection.execute_wrapper(meet)


def _caller() -> str:
    """The function that locks, as ``file::function``."""
    frame: Any = sys._getframe(1)
    while frame:
        name = frame.f_code.co_filename
        if name.startswith(HERE) and not name.endswith(BESIDE):
            return f"{name.removeprefix(HERE)}::{frame.f_code.co_name}"
        frame = frame.f_back
    return ""


def raced(monkeypatch: pytest.MonkeyPatch, cast: Cast, calls: Sequence[Callable[[], Any]], gate: Gate) -> Outcome:
    """Both calls at once at this gate."""
    locked, rows = QuerySet.select_for_update, Event.objects.of(cast.city)
    before = rows.count()
    with monkeypatch.context() as patched:
        patched.setattr(QuerySet, "select_for_update", lambda rows, **options: gate.lock(rows, locked, options))
        patched.setattr(crowd, "each_hand", gate.hand)
        answers = crowd.at_once(calls)
    assert gate.reached, "nobody came to this lock"
    if gate.stands:
        assert not any(isinstance(one, DatabaseError) for one in answers), answers
    ended = sorted(type(one).__name__ if isinstance(one, Exception) else "done" for one in answers)
    return Outcome(tuple(ended), rows.count() - before, City.objects.get(pk=cast.city.pk).keeps_secrets)

"""What every row passes that is about to go for good: one that is deleted, and one whose ``erased_at`` is set.

A room above says what has to stay (``people.holds``); this one only sees to it that it is asked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Keeper = Callable[[Any], None]
_keepers: list[Keeper] = []
_went_before: ContextVar[bool] = ContextVar("went_before", default=False)


def ask(keeper: Keeper) -> None:
    """From now on ``keeper`` is asked, with a queryset of the rows that are to go; it refuses by raising."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def leaving(rows: Any) -> None:
    """The rows are about to go. Raises what a keeper raises."""
    if not _went_before.get():
        for keeper in _keepers:
            keeper(rows)


@contextmanager
def went_before() -> Iterator[None]:
    """What goes inside had gone lawfully already, and only came back with a restored copy: nobody is asked again."""
    token = _went_before.set(True)
    try:
        yield
    finally:
        _went_before.reset(token)

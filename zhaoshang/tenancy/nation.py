"""Statements that visit every city: allowed only inside a block that says so by name.

Everything else asks one city, which a sharded installation answers on one server. Tests refuse any other statement
(``tests/statement_guard.py``); in production this only marks the place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_visiting: ContextVar[bool] = ContextVar("whole_nation", default=False)


@contextmanager
def whole_nation() -> Iterator[None]:
    """Statements in the block may visit every city. Roll-ups only: never the ledger itself."""
    token = _visiting.set(True)
    try:
        yield
    finally:
        _visiting.reset(token)


def visits_the_nation() -> bool:
    """Whether such a block is open."""
    return _visiting.get()

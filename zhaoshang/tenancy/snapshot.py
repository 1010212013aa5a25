"""One state of the store for all that is read within: long reports add up, whoever writes meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_state() -> Iterator[None]:
    """What is read inside is as it was at the first question, and nobody waits for it. Inside another transaction that one's rules hold.

    Little should be written inside: SQLite refuses it at once when another has written since the first question.
    """
    held: Any = connection
    if held.in_atomic_block:
        yield
        return
    with _without_writing(held) if held.vendor == "sqlite" else nullcontext(), transaction.atomic():
        if held.vendor == "postgresql":
            with held.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def _without_writing(held: Any) -> Iterator[None]:
    """A transaction that begins by reading: as a writer it would keep every other waiting."""
    held.ensure_connection()  # which sets its mode
    mode, held.transaction_mode = held.transaction_mode, None
    try:
        yield
    finally:
        held.transaction_mode = mode

"""Many hands at once: each call in a thread with a connection of its own, all let go together."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any, TypeVar

from django.db import connections

Answer = TypeVar("Answer")


def at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer | Exception]:
    """Run the calls at the same time; each one's answer, or the exception that it ended with, in their order."""
    gate = Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def work(place: int) -> None:
        try:
            gate.wait(timeout=30)
            answers[place] = calls[place]()
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=(place,), daemon=True) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits"
    return answers

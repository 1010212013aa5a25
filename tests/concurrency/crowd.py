"""Many hands at once: each call in a thread with a connection of its own, all let go together."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from threading import Barrier, Thread
from typing import Any, TypeVar

from django.db import connections

Answer = TypeVar("Answer")
each_hand: Callable[[], AbstractContextManager[Any]] = nullcontext  # what a test puts around each hand's work
LONGEST_S = 120 if "ZHAOSHANG_LONG" not in os.environ else 3600


def at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer | Exception]:
    """Run the calls at the same time; each one's answer, or the exception that it ended with, in their order."""
    gate = Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def work(place: int) -> None:
        try:
            gate.wait(timeout=30)
            with each_hand():
                answers[place] = calls[place]()
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=(place,), daemon=True) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=LONGEST_S)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits"
    return answers


def many(short: int, long: int) -> int:
    """How many: few in `make test`, many in `make test-long`."""
    return long if "ZHAOSHANG_LONG" in os.environ else short


def in_turn(count: int, work: Callable[[int], Answer]) -> Callable[[], list[Answer | Exception]]:
    """One hand that does ``work`` so many times on one connection; what each turn gave, or the exception that it ended with."""

    def all_turns() -> list[Answer | Exception]:
        answers: list[Answer | Exception] = []
        for turn in range(count):
            try:
                answers.append(work(turn))
            except Exception as error:
                answers.append(error)
        return answers

    return all_turns


def in_step(hands: int, rounds: int, work: Callable[[int, int], Answer]) -> list[list[Answer | Exception]]:
    """``work(hand, round)``, all hands let go together in each round, on a connection each; a list of answers for each hand."""
    gate = Barrier(hands)

    def one(hand: int) -> list[Answer | Exception]:
        def step(turn: int) -> Answer:
            gate.wait(timeout=60)
            return work(hand, turn)

        return in_turn(rounds, step)()

    told = at_once([partial(one, hand) for hand in range(hands)])
    assert not any(isinstance(answers, Exception) for answers in told), told
    return told  # type: ignore[return-value]

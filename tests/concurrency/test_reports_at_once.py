"""A long report reads one state of the store while others write, and keeps none of them waiting."""

import os
from contextlib import nullcontext
from functools import partial
from itertools import count
from pathlib import Path
from statistics import quantiles
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from cast import NOW, YI, Cast, assemble
from django.db import connection, transaction

from concurrency.crowd import at_once, many
from zhaoshang.capital.models import Payment, Total
from zhaoshang.capital.rules import Kind, Standing
from zhaoshang.review.actions import decide, submit
from zhaoshang.tenancy.snapshot import one_state

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 20
TURNS = count()


def account(cast: Cast) -> tuple[int, int, int]:
    """Payments that are verified, their sum, and the sum in the roll-ups: three questions, which writers may come between."""
    rows = Payment.objects.of(cast.city).filter(standing=Standing.VERIFIED)
    amounts = list(rows.values_list("amount_fen", flat=True))
    sleep(0.01)
    rolled = Total.objects.of(cast.city).filter(facet="").values_list("amount_fen", flat=True)
    return rows.count(), sum(amounts), sum(rolled) * 10 // 3  # working capital counts for three tenths


def write_until(cast: Cast, over: Event, taken: list[float]) -> None:
    """Declare and verify until the report is done; adds how long each took."""
    try:
        while not over.is_set():
            began = monotonic()
            draft = cast.draft(kind=Kind.WORKING_CAPITAL, bank_serial=f"R-{next(TURNS)}", amount_fen=YI)
            payment = submit(draft=draft, proofs=[], by=cast.officer, at=NOW)
            decide(payment=payment, verdict="verify", revision=payment.revision, by=cast.verifier, at=NOW)
            taken.append(monotonic() - began)
    finally:
        over.set()  # also when it was refused: nobody waits for what is not written


def reading(cast: Cast, over: Event, taken: list[float], seconds: float, inside: Any) -> list[tuple[int, int, int]]:
    """Read the account again and again, as a report does, at least until so many were written since the first look."""
    until = monotonic() + seconds
    try:
        with inside():
            seen = [account(cast)]
            before = len(taken)
            while (monotonic() < until or len(taken) < before + WRITERS) and not over.is_set():
                seen.append(account(cast))
            seen.append(account(cast))
    finally:
        over.set()
    return seen


def watched(cast: Cast, seconds: float, inside: Any) -> tuple[list[tuple[int, int, int]], list[float]]:
    """What a report saw while twenty wrote, and how long their writes took."""
    over, taken = Event(), list[float]()
    writers = [partial(write_until, cast, over, taken)] * WRITERS
    told: list[Any] = at_once([partial(reading, cast, over, taken, seconds, inside), *writers])
    assert not any(isinstance(one, Exception) for one in told), told
    return told[0], taken


@pytest.mark.case("G8")
def test_a_long_report_sees_one_state_while_twenty_write() -> None:
    cast, seconds = assemble(), many(1, int(os.environ.get("ZHAOSHANG_REPORT_S", "600")))
    _seen, before = watched(cast, seconds / 10, nullcontext)
    seen, taken = watched(cast, seconds, one_state)
    assert len(set(seen)) == 1 and seen[0][1] == seen[0][2]
    assert Payment.objects.of(cast.city).count() == len(before) + len(taken) >= max(WRITERS, seen[0][0] + 1)
    usual, beside = (quantiles(times, n=20)[-1] for times in (before, taken))
    print(
        f"{connection.vendor}: a report of {seconds} s, {len(taken)} writes, p95 {beside:.2f} s; short questions before it: {usual:.2f}"
    )
    if connection.vendor == "sqlite":
        log = Path(f"{connection.settings_dict['NAME']}-wal")
        print(f"its log {log.stat().st_size / 1e6:.1f} MB")


def test_without_it_a_report_would_mix_states() -> None:
    cast = assemble()
    with transaction.atomic():
        assert transaction.get_connection().in_atomic_block
        with one_state():  # the outer transaction's rules hold
            assert Payment.objects.of(cast.city).count() == 0
    seen, _taken = watched(cast, 1, nullcontext)
    assert len(set(seen)) > 1

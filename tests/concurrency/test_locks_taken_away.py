"""A test of tests: with a lock taken away, the test that speaks for it fails. On SQLite the lock is that a writer begins as one."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from cast import NOW, YI, Cast, assemble
from django.db import connection, connections
from django.db.models import QuerySet

from concurrency import crowd as hands
from concurrency.crowd import at_once
from concurrency.test_claims_at_once import test_of_two_claims_at_the_same_instant_one_holds as claims_at_once
from concurrency.test_ledger_at_once import MARCH, of, verifying
from concurrency.test_ledger_at_once import (
    test_a_close_among_twenty_approvals_leaves_each_wholly_before_or_after as close_among,
)
from zhaoshang.capital.actions import MoreThanLeft, declare_opposite
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import ChainHead, Payment
from zhaoshang.regions.models import ReportMonth
from zhaoshang.tenancy.models import City

pytestmark = pytest.mark.django_db(transaction=True)


def opposite_entries_in_two_months(cast: Cast) -> None:
    """Never more is taken back than there is, also when each is declared for another month."""
    payment = cast.verified()
    told: dict[str, Any] = {"amount_fen": 6 * YI // 10, "reason": "退回", "by": cast.officer, "at": NOW}
    answers = at_once(
        [partial(declare_opposite, payment=payment, report_month=MARCH - back, **told) for back in (0, 1)]
    )
    assert (len(of(answers, Payment)), len(of(answers, MoreThanLeft))) == (1, 1)


def one_chain_for_two_months(cast: Cast) -> None:
    """What is verified for different months at once gets its places in the chain one after the other."""
    payments = [cast.declared(report_month=MARCH - place % 2) for place in range(6)]
    answers = at_once([verifying(cast, payment, cast.verifier) for payment in payments])
    assert sorted(answer.seq for answer in of(answers, Payment)) == list(range(1, 7))
    assert walk(cast.city).faults == []


LOCKS: dict[type, Callable[[Cast], None]] = {
    ReportMonth: close_among,
    Payment: opposite_entries_in_two_months,
    ChainHead: one_chain_for_two_months,
    City: lambda _cast: claims_at_once(None),
}


def slowly() -> AbstractContextManager[Any]:
    """Between what was read and what is written lies time enough for everybody else."""

    def pause(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            time.sleep(0.02)
        return execute(sql, params, many, context)

    return connection.execute_wrapper(pause)


def take_away(monkeypatch: pytest.MonkeyPatch, model: type) -> None:
    """The lock on the rows of ``model``; on SQLite the one lock that there is."""
    locked = QuerySet.select_for_update

    def unlocked(rows: Any, **options: Any) -> Any:
        return rows.all() if issubclass(rows.model, model) else locked(rows, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "transaction_mode", "DEFERRED")


@pytest.mark.case("G11")
@pytest.mark.parametrize("model", LOCKS, ids=lambda model: model.__name__)
def test_with_a_lock_taken_away_its_own_test_fails(monkeypatch: pytest.MonkeyPatch, model: type) -> None:
    cast = assemble() if model is not City else None
    monkeypatch.setattr(hands, "each_hand", slowly)
    take_away(monkeypatch, model)
    with pytest.raises(AssertionError):
        LOCKS[model](cast)  # type: ignore[arg-type]


@pytest.mark.parametrize("model", [Payment, ChainHead], ids=lambda model: model.__name__)
def test_with_its_lock_it_passes_however_slow_the_hands(monkeypatch: pytest.MonkeyPatch, model: type) -> None:
    monkeypatch.setattr(hands, "each_hand", slowly)
    LOCKS[model](assemble())
    assert hands.each_hand is slowly

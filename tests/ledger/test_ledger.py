"""The ledger: four eyes, closed months, opposite entries, the chain, and what the database refuses by itself."""

from datetime import timedelta
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.db import DatabaseError, connection, transaction
from payments.foreign import dollars

from zhaoshang.capital import actions, rollup, verification
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Payment
from zhaoshang.capital.queries import by_unit
from zhaoshang.capital.rules import Proof
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.regions.actions import SamePerson, ask_reopen, close_month, decide_reopen
from zhaoshang.regions.rules import SourceClass
from zhaoshang.tenancy import guards

Q1 = Period.parse("2023Q1")
MARCH = parse_month("2023-03")
OUTSIDE = [SourceClass.OUTSIDE_PROVINCE]


def total(cast: Cast) -> int:
    return by_unit(cast.city, cast.rules, OUTSIDE, Q1).get(cast.east.pk, type("None", (), {"fen": 0})).fen


def refused(sql: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(error.value)


def key(payment: Payment) -> Any:
    return Payment._meta.pk.get_db_prep_value(payment.pk, connection)


def test_a_verified_payment_counts_at_once_and_a_declared_one_does_not(cast: Cast) -> None:
    cast.declared()
    assert total(cast) == 0
    cast.verified()
    assert total(cast) == YI


@pytest.mark.case("F7")
def test_own_payment_cannot_be_verified(cast: Cast) -> None:
    payment = cast.declared()
    with pytest.raises(verification.OwnPayment):
        verification.verify(payment=payment, revision=payment.revision, by=cast.officer, at=NOW)


@pytest.mark.case("F7")
def test_the_database_refuses_one_pair_of_eyes(cast: Cast) -> None:
    payment = cast.declared()
    sql = "UPDATE capital_payment SET standing='returned', return_reason='x', "
    sql += "decided_by_id=declared_by_id, decided_at=declared_at WHERE id=%s"
    assert "payment_four_eyes" in refused(sql, key(payment))


def test_missing_evidence_is_named(cast: Cast) -> None:
    payment = cast.declared(with_evidence=False)
    with pytest.raises(verification.EvidenceMissing) as missing:
        verification.verify(payment=payment, revision=payment.revision, by=cast.verifier, at=NOW)
    assert missing.value.groups == [[Proof.BANK_RECEIPT, Proof.PROGRESS_SHEET]]


@pytest.mark.case("F9")
def test_a_payment_changed_since_it_was_looked_at_must_be_looked_at_again(cast: Cast) -> None:
    payment = cast.declared()
    actions.amend(
        payment=payment, draft=cast.draft(amount_fen=2 * YI), revision=payment.revision, by=cast.officer, at=NOW
    )
    with pytest.raises(verification.Changed):
        verification.verify(payment=payment, revision=payment.revision, by=cast.verifier, at=NOW)


@pytest.mark.parametrize("column", ["amount_fen=1", "note='x'", "standing='declared'", "digest='x'"])
@pytest.mark.case("F1")
def test_the_database_refuses_to_change_a_verified_payment(cast: Cast, column: str) -> None:
    payment = cast.verified()
    assert "decided payment never changes" in refused(f"UPDATE capital_payment SET {column} WHERE id=%s", key(payment))


@pytest.mark.case("F1")
def test_the_database_refuses_to_delete_payments_and_diary(cast: Cast) -> None:
    cast.declared()
    assert "never deleted" in refused("DELETE FROM capital_payment")
    assert "append-only" in refused("DELETE FROM people_event")


@pytest.mark.case("F10")
def test_nothing_is_written_into_a_closed_month(cast: Cast) -> None:
    payment = cast.declared()
    close_month(city=cast.city, number=MARCH, by=cast.statistician, at=NOW)
    with pytest.raises(actions.PeriodClosed):
        cast.declared()
    with pytest.raises(verification.PeriodClosed):
        verification.verify(payment=payment, revision=payment.revision, by=cast.verifier, at=NOW)
    assert "month is closed" in refused("UPDATE capital_payment SET note='x' WHERE id=%s", key(payment))


@pytest.mark.case("F10")
def test_a_clock_set_back_to_before_the_close_opens_nothing(cast: Cast) -> None:
    payment, before = cast.declared(), NOW - timedelta(days=20)
    close_month(city=cast.city, number=MARCH, by=cast.statistician, at=NOW)
    with pytest.raises(actions.PeriodClosed):
        actions.declare(draft=cast.draft(), by=cast.officer, at=before)
    with pytest.raises(verification.PeriodClosed):
        verification.verify(payment=payment, revision=payment.revision, by=cast.verifier, at=before)


@pytest.mark.case("F12")
def test_reopening_takes_two_people_and_stays_on_record(cast: Cast) -> None:
    close_month(city=cast.city, number=MARCH, by=cast.statistician, at=NOW)
    change = ask_reopen(city=cast.city, number=MARCH, reason="凭证补正", by=cast.statistician, at=NOW)
    with pytest.raises(SamePerson):
        decide_reopen(change=change, approved=True, by=cast.statistician, at=NOW)
    decide_reopen(change=change, approved=True, by=cast.second_statistician, at=NOW)
    assert cast.verified().seq == 1
    assert "final" in refused("UPDATE regions_monthchange SET reason='' WHERE kind='reopen'")


@pytest.mark.case("F5")
def test_a_verification_that_is_rolled_back_leaves_no_gap(cast: Cast) -> None:
    cast.verified()
    with pytest.raises(_Undo), transaction.atomic():
        assert cast.verified().seq == 2
        raise _Undo
    assert cast.verified().seq == 2
    assert (walk(cast.city).entries, walk(cast.city).faults) == (2, [])


@pytest.mark.case("F22")
def test_an_opposite_entry_takes_the_amount_back_and_both_stay(cast: Cast) -> None:
    """03-06 declare 1亿 / verify / take back 0.4亿 / verify → 0.6亿 counts, two entries in the chain."""
    payment = cast.verified()
    opposite = actions.declare_opposite(
        payment=payment, report_month=MARCH, amount_fen=4 * YI // 10, reason="付款退回", by=cast.officer, at=NOW
    )
    verification.verify(payment=opposite, revision=1, by=cast.verifier, at=NOW)
    assert (total(cast), walk(cast.city).entries) == (6 * YI // 10, 2)


def test_more_than_is_left_cannot_be_taken_back(cast: Cast) -> None:
    with pytest.raises(actions.MoreThanLeft):
        actions.declare_opposite(
            payment=cast.verified(), report_month=MARCH, amount_fen=YI + 1, reason="x", by=cast.officer, at=NOW
        )


def test_the_same_slip_cannot_support_two_payments_and_both_are_named(cast: Cast) -> None:
    first = cast.declared(bank_serial="SLIP-1")
    with pytest.raises(actions.ProofInUse) as refusal:
        cast.declared(bank_serial="slip-1 ", project=cast.harbour)
    assert (refusal.value.holder.pk, refusal.value.wanted) == (first.pk, "示例码头")


def test_a_returned_payment_frees_its_slip(cast: Cast) -> None:
    first = cast.declared(bank_serial="SLIP-2")
    verification.return_(payment=first, revision=first.revision, reason="金额与进账单不符", by=cast.verifier, at=NOW)
    assert cast.declared(bank_serial="SLIP-2").pk != first.pk


def test_rollups_equal_the_payments_and_drift_is_found(cast: Cast) -> None:
    cast.verified(), cast.verified(source_code="210100"), cast.verified(kind="working_capital")
    assert rollup.drift(cast.city) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE capital_total SET amount_fen = amount_fen + 1 WHERE facet = ''")
    assert rollup.drift(cast.city)
    rollup.rebuild(cast.city)
    assert rollup.drift(cast.city) == []


def test_working_capital_counts_for_the_share_that_the_rule_says(cast: Cast) -> None:
    cast.verified(kind="working_capital")
    assert total(cast) == 3 * YI // 10


def test_every_changed_column_breaks_the_chain(cast: Cast) -> None:
    payment = cast.verified(**dollars(cast))
    cast.verified()
    assert walk(cast.city).faults == []
    for field in Payment._meta.concrete_fields:
        if (
            field.get_internal_type() not in ("CharField", "TextField", "BigIntegerField", "PositiveIntegerField")
            or field.choices
        ):
            continue
        if field.attname in {"source_class", "kind", "origin", "standing", "seq", "digest", "reason"}:
            continue  # held by check constraints, or the walk's own order
        text = field.get_internal_type() == "CharField"
        change = f"substr('x' || {field.column}, 1, {field.max_length})" if text else f"{field.column} + 1"
        with pytest.raises(_Undo), transaction.atomic():
            with guards.suspended(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE capital_payment SET {field.column} = {change} WHERE id = %s", [key(payment)])
            assert walk(cast.city).faults, field.attname
            raise _Undo


class _Undo(Exception):
    """Roll the tampering back."""

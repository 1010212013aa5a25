"""Decisions: one by one, many at once, with what is missing and what looks wrong said beforehand."""

from datetime import date, timedelta

import pytest
from cast import NOW, YI, Cast
from django.db.models import Model

from zhaoshang.capital.actions import AlreadyDeclared, Changed, ProofInUse, amend
from zhaoshang.capital.evidence import store
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.capital.rules import Proof, Standing
from zhaoshang.common.ids import uuid7
from zhaoshang.regions.access import viewer_of
from zhaoshang.review.actions import EvidenceMissing, decide, decide_many, submit
from zhaoshang.review.queries import differences, looked_through, undecided, undecided_by_unit
from zhaoshang.review.rules import Hint


def hints_of(cast: Cast, payment: Payment) -> list[Hint]:
    return looked_through(cast.city, [payment])[0].hints


def test_a_returned_payment_keeps_its_reason(cast: Cast) -> None:
    payment = cast.declared()
    decide(payment=payment, verdict="return", revision=payment.revision, reason=" 金额不符 ", by=cast.verifier, at=NOW)
    payment.refresh_from_db(from_queryset=Payment.objects.of(cast.city))
    assert (payment.standing, payment.return_reason) == (Standing.RETURNED, "金额不符")


def test_another_verdict_than_the_two_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="delete"):
        decide(payment=cast.declared(), verdict="delete", revision=1, by=cast.verifier, at=NOW)


def test_one_refused_row_stops_no_other(cast: Cast) -> None:
    good, bare, stale = cast.declared(), cast.declared(with_evidence=False), cast.declared()
    chosen = [(good, good.revision), (bare, bare.revision), (stale, stale.revision - 1)]
    outcomes = decide_many(chosen=chosen, verdict="verify", by=cast.verifier, at=NOW)
    assert [type(outcome.refusal) for outcome in outcomes] == [type(None), EvidenceMissing, Changed]


def test_the_queue_holds_declared_payments_of_open_months_oldest_first(cast: Cast) -> None:
    first, second = cast.declared(), cast.declared(project=cast.harbour)
    cast.verified()
    assert [payment.pk for payment in undecided(viewer_of(cast.verifier, cast.city))] == [first.pk, second.pk]


def test_the_queue_names_what_is_missing(cast: Cast) -> None:
    waiting = looked_through(cast.city, [cast.declared(with_evidence=False)])
    assert waiting[0].missing == [[Proof.BANK_RECEIPT, Proof.PROGRESS_SHEET]]


def test_an_unremarkable_payment_raises_no_hint(cast: Cast) -> None:
    assert hints_of(cast, cast.declared()) == []


def test_more_money_than_the_contract_is_hinted(cast: Cast) -> None:
    cast.verified(amount_fen=4 * YI)
    assert Hint.OVER_CONTRACT in hints_of(cast, cast.declared(amount_fen=2 * YI))


def test_an_amount_far_beyond_the_contract_is_hinted_as_a_wrong_unit(cast: Cast) -> None:
    assert hints_of(cast, cast.declared(amount_fen=10_000 * YI)) == [Hint.FAR_OVER_CONTRACT]


@pytest.mark.case("C7")
def test_an_amount_ten_thousand_times_the_others_is_hinted(cast: Cast) -> None:
    cast.verified(amount_fen=YI // 10_000)
    assert Hint.FAR_FROM_OTHERS in hints_of(cast, cast.declared())


def test_the_same_amount_on_the_same_day_is_hinted(cast: Cast) -> None:
    cast.declared()
    assert Hint.SAME_AGAIN in hints_of(cast, cast.declared())


@pytest.mark.parametrize(
    ("paid_on", "hint"),
    [
        (date(2023, 1, 9), Hint.BEFORE_SIGNING),
        (date(2023, 2, 28), Hint.OTHER_MONTH),
        (NOW.date() + timedelta(days=1), Hint.IN_FUTURE),
    ],
)
@pytest.mark.case("F19")
def test_odd_days_are_hinted(cast: Cast, paid_on: date, hint: Hint) -> None:
    assert hint in hints_of(cast, cast.declared(paid_on=paid_on))


@pytest.mark.case("F20")
def test_a_month_filled_on_its_last_day_is_hinted(cast: Cast) -> None:
    payments = [cast.declared(paid_on=date(2023, 3, 31), amount_fen=YI + place) for place in range(3)]
    assert Hint.LAST_DAY in hints_of(cast, payments[0])


def test_looking_through_takes_the_same_queries_for_one_row_and_for_many(
    cast: Cast, django_assert_num_queries: object
) -> None:
    payments = [cast.declared(amount_fen=YI + place) for place in range(5)]
    with django_assert_num_queries(7):  # type: ignore[operator]
        looked_through(cast.city, payments[:1])
    with django_assert_num_queries(7):  # type: ignore[operator]
        looked_through(cast.city, payments)


@pytest.mark.case("G3")
def test_a_form_sent_twice_is_one_payment(cast: Cast) -> None:
    key = uuid7()
    first = submit(draft=cast.draft(key=key), proofs=[], by=cast.officer, at=NOW)
    with pytest.raises(AlreadyDeclared) as again:
        submit(draft=cast.draft(key=key), proofs=[], by=cast.officer, at=NOW)
    assert (again.value.payment.pk, first.pk) == (key, key)


def test_a_payment_whose_file_is_in_use_is_not_declared_either(cast: Cast) -> None:
    file = store(city=cast.city, content=b"%PDF-1.4\n%%EOF\n", name="a.pdf", by=cast.officer, at=NOW)
    submit(draft=cast.draft(), proofs=[(file, Proof.BANK_RECEIPT)], by=cast.officer, at=NOW)
    with pytest.raises(ProofInUse):
        submit(draft=cast.draft(), proofs=[(file, Proof.BANK_RECEIPT)], by=cast.officer, at=NOW)
    assert (count(cast, Payment), count(cast, Evidence)) == (1, 1)


def test_what_changed_since_it_was_looked_at_is_told(cast: Cast) -> None:
    payment = cast.declared(note="甲")
    seen = payment.revision
    for fen, note in [(2 * YI, "乙"), (3 * YI, "甲")]:
        payment = amend(
            payment=payment,
            draft=cast.draft(amount_fen=fen, note=note, bank_serial=payment.bank_serial),
            revision=payment.revision,
            by=cast.officer,
            at=NOW,
        )
    told = [(one.column, one.before, one.after) for one in differences(payment, seen)]
    assert told == [("amount_fen", str(YI), str(3 * YI))]


def test_what_a_close_would_leave_out_is_counted_by_unit(cast: Cast) -> None:
    month = cast.declared().report_month
    cast.declared(amount_fen=2 * YI)
    left = undecided_by_unit(cast.city, month)
    assert [(one.unit_id, one.payments, one.amount_fen) for one in left] == [(cast.east.pk, 2, 3 * YI)]


def count(cast: Cast, model: type[Model]) -> int:
    return int(model.objects.of(cast.city).count())  # type: ignore[attr-defined]

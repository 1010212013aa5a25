"""Writers, approvers and a close at the same time: nothing lost, nothing twice, nothing half."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from cast import NOW, YI, Cast, assemble
from dictionary import dictionary
from django.db.models import QuerySet
from imports.sending import book, line

from concurrency.crowd import at_once
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.writing import draft_bulletin, publish_bulletin
from zhaoshang.capital import rollup
from zhaoshang.capital.actions import AlreadyDeclared, NotDeclared, PeriodClosed, ProofInUse, declare_opposite
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Payment, Total
from zhaoshang.capital.rules import Standing
from zhaoshang.common.ids import uuid7
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.freezing import frozen_in, recompute
from zhaoshang.people.actions import open_account
from zhaoshang.people.models import Event
from zhaoshang.regions.actions import AlreadyClosed, close_month
from zhaoshang.review import intake
from zhaoshang.review.actions import decide, submit

pytestmark = pytest.mark.django_db(transaction=True)
MARCH = parse_month("2023-03")


@pytest.fixture
def crowd() -> Cast:
    """The usual people, in a database that is really committed to."""
    return assemble()


def verifying(cast: Cast, payment: Payment, by: Any) -> Callable[[], Payment]:
    return partial(decide, payment=payment, verdict="verify", revision=payment.revision, by=by, at=NOW)


def of(answers: list[Any], kind: type) -> list[Any]:
    return [answer for answer in answers if isinstance(answer, kind)]


def counted_fen(cast: Cast) -> int:
    return sum(Total.objects.of(cast.city).filter(facet="").values_list("amount_fen", flat=True))


def verified_fen(cast: Cast) -> int:
    rows = Payment.objects.of(cast.city).filter(standing=Standing.VERIFIED)
    return sum(rows.values_list("amount_fen", flat=True))


@pytest.mark.case("G5")
def test_forty_writers_lose_nothing_and_nobody_sees_an_error(crowd: Cast) -> None:
    drafts = [crowd.draft(amount_fen=YI + place) for place in range(40)]
    answers = at_once([partial(submit, draft=draft, proofs=[], by=crowd.officer, at=NOW) for draft in drafts])
    assert of(answers, Exception) == []
    stored = Payment.objects.of(crowd.city).values_list("amount_fen", flat=True)
    assert sorted(stored) == [YI + place for place in range(40)]
    assert Event.objects.of(crowd.city).filter(verb="capital.payment.declared").count() == 40


@pytest.mark.case("G3")
def test_one_form_sent_eight_times_at_once_is_one_payment(crowd: Cast) -> None:
    draft = crowd.draft(key=uuid7())
    answers = at_once([partial(submit, draft=draft, proofs=[], by=crowd.officer, at=NOW)] * 8)
    assert (len(of(answers, Payment)), len(of(answers, AlreadyDeclared))) == (1, 7)
    assert Payment.objects.of(crowd.city).count() == 1


@pytest.mark.case("G3")
def test_one_form_sent_for_two_months_at_once_is_one_payment(crowd: Cast) -> None:
    key = uuid7()
    drafts = [crowd.draft(key=key, report_month=MARCH - place % 2, bank_serial="") for place in range(6)]
    answers = at_once([partial(submit, draft=draft, proofs=[], by=crowd.officer, at=NOW) for draft in drafts])
    assert (len(of(answers, Payment)), len(of(answers, AlreadyDeclared))) == (1, 5)


@pytest.mark.case("G3")
def test_one_slip_claimed_by_eight_at_once_supports_one(crowd: Cast) -> None:
    drafts = [crowd.draft(bank_serial="SLIP-1") for _ in range(8)]
    answers = at_once([partial(submit, draft=draft, proofs=[], by=crowd.officer, at=NOW) for draft in drafts])
    assert (len(of(answers, Payment)), len(of(answers, ProofInUse))) == (1, 7)


@pytest.mark.case("F5", "G1")
def test_four_approvers_of_the_same_payments_succeed_once_each(crowd: Cast) -> None:
    payments = [crowd.declared() for _ in range(5)]
    approvers = [crowd.verifier, crowd.statistician, crowd.second_statistician, crowd.leader]
    for payment in payments:
        answers = at_once([verifying(crowd, payment, by) for by in approvers])
        assert (len(of(answers, Payment)), len(of(answers, NotDeclared))) == (1, 3)
    assert (walk(crowd.city).entries, walk(crowd.city).faults, rollup.drift(crowd.city)) == (5, [], [])


def test_verifying_and_returning_at_once_ends_in_one_decision(crowd: Cast) -> None:
    payment = crowd.declared()
    returning = partial(
        decide,
        payment=payment,
        verdict="return",
        revision=payment.revision,
        reason="不清",
        by=crowd.statistician,
        at=NOW,
    )
    answers = at_once([verifying(crowd, payment, crowd.verifier), returning] * 3)
    assert (len(of(answers, Payment)), len(of(answers, NotDeclared))) == (1, 5)


@pytest.mark.case("F5")
def test_twenty_verifications_at_once_make_one_chain_without_gaps(crowd: Cast) -> None:
    payments = [crowd.declared(amount_fen=YI + place) for place in range(20)]
    answers = at_once([verifying(crowd, payment, crowd.verifier) for payment in payments])
    assert sorted(answer.seq for answer in of(answers, Payment)) == list(range(1, 21))
    assert walk(crowd.city).faults == []
    assert counted_fen(crowd) == verified_fen(crowd) == sum(payment.amount_fen for payment in payments)


@pytest.mark.case("F11")
def test_a_close_among_twenty_approvals_leaves_each_wholly_before_or_after(crowd: Cast) -> None:
    payments = [crowd.declared() for _ in range(20)]
    closing = partial(close_month, city=crowd.city, number=MARCH, by=crowd.statistician, at=NOW)
    calls = [verifying(crowd, payment, crowd.verifier) for payment in payments]
    answers = at_once([*calls[:6], closing, *calls[6:]])
    before, after = of(answers, Payment), of(answers, PeriodClosed)
    assert len(before) + len(after) == 20
    assert Payment.objects.of(crowd.city).filter(standing=Standing.VERIFIED).count() == len(before)
    assert counted_fen(crowd) == verified_fen(crowd) == len(before) * YI
    assert (walk(crowd.city).faults, rollup.drift(crowd.city)) == ([], [])


@pytest.mark.case("F11")
def test_a_bulletin_written_among_approvals_and_a_close_tells_exactly_the_entries_that_it_rests_on(crowd: Cast) -> None:
    dictionary(crowd)
    crowd.verified(amount_fen=7 * YI)
    payments = [crowd.declared() for _ in range(20)]
    drafted = draft_bulletin(
        city=crowd.city, period=Period.parse("2023Q1"), issuer="示例办公室", dated=date(2023, 4, 18), by=crowd.statistician, at=NOW,
    )  # fmt: skip
    publishing = partial(
        publish_bulletin, bulletin=drafted, revision=1, waived=[], by=crowd.second_statistician, at=NOW
    )
    closing = partial(close_month, city=crowd.city, number=MARCH, by=crowd.statistician, at=NOW)
    calls = [verifying(crowd, payment, crowd.verifier) for payment in payments]
    answers = at_once([*calls[:5], publishing, *calls[5:9], closing, *calls[9:]])
    [bulletin] = of(answers, Bulletin)
    before = of(answers, Payment)
    assert len(before) + len(of(answers, PeriodClosed)) == 20
    assert counted_fen(crowd) == verified_fen(crowd) == (7 + len(before)) * YI
    rests_on = Payment.objects.of(crowd.city).filter(seq__lte=bulletin.ledger_seq).values_list("amount_fen", flat=True)
    frozen = {one.ref: one for one in frozen_in(crowd.city, bulletin.snapshot)}
    whole = frozen["capital_in_place@2023:*:2023Q1"]
    east = frozen["capital_in_place@2023:east:2023Q1"]
    assert whole.value == east.value == sum(rests_on)
    printed = next(one for one in bulletin.figures if one["ref"] == whole.ref and one["aspect"] == "value")
    assert (printed["value"], f"完成到位内资{whole.value / YI:.1f}亿元" in bulletin.text) == (
        f"{whole.value // 100}.00",
        True,
    )
    assert all(recompute(one).same for one in frozen.values())
    assert (walk(crowd.city).faults, rollup.drift(crowd.city)) == ([], [])


@pytest.mark.case("G11")
def test_without_our_locks_the_database_still_lets_one_decision_through(
    crowd: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The locks make it orderly; the guards and the unique place in the chain make it true."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    payments = [crowd.declared() for _ in range(3)]
    calls = [verifying(crowd, payment, by) for payment in payments for by in (crowd.verifier, crowd.leader)]
    answers = at_once(calls)
    assert 1 <= len(of(answers, Payment)) <= 3
    assert walk(crowd.city).entries == len(of(answers, Payment))
    assert counted_fen(crowd) == verified_fen(crowd) == len(of(answers, Payment)) * YI


@pytest.mark.case("G7")
def test_a_month_is_closed_once(crowd: Cast) -> None:
    closing = partial(close_month, city=crowd.city, number=MARCH, by=crowd.statistician, at=NOW)
    answers = at_once([closing] * 4)
    assert len(of(answers, AlreadyClosed)) == 3


@pytest.mark.case("G7")
def test_a_workbook_is_accepted_once(crowd: Cast) -> None:
    sent: dict[str, Any] = {
        "content": book(line(), line(7, serial="SAMPLE-IN-2")),
        "filename": "a.xlsx",
        "by": crowd.officer,
    }
    workbook = intake.receive(city=crowd.city, unit=crowd.east, month=MARCH, at=NOW, **sent)
    intake.read_or_enqueue(workbook=workbook, by=crowd.officer, at=NOW)
    answers = at_once([partial(intake.accept, workbook=workbook, by=crowd.officer, at=NOW)] * 4)
    assert len(of(answers, intake.NotReady)) == 3
    assert Payment.objects.of(crowd.city).count() == 2


def test_opposite_entries_at_once_never_take_back_more_than_there_is(crowd: Cast) -> None:
    payment = crowd.verified()
    taking = partial(
        declare_opposite,
        payment=payment,
        report_month=MARCH,
        amount_fen=6 * YI // 10,
        reason="退回",
        by=crowd.officer,
        at=NOW,
    )
    answers = at_once([taking] * 4)
    assert len(of(answers, Payment)) == 1


def test_the_same_name_is_not_opened_twice(crowd: Cast) -> None:
    opening = partial(
        open_account,
        city=crowd.city,
        username="newcomer",
        display_name="示例新人",
        password="a-long-enough-phrase",
        by=crowd.security,
        at=NOW,
    )
    answers = at_once([opening] * 4)
    assert len(of(answers, Exception)) == 3

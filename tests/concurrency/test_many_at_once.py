"""Races by the thousand in `make test-long`, by the dozen in `make test`: one success each, nobody shown an error of the database."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from threading import local
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from api.asking import body, key_of, post
from cast import NOW, YI, Cast, assemble
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from concurrency.crowd import at_once, in_step, in_turn, many
from zhaoshang.capital import rollup
from zhaoshang.capital.actions import (
    Amendment,
    Changed,
    MoreThanLeft,
    NotDeclared,
    amend_many,
    declare_many,
    declare_opposite,
)
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Kind, Standing
from zhaoshang.common.periods import parse_month
from zhaoshang.machines.answers import claim_answer
from zhaoshang.people.models import Event
from zhaoshang.publishing.asking import take_request
from zhaoshang.publishing.rules import Asked
from zhaoshang.regions.models import ReportMonth
from zhaoshang.review.actions import decide, submit
from zhaoshang.review.rules import is_late

pytestmark = pytest.mark.django_db(transaction=True)
MARCH = parse_month("2023-03")


@pytest.fixture
def crowd() -> Cast:
    """The usual people, in a database that is really committed to."""
    return assemble()


def without_slips(cast: Cast, count: int) -> list[Payment]:
    """Declared payments that need no evidence, a few hundred at a time."""
    made: list[Payment] = []
    while len(made) < count:
        some = min(500, count - len(made))
        drafts = [cast.draft(kind=Kind.WORKING_CAPITAL, bank_serial="", amount_fen=YI + place) for place in range(some)]
        made += declare_many(city=cast.city, drafts=drafts, by=cast.officer, at=NOW)
    return made


@pytest.mark.case("F5", "G1")
@pytest.mark.parametrize(("verifiers", "few", "lots"), [(4, 15, 1_000), (2, 25, 10_000)])
def test_of_verifiers_at_the_same_payment_one_succeeds_each_time(
    crowd: Cast, verifiers: int, few: int, lots: int
) -> None:
    payments = without_slips(crowd, many(few, lots))
    people = [crowd.verifier, crowd.statistician, crowd.second_statistician, crowd.leader][:verifiers]

    def verify(hand: int, turn: int) -> Payment:
        seen = payments[turn]
        return decide(payment=seen, verdict="verify", revision=seen.revision, by=people[hand], at=NOW)

    answers = list(zip(*in_step(verifiers, len(payments), verify), strict=True))
    won = [sum(isinstance(one, Payment) for one in race) for race in answers]
    lost = [sum(isinstance(one, NotDeclared) for one in race) for race in answers]
    assert (set(won), set(lost)) == ({1}, {verifiers - 1})
    assert (walk(crowd.city).entries, walk(crowd.city).faults, rollup.drift(crowd.city)) == (len(payments), [], [])
    verified = Event.objects.of(crowd.city).filter(verb="capital.payment.verified")
    assert verified.count() == verified.values("about_id").distinct().count() == len(payments)


@pytest.mark.case("G5")
def test_forty_writers_again_and_again_lose_nothing_and_leave_no_gap(crowd: Cast) -> None:
    times = many(1, 25)

    def write(hand: int, turn: int) -> Payment:
        payment = submit(
            draft=crowd.draft(kind=Kind.WORKING_CAPITAL, amount_fen=YI + hand * 100 + turn, bank_serial=f"W-{hand}-{turn}"),
            proofs=[], by=crowd.officer, at=NOW,
        )  # fmt: skip
        return decide(payment=payment, verdict="verify", revision=payment.revision, by=crowd.verifier, at=NOW)

    told = at_once([in_turn(times, partial(write, hand)) for hand in range(40)])
    assert all(isinstance(one, Payment) for answers in told for one in answers)  # type: ignore[union-attr]
    rows = Payment.objects.of(crowd.city).filter(standing=Standing.VERIFIED)
    assert sorted(rows.values_list("seq", flat=True)) == list(range(1, 40 * times + 1))
    assert len(set(rows.values_list("amount_fen", flat=True))) == 40 * times
    assert (walk(crowd.city).faults, rollup.drift(crowd.city)) == ([], [])


@pytest.mark.case("G9")
def test_crossed_updates_show_nobody_a_deadlock(crowd: Cast) -> None:
    """Eight hands take the same rows in different orders: two months, two payments from either end, a form and what the public asks."""
    rounds, chance = many(12, 500), Random(20230331)
    first, second = without_slips(crowd, 2)
    settled = crowd.verified()
    months = [MARCH, MARCH - 1]
    draft = partial(crowd.draft, kind=Kind.WORKING_CAPITAL, bank_serial="")

    def amend(rows: list[Payment]) -> Any:
        fresh = [Payment.objects.of(crowd.city).select_related("city").get(pk=row.pk) for row in rows]
        wanted = [Amendment(row, draft(amount_fen=YI + chance.randrange(YI)), row.revision) for row in fresh]
        return amend_many(city=crowd.city, amendments=wanted, by=crowd.officer, at=NOW)

    def declare(order: list[int]) -> Any:
        drafts = [draft(report_month=month, amount_fen=YI + chance.randrange(YI)) for month in order]
        return declare_many(city=crowd.city, drafts=drafts, by=crowd.officer, at=NOW)

    def take_back(month: int) -> Any:
        told: dict[str, Any] = {
            "report_month": month,
            "amount_fen": 1,
            "reason": "示例",
            "by": crowd.officer,
            "at": NOW,
        }
        return declare_opposite(payment=settled, **told)

    def ask(hand: int, turn: int) -> Any:
        with transaction.atomic():
            claim_answer(city=crowd.city, asker=crowd.officer.pk, key=f"{hand}-{turn}", digest="-", at=NOW)
            return take_request(city=crowd.city, asked=Asked.CORRECTION, text="示例", at=NOW, today=NOW.date())

    acts = [
        lambda hand, turn: amend([first, second]),
        lambda hand, turn: amend([second, first]),
        lambda hand, turn: declare(months),
        lambda hand, turn: declare(months[::-1]),
        lambda hand, turn: take_back(MARCH),
        lambda hand, turn: take_back(MARCH - 1),
        ask,
        ask,
    ]
    told = in_step(len(acts), rounds, lambda hand, turn: acts[hand](hand, turn))
    wrong = [one for answers in told for one in answers if isinstance(one, Exception)]
    assert {type(one) for one in wrong} <= {Changed, MoreThanLeft}, [
        one for one in wrong if isinstance(one, DatabaseError)
    ]
    assert sum(isinstance(one, list) for answers in told for one in answers) >= 3 * rounds
    assert rollup.drift(crowd.city) == []


@pytest.mark.case("G6")
def test_of_sixty_in_the_last_minute_the_time_of_receipt_tells_who_was_late(
    crowd: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty programs declare at once, every other a moment after midnight of the due day; whatever their order, that decides."""
    midnight = datetime(2023, 4, 6, tzinfo=ZoneInfo("Asia/Shanghai"))
    Client().get("/healthz")  # the first request of a process loads all addresses
    key, own = key_of(crowd, crowd.officer), local()
    monkeypatch.setattr("zhaoshang.tenancy.clock._real_now", lambda: own.now)
    monkeypatch.setattr("zhaoshang.api.door.take", lambda **_asked: 0)  # one key stands for sixty

    def declare(hand: int) -> Any:
        own.now = midnight + timedelta(milliseconds=100 if hand % 2 else -100)
        sent = body(crowd, kind="working_capital", bank_serial=f"LAST-{hand}")
        return post(Client(), "payments", sent, HTTP_AUTHORIZATION=f"Bearer {key}")

    answers = at_once([partial(declare, hand) for hand in range(60)])
    assert [getattr(one, "status_code", one) for one in answers] == [201] * 60
    due_on = ReportMonth.objects.of(crowd.city).get(number=MARCH).due_on
    stamps = dict(Payment.objects.of(crowd.city).values_list("bank_serial", "declared_at"))
    late = {serial for serial, at in stamps.items() if is_late(timezone.localdate(at), due_on)}
    assert (len(stamps), late) == (60, {f"LAST-{hand}" for hand in range(1, 60, 2)})

"""One request sent twenty times at the same instant under one idempotency key: done once, answered the same each time."""

from threading import Event
from typing import Any

import pytest
from api.asking import body, key_of, post
from cast import NOW, Cast, assemble
from django.db import transaction
from django.test import Client

from concurrency.crowd import at_once
from zhaoshang.capital.models import Payment
from zhaoshang.machines import answers
from zhaoshang.machines.models import KeptAnswer
from zhaoshang.people.models import Token

pytestmark = pytest.mark.django_db(transaction=True)


def _sender(cast: Cast, **changes: Any) -> Any:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {key_of(cast, cast.officer)}", "HTTP_IDEMPOTENCY_KEY": "twenty"}
    return lambda: post(Client(), "payments", body(cast, **changes), **headers)


@pytest.mark.case("E3")
def test_twenty_at_the_same_instant_make_one_row_and_one_answer() -> None:
    cast = assemble()
    told = at_once([_sender(cast)] * 20)
    assert {(one.status_code, one.content) for one in told} == {(201, told[0].content)}
    assert (Payment.objects.of(cast.city).count(), KeptAnswer.objects.of(cast.city).count()) == (1, 1)


@pytest.mark.case("E3")
def test_twenty_that_are_refused_leave_the_key_free() -> None:
    cast = assemble()
    told = at_once([_sender(cast, month="2024-05")] * 20)
    assert {(one.status_code, one.json()["code"]) for one in told} == {(409, "month_closed")}
    assert not KeptAnswer.objects.of(cast.city).exists()


@pytest.mark.case("E3")
@pytest.mark.postgres
def test_who_waits_too_long_for_the_first_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "WAIT_S", 1)
    cast, claimed, refused = assemble(), Event(), Event()
    send = _sender(cast)

    def slow_first() -> None:
        token = Token.objects.of(cast.city).get()
        with transaction.atomic():
            answers.claim_answer(city=cast.city, asker=token.pk, key="twenty", digest="-", at=NOW)
            claimed.set()
            assert refused.wait(20)

    def second() -> Any:
        assert claimed.wait(20)
        told = send()
        refused.set()
        return told

    _none, told = at_once([slow_first, second])
    assert not isinstance(told, Exception)
    assert (told.status_code, told.json()["code"], told["Retry-After"]) == (409, "in_flight", "1")

"""Two hundred want fifty connections: who gets none is told when to come again, and afterwards everybody gets one."""

from functools import partial
from threading import Barrier
from typing import Any

import pytest
from cast import Cast, assemble
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from concurrency.crowd import at_once, many

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CONNECTIONS, WANTED = many(10, 50), many(40, 200)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Any:
    """New connections are made as somebody who may have only so many."""
    cast = assemble()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE few LOGIN CONNECTION LIMIT {CONNECTIONS}")
        cursor.execute("GRANT USAGE ON SCHEMA public TO few")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO few")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO few")
    with monkeypatch.context() as asked:
        asked.setitem(connections.settings["default"], "USER", "few")
        yield cast
    with connection.cursor() as cursor:
        cursor.execute("DROP OWNED BY few")
        cursor.execute("DROP ROLE few")


@pytest.mark.case("G12")
def test_who_gets_no_connection_is_told_when_to_come_again(few: Cast) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(few.officer)
    all_have_asked = Barrier(WANTED)

    def ask(hand: int) -> Any:
        own = Client(raise_request_exception=False)
        own.cookies = client.cookies
        answer = own.get(reverse("desk:payment_list"))
        all_have_asked.wait(timeout=300)  # so long each holds on to what it got
        return answer

    answers: list[Any] = at_once([partial(ask, hand) for hand in range(WANTED)])
    got = [answer for answer in answers if answer.status_code == 200]
    told = [answer for answer in answers if answer.status_code == 503]
    assert (len(got), len(told)) == (CONNECTIONS, WANTED - CONNECTIONS)
    assert {int(answer["Retry-After"]) for answer in told} == {5}
    again: list[Any] = at_once([partial(client.get, reverse("desk:payment_list")) for _ in range(4)])
    assert [answer.status_code for answer in again] == [200] * 4

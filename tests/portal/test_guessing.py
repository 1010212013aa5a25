"""Guessing receipts and flooding forms: one address is braked, in the database, and its neighbour is served."""

import re
from hashlib import sha256
from html import unescape
from itertools import count
from typing import Any

import pytest
from cast import Cast
from django.core.cache import cache
from django.test import Client

from zhaoshang.leads.models import Lead

WRONG = {
    "lead": "/leads/abcdefghijklmnopqrstuvwxy{:x}/",
    "request": "/ask/abcdefghijklmnopqrstuvwxy{:x}/",
    "objection": "/notices/objections/abcdefghijklmnopqrstuvwxy{:x}/",
    "registration": "/join/abcdefghijklmnopqrstuvwxyzabcde{:x}/",
    "search": "/saved/abcdefghijklmnopqrstuvwxyzabcde{:x}/",
}
ASKED = {"investor": "示例公司", "text": "想了解用地", "agreed": "on"}


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.case("I1")
def test_guessing_is_braked_whatever_is_guessed_and_the_neighbour_is_not(cast: Cast, kind: str) -> None:
    codes = [Client().get(WRONG[kind].format(n)).status_code for n in range(25)]
    assert codes == [404] * 20 + [429] * 5
    cache.clear()
    assert Client(HTTP_X_FORWARDED_FOR="192.0.2.9").get(WRONG[kind].format(1)).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.9").get(WRONG[kind].format(1)).status_code == 404


def _ask(number: int, **more: Any) -> Any:
    key = f"00000000-0000-4000-8000-{number:012x}"
    return Client(**more).post("/opportunities/ask/", ASKED | {"key": key})


@pytest.mark.case("I1")
def test_a_right_receipt_may_be_looked_at_as_often_as_one_likes_but_not_by_who_guesses(cast: Cast) -> None:
    _ask(1)
    receipt = Lead.objects.of(cast.city).get().receipt
    assert {Client().get(f"/leads/{receipt}/").status_code for _ in range(40)} == {200}
    for n in range(20):
        Client().get(WRONG["lead"].format(n))
    assert Client().get(f"/leads/{receipt}/").status_code == 429
    assert Client().post(f"/leads/{receipt}/").status_code == 405


@pytest.mark.case("I2")
def test_a_flood_of_forms_is_braked_while_the_neighbour_gets_through(cast: Cast) -> None:
    codes = [_ask(n, HTTP_X_FORWARDED_FOR=f"10.0.{n // 250}.{n % 250}").status_code for n in range(100)]
    assert (codes[:20], set(codes[20:])) == ([200] * 20, {429})
    assert Lead.objects.of(cast.city).count() == 20
    assert _ask(5_000, REMOTE_ADDR="192.0.2.9").status_code == 200


def _challenged(page: Any) -> dict[str, str]:
    """The fields of the challenge's form, as a browser would send them."""
    text = page.content.decode()
    fields = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text)}
    first, second = re.findall(r"(\d+) 加 (\d+) 等于几", text)[0]
    return fields | {"answer": str(int(first) + int(second))}


def _send(fields: dict[str, str], **more: Any) -> Any:
    return Client(**more).post("/opportunities/ask/", fields)


@pytest.mark.case("I2")
def test_who_shares_an_address_with_a_flood_passes_a_challenge_and_loses_nothing_that_was_typed(cast: Cast) -> None:
    braked = [_ask(number) for number in range(22)][-1]
    fields = _challenged(braked)
    assert (braked.status_code, fields["investor"], fields["text"]) == (429, ASKED["investor"], ASKED["text"])
    assert _send(fields | {"answer": "1"}).status_code == 429
    assert _send(fields | {"challenge": fields["challenge"][:-1] + "_"}).status_code == 429
    assert _send(fields).status_code == 200
    assert _send(fields).status_code == 429  # once
    assert Lead.objects.of(cast.city).count() == 21
    assert "data-challenge" not in Client(REMOTE_ADDR="192.0.2.9").get("/opportunities/ask/").content.decode()


@pytest.mark.case("I2")
def test_a_program_that_can_add_up_gets_five_through_and_who_works_still_passes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhaoshang.portal.challenge.BITS", 8)
    for number in range(20):
        _ask(number)
    codes = [_send(_challenged(_ask(100 + number))).status_code for number in range(8)]
    assert codes == [200] * 5 + [429] * 3
    fields = _challenged(_ask(200)) | {"answer": ""}
    numbers = (str(number) for number in count())
    done = next(n for n in numbers if sha256(f"{fields['challenge']}:{n}".encode()).digest()[0] == 0)
    assert _send(fields | {"work": "x"}).status_code == 429
    assert _send(fields | {"work": done}).status_code == 200

"""Guessing receipts and flooding forms: one address is braked, in the database, and its neighbour is served."""

import re
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from itertools import count
from typing import Any

import pytest
from cast import Cast
from django.core.cache import cache
from django.test import Client
from partners.test_papers_and_objections import published

from zhaoshang.leads.models import Lead
from zhaoshang.partners import claiming
from zhaoshang.partners.models import ClaimObjection
from zhaoshang.publishing.models import PublicRequest
from zhaoshang.searches.models import SavedSearch

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


@dataclass(frozen=True)
class Form:
    """A form of the public site: where it is sent, what is typed, what is kept of it."""

    path: str
    typed: dict[str, str]
    kept: Any

    def send(self, fields: dict[str, str] | None = None) -> Any:
        return Client().post(self.path, fields or self.typed)


def _saving(cast: Cast) -> Form:
    typed = {"industry": "C", "land": "10", "mail": "somebody@example.org", "agreed": "on"}
    return Form("/opportunities/match/save/", typed, SavedSearch)


def _objecting(cast: Cast) -> Form:
    claim = published(cast)
    return Form(f"/notices/{claim.pk}/object/", {"text": "示例异议", "told_by": "示例"}, ClaimObjection)


def _correcting(cast: Cast) -> Form:
    return Form("/ask/", {"asked": "correction", "text": "示例更正", "name": "示例", "agreed": "on"}, PublicRequest)


@pytest.mark.parametrize("made", [_saving, _objecting, _correcting])
@pytest.mark.case("I2")
def test_every_form_of_the_public_asks_the_same_challenge_when_it_is_braked(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch, made: Any
) -> None:
    monkeypatch.setattr(claiming, "IN_A_DAY", 1_000)
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    form = made(cast)
    codes = [form.send().status_code for _ in range(22)]
    assert codes[-1] == 429 and 200 in codes
    kept = form.kept.objects.of(cast.city).count()
    fields = _challenged(form.send())
    assert {name: fields[name] for name in form.typed} == form.typed
    fields |= {"mail": "another@example.org"} if "mail" in fields else {}
    assert form.send(fields | {"answer": "1"}).status_code == 429
    assert form.send(fields).status_code == 200 and form.kept.objects.of(cast.city).count() == kept + 1
    assert form.send(fields).status_code == 429


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

"""Logging in by a passkey alone: the device says whose it is, checks its person, and answers what was asked here a moment ago, once."""

from typing import Any

import pytest
from cast import Cast
from django.test import Client

from doors.authenticator import PRESENT, Authenticator
from doors.test_passkeys import add, asked
from doors.test_second_factor import CODE, LOGIN, half
from doors.test_sessions import Time, time  # noqa: F401 (fixture)
from zhaoshang.people.models import Event, User
from zhaoshang.tenancy.models import City

ALONE = "/desk/login/passkey/"


@pytest.fixture
def device(cast: Cast) -> Authenticator:
    """One that the officer has put on."""
    made, client = Authenticator(), Client()
    client.force_login(cast.officer)
    add(client, made)
    return made


def enter(client: Client, device: Authenticator, handle: bytes, **more: Any) -> Any:
    """Our page asks, the device answers."""
    answer = device.signs(asked(client.get(LOGIN)), handle=handle, **more)
    return client.post(ALONE, {"passkey": answer, "next": "/desk/payments/"})


@pytest.mark.case("A8")
def test_it_opens_without_a_name_and_counts_as_both_factors(cast: Cast) -> None:
    City.objects.filter(pk=cast.city.pk).update(is_sample=False)
    own, device, client = Client(), Authenticator(), Client()
    own.force_login(cast.verifier)
    add(own, device)
    assert "allowCredentials" not in asked(client.get(LOGIN))["publicKey"]
    assert enter(client, device, cast.verifier.pk.bytes)["Location"] == "/desk/payments/"
    assert client.get("/desk/queue/").status_code == 200, "a role that must have a second factor has shown it"
    line = Event.objects.of(cast.city).get(verb="people.session.began")
    assert (line.by, line.detail) == (cast.verifier, {"passkey": True})


WRONG: dict[str, dict[str, Any]] = {
    "nobody checked": {"flags": PRESENT},
    "another origin": {"origin": "https://localhost.evil.example"},
    "another party": {"rp_id": "evil.example"},
    "inside another site's frame": {"crossed": True},
}


@pytest.mark.parametrize("how", WRONG)
@pytest.mark.case("A7", "A8")
def test_an_answer_that_is_not_ours_opens_nothing(cast: Cast, device: Authenticator, how: str) -> None:
    for name, value in WRONG[how].items():
        setattr(device, name, value)
    client = Client()
    assert "没有认可" in enter(client, device, cast.officer.pk.bytes).content.decode()
    assert client.get("/desk/payments/").status_code == 302


@pytest.mark.case("A7", "A8")
def test_a_device_that_does_not_say_whose_it_is_or_says_another_s_opens_nothing(
    cast: Cast, device: Authenticator
) -> None:
    for handle in (b"", cast.verifier.pk.bytes, b"1" * 16):
        assert enter(Client(), device, handle).status_code == 200
    assert enter(Client(), Authenticator(), cast.officer.pk.bytes).status_code == 200
    forged = {"signature": b"0" * 70}
    assert enter(Client(), device, cast.officer.pk.bytes, **forged).status_code == 200
    assert enter(Client(), device, cast.officer.pk.bytes).status_code == 302


@pytest.mark.case("A7")
def test_an_answer_opens_once_and_serves_nothing_else(
    cast: Cast,
    device: Authenticator,
    time: Time,  # noqa: F811
) -> None:
    client = Client()
    answer = device.signs(asked(client.get(LOGIN)), handle=cast.officer.pk.bytes)
    assert client.post(ALONE, {"passkey": answer}).status_code == 302
    assert Client().post(ALONE, {"passkey": answer}).status_code == 200
    of_the_second_step = half()
    answer = device.signs(asked(of_the_second_step.get(CODE)), handle=cast.officer.pk.bytes)
    assert Client().post(ALONE, {"passkey": answer}).status_code == 200
    alone = device.signs(asked(Client().get(LOGIN)), handle=cast.officer.pk.bytes)
    assert of_the_second_step.post(CODE, {"passkey": alone}).status_code == 200
    late = device.signs(asked(Client().get(LOGIN)), handle=cast.officer.pk.bytes)
    time.passes(minutes=6)
    assert Client().post(ALONE, {"passkey": late}).status_code == 200


@pytest.mark.case("A1", "A4")
def test_disabled_and_locked_accounts_and_rubbish_read_the_same(cast: Cast, device: Authenticator) -> None:
    def said(answer: Any) -> tuple[int, str]:
        page = answer.content.decode()
        return answer.status_code, page[page.find("<main") : page.find("data-passkey=")].partition("csrf")[0]

    rubbish = said(Client().post(ALONE, {"passkey": "{}"}))
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert said(enter(Client(), device, cast.officer.pk.bytes)) == rubbish and rubbish[0] == 200
    User.objects.filter(pk=cast.officer.pk).update(is_active=True)
    for n in range(5):
        Client(REMOTE_ADDR=f"10.0.0.{n}").post(LOGIN, {"username": "officer", "password": "wrong"})
    assert said(enter(Client(), device, cast.officer.pk.bytes)) == rubbish
    refused = Event.objects.of(cast.city).filter(verb="people.session.refused").order_by("-id")[0]
    assert refused.detail == {"username": "officer", "locked": True}


@pytest.mark.case("A2")
def test_guessing_brakes_the_address(cast: Cast) -> None:
    tries = [Client().post(ALONE, {"passkey": "{}"}).status_code for _ in range(17)]
    assert tries == [200] * 15 + [429] * 2

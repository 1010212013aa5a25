"""Passkeys: put on by their person, bound to our address, good once for what was asked, taken off only by rule."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from cast import Cast
from django.test import Client

from doors.authenticator import PRESENT, Authenticator
from doors.test_second_factor import CODE, LOGIN, OWN, PASSWORD, code, enrol, half
from doors.test_sessions import Time, time  # noqa: F401 (fixture)
from zhaoshang.people import challenges, passkeys
from zhaoshang.people.models import Event, Passkey, RecoveryCode, UsedChallenge, User
from zhaoshang.tenancy.models import City

KEYS = f"{OWN}passkeys/"


def asked(page: Any) -> dict[str, Any]:
    """What the page asks of the browser."""
    found = re.findall(r"data-passkey='([^']+)'", page.content.decode())
    options: dict[str, Any] = json.loads(unescape(found[0]))
    return options


def add(client: Client, device: Authenticator, name: str = "示例手机") -> Any:
    """The person of ``client`` puts the device on."""
    return client.post(KEYS, {"name": name, "answer": device.makes(asked(client.post(f"{KEYS}new/")))})


def second(client: Client, device: Authenticator, **forged: Any) -> int:
    """Answer the second step with the device: 302 let in, 200 asked again."""
    answer = device.signs(asked(client.get(CODE)), **forged)
    return int(client.post(CODE, {"code": "", "passkey": answer}).status_code)


@pytest.fixture
def officer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.officer)
    return client


@pytest.fixture
def device(officer: Client) -> Authenticator:
    """One that the officer has put on."""
    made = Authenticator()
    add(officer, made)
    return made


@pytest.mark.case("A7", "A8")
def test_a_passkey_is_the_second_step_of_the_login(cast: Cast, officer: Client, device: Authenticator) -> None:
    client = half()
    assert client.get("/desk/payments/").status_code == 302
    assert second(client, device) == 302 and client.get("/desk/payments/").status_code == 200
    kept = Passkey.objects.of(cast.city).get()
    assert (kept.name, kept.counter, kept.used_at is not None) == ("示例手机", 1, True)
    verbs = Event.objects.of(cast.city).filter(verb__startswith="people.passkey.").values_list("verb", flat=True)
    assert list(verbs) == ["people.passkey.put_on"]


@pytest.mark.case("A7")
def test_an_answer_opens_once_also_from_a_device_that_does_not_count(officer: Client) -> None:
    device = Authenticator(counter=None)
    add(officer, device)
    one, two = half(), half()
    answer = device.signs(asked(one.get(CODE)))
    assert one.post(CODE, {"passkey": answer}).status_code == 302
    assert two.post(CODE, {"passkey": answer}).status_code == 200
    assert second(two, device) == 302


WRONG: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another origin": ({"origin": "https://localhost.evil.example"}, {}),
    "the same host, another port": ({"origin": "http://localhost:9999"}, {}),
    "another party": ({"rp_id": "evil.example"}, {}),
    "nobody checked": ({"flags": PRESENT}, {}),
    "nobody there": ({"flags": 0}, {}),
    "inside another site's frame": ({"crossed": True}, {}),
    "a registration's answer": ({}, {"kind": "webauthn.create"}),
    "a forged signature": ({}, {"signature": b"0" * 70}),
    "another account's handle": ({}, {"handle": b"1" * 16}),
}


@pytest.mark.parametrize("how", WRONG)
@pytest.mark.case("A7", "A8")
def test_an_answer_that_is_not_ours_opens_nothing(device: Authenticator, how: str) -> None:
    changed, forged = WRONG[how]
    for name, value in changed.items():
        setattr(device, name, value)
    client = half()
    assert second(client, device, **forged) == 200
    assert client.get("/desk/payments/").status_code == 302


@pytest.mark.case("A7")
def test_another_key_under_the_same_name_opens_nothing(device: Authenticator) -> None:
    assert second(half(), Authenticator(name=device.name)) == 200
    assert second(half(), Authenticator()) == 200


@pytest.mark.case("A7", "A8")
def test_another_account_s_device_and_challenge_open_nothing(cast: Cast, device: Authenticator) -> None:
    other = Client()
    other.force_login(cast.verifier)
    theirs = Authenticator()
    add(other, theirs)
    assert second(half(), theirs) == 200
    options = passkeys.request_options(cast.city, cast.officer, "passkey.login")
    assert options is not None
    assert half("verifier").post(CODE, {"passkey": device.signs(options)}).status_code == 200
    assert half().post(CODE, {"passkey": device.signs(options)}).status_code == 302


@pytest.mark.case("A7", "A12")
def test_what_was_signed_for_one_purpose_serves_no_other(cast: Cast, device: Authenticator) -> None:
    options = passkeys.request_options(cast.city, cast.officer, "passkey.prove")
    assert options is not None
    assert half().post(CODE, {"passkey": device.signs(options)}).status_code == 200


@pytest.mark.case("A7")
def test_a_challenge_is_good_for_five_minutes(cast: Cast, device: Authenticator, time: Time) -> None:  # noqa: F811
    person: dict[str, Any] = {"city": cast.city, "user": User.objects.get(pk=cast.officer.pk)}
    for wait, good in ((299, True), (302, False), (-3, False)):
        options = passkeys.request_options(**person, purpose="p")
        assert options is not None
        time.passes(seconds=wait)
        answer = device.signs(options)
        assert passkeys.use_passkey(answer=answer, purpose="p", by=cast.officer, at=cast.now, **person) is good


@pytest.mark.case("A7")
def test_a_counter_that_goes_back_is_refused_and_told(cast: Cast, device: Authenticator) -> None:
    device.counter = 7
    assert second(half(), device) == 302
    device.counter = 3
    assert second(half(), device) == 200
    line = Event.objects.of(cast.city).get(verb="people.passkey.went_back")
    assert line.refused and line.detail == {"name": "示例手机"}


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "{}",
        "[]",
        "null",
        "not json",
        '{"id": 3}',
        '{"id":"","rawId":"","type":"public-key","response":{}}',
        '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"e30","signature":"e30"}}',
        '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"4pyT","attestationObject":"oA"}}',
        "1" * 30_000,
    ],
)
def test_rubbish_is_refused_in_the_same_words(device: Authenticator, officer: Client, rubbish: str) -> None:
    assert half().post(CODE, {"passkey": rubbish}).status_code == 200
    answer = officer.post(KEYS, {"name": "x", "answer": rubbish})
    assert answer["Location"] == OWN and "没有添加" in officer.get(OWN).content.decode()


@pytest.mark.case("A7")
def test_guessing_with_passkeys_is_braked_as_with_codes(device: Authenticator) -> None:
    for _turn in range(5):
        assert second(half(), Authenticator()) == 200
    assert half().post(CODE, {"passkey": "{}"}).status_code == 429


WRONGLY_MADE: dict[str, dict[str, Any]] = {
    "another origin": {"origin": "https://evil.example"},
    "another party": {"rp_id": "evil.example"},
    "nobody checked": {"flags": PRESENT},
    "in a frame": {"crossed": True},
    "an algorithm that nobody knows": {"alg": -999},
    "a name too long": {"name": b"n" * 1024},
}


@pytest.mark.parametrize("how", WRONGLY_MADE)
@pytest.mark.case("A8")
def test_one_that_was_not_made_here_is_not_put_on(cast: Cast, officer: Client, how: str) -> None:
    assert add(officer, Authenticator(**WRONGLY_MADE[how]))["Location"] == OWN
    assert not Passkey.objects.of(cast.city).exists() and not RecoveryCode.objects.of(cast.city).exists()


@pytest.mark.case("A8")
def test_a_registration_is_good_once_for_its_person(cast: Cast, officer: Client) -> None:
    options, device = asked(officer.post(f"{KEYS}new/")), Authenticator()
    stranger = Client()
    stranger.force_login(cast.leader)
    assert stranger.post(KEYS, {"name": "x", "answer": device.makes(options)})["Location"] == OWN
    officer.post(KEYS, {"name": "x", "answer": device.makes(options)})
    officer.post(KEYS, {"name": "y", "answer": Authenticator().makes(options)})
    add(stranger, device)
    assert [one.user for one in Passkey.objects.of(cast.city)] == [cast.officer]


@pytest.mark.case("A12")
def test_putting_one_on_or_off_needs_a_fresh_proof(cast: Cast, officer: Client, device: Authenticator) -> None:
    session = officer.session
    session["proved"] = 0
    session.save()
    key = Passkey.objects.of(cast.city).get().pk
    for path in (f"{KEYS}new/", f"{KEYS}{key}/remove/"):
        page = officer.post(path)
        assert page.status_code == 403 and asked(page)["publicKey"]["userVerification"] == "required"
    assert officer.post(f"{KEYS}new/", {"passkey": device.signs(asked(page))}).status_code == 200
    assert officer.post(f"{KEYS}{key}/remove/")["Location"] == OWN


@pytest.mark.case("A12")
def test_a_passkey_proves_where_what_weighs_heavily_asks_again(
    cast: Cast, officer: Client, device: Authenticator
) -> None:
    session = officer.session
    session["proved"] = 0
    session.save()
    assert officer.post("/desk/prove/", {"proof": PASSWORD}).status_code == 200
    answer = device.signs(asked(officer.get("/desk/prove/")))
    assert officer.post("/desk/prove/", {"passkey": answer, "next": OWN})["Location"] == OWN
    assert Event.objects.of(cast.city).filter(verb="people.session.not_proven").count() == 1


@pytest.mark.case("A6", "A8")
def test_putting_one_on_and_off_ends_the_other_sessions(cast: Cast, officer: Client) -> None:
    for act in (lambda: add(officer, Authenticator()), lambda: officer.post(_remove(cast))):
        other = Client()
        other.force_login(User.objects.get(pk=cast.officer.pk))
        assert other.get("/desk/payments/").status_code == 200
        act()
        assert (officer.get("/desk/payments/").status_code, other.get("/desk/payments/").status_code) == (200, 302)


def _remove(cast: Cast) -> str:
    return f"{KEYS}{Passkey.objects.of(cast.city).get().pk}/remove/"


def test_another_person_s_passkey_is_absent(cast: Cast, device: Authenticator) -> None:
    stranger = Client()
    stranger.force_login(cast.leader)
    assert stranger.post(_remove(cast)).status_code == 404


@pytest.mark.case("A7")
def test_recovery_codes_come_with_the_first_factor_and_stay_until_the_last_goes(cast: Cast, officer: Client) -> None:
    told = add(officer, Authenticator()).content.decode()
    codes = re.findall(r"\b(?:[a-z2-9]{5}-){2}[a-z2-9]{5}\b", told)
    assert len(codes) == 10
    secret, none = enrol(officer)
    assert none == [] and half().post(CODE, {"code": codes[0]}).status_code == 302
    officer.post(_remove(cast))
    assert (
        half().post(CODE, {"code": codes[1]}).status_code
        == half().post(CODE, {"code": code(secret)}).status_code
        == 302
    )
    officer.post(f"{OWN}remove/")
    assert not RecoveryCode.objects.of(cast.city).exists()
    assert Client().post(LOGIN, {"username": "officer", "password": PASSWORD})["Location"] == "/desk/"


@pytest.mark.case("A8")
def test_it_counts_as_the_factor_that_a_privileged_role_must_have(cast: Cast) -> None:
    City.objects.filter(pk=cast.city.pk).update(is_sample=False)
    client = Client()
    client.post(LOGIN, {"username": "verifier", "password": PASSWORD})
    assert client.get("/desk/queue/")["Location"] == OWN
    add(client, Authenticator())
    assert client.get("/desk/queue/").status_code == 200
    client.post(_remove(cast))
    assert Passkey.objects.of(cast.city).exists() and "最后一个不能停用" in client.get(OWN).content.decode()
    enrol(client)
    client.post(_remove(cast))
    assert not Passkey.objects.of(cast.city).exists() and client.get("/desk/queue/").status_code == 200


@pytest.mark.case("A8")
def test_the_security_administrator_s_reset_takes_passkeys_off_too(
    cast: Cast, officer: Client, device: Authenticator
) -> None:
    admin = Client()
    admin.force_login(cast.security)
    assert "1 把通行密钥" in admin.get(f"/desk/people/{cast.officer.pk}/").content.decode()
    admin.post(f"/desk/people/{cast.officer.pk}/second-factor/reset/")
    assert not Passkey.objects.of(cast.city).exists() and officer.get("/desk/payments/").status_code == 302
    assert Client().post(LOGIN, {"username": "officer", "password": PASSWORD})["Location"] == "/desk/"


def test_nobody_has_more_than_ten(cast: Cast, officer: Client) -> None:
    for _turn in range(10):
        add(officer, Authenticator())
    assert officer.post(f"{KEYS}new/")["Location"] == OWN
    assert Passkey.objects.of(cast.city).count() == 10


def test_used_challenges_are_forgotten_after_an_hour(cast: Cast, time: Time) -> None:  # noqa: F811
    def use(told: bytes) -> bool:
        return challenges.use(city=cast.city, purpose="p", who="w", told=told)

    first = challenges.challenge("p", "w")
    assert use(first) and not use(first)
    time.passes(minutes=61)
    assert not use(first) and use(challenges.challenge("p", "w"))
    assert UsedChallenge.objects.of(cast.city).count() == 1
    assert timedelta(seconds=challenges.GOOD_SECONDS) < challenges.KEPT

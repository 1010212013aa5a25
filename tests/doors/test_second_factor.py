"""The second factor: put on by its person, asked for at every way in, good once, and taken off only by rule."""

import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from django.test import Client

from zhaoshang.people.actions import issue_token
from zhaoshang.people.models import Event, Factor, RecoveryCode, Token, User
from zhaoshang.people.second_factor import code_of
from zhaoshang.tenancy.clock import true_now
from zhaoshang.tenancy.models import City

LOGIN, CODE, OWN, PASSWORD = "/desk/login/", "/desk/login/code/", "/desk/second-factor/", "sample-password"


def code(secret: str, later: int = 0) -> str:
    """That of a moment, so many seconds from now. At the very end of a step the next is waited for, in which the request will come."""
    if (left := 30 - time.time() % 30) < 2:
        time.sleep(left)
    return code_of(secret, true_now() + timedelta(seconds=later))


def enrol(client: Client) -> tuple[str, list[str]]:
    """The person of ``client`` puts a factor on with the code of the step before; secret and recovery codes."""
    page = client.post(OWN).content.decode()
    secret = re.findall(r'name="secret" value="([A-Z2-7]{32})"', page)[0]
    assert "data:image/svg+xml" in page
    told = client.post(f"{OWN}confirm/", {"code": code(secret, -30), "secret": secret}).content.decode()
    return secret, re.findall(r"\b(?:[a-z2-9]{5}-){2}[a-z2-9]{5}\b", told)


@pytest.fixture
def officer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.officer)
    return client


def half(username: str = "officer") -> Client:
    """Somebody who knows the password."""
    client = Client()
    answer = client.post(LOGIN, {"username": username, "password": PASSWORD, "next": "/desk/payments/"})
    assert answer["Location"] == f"{CODE}?next=%2Fdesk%2Fpayments%2F"
    return client


def second(client: Client, typed: str) -> Any:
    return client.post(f"{CODE}?next=/desk/payments/", {"code": typed, "next": "/desk/payments/"})


@pytest.mark.case("A7")
def test_a_code_opens_once_in_its_window_also_from_two_sessions(officer: Client) -> None:
    secret, _ = enrol(officer)
    one, two, typed = half(), half(), code(secret)
    assert second(one, typed)["Location"] == "/desk/payments/"
    assert second(two, typed).status_code == second(half(), typed).status_code == 200
    assert (one.get("/desk/payments/").status_code, two.get("/desk/payments/").status_code) == (200, 302)
    assert second(two, code(secret, 30)).status_code == 302


@pytest.mark.case("A7")
def test_codes_of_long_ago_wrong_ones_and_rubbish_open_nothing(officer: Client) -> None:
    secret, _ = enrol(officer)
    for typed in (code(secret, -120), code(secret, 120), "12345", "１２３４５６", ""):
        assert second(half(), typed).status_code == 200


@pytest.mark.case("A7")
def test_guessing_codes_is_braked_for_the_account_from_wherever(cast: Cast, officer: Client) -> None:
    secret, _ = enrol(officer)
    for _turn in range(5):
        second(half(), "000000")
    assert second(half(), code(secret)).status_code == 429


@pytest.mark.case("A8")
def test_a_password_alone_opens_no_address_no_api_and_no_reset(cast: Cast, officer: Client) -> None:
    enrol(officer)
    client = half()
    for path in (
        "/desk/",
        "/desk/payments/",
        "/desk/password/",
        OWN,
        f"{OWN}confirm/",
        "/desk/prove/",
        "/desk/tokens/",
    ):
        assert client.get(path).status_code in (302, 405) and client.get(path).get("Location", LOGIN).startswith(LOGIN)
        assert client.post(path)["Location"].startswith(LOGIN) if client.post(path).status_code == 302 else True
    assert client.get("/api/payments").status_code == client.get("/api/me").status_code == 401
    admin = Client()
    admin.force_login(cast.system)
    page = admin.post(f"/desk/people/{cast.officer.pk}/reset/").content.decode()
    password = re.findall(r"\b(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\b", page)[0]
    assert Client().post(LOGIN, {"username": "officer", "password": password})["Location"].startswith(CODE)


@pytest.mark.case("A8")
def test_the_second_step_without_the_first_begins_again(cast: Cast, officer: Client) -> None:
    secret, _ = enrol(officer)
    assert Client().get(CODE)["Location"] == LOGIN
    assert second(Client(), code(secret))["Location"] == LOGIN
    cast.officer.refresh_from_db()
    client = half()
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert second(client, code(secret))["Location"] == LOGIN


@pytest.fixture
def real_city(cast: Cast) -> Cast:
    """The same people in a city that is no sample: the policy asks its privileged roles for a second factor."""
    City.objects.filter(pk=cast.city.pk).update(is_sample=False)
    return cast


@pytest.mark.case("A8")
def test_a_privileged_role_does_nothing_by_any_door_until_it_has_one(real_city: Cast) -> None:
    cast, client = real_city, Client()
    _token, key = issue_token(
        city=cast.city, user=cast.verifier, name="k", can_write=True, days=1, by=cast.verifier, at=cast.now
    )
    Token.objects.of(cast.city).update(expires_at=true_now() + timedelta(days=1))
    bearer = {"authorization": f"Bearer {key}"}
    client.post(LOGIN, {"username": "verifier", "password": PASSWORD})
    assert client.get("/desk/queue/")["Location"] == client.get("/desk/")["Location"] == OWN
    assert client.get("/api/payments").status_code == 403
    assert Client().get("/api/payments", headers=bearer).status_code == 403
    assert "必须先启用第二验证" in client.get(OWN).content.decode()
    enrol(client)
    assert client.get("/desk/queue/").status_code == client.get("/api/payments").status_code == 200
    assert Client().get("/api/payments", headers=bearer).status_code == 200
    assert client.post(f"{OWN}remove/")["Location"] == OWN and "不能停用" in client.get(OWN).content.decode()


def test_in_a_sample_city_and_for_a_clerk_it_is_up_to_each(cast: Cast, officer: Client) -> None:
    assert officer.get("/desk/payments/").status_code == 200
    enrol(officer)
    assert officer.post(f"{OWN}remove/").status_code == 302
    assert Client().post(LOGIN, {"username": "officer", "password": PASSWORD})["Location"] == "/desk/"


@pytest.mark.case("A6", "A8")
def test_putting_one_on_ends_the_other_sessions(cast: Cast, officer: Client) -> None:
    other = Client()
    other.force_login(cast.officer)
    enrol(officer)
    assert (officer.get("/desk/payments/").status_code, other.get("/desk/payments/").status_code) == (200, 302)


@pytest.mark.case("A7")
def test_a_recovery_code_opens_once_and_is_kept_as_a_digest(cast: Cast, officer: Client) -> None:
    _, codes = enrol(officer)
    assert len(set(codes)) == 10
    assert second(half(), codes[0].upper().replace("-", " ")).status_code == 302
    assert second(half(), codes[0]).status_code == 200
    kept = [*RecoveryCode.objects.of(cast.city).values_list("digest", flat=True)]
    assert not any(part in " ".join(kept) for part in codes[1].split("-"))
    fresh = officer.post(f"{OWN}codes/").content.decode()
    assert codes[1] not in fresh and second(half(), codes[1]).status_code == 200


def test_the_secret_lies_encrypted(cast: Cast, officer: Client) -> None:
    secret, _ = enrol(officer)
    assert secret not in Factor.objects.of(cast.city).get().secret


@pytest.mark.case("A12")
def test_who_has_one_is_asked_for_a_code_and_not_for_the_password(cast: Cast, officer: Client) -> None:
    secret, _ = enrol(officer)
    session = officer.session
    session["proved"] = 0
    session.save()
    assert officer.post(f"{OWN}remove/", {"proof": PASSWORD}).status_code == 403
    assert officer.post(f"{OWN}remove/", {"proof": code(secret)}).status_code == 302
    assert Factor.objects.of(cast.city).get().confirmed_at is None


@pytest.mark.case("A8")
def test_only_the_security_administrator_takes_off_another_s_and_it_is_in_the_diary(
    cast: Cast, officer: Client
) -> None:
    enrol(officer)
    address = f"/desk/people/{cast.officer.pk}/second-factor/reset/"
    for who, status in ((cast.leader, 403), (cast.auditor, 403), (cast.security, 302)):
        client = Client()
        client.force_login(who)
        assert client.post(address).status_code == status
    assert Event.objects.of(cast.city).get(verb="people.factor.reset").by == cast.security
    assert officer.get("/desk/payments/").status_code == 302
    client.post(f"/desk/people/{cast.security.pk}/second-factor/reset/")
    assert Event.objects.of(cast.city).filter(verb="people.factor.reset").count() == 1


@pytest.mark.case("A8")
def test_an_installation_may_ask_it_of_sample_cities_too(cast: Cast, settings: Any, tmp_path: Path) -> None:
    shipped = Path("zhaoshang/people/samples/safety.toml").read_text("utf-8")
    own = tmp_path / "safety.toml"
    own.write_text(shipped.replace("sample_cities = false", "sample_cities = true"), "utf-8")
    settings.SAFETY_FILE = str(own)
    client = Client()
    client.post(LOGIN, {"username": "verifier", "password": PASSWORD})
    assert client.get("/desk/queue/")["Location"] == OWN

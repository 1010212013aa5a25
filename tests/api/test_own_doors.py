"""One's own passkeys and link by the API: listed, and taken off only by a login that was proven a moment ago."""

from typing import Any

import pytest
from cast import Cast
from django.test import Client
from doors.authenticator import Authenticator
from doors.test_passkeys import add
from doors.test_second_factor import enrol
from doors.test_sessions import Time, time  # noqa: F401 (fixture)

from api.asking import key_of
from zhaoshang.people.linking import link_account
from zhaoshang.people.models import Event, Passkey, User
from zhaoshang.tenancy.models import City

OWN = "/api/me/passkeys"


@pytest.fixture
def client(cast: Cast) -> Client:
    made = Client()
    made.force_login(cast.officer)
    add(made, Authenticator(), "示例手机")
    return made


def test_they_are_listed_without_what_opens_and_taken_off(cast: Cast, client: Client) -> None:
    (held,) = client.get(OWN).json()
    assert held["name"] == "示例手机" and set(held) == {"id", "name", "created_at", "used_at"}
    assert client.delete(f"{OWN}/{held['id']}").json() == {"taken_off": held["id"]}
    assert client.get(OWN).json() == [] and client.get("/api/me").status_code == 200, "this session goes on"
    assert Event.objects.of(cast.city).filter(verb="people.passkey.taken_off", by=cast.officer).count() == 1


def test_an_old_proof_a_key_and_another_person_take_nothing_off(
    cast: Cast,
    client: Client,
    time: Time,  # noqa: F811
) -> None:
    path = f"{OWN}/{Passkey.objects.of(cast.city).get().pk}"
    other = Client()
    other.force_login(cast.verifier)
    assert (other.delete(path).status_code, other.get(OWN).json()) == (404, [])
    bearer: Any = {"Authorization": f"Bearer {key_of(cast, cast.officer)}"}
    assert Client().delete(path, headers=bearer).status_code == 401
    assert len(Client().get(OWN, headers=bearer).json()) == 1
    time.passes(minutes=16)
    answer = client.delete(path)
    assert (answer.status_code, answer.json()["code"]) == (403, "prove_again")
    assert Passkey.objects.of(cast.city).count() == 1


def test_the_last_one_of_a_role_that_must_have_one_stays(cast: Cast) -> None:
    City.objects.filter(pk=cast.city.pk).update(is_sample=False)
    made = Client()
    made.force_login(cast.verifier)
    add(made, Authenticator())
    path = f"{OWN}/{Passkey.objects.of(cast.city).get().pk}"
    answer = made.delete(path)
    assert (answer.status_code, answer.json()["code"]) == (409, "last_factor")
    enrol(made)
    assert made.delete(path).status_code == 200


def test_the_identity_at_the_provider_is_told_to_its_person(cast: Cast, client: Client) -> None:
    assert client.get("/api/me/sign-on").json() == []
    told: dict[str, Any] = {"issuer": "https://id.example", "subject": "staff-1", "by": cast.security, "at": cast.now}
    link_account(city=cast.city, user=cast.officer, **told)
    again = Client()
    again.force_login(User.objects.get(pk=cast.officer.pk))
    assert [one["subject"] for one in again.get("/api/me/sign-on").json()] == ["staff-1"]

"""API keys on the way that a real server takes: the key alone suffices, a session owes its token, and both are told why not."""

import gzip
import json
from typing import Any

import pytest
from architecture.routes import routes
from cast import Cast
from django.test import Client

from zhaoshang.people.actions import issue_token
from zhaoshang.people.rules import Role

ASKED = "/api/targets"
BODY = {"indicator": "none", "year": 2023, "amount": "1.00", "document": "x", "issued_on": "2023-01-01"}


def post(client: Client, body: str = json.dumps(BODY), **headers: str) -> tuple[int, Any]:
    """Status and answer of a written request, as a server that checks CSRF tokens gives them."""
    answer = client.post(ASKED, body, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


@pytest.fixture
def machine(db: None) -> Client:
    return Client(enforce_csrf_checks=True)


def key_of(cast: Cast, can_write: bool = True, days: int = 9999) -> str:
    user = cast.statistician
    return issue_token(city=cast.city, user=user, name="t", can_write=can_write, days=days, by=user, at=cast.now)[1]


def test_a_key_writes_without_session_or_csrf_token(cast: Cast, machine: Client) -> None:
    status, told = post(machine, authorization=f"Bearer {key_of(cast)}")
    assert (status, told["code"]) == (404, "unknown_indicator")


@pytest.mark.parametrize("wrong", ["reading", "expired", "unknown", "none"])
@pytest.mark.case("E2")
def test_another_key_does_not_write(cast: Cast, machine: Client, wrong: str) -> None:
    keys = {"reading": key_of(cast, can_write=False), "expired": key_of(cast, days=1), "unknown": "zs_x", "none": ""}
    refused = (403, "out_of_scope") if wrong == "reading" else (401, "not_logged_in")
    status, told = post(machine, authorization=f"Bearer {keys[wrong]}")
    assert (status, told["code"]) == refused


@pytest.mark.case("E2")
def test_a_key_in_the_address_is_no_key(cast: Cast, machine: Client) -> None:
    assert machine.get(f"/api/me?token={key_of(cast)}&key={key_of(cast)}").status_code == 401


@pytest.mark.case("D1")
def test_a_session_owes_its_csrf_token(cast: Cast, machine: Client) -> None:
    machine.force_login(cast.statistician)
    status, told = post(machine)
    assert (status, told["code"]) == (403, "no_csrf_token")


WRONG = [
    '{"year": NaN}',
    '{"amount": 1e400}',
    "[" * 5000,
    "\ufeff{",
    "null",
    '"x"',
    '{"year": true}',
    '{"amount": 1.00}',
    json.dumps(BODY).replace("{", '{"amount": "9.00", ', 1),
]


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
@pytest.mark.case("E4")
def test_what_cannot_be_read_is_refused_and_never_bent(cast: Cast, machine: Client, body: str) -> None:
    status, told = post(machine, body, authorization=f"Bearer {key_of(cast)}")
    assert status in (400, 422) and {"code", "message", "detail"} <= set(told)


UNREADABLE = {
    "UTF-16": json.dumps(BODY).encode("utf-16"),
    "UTF-16 without a mark": json.dumps(BODY).encode("utf-16-le"),
    "packed": gzip.compress(json.dumps(BODY).encode()),
    "NaN": json.dumps(BODY | {"year": float("nan")}).encode(),
    "a name twice": json.dumps(BODY).replace("{", '{"year": 2024, ', 1).encode(),
    "a name twice, deep": json.dumps(BODY).replace('"x"', '{"a": 1, "a": 2}', 1).encode(),
}


@pytest.mark.case("E4")
@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_body_that_two_readers_would_read_differently_is_refused(cast: Cast, machine: Client, kind: str) -> None:
    headers = {"authorization": f"Bearer {key_of(cast)}"} | ({"content-encoding": "gzip"} if kind == "packed" else {})
    answer = machine.post(ASKED, UNREADABLE[kind], content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


@pytest.mark.case("E4")
def test_a_body_of_fifty_megabytes_is_refused_unread(cast: Cast, machine: Client) -> None:
    status, told = post(machine, '"' + "x" * 50_000_000 + '"', authorization=f"Bearer {key_of(cast)}")
    assert (status, told["code"]) == (413, "too_big")


@pytest.mark.case("B12")
def test_a_partner_s_key_opens_what_is_the_partner_s_and_nothing_else(cast: Cast, machine: Client) -> None:
    user = cast.partner
    key = issue_token(city=cast.city, user=user, name="t", can_write=True, days=9999, by=user, at=cast.now)[1]
    asked = [one for one in routes() if one.name.startswith("api:") and one.needs and one.verb == "GET"]
    lists = [one for one in asked if not one.converters]
    told = {one.name: machine.get(f"/{one.pattern}", headers={"authorization": f"Bearer {key}"}) for one in lists}
    assert len(lists) > 40
    assert [one.name for one in lists if (told[one.name].status_code == 403) == (Role.PARTNER in one.roles)] == []

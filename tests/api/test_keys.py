"""API keys: what they are for, how often they may call."""

from datetime import UTC, datetime
from typing import Any

import pytest
from cast import Cast
from django.core.cache import cache
from django.test import Client

from api.asking import body, key_of, post
from zhaoshang.machines.rules import AREAS
from zhaoshang.people import brakes
from zhaoshang.people.actions import issue_token
from zhaoshang.people.models import Token


def headers(key: str) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


@pytest.mark.case("E2")
def test_a_key_for_one_kind_of_thing_opens_no_other(cast: Cast, client: Client) -> None:
    _token, key = issue_token(
        city=cast.city, user=cast.officer, name="机", can_write=True, days=9999, areas=["payments"],
        by=cast.officer, at=cast.now,
    )  # fmt: skip
    assert post(client, "payments", body(cast), **headers(key)).status_code == 201
    assert client.get("/api/me", **headers(key)).status_code == 200
    told = client.get("/api/leads", **headers(key))
    assert (told.status_code, told.json()["code"]) == (403, "out_of_scope")


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock that stands until it is told the seconds."""
    told = {"now": 1_000_000.0}
    monkeypatch.setattr(brakes, "true_now", lambda: datetime.fromtimestamp(told["now"], UTC))
    return told


@pytest.mark.case("E6")
def test_a_key_calls_no_more_than_two_hundred_times_in_any_minute_and_is_told_when_again(
    cast: Cast, client: Client, minute: Any
) -> None:
    key, other = key_of(cast, cast.officer), key_of(cast, cast.officer)
    let_in = 0
    for second in range(60):
        minute["now"] = 1_000_000.0 + second
        for _ in range(3 if second else 110):
            let_in += client.get("/api/me", **headers(key)).status_code == 200
    assert 190 <= let_in <= 200
    cache.clear()  # what a restart forgets
    for _ in range(2):
        braked = client.get("/api/me", **headers(key))
    assert (braked.status_code, braked.json()["code"]) == (429, "too_many_requests")
    assert (braked["Retry-After"], braked["RateLimit-Limit"], braked["RateLimit-Remaining"]) == ("1", "100", "0")
    free = client.get("/api/me", **headers(other))
    assert (free.status_code, free["RateLimit-Remaining"], free["RateLimit-Reset"]) == (200, "99", "1")
    minute["now"] += int(braked["Retry-After"])
    assert client.get("/api/me", **headers(key)).status_code == 200


@pytest.mark.case("E6")
def test_who_is_logged_in_and_who_is_not_are_not_counted(cast: Cast, client: Client) -> None:
    strange = client.get("/api/me", **headers("zs_unknown"))
    client.force_login(cast.officer)
    assert (strange.status_code, "RateLimit-Limit" in strange, "RateLimit-Limit" in client.get("/api/me")) == (
        401, False, False,
    )  # fmt: skip


def test_the_areas_of_keys_are_the_description_s_tags(client: Client, db: None) -> None:
    document = client.get("/api/openapi.json").json()
    tags = {tag for path in document["paths"].values() for one in path.values() for tag in one["tags"]}
    assert tags - {"people"} == set(AREAS)


def test_a_key_is_issued_for_some_things_only_at_the_desk(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    page = client.post("/desk/tokens/", {"name": "财务系统", "days": "30", "areas": ["payments", "projects"]})
    token = Token.objects.of(cast.city).get()
    assert (token.areas, token.can_write) == (["payments", "projects"], False)
    assert "到位资金、项目" in page.content.decode()
    assert client.post("/desk/tokens/", {"name": "x", "days": "30", "areas": ["everything"]}).status_code == 422

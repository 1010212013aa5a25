"""Jobs by the API: a file is left to the workers, watched, cancelled, fetched."""

import json
from typing import Any

import pytest
from cast import NOW, Cast
from django.test import Client

from jobs.working import work_off
from zhaoshang.people.actions import issue_token


@pytest.fixture
def api(cast: Cast, client: Client) -> Any:
    """Calls as the officer's machine."""
    _, key = issue_token(
        city=cast.city, user=cast.officer, name="t", can_write=True, days=9_000, by=cast.officer, at=NOW
    )

    def call(method: str, path: str, body: Any = None) -> Any:
        data = json.dumps(body) if body is not None else ""
        headers = {"Authorization": f"Bearer {key}"}
        return client.generic(method, f"/api/{path}", data, content_type="application/json", headers=headers)

    return call


def test_a_file_is_left_to_the_workers_watched_and_fetched(cast: Cast, api: Any) -> None:
    cast.declared()
    begun = api("POST", "jobs", {"path": "/desk/payments/?xlsx=1"})
    assert (begun.status_code, begun.json()["state"]) == (202, "waiting")
    key = begun.json()["id"]
    assert api("POST", "jobs", {"path": "/desk/payments/?xlsx=1"}).json()["id"] == key
    assert api("GET", f"jobs/{key}/file").status_code == 404
    work_off(cast)
    assert (api("GET", f"jobs/{key}").json()["has_file"], len(api("GET", "jobs").json()["rows"])) == (True, 1)
    assert api("GET", f"jobs/{key}/file").content[:2] == b"PK"


def test_what_is_no_file_or_not_allowed_fails_and_says_why(cast: Cast, api: Any) -> None:
    for path, failure in (
        ("/desk/payments/", "no_file"),
        ("/desk/people/", "not_allowed"),
        ("/desk/x/", "not_allowed"),
    ):
        key = api("POST", "jobs", {"path": path}).json()["id"]
        work_off(cast)
        told = api("GET", f"jobs/{key}").json()
        assert (told["failure"], bool(told["why"])) == (failure, True)
    assert api("POST", "jobs", {"path": "https://example.org/"}).status_code == 422


def test_cancelled_twice_is_a_conflict_and_again_is_a_new_job(cast: Cast, api: Any) -> None:
    key = api("POST", "jobs", {"path": "/desk/payments/?xlsx=1"}).json()["id"]
    assert api("POST", f"jobs/{key}/again").status_code == 409
    assert api("POST", f"jobs/{key}/cancel").json()["state"] == "cancelled"
    assert api("POST", f"jobs/{key}/cancel").json()["code"] == "not_open"
    assert api("POST", f"jobs/{key}/again").json()["id"] != key

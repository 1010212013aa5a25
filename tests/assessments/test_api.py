"""Assessments and lights for machines."""

from datetime import timedelta
from typing import Any

import pytest
from cast import NOW, Cast
from django.test import Client
from django.utils import timezone

from assessments.city import LIGHTS, issued, shown, started
from assessments.test_pages import shown_now
from zhaoshang.assessments.lighting import compute_lights
from zhaoshang.assessments.models import Objection
from zhaoshang.common.periods import parse_month
from zhaoshang.people.actions import issue_token
from zhaoshang.people.models import User


@pytest.fixture
def key_of(assessed: Cast, client: Client) -> Any:
    """A person's key, as the header that carries it."""

    def made(user: User) -> dict[str, str]:
        days = (timezone.now() - NOW + timedelta(days=30)).days
        _token, secret = issue_token(
            city=assessed.city, user=user, name="示例", can_write=True, days=days, by=user, at=NOW
        )
        return {"Authorization": f"Bearer {secret}"}

    return made


def test_scores_come_with_formula_and_inputs(assessed: Cast, client: Client, key_of: Any) -> None:
    one = shown(assessed)
    [head] = client.get("/api/assessments", headers=key_of(assessed.leader)).json()
    assert (head["id"], head["state"], head["period"]) == (str(one.pk), "shown", "2023Q1")
    told = client.get(f"/api/assessments/{one.pk}", headers=key_of(assessed.leader)).json()
    assert told["scores"][1]["total"] == "60.00"
    assert told["scores"][1]["lines"][0]["formula"] == "60 × min(15 ÷ 25, 100%) = 36"
    assert told["inputs"]["west"]["capital_in_place.value"]["figure"]["indicator"] == "capital_in_place"


def test_a_draft_is_absent_for_districts(assessed: Cast, client: Client, key_of: Any) -> None:
    one = started(assessed)
    assert client.get("/api/assessments", headers=key_of(assessed.officer)).json() == []
    assert client.get(f"/api/assessments/{one.pk}", headers=key_of(assessed.officer)).status_code == 404


def test_a_district_objects_for_its_own_unit_only(assessed: Cast, client: Client, key_of: Any) -> None:
    one = shown_now(assessed)
    address, key = f"/api/assessments/{one.pk}/objections", key_of(assessed.officer)

    def post(body: dict[str, Any], headers: dict[str, str] = key) -> int:
        return client.post(address, body, content_type="application/json", headers=headers).status_code

    given = {"unit": "east", "article": "一", "reason": "示例"}
    assert post(given) == 201
    assert (post(given | {"unit": "west"}), post(given | {"article": "九"}), post(given | {"verdict": "upheld"})) == (
        404,
        422,
        422,
    )
    assert post(given, key_of(assessed.statistician)) == 403
    assert Objection.objects.of(assessed.city).count() == 1


def test_an_objection_outside_the_window_is_refused(assessed: Cast, client: Client, key_of: Any) -> None:
    one = shown(assessed)
    body = {"unit": "east", "article": "一", "reason": "示例"}
    answer = client.post(
        f"/api/assessments/{one.pk}/objections", body, content_type="application/json", headers=key_of(assessed.officer)
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "window_closed")


def test_lights_are_read_and_never_set(assessed: Cast, client: Client, key_of: Any) -> None:
    regulation = issued(assessed, "lights", LIGHTS)
    compute_lights(regulation=regulation, month=parse_month("2023-03"), by=None, at=NOW)
    key = key_of(assessed.statistician)
    told = client.get("/api/lights/lights?month=2023-03", headers=key).json()
    assert {(one["unit"], one["article"]): one["colour"] for one in told}["west", "二"] == "red"
    assert (
        client.post("/api/lights/lights", {"colour": "green"}, content_type="application/json", headers=key).status_code
        == 405
    )
    assert [one["code"] for one in client.get("/api/regulations", headers=key).json()] == ["lights"]

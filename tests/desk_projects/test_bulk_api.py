"""Many projects at once through the API: the same gates as one by one, a line for each, done once under a key."""

from typing import Any

import pytest
from api.asking import post
from cast import Cast
from django.test import Client

from desk_projects.test_board import lead, now
from desk_projects.test_bulk import handed, schedule
from zhaoshang.common.periods import parse_month
from zhaoshang.people.models import Event


def told(answer: Any) -> dict[str, str]:
    """What was said of each project: empty when done."""
    assert answer.status_code == 200, answer.content
    return {one["project"]: (one["refused"] or {"code": ""})["code"] for one in answer.json()["rows"]}


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.officer)
    return client


def test_each_goes_through_its_own_gate(cast: Cast, officer: Client) -> None:
    """One begins building; one is paused; a lead lacks its signing."""
    lead(cast, "9-1", "示例甲"), lead(cast, "9-2", "示例乙")
    pause = post(officer, "bulk/moves", {"projects": ["9-2"], "act": "paused", "why": "用地未定"})
    assert told(pause) == {"9-2": ""} and now(cast, "9-2").standing == "paused"
    asked = {
        "projects": ["9-1", "9-2"],
        "act": "construction",
        "on": "2023-03-01",
        "why": "示例1号",
    }
    answer = post(officer, "bulk/moves", asked)
    assert told(answer) == {"9-1": "", "9-2": "not_open"} and answer.json()["done"] == 1
    assert [now(cast, code).construction for code in ("9-1", "9-2")] == ["reserve", ""]
    assert told(post(officer, "bulk/moves", asked | {"on": None}))["9-1"] == "bad_day"
    assert told(post(officer, "bulk/moves", asked | {"act": "promotion"}))["9-1"] == "gate_not_met"
    assert told(post(officer, "bulk/moves", {"projects": ["9-1", "9-2"], "act": "open", "why": "用地已定"})) == {
        "9-1": "already_so",
        "9-2": "",
    }


@pytest.mark.case("E3")
def test_under_a_key_it_is_done_once_refusals_and_all(cast: Cast, officer: Client) -> None:
    lead(cast, "9-1", "示例甲"), lead(cast, "9-2", "示例乙")
    assert told(post(officer, "bulk/moves", {"projects": ["9-2"], "act": "paused", "why": "示例"})) == {"9-2": ""}
    asked = {"projects": ["9-1", "9-2"], "act": "paused", "why": "示例"}
    first = post(officer, "bulk/moves", asked, HTTP_IDEMPOTENCY_KEY="bulk-1")
    again = post(officer, "bulk/moves", asked, HTTP_IDEMPOTENCY_KEY="bulk-1")
    assert told(first) == {"9-1": "", "9-2": "already_so"} and again.content == first.content
    assert Event.objects.of(cast.city).filter(verb="projects.project.closed").count() == 2


def test_projects_are_handed_over_each_for_itself(cast: Cast, officer: Client) -> None:
    lead(cast, "9-1", "示例甲"), lead(cast, "9-2", "示例乙")
    given = {"handler": "officer", "leader_name": "示例领导", "reason": "示例分工"}
    assert told(post(officer, "bulk/assignments", given | {"projects": ["9-1"]})) == {"9-1": ""}
    answer = post(officer, "bulk/assignments", given | {"projects": ["9-1", "9-2"]})
    assert told(answer) == {"9-1": "nobody_new", "9-2": ""}
    assert [handed(cast, code) for code in ("9-1", "9-2")] == [["officer"], ["officer"]]
    wrong = post(officer, "bulk/assignments", given | {"projects": ["9-1"], "handler": "nobody"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_handler")


def test_schedules_are_set_and_put_off(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    paper, june = {"document": "示例1号", "agreed_on": "2023-01-10"}, parse_month("2023-06")
    set_so = post(client, "bulk/schedules", paper | {"projects": ["2023-0001"], "month": "2023-06"})
    both = {"document": "示例2号", "agreed_on": "2023-02-10", "later": 3, "projects": ["2023-0001", "2023-0002"]}
    assert told(set_so) == {"2023-0001": ""}
    assert told(post(client, "bulk/schedules", both)) == {"2023-0001": "", "2023-0002": "no_schedule"}
    assert list(schedule(cast, "2023-0001")) == [june + 3] and schedule(cast, "2023-0002") == {}
    assert told(post(client, "bulk/schedules", paper | {"projects": ["2023-0002"]})) == {"2023-0002": "no_month"}
    assert told(post(client, "bulk/schedules", both | {"agreed_on": "2023-01-01"}))["2023-0001"] == "bad_schedule"
    assert post(client, "bulk/schedules", both | {"later": 37}).status_code == 422


def test_who_may_not_do_it_to_one_may_not_to_many(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    asked = {
        "moves": {"act": "paused", "why": "示例"},
        "assignments": {"handler": "officer", "reason": "示例"},
        "schedules": {"document": "示例", "agreed_on": "2023-01-10", "later": 1},
    }
    found = {
        act: post(client, f"bulk/{act}", body | {"projects": ["2023-0001"]}).status_code for act, body in asked.items()
    }
    assert found == {"moves": 403, "assignments": 403, "schedules": 403}
    assert now(cast, "2023-0001").standing == "open" and handed(cast, "2023-0001") == []

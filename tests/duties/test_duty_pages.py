"""Duties on the desk and by the API: the bulk change, a leader's order, answers, the report of losses, the calendar; and query counts."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zhaoshang.common.sheets import open_workbook
from zhaoshang.desk.story import duties as story
from zhaoshang.desk.waiting import duties as waiting
from zhaoshang.duties.actions.matters import answer_matter
from zhaoshang.duties.models import Clock, Matter, Responsibility
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.stages.actions import close_project, reopen_project
from zhaoshang.projects.stages.rules import Cause, Standing
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.models import DayOverride

from .test_clocks import clock
from .test_matters import order, problem
from .test_responsibility import give

pytestmark = pytest.mark.django_db
LATER = date(2099, 1, 1)


def post(client: Client, by: User, path: str, **given: Any) -> str:
    client.force_login(by)
    page = client.post(f"/desk/{path}", given, follow=True)
    assert page.status_code in (200, 422), page.status_code
    return page.content.decode()


def call(client: Client, by: User, path: str, **body: Any) -> tuple[int, Any]:
    client.force_login(by)
    told = client.post(f"/api/{path}", json.dumps(body), content_type="application/json")
    return told.status_code, told.json()


def test_ticked_projects_are_reassigned_in_one_act(cast: Cast, client: Client) -> None:
    given = {"project": ["2023-0001", "2023-0002"], "handler": "statistician", "leader_name": "示例副市长"}
    assert "请写明理由" in post(client, cast.statistician, "duties/reassign/", **given)
    assert "已为 2 个项目重新分工" in post(client, cast.statistician, "duties/reassign/", **given, reason="示例")
    assert Responsibility.objects.of(cast.city).filter(handler=cast.statistician, until=None).count() == 2
    page = client.get("/desk/duties/?who=me").content.decode()
    assert ("示例工厂" in page, "示例副市长" in page) == (True, True)


@pytest.mark.case("B3")
def test_an_officer_cannot_reassign_what_they_do_not_see(cast: Cast, client: Client) -> None:
    post(
        client, cast.officer, "duties/reassign/", project=["2023-0002"], handler="officer", leader="leader", reason="x"
    )
    told = call(
        client, cast.officer, "reassignments", projects=["2023-0002"], handler="officer", leader="leader", reason="x"
    )
    assert (told[0], Responsibility.objects.of(cast.city).count()) == (404, 0)


def test_a_leader_writes_an_order_from_any_page_and_the_unit_sees_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    assert "/desk/orders/new/?href=%2Fdesk%2Foverview%2F" in client.get("/desk/overview/").content.decode()
    given = {"unit": "east", "text": "示例批示", "due_on": str(LATER), "href": "/desk/overview/", "about": "总览"}
    assert "督办已下达" in post(client, cast.leader, "orders/new/", **given)
    told = [
        one for one in waiting.tasks(viewer_of(cast.officer, cast.city), timezone.localdate()) if one.label == "督办"
    ]
    assert [(one.count, one.due_on) for one in told] == [(1, LATER)]
    one = Matter.objects.of(cast.city).get()
    assert "已记下" in post(client, cast.officer, f"orders/{one.pk}/say/", act="answer", text="示例：已办")
    assert "已销号" in post(client, cast.leader, f"orders/{one.pk}/say/", act="close", text="示例：好")


def test_an_order_that_is_wrong_comes_back_with_its_words(cast: Cast, client: Client) -> None:
    text = post(client, cast.leader, "orders/new/", unit="east", text="示例批示", due_on="2020-01-01")
    assert ("不早于今天" in text, "示例批示" in text, Matter.objects.of(cast.city).exists()) == (True, True, False)


@pytest.mark.parametrize("due", ["x", "2023-13-40", ""])
def test_a_day_that_is_none_is_said(cast: Cast, client: Client, due: str) -> None:
    assert "正确的日期" in post(client, cast.leader, "orders/new/", unit="east", text="示例", due_on=due)


def test_a_problem_goes_through_page_and_api(cast: Cast, client: Client) -> None:
    path = "projects/2023-0001/duties/problem/"
    assert "列入清单" in post(client, cast.officer, path, text="示例问题", level="city", department="自然资源局")
    one = Matter.objects.of(cast.city).get()
    assert call(client, cast.officer, f"problems/{one.pk}/answer", text="x")[1]["code"] == "own_matter"
    assert call(client, cast.statistician, f"problems/{one.pk}/answer", text="示例：已协调")[0] == 200
    accept = {"verdict": "accept", "text": "示例：好了"}
    assert call(client, cast.statistician, f"problems/{one.pk}/judgement", **accept)[1]["code"] == "not_raiser"
    assert call(client, cast.officer, f"problems/{one.pk}/judgement", **accept)[1]["state"] == "closed"
    assert len(client.get(f"/api/problems/{one.pk}").json()["said"]) == 3


def test_a_clock_is_started_answered_and_exported(cast: Cast, client: Client) -> None:
    post(client, cast.officer, "projects/2023-0001/duties/clock/", kind="first_view", subject="示例来访")
    one = Clock.objects.of(cast.city).get()
    assert "示例来访" in client.get("/desk/clocks/?state=running").content.decode()
    assert "计时停止" in post(client, cast.officer, f"clocks/{one.pk}/answer/", answer="示例")
    rows = open_workbook(client.get("/desk/clocks/?xlsx=1").content).sheets[0].rows
    assert rows[2].cell(1).text == "示例来访"
    assert client.get("/api/clocks?state=answered").json()["rows"][0]["answer"] == "示例"


def test_late_clocks_are_listed_for_the_superior(cast: Cast, client: Client) -> None:
    clock(cast)
    client.force_login(cast.leader)
    assert "示例线索" in client.get("/desk/clocks/?to=leader").content.decode()
    page = client.get("/desk/clocks/punctuality/?year=2023").content.decode()
    assert ("<svg" in page, "东山区" in page) == (True, True)
    assert client.get("/api/punctuality?since=2023-01-01").json()[0]["running_late"] == 1


def test_losses_by_cause_and_city_with_what_came_back(cast: Cast, client: Client) -> None:
    lost = {"reason": "示例：地价高", "cause": Cause.LAND, "lost_to": "示例市甲", "by": cast.officer, "at": NOW}
    close_project(project=cast.plant, standing=Standing.LOST, **lost)
    reopen_project(project=cast.plant, reason="示例", by=cast.officer, at=NOW)
    client.force_login(cast.officer)
    page = client.get("/desk/losses/?period=2023Q2").content.decode()
    assert all(words in page for words in ("用地厂房", "示例市甲", "已重回项目库", "<svg"))
    assert "示例市甲" not in client.get("/desk/losses/?period=2023Q1").content.decode()
    client.force_login(cast.other_officer)
    assert client.get("/api/losses?period=2023Q2").json() == []


def test_a_lost_project_names_its_city_at_the_api_too(cast: Cast, client: Client) -> None:
    path = "projects/2023-0001/standing"
    assert call(client, cast.officer, path, standing="lost", reason="示例")[1]["code"] == "lost_to_missing"
    assert call(client, cast.officer, path, standing="lost", reason="示例", lost_to="示例市", cause="cost")[0] == 201
    assert StageEntry.objects.of(cast.city).order_by("number").last().cause == "cost"
    assert call(client, cast.officer, path, standing="open", reason="示例")[0] == 201
    assert call(client, cast.officer, "projects/2023-0001/notes", on="2023-03-01", text="示例进展")[0] == 201


def test_the_calendar_says_how_each_day_is_known(cast: Cast, client: Client) -> None:
    told = {"day": "2023-04-04", "works": "no", "document": "示例通知"}
    assert "已记下" in post(client, cast.statistician, "workdays/set/", **told)
    page = client.get("/desk/workdays/?month=2023-04").content.decode()
    assert ("本市另行设定" in page, "按国务院放假通知" in page) == (True, True)
    assert "推定" in client.get("/desk/workdays/?month=2060-01").content.decode()
    post(client, cast.statistician, "workdays/set/", day="2023-04-06", works="no", document=" ")
    assert DayOverride.objects.of(cast.city).count() == 1
    days = client.get("/api/workdays?first=2023-04-03&last=2023-04-05").json()
    assert [(one["works"], one["source"]) for one in days] == [
        (True, "package"),
        (False, "overridden"),
        (False, "package"),
    ]


def test_another_unit_sees_none_of_it(cast: Cast, client: Client) -> None:
    give(cast)
    keys = [("clocks", clock(cast).pk), ("problems", problem(cast).pk), ("orders", order(cast).pk)]
    client.force_login(cast.other_officer)
    for name, key in keys:
        assert client.get(f"/desk/{name}/{key}/").status_code == 404
        assert (
            "示例" not in client.get(f"/desk/{name}/").content.decode().partition("<tbody")[2].partition("</tbody")[0]
        )
    assert client.get("/desk/projects/2023-0001/duties/").status_code == 404


def test_the_story_tells_people_promises_and_answers(cast: Cast) -> None:
    give(cast)
    problem(cast)
    clock(cast, project=cast.plant)
    plant = Project.objects.of(cast.city).get(pk=cast.plant.pk)
    told = list(story.lines(plant, viewer_of(cast.officer, cast.city)))
    assert sorted(one.promised for one in told) == [False, False, True, True]


def test_who_raised_it_is_told_of_the_answer(cast: Cast) -> None:
    answer_matter(matter=problem(cast), text="示例", by=cast.statistician, at=NOW)
    told = list(waiting.tasks(viewer_of(cast.officer, cast.city), NOW.date()))
    assert [one.text for one in told] == ["已有答复，等你确认是否解决"]


PAGES = ["duty_list", "clock_list", "punctual", "problem_list", "order_list", "loss_report", "workdays"]


def _fill(cast: Cast, number: int) -> None:
    for place in range(number):
        clock(cast, subject_id=f"{place}", project=cast.plant)
        one = problem(cast)
        order(cast, project=cast.plant)
        if place == 0:
            answer_matter(matter=one, text="示例", by=cast.statistician, at=NOW + timedelta(days=1))


@pytest.mark.parametrize("name", [*PAGES, "project_duties", "project"])
def test_a_page_asks_the_same_for_few_and_for_many(cast: Cast, client: Client, name: str) -> None:
    give(cast)
    client.force_login(cast.statistician)
    client.get("/desk/projects/")
    _fill(cast, 12)
    of = ("2023-0001",) if name.startswith("project") else ()
    assert queries_of(client, reverse(f"desk:{name}", args=of)) == QUERY_COUNTS[f"desk:{name}"]

"""The plan on the desk and by the API: who sees and writes what, and that reports and changes come through the front."""

from datetime import date
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import YI, Cast
from dictionary import dictionary
from django.core.files.base import ContentFile
from django.test import Client

from zhaoshang.common.sheets import open_workbook
from zhaoshang.plans.models import ItemChange, ProgressReport, WorkItem

from .building import item, year_plan

PAGE = "/desk/plans/?on=2023-04-03"


@pytest.fixture
def planned(cast: Cast, client: Client) -> Client:
    """A measured measure, a late task of the east, and a task of the west without a date."""
    dictionary(cast)
    cast.verified()
    year = year_plan(cast)
    measure = item(cast, year, "做大总量", indicator="capital_in_place", target=4 * YI, due_on=date(2023, 12, 31))
    item(cast, measure, "东山的事", owner_unit=cast.east, due_on=date(2023, 3, 1))
    item(cast, measure, "西海的事", owner_unit=cast.west)
    client.force_login(cast.leader)
    return client


def test_the_tree_shows_measured_progress_late_tasks_and_orphans(cast: Cast, planned: Client) -> None:
    page = planned.get(PAGE).content.decode()
    late = page[page.index("<h2>逾期") : page.index("<h2>缺责任")]
    orphans = page[page.index("<h2>缺责任") :]
    assert ("25.0" in page, "<svg" in page, "东山的事" in late, "西海的事" in late) == (True, True, True, False)
    assert "西海的事" in orphans[: orphans.index("<h2>举措与任务")]


def test_measured_progress_opens_to_its_figure(cast: Cast, planned: Client) -> None:
    assert "/desk/figures/capital_in_place/city/2023Q1/" in planned.get(PAGE).content.decode()


def test_before_the_first_plan_the_page_says_what_to_do(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    assert "/desk/plans/new/" in client.get("/desk/plans/").content.decode()


def test_the_tree_leaves_as_a_workbook(cast: Cast, planned: Client) -> None:
    rows = open_workbook(planned.get(f"{PAGE}&xlsx=1").content).sheets[0].rows
    assert [row.cell(2).text for row in rows[2:]] == ["做大总量", "东山的事", "西海的事"]


def _report(client: Client, of: WorkItem, **changes: Any) -> int:
    given = {"standing": "underway", "percent": "40", "reported_on": "2023-03-20", "text": "示例进展"}
    return client.post(f"/desk/plan-items/{of.pk}/report/", given | changes).status_code


def test_an_officer_reports_on_the_own_units_task_and_on_no_other(cast: Cast, planned: Client) -> None:
    planned.force_login(cast.officer)
    mine, others = (
        WorkItem.objects.of(cast.city).select_related("city").get(title=name) for name in ("东山的事", "西海的事")
    )
    assert (_report(planned, mine), _report(planned, others)) == (302, 403)
    assert [one.item_id for one in ProgressReport.objects.of(cast.city)] == [mine.pk]
    shown = planned.get(f"/desk/plan-items/{mine.pk}/").content.decode()
    assert ("示例进展" in shown, "/report/" in planned.get(f"/desk/plan-items/{others.pk}/").content.decode()) == (
        True,
        False,
    )


def test_a_leader_reads_and_writes_nothing(cast: Cast, planned: Client) -> None:
    mine = WorkItem.objects.of(cast.city).get(title="东山的事")
    answers = [
        _report(planned, mine),
        planned.post(f"/desk/plan-items/{mine.pk}/change/").status_code,
        planned.get("/desk/plans/new/").status_code,
        planned.get(f"/desk/plan-items/{mine.pk}/").status_code,
    ]
    assert answers == [403, 403, 403, 200]


def test_a_report_without_words_or_from_tomorrow_is_refused_with_what_to_do(cast: Cast, planned: Client) -> None:
    planned.force_login(cast.statistician)
    mine = WorkItem.objects.of(cast.city).get(title="东山的事")
    assert (_report(planned, mine, text=""), _report(planned, mine, reported_on="2999-01-01")) == (422, 422)


def test_a_plan_is_laid_down_with_its_document_and_broken_down_to_a_task(cast: Cast, client: Client) -> None:
    dictionary(cast)
    client.force_login(cast.statistician)
    said = {"title": "示例计划", "document": "示例1号", "issued_on": "2023-01-10"}
    pdf = ContentFile(b"%PDF-1.4\n% plan\n%%EOF\n", name="plan.pdf")
    client.post("/desk/plans/new/", said | {"code": "p", "first_year": 2023, "last_year": 2025, "file": pdf})
    client.post("/desk/plans/p/years/new/", said | {"year": 2023})
    page = client.get("/desk/plans/?plan=p&year=2023").content.decode()
    key = page.split("/desk/plan-years/")[1].split("/")[0]
    given = {"title": "示例举措", "owner_unit": "east", "indicator": "capital_in_place", "target": "12"}
    client.post(f"/desk/plan-years/{key}/items/new/", given)
    measure = WorkItem.objects.of(cast.city).get()
    client.post(f"/desk/plan-years/{key}/items/new/?above={measure.pk}", {"title": "示例任务", "due_on": "2023-06-30"})
    task = WorkItem.objects.of(cast.city).get(above=measure)
    assert (measure.target, task.due_on) == (12 * YI, date(2023, 6, 30))
    assert client.get("/desk/plans/p/file/").content.startswith(b"%PDF")


def test_a_change_shows_before_and_after_and_wants_a_reason(cast: Cast, planned: Client) -> None:
    planned.force_login(cast.statistician)
    mine = WorkItem.objects.of(cast.city).get(title="东山的事")
    given = {"title": "东山的事", "owner_unit": "east", "due_on": "2023-05-31"}
    without = planned.post(f"/desk/plan-items/{mine.pk}/change/", given).status_code
    planned.post(f"/desk/plan-items/{mine.pk}/change/", given | {"reason": "示例6号"})
    page = planned.get(f"/desk/plan-items/{mine.pk}/").content.decode()
    assert (without, ItemChange.objects.of(cast.city).count()) == (422, 1)
    assert ("<del>2023-03-01</del>" in page, "<ins>2023-05-31</ins>" in page, "示例6号" in page) == (True, True, True)


def test_a_target_without_its_indicator_is_refused(cast: Cast, planned: Client) -> None:
    planned.force_login(cast.statistician)
    mine = WorkItem.objects.of(cast.city).get(title="东山的事")
    given = {"title": "东山的事", "target": "5", "reason": "示例"}
    answer = planned.post(f"/desk/plan-items/{mine.pk}/change/", given)
    assert "写了目标值，请选它的指标" in answer.content.decode()


def test_several_years_are_seen_together(cast: Cast, planned: Client) -> None:
    planned.force_login(cast.statistician)
    planned.post(
        "/desk/plans/plan/years/new/", {"title": "次年", "document": "示例4号", "issued_on": "2023-01-10", "year": 2024}
    )
    page = planned.get(f"{PAGE}&year=all").content.decode()
    assert ([f">{year}<" in page for year in (2023, 2024, 2025)], "做大总量" in page) == ([True] * 3, True)


def test_a_page_of_an_item_costs_the_same_whatever_was_reported(cast: Cast, planned: Client) -> None:
    planned.force_login(cast.statistician)
    measure = WorkItem.objects.of(cast.city).get(title="做大总量")
    few = queries_of(planned, f"/desk/plan-items/{measure.pk}/?on=2023-04-03")
    for day in ("2023-03-01", "2023-03-02"):
        _report(planned, measure, reported_on=day)
    assert (few, queries_of(planned, f"/desk/plan-items/{measure.pk}/?on=2023-04-03")) == (
        QUERY_COUNTS["desk:plan_item"],
        QUERY_COUNTS["desk:plan_item"],
    )


def test_the_api_gives_the_tree_and_takes_a_report(cast: Cast, planned: Client) -> None:
    rows = planned.get("/api/plans/plan/2023?period=2023Q1&on=2023-04-03").json()
    planned.force_login(cast.officer)
    body = {"standing": "done", "text": "示例", "reported_on": "2023-03-20"}
    mine, others = (
        planned.post(f"/api/plan-items/{row['id']}/reports", body, content_type="application/json").status_code
        for row in rows[1:]
    )
    assert [(row["number"], row["percent"], row["standing"]) for row in rows] == [
        ("1", "25.00", "underway"),
        ("1.1", None, "late"),
        ("1.2", None, "waiting"),
    ]
    assert (mine, others) == (201, 403)

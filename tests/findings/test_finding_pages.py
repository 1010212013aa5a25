"""Findings on the desk, by the API and from the command line."""

import json
from datetime import timedelta
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import YI, Cast
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zhaoshang.cli import main
from zhaoshang.common.sheets import open_workbook
from zhaoshang.desk.waiting import duties as waiting
from zhaoshang.people.models import User
from zhaoshang.regions.access import viewer_of
from zhaoshang.review.findings.keeping import sweep_findings
from zhaoshang.review.models import Finding
from zhaoshang.tenancy.models import City

from .test_sweep import explained, give, swept

pytestmark = pytest.mark.django_db


def call(client: Client, by: User, path: str, **body: Any) -> tuple[int, Any]:
    client.force_login(by)
    told = client.post(f"/api/{path}", json.dumps(body), content_type="application/json")
    return told.status_code, told.json()


def test_the_button_fills_the_page_and_each_row_has_its_way_out(cast: Cast, client: Client) -> None:
    give(cast)
    cast.declared(amount_fen=9 * YI)
    client.force_login(cast.statistician)
    client.post("/desk/findings/sweep/")
    page = client.get("/desk/findings/").content.decode()
    assert all(
        words in page for words in ("到位超过合同额", "久无进展记录", "<svg", "/desk/projects/2023-0001/stages/")
    )
    assert "累计到账 90,000.00万元，超过合同额 50,000.00万元。" in page


def test_filters_stand_in_the_address_and_the_sheet_has_what_is_shown(cast: Cast, client: Client) -> None:
    swept(cast)
    client.force_login(cast.leader)
    rows = open_workbook(client.get("/desk/findings/?kind=unassigned&unit=west&xlsx=1").content).sheets[0].rows
    assert [row.cell(2).text for row in rows[2:]] == ["示例码头"]


def test_an_officer_sees_the_own_units(cast: Cast, client: Client) -> None:
    swept(cast)
    client.force_login(cast.officer)
    told = client.get("/api/findings").json()["rows"]
    assert {one["unit"] for one in told} == {"east"}
    other = Finding.objects.of(cast.city).filter(unit=cast.west).first()
    assert client.get(f"/desk/findings/{other.pk}/").status_code == 404


def test_an_explanation_is_judged_by_another_at_both_doors(cast: Cast, client: Client) -> None:
    one = explained(cast)
    client.force_login(cast.verifier)
    client.post(f"/desk/findings/{one.pk}/judge/", {"verdict": "refuse", "text": "示例：附协议"})
    assert (
        call(client, cast.officer, f"findings/{one.pk}/explanation", text="示例：协议已附")[1]["state"] == "explained"
    )
    assert call(client, cast.officer, f"findings/{one.pk}/judgement", verdict="accept")[0] == 403
    told = [
        task for task in waiting.tasks(viewer_of(cast.verifier, cast.city), cast.now.date()) if task.label == "异常清单"
    ]
    assert [task.count for task in told] == [1]
    assert call(client, cast.verifier, f"findings/{one.pk}/judgement", verdict="accept")[1]["state"] == "closed"


def test_the_command_sweeps_for_both_and_says_what_it_found(cast: Cast, capsys: Any) -> None:
    assert main(["sweep", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["duplicates"]["state"], told["findings"]["state"]) == ("done", "done")
    assert told["findings"]["found"] == Finding.objects.of(cast.city).count() > 0


def test_the_command_goes_by_the_clock_of_a_sample_city(cast: Cast, capsys: Any) -> None:
    """Today, by ours, everything of 2023 is long overdue; by the city's own it is April 2023."""
    behind = (timezone.localdate() - cast.now.date()).days
    City.objects.filter(pk=cast.city.pk).update(days_behind=behind)
    assert main(["sweep", "--only", "findings"]) == 0
    seen = Finding.objects.of(cast.city).values_list("first_seen_at", flat=True)
    assert {timezone.localdate(at) for at in seen} == {cast.now.date()}


def test_the_handler_is_told_of_what_they_own(cast: Cast) -> None:
    give(cast)
    swept(cast)
    told = [
        one
        for one in waiting.tasks(viewer_of(cast.statistician, cast.city), cast.now.date())
        if one.label == "异常清单"
    ]
    assert [(one.count, one.text) for one in told] == [(2, "你负责的异常，改正或说明")]


@pytest.mark.parametrize("name", ["finding_list", "finding"])
def test_a_page_asks_the_same_for_few_and_for_many(cast: Cast, client: Client, name: str) -> None:
    client.force_login(cast.statistician)
    client.get("/desk/projects/")
    for place in range(12):
        cast.declared(amount_fen=9 * YI + place, with_evidence=False)
    swept(cast)
    one = Finding.objects.of(cast.city).filter(kind="over_contract").get()
    of = (one.pk,) if name == "finding" else ()
    assert queries_of(client, reverse(f"desk:{name}", args=of)) == QUERY_COUNTS[f"desk:{name}"]


def test_a_leaders_first_page_has_one_line_for_each_of_a_handful_of_kinds(cast: Cast, client: Client) -> None:
    sweep_findings(city=cast.city, by=cast.statistician, at=cast.now + timedelta(days=100))
    told = [one for one in waiting.tasks(viewer_of(cast.leader, cast.city), cast.now.date()) if "to=leader" in one.href]
    assert {one.text.partition("：")[0] for one in told} == {"久无进展记录", "久无资金到位"}
    client.force_login(cast.leader)
    assert all(one.text.partition("：")[0] in client.get(one.href).content.decode() for one in told)
    page = client.get("/desk/findings/").content.decode()
    assert "按种类，最要紧的在前" in page and "条须领导知道" in page


def test_the_list_begins_with_what_costs_most_page_after_page(cast: Cast, client: Client) -> None:
    for project, fen in ((cast.plant, 9 * YI), (cast.harbour, 7 * YI)):
        cast.declared(project=project, amount_fen=fen, by=cast.statistician)
    swept(cast)
    client.force_login(cast.statistician)
    dearer, cheaper = (
        f"/desk/findings/{Finding.objects.of(cast.city).get(kind='over_contract', at_stake_fen=fen * YI).pk}/"
        for fen in (9, 7)
    )
    page = client.get("/desk/findings/?kind=over_contract").content.decode()
    assert page.index(dearer) < page.index(cheaper)
    after = f"after={dearer.split('/')[-2]}&at={9 * YI}"
    beyond = client.get(f"/desk/findings/?kind=over_contract&{after}").content.decode()
    assert dearer not in beyond and cheaper in beyond
    rows = open_workbook(client.get("/desk/findings/?kind=over_contract&xlsx=1").content).sheets[0].rows
    assert [row.cell(4).text for row in rows[2:]] == ["90000", "70000"]

"""Everything that happened to a project, or was promised, stands on one page, as far as its reader may see it."""

from datetime import date
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.test import Client

from zhaoshang.common.periods import parse_month
from zhaoshang.plans.actions import add_campaign, tag_projects
from zhaoshang.projects.schedules import Schedule, set_schedules
from zhaoshang.projects.stages.actions import note_progress
from zhaoshang.projects.stages.correcting import correct_project

PAGE = "/desk/projects/2023-0001/story/"


@pytest.fixture
def lived(cast: Cast) -> Cast:
    """The plant with money, a schedule, a correction, a note and a campaign."""
    cast.verified()
    said: dict[str, Any] = {"by": cast.statistician, "at": NOW}
    months = {parse_month("2023-02"): YI, parse_month("2023-12"): YI}
    plan = Schedule(project=cast.plant, months=months, document="示例补充协议", agreed_on=date(2023, 1, 10))
    set_schedules(city=cast.city, schedules=[plan], **said)
    given = {"field": "contract_fen", "old": 5 * YI, "new": 6 * YI, "reason": "示例更正", **said}
    correct_project(project=cast.plant, **given)
    note_progress(project=cast.plant, on=date(2023, 3, 1), text="示例主体封顶", by=cast.officer, at=NOW)
    campaign = add_campaign(
        city=cast.city, code="green", year=2023, name="示例行动", industry="C", starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31), document="示例文件", **said,
    )  # fmt: skip
    tag_projects(campaign=campaign, projects=[cast.plant], **said)
    return cast


def test_it_tells_stages_money_promises_corrections_files_and_campaigns(lived: Cast, client: Client) -> None:
    client.force_login(lived.officer)
    page = client.get(PAGE).content.decode()
    told = [
        "示例合同",
        "10,000.00 万元",
        "示例补充协议",
        "示例更正",
        "示例主体封顶",
        "slip.pdf",
        "示例行动",
        "登记项目",
    ]
    assert [text for text in told if text not in page] == []
    assert "<svg" in page and "2023-12-31" in page


def test_a_kind_is_chosen_in_the_address_and_taken_away_as_a_file(lived: Cast, client: Client) -> None:
    client.force_login(lived.officer)
    page = client.get(PAGE, {"kind": "承诺"}).content.decode().split('<ol class="timeline"')[1]
    assert page.count("承诺到位") == 2 and "示例更正" not in page
    assert client.get(PAGE, {"kind": "承诺", "xlsx": "1"}).content[:2] == b"PK"


def test_the_latest_comes_first_and_a_machine_reads_the_same(lived: Cast, client: Client) -> None:
    client.force_login(lived.leader)
    lines = client.get("/api/projects/2023-0001/story").json()
    assert [line["on"] for line in lines] == sorted((line["on"] for line in lines), reverse=True)
    assert {line["on"] for line in lines if line["promised"]} == {"2023-02-28", "2023-12-31"}


def test_another_district_finds_nothing_at_this_address(lived: Cast, client: Client) -> None:
    client.force_login(lived.other_officer)
    assert client.get(PAGE).status_code == 404 and client.get("/api/projects/2023-0001/story").status_code == 404


def test_a_project_without_a_past_says_how_one_begins(cast: Cast, client: Client) -> None:
    from zhaoshang.projects.actions import NewProject, register_project

    new = NewProject(code="9", name="示例线索", source_code="310000", industry="C", contract_fen=YI)
    register_project(city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, new=new, by=None, at=NOW)
    client.force_login(cast.officer)
    page = client.get("/desk/projects/9/story/").content.decode()
    assert "登记项目" in page and "chart-svg" not in page

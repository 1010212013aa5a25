"""The cockpit: the whole quarter on one wall, which renews itself; every number opens; nothing of it is another unit's secret."""

import re
from datetime import date

import pytest
from cast import NOW, Cast
from dictionary import dictionary
from django.test import Client

from zhaoshang.projects.stages.actions import advance


@pytest.fixture
def wall(cast: Cast) -> Cast:
    dictionary(cast)
    cast.verified()
    return cast


def cockpit(client: Client, query: str = "?period=2023Q1") -> str:
    page = client.get(f"/desk/cockpit/{query}")
    assert page.status_code == 200
    return page.content.decode()


def test_every_figure_on_the_wall_opens(wall: Cast, client: Client) -> None:
    client.force_login(wall.leader)
    closed = re.findall(r'<span class="figure [^>]*>.*?</span>', cockpit(client))
    assert [one for one in closed if "is-missing" not in one] == []


def test_the_wall_asks_for_itself_again_and_keeps_its_period(wall: Cast, client: Client) -> None:
    client.force_login(wall.leader)
    assert 'hx-get="/desk/cockpit/?period=2023Q1" hx-trigger="every 60s"' in cockpit(client)


def test_it_is_dark_on_the_wall_and_light_in_daylight(wall: Cast, client: Client) -> None:
    client.force_login(wall.leader)
    assert 'data-look="cockpit"' in cockpit(client)
    assert 'data-look="paper"' in cockpit(client, "?period=2023Q1&look=paper")


def test_counts_of_one_period_are_not_divided_by_each_other(wall: Cast, client: Client) -> None:
    client.force_login(wall.leader)
    assert "不能相除当作转化率" in cockpit(client)


def test_an_officer_sees_the_totals_and_no_project_of_another_unit(wall: Cast, client: Client) -> None:
    told = {"evidence": "", "skip_reason": "示例"}
    advance(project=wall.plant, stage="landed", on=date(2023, 3, 1), by=wall.verifier, at=NOW, **told)
    client.force_login(wall.leader)
    assert "示例工厂" in cockpit(client)
    client.force_login(wall.other_officer)
    assert "示例工厂" not in cockpit(client)

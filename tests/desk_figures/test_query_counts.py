"""Pages of figures cost the same number of queries whatever the size of the ledger."""

from datetime import date
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.test import Client
from plans.building import campaign, item, year_plan

from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.actions import enter_external, restate
from zhaoshang.plans.actions import report_progress, tag_projects
from zhaoshang.plans.models import YearPlan
from zhaoshang.plans.rules import Standing

PAGES = {
    "desk:home": "/desk/",
    "desk:league": "/desk/league/?period=2023Q1",
    "desk:overview": "/desk/overview/?period=2023Q1",
    "desk:cockpit": "/desk/cockpit/?period=2023Q1",
    "desk:figure_open": "/desk/figures/capital_in_place/city/2023Q1/",
    "desk:indicators": "/desk/indicators/",
    "desk:indicator": "/desk/indicators/capital_in_place/?period=2023Q1",
    "desk:targets": "/desk/targets/?indicator=capital_in_place&year=2023",
    "desk:campaigns": "/desk/campaigns/?period=2023Q1",
    "desk:campaign": "/desk/campaigns/one/?period=2023Q1",
    "desk:plans": "/desk/plans/?on=2023-04-03",
    "desk:external": "/desk/external/?period=2023Q1",
    "desk:units": "/desk/units/",
    "desk:bureau": "/desk/bureau/?month=2023-03",
}


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    words = dictionary(cast)
    said = {"document": "示例备案1号", "reason": "口径调整"}
    restate(version=words.narrow, period=Period.parse("2022"), by=cast.statistician, at=NOW, **said)
    given: dict[str, Any] = {
        "place_code": "210100",
        "place_name": "沈阳市",
        "value": YI,
        "source": "示例",
        "dated": date(2023, 4, 10),
    }
    enter_external(indicator=words.capital, period=Period.parse("2023Q1"), by=cast.statistician, at=NOW, **given)
    pay(cast)
    lay_down(cast, 1)
    client.force_login(cast.statistician)
    return client


def lay_down(cast: Cast, number: int) -> None:
    """A measure with an indicator and one without, a task, a report, and a campaign with both projects."""
    year = YearPlan.objects.of(cast.city).select_related("city").first() or year_plan(cast)
    item(cast, year, indicator="capital_in_place", target=YI)
    task = item(cast, item(cast, year), owner_unit=cast.east)
    report_progress(
        item=task, reported_on=NOW.date(), standing=Standing.UNDERWAY, text="示例", by=cast.statistician, at=NOW
    )
    one = campaign(cast, "one" if number == 1 else f"more-{number}")
    tag_projects(campaign=one, projects=[cast.plant, cast.harbour], by=cast.statistician, at=NOW)


def pay(cast: Cast) -> None:
    for month in ("2022-02", "2023-02"):
        first = Period.parse(month).first_day()
        cast.verified(report_month=parse_month(month), paid_on=first, amount_fen=YI)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_makes_its_pinned_number_of_queries_for_any_ledger(cast: Cast, desk: Client, name: str) -> None:
    few = queries_of(desk, PAGES[name])
    for number in range(2, 5):
        pay(cast)
        lay_down(cast, number)
    assert (few, queries_of(desk, PAGES[name])) == (QUERY_COUNTS[name], QUERY_COUNTS[name])

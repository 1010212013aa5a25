"""Pages of figures cost the same number of queries whatever the size of the ledger."""

from datetime import date
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.test import Client

from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.actions import enter_external, restate

PAGES = {
    "desk:home": "/desk/",
    "desk:league": "/desk/league/?period=2023Q1",
    "desk:overview": "/desk/overview/?period=2023Q1",
    "desk:cockpit": "/desk/cockpit/?period=2023Q1",
    "desk:figure_open": "/desk/figures/capital_in_place/city/2023Q1/",
    "desk:indicators": "/desk/indicators/",
    "desk:indicator": "/desk/indicators/capital_in_place/?period=2023Q1",
    "desk:targets": "/desk/targets/?indicator=capital_in_place&year=2023",
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
    client.force_login(cast.statistician)
    return client


def pay(cast: Cast) -> None:
    for month in ("2022-02", "2023-02"):
        first = Period.parse(month).first_day()
        cast.verified(report_month=parse_month(month), paid_on=first, amount_fen=YI)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_makes_its_pinned_number_of_queries_for_any_ledger(cast: Cast, desk: Client, name: str) -> None:
    few = queries_of(desk, PAGES[name])
    for _ in range(3):
        pay(cast)
    assert (few, queries_of(desk, PAGES[name])) == (QUERY_COUNTS[name], QUERY_COUNTS[name])

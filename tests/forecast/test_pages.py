"""Forecast and rates as people and machines meet them: said with what they rest on, refused with the reason, opened to their parts."""

from datetime import date
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, YI, Cast
from django.core.cache import cache
from django.test import Client

from forecast.acting import WAN, remember
from zhaoshang.capital import rollup
from zhaoshang.common.periods import Period, month_number, parse_month
from zhaoshang.figures.actions import define_rate, enter_external
from zhaoshang.figures.forecast import Forecast, forecast
from zhaoshang.figures.queries import figure
from zhaoshang.figures.race import RunOn, race
from zhaoshang.figures.rules import Refusal

MARCH = parse_month("2023-03")
FORMULA: dict[str, Any] = {
    "kind": "cohort",
    "cohort": "signed",
    "measure": "projects",
    "numerator": ["landed"],
    "denominator": [],
}


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def told(cast: Cast, cutoff: int = MARCH) -> Forecast:
    found = forecast(cast.city, "capital_in_place", cutoff)
    assert isinstance(found, Forecast)
    return found


def define(cast: Cast, code: str = "landed", **formula: Any) -> None:
    words = {"word": "落地率", "word_en": "Landed", "title": f"示例{code}", "title_en": code, "source": "示例"}
    define_rate(
        city=cast.city,
        by=cast.statistician,
        at=NOW,
        code=code,
        formula=FORMULA | formula,
        dated=date(2023, 1, 1),
        **words,
    )


def test_a_forecast_begins_at_the_figure_and_adds_its_three_parts(cast: Cast) -> None:
    remember(cast)
    found = told(cast)
    assert found.total.so_far == figure(cast.city, "capital_in_place", Period.parse("2023Q1")).value
    for row in (*found.rows, found.total):
        assert row.so_far + row.scheduled + row.unscheduled == row.mean and row.so_far <= row.low <= row.high


def test_what_is_left_of_an_instalment_is_told_with_its_chance(cast: Cast) -> None:
    """1,500万 were due in February and 1,000万 came; 2,000万 are due in June."""
    remember(cast)
    left = {round(one.outstanding_fen / WAN): one.chance for one in told(cast).waiting[cast.east.pk]}
    assert set(left) == {500, 2000} and all(0 <= chance <= 1 for chance in left.values())


def test_a_forecast_of_a_past_month_is_the_same_after_later_payments(cast: Cast) -> None:
    remember(cast)
    before = told(cast, parse_month("2023-01"))
    cast.verified(amount_fen=YI)
    cast.verified(report_month=parse_month("2023-02"), paid_on=date(2023, 2, 9), amount_fen=YI)
    cache.clear()
    after = told(cast, parse_month("2023-01"))
    assert [(row.mean, row.low, row.high) for row in before.rows] == [
        (row.mean, row.low, row.high) for row in after.rows
    ]


def test_older_books_enter_no_figure(cast: Cast) -> None:
    remember(cast)
    assert figure(cast.city, "capital_in_place", Period.parse("2022")).value == 2_000 * WAN
    assert rollup.drift(cast.city) == []


def test_a_new_payment_is_seen_at_once_though_forecasts_are_kept(cast: Cast) -> None:
    remember(cast)
    before = told(cast).total.so_far
    cast.verified(amount_fen=YI)
    assert told(cast).total.so_far == before + YI


@pytest.mark.parametrize(
    ("indicator", "month", "code"),
    [
        ("capital_in_place", "2022-12", "year_complete"),
        ("capital_in_place", "2023-04", "no_month"),
        ("signed_projects", "2023-03", "not_capital"),
    ],
)
def test_no_forecast_is_given_where_it_has_no_meaning(cast: Cast, indicator: str, month: str, code: str) -> None:
    remember(cast)
    found = forecast(cast.city, indicator, parse_month(month))
    assert isinstance(found, Refusal) and found.code == code


def test_without_past_years_the_page_says_what_is_missing(cast: Cast, client: Client) -> None:
    from dictionary import dictionary

    dictionary(cast)
    client.force_login(cast.leader)
    assert "两个整年" in client.get("/desk/forecast/?month=2023-03").content.decode()


def test_staying_first_is_asked_of_the_others_own_last_year(cast: Cast) -> None:
    """沈阳: 1亿 in the first quarter of a year that brought 4亿 came to 25 %; 2亿 this year run on to 8亿, ten percent faster to 8.6亿."""
    words = remember(cast)
    for period, value in (("2022Q1", 1), ("2022", 4), ("2023Q1", 2)):
        enter_external(
            indicator=words.capital, period=Period.parse(period), place_code="210100", place_name="沈阳市", value=value * YI,
            source="示例", dated=date(2023, 4, 10), by=cast.statistician, at=NOW,
        )  # fmt: skip
    found = race(told(cast)), race(told(cast), 10)
    assert [one and one.first.expected for one in found] == [8 * YI, round(8.6 * YI)]
    assert found[0] and found[0].first.run_on == RunOn.OWN_LAST_YEAR
    assert found[0].needed == 8 * YI + 1 - told(cast).total.so_far and found[0].per_month == -(-found[0].needed // 9)


def test_the_page_shows_interval_hit_rate_and_what_it_rests_on(cast: Cast, client: Client) -> None:
    remember(cast)
    client.force_login(cast.leader)
    for path in (
        "/desk/forecast/?month=2023-03",
        "/desk/forecast/capital_in_place/east/2023-03/",
        "/desk/forecast/method/?month=2023-03",
    ):
        page = client.get(path).content.decode()
        assert "随机种子 20230418" in page and "80%" in page and "回测" in page


def test_an_officer_does_not_read_another_districts_instalments(cast: Cast, client: Client) -> None:
    remember(cast)
    client.force_login(cast.other_officer)
    page = client.get("/desk/forecast/capital_in_place/east/2023-03/").content.decode()
    assert "不在您的查看范围内" in page and "示例工厂" not in page


def test_machines_get_the_same_forecast_marked_unofficial(cast: Cast, client: Client) -> None:
    remember(cast)
    client.force_login(cast.leader)
    said = client.get("/api/forecast?indicator=capital_in_place&month=2023-03").json()
    assert (said["official"], said["level_percent"], len(said["rows"])) == (False, 80, 2)
    assert client.get("/api/forecast?indicator=capital_in_place&month=2022-12").json()["code"] == "year_complete"


def test_both_leave_as_xlsx(cast: Cast, client: Client) -> None:
    remember(cast)
    define(cast)
    client.force_login(cast.leader)
    for path in ("/desk/forecast/?month=2023-03&xlsx=1", "/desk/rates/?xlsx=1", "/desk/schedules/?xlsx=1"):
        assert client.get(path).content[:2] == b"PK"


def test_a_rate_stands_over_its_two_numbers_and_opens_its_projects(cast: Cast, client: Client) -> None:
    define(cast)
    client.force_login(cast.leader)
    page = client.get("/desk/rates/?month=2023-03").content.decode()
    assert "0 / 2" in page and "当年签约的项目" in page
    behind = client.get("/desk/rates/landed/city/2023/2023-03/").content.decode()
    assert "示例工厂" in behind and "示例码头" in behind and "仅分母" in behind
    client.force_login(cast.officer)
    assert "示例码头" not in client.get("/desk/rates/landed/city/2023/2023-03/").content.decode()


def test_money_in_place_is_read_by_the_cut_off(cast: Cast, client: Client) -> None:
    """The plant's contract is 5亿; 1亿 came in March, after the first cut-off."""
    cast.verified(amount_fen=YI)
    define(cast, "in-place", measure="money", numerator=[])
    client.force_login(cast.leader)
    percents = {}
    for month in ("2023-02", "2023-03"):
        rates = client.get(f"/api/rates?month={month}").json()[0]["rates"]
        percents[month] = next(
            one["percent"] for one in rates if one["unit"] == "east" and one["cohort"] == "signed:2023"
        )
    assert percents == {"2023-02": "0.00", "2023-03": "20.00"}


def test_two_flows_are_two_counts_and_never_a_rate(cast: Cast, client: Client) -> None:
    define(cast, "flow", kind="flow")
    client.force_login(cast.leader)
    said = client.get("/api/rates?month=2023-03").json()[0]
    assert said["rates"] == [] and "不是转化率" in said["refused"] and said["flows"]["signed"] == 2
    assert "不是转化率" in client.get("/desk/rates/?month=2023-03").content.decode()


def test_a_statistician_defines_a_rate_once(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    given = {
        "word": "落地率",
        "word_en": "Landed",
        "title": "甲",
        "title_en": "A",
        "code": "landed",
        "cohort": "signed",
        "source": "示例",
        "dated": "2023-01-01",
    }
    given |= {"measure": "projects"}
    assert client.post("/desk/rates/new/", given).status_code == 422
    answers = [client.post("/desk/rates/new/", given | {"numerator": ["landed"]}).status_code for _ in range(2)]
    assert answers == [302, 422]


PAGES = {
    "desk:forecast": "/desk/forecast/?month=2023-03",
    "desk:forecast_open": "/desk/forecast/capital_in_place/city/2023-03/",
    "desk:rates": "/desk/rates/?month=2023-03",
    "desk:schedule_list": "/desk/schedules/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_makes_its_pinned_number_of_queries_for_any_ledger(cast: Cast, client: Client, name: str) -> None:
    remember(cast)
    define(cast, "in-place", measure="money", numerator=[])
    client.force_login(cast.statistician)
    few = queries_of(client, PAGES[name])
    for month in range(month_number(2023, 1), MARCH):
        cast.verified(report_month=month, paid_on=Period(month, month).first_day(), amount_fen=100 * WAN)
    assert (few, queries_of(client, PAGES[name])) == (QUERY_COUNTS[name], QUERY_COUNTS[name])

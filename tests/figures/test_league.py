"""The league table: ranks, ties, changes, shares, and how many queries it takes."""

from datetime import date
from typing import Any

import pytest
from cast import NOW, YI, Cast
from dictionary import Dictionary, dictionary
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.actions import restate
from zhaoshang.figures.league import League, RankBy, Row, league
from zhaoshang.figures.queries import Growth
from zhaoshang.figures.rules import Refusal
from zhaoshang.plans.actions import set_target

Q1 = Period.parse("2023Q1")


@pytest.fixture
def words(cast: Cast) -> Dictionary:
    return dictionary(cast)


def paid(cast: Cast, unit: str, month: str, yi: int) -> None:
    project = cast.plant if unit == "east" else cast.harbour
    cast.verified(
        project=project, report_month=parse_month(month), paid_on=Period.parse(month).first_day(), amount_fen=yi * YI
    )


def table(cast: Cast, **wanted: Any) -> League:
    return league(cast.city, "capital_in_place", wanted.pop("period", Q1), **wanted)


def line(found: League, code: str) -> Row:
    return next(row for row in found.rows if row.unit and row.unit.code == code)


def test_units_are_ranked_by_amount_with_share_and_total(cast: Cast, words: Dictionary) -> None:
    paid(cast, "east", "2023-01", 3)
    paid(cast, "west", "2023-03", 9)
    found = table(cast)
    assert [(row.unit.code, row.rank, row.value // YI) for row in found.rows if row.unit] == [
        ("west", 1, 9),
        ("east", 2, 3),
    ]
    assert (found.total.value, line(found, "east").share_percent) == (12 * YI, 25)


def test_equal_amounts_share_a_rank(cast: Cast, words: Dictionary) -> None:
    paid(cast, "east", "2023-01", 4)
    paid(cast, "west", "2023-02", 4)
    assert [row.rank for row in table(cast).rows] == [1, 1]


def test_a_unit_with_nothing_still_stands_in_the_table(cast: Cast, words: Dictionary) -> None:
    paid(cast, "east", "2023-01", 1)
    assert (line(table(cast), "west").value, line(table(cast), "west").rank) == (0, 2)


def test_the_previous_rank_is_that_of_the_months_before(cast: Cast, words: Dictionary) -> None:
    paid(cast, "east", "2023-01", 9)
    paid(cast, "west", "2023-01", 1)
    paid(cast, "east", "2023-02", 1)
    paid(cast, "west", "2023-02", 9)
    february = table(cast, period=Period.parse("2023-02"))
    assert (line(february, "west").rank, line(february, "west").previous_rank, line(february, "west").change) == (
        1,
        2,
        1,
    )
    assert line(february, "east").change == -1


def test_no_previous_rank_is_given_across_two_meanings(cast: Cast, words: Dictionary) -> None:
    paid(cast, "east", "2022-12", 9)
    paid(cast, "east", "2023-01", 1)
    found = table(cast)
    assert isinstance(found.previous, Refusal) and line(found, "east").change is None


def test_after_a_restatement_growth_and_previous_rank_appear(cast: Cast, words: Dictionary) -> None:
    restate(
        version=words.narrow,
        period=Period.parse("2022"),
        document="示例备案1号",
        reason="口径调整",
        by=cast.statistician,
        at=NOW,
    )
    paid(cast, "east", "2022-01", 4)
    paid(cast, "east", "2022-12", 4)
    paid(cast, "east", "2023-01", 5)
    found = table(cast)
    rate = line(found, "east").growth
    assert isinstance(rate, Growth) and rate.percent == 25
    assert (found.previous, line(found, "east").previous_rank) == (Period.parse("2022Q4"), 1)


def test_ranks_by_growth_leave_out_units_without_a_rate(cast: Cast, words: Dictionary) -> None:
    restate(
        version=words.narrow,
        period=Period.parse("2022"),
        document="示例备案1号",
        reason="口径调整",
        by=cast.statistician,
        at=NOW,
    )
    paid(cast, "east", "2022-01", 4)
    paid(cast, "east", "2023-01", 5)
    paid(cast, "west", "2023-01", 50)
    found = table(cast, ranked_by=RankBy.GROWTH)
    assert [(row.unit.code, row.rank) for row in found.rows if row.unit] == [("east", 1), ("west", None)]


def test_completion_is_the_year_to_date_against_the_unit_s_own_target(cast: Cast, words: Dictionary) -> None:
    paid(cast, "east", "2023-01", 3)
    paid(cast, "east", "2023-03", 1)
    set_target(
        city=cast.city,
        indicator="capital_in_place",
        year=2023,
        unit=cast.east,
        amount=10 * YI,
        document="示例1号",
        issued_on=date(2023, 1, 9),
        by=cast.statistician,
        at=NOW,
    )
    done = line(table(cast, period=Period.parse("2023-03"), ranked_by=RankBy.COMPLETION), "east").progress
    assert done is not None and (done.of_year_percent, done.schedule_percent, done.ahead_points) == (40, 25, 15)


def test_a_group_is_ranked_among_itself(cast: Cast, words: Dictionary) -> None:
    cast.east.league_group = "甲组"
    cast.east.save(update_fields=["league_group"])
    paid(cast, "west", "2023-01", 9)
    paid(cast, "east", "2023-01", 3)
    found = table(cast, group="甲组")
    assert ([row.rank for row in found.rows], found.groups, found.total.value) == ([1], ("甲组",), 12 * YI)


def test_the_sparkline_holds_twelve_months_of_the_version(cast: Cast, words: Dictionary) -> None:
    paid(cast, "east", "2023-02", 2)
    assert line(table(cast), "east").months == (*[0] * 10, 2 * YI, 0)


def test_counts_of_projects_have_a_table_too(cast: Cast, words: Dictionary) -> None:
    found = league(cast.city, "signed_projects", Q1)
    assert [(row.value, row.rank, sum(row.months)) for row in found.rows] == [(1, 1, 1), (1, 1, 1)]


def test_the_plain_form_is_in_yuan_and_percent(cast: Cast, words: Dictionary) -> None:
    paid(cast, "east", "2023-01", 3)
    plain = table(cast).to_json()
    assert (plain["rows"][0]["unit"], plain["rows"][0]["value"], plain["rows"][0]["share_percent"]) == (
        "east",
        "300000000.00",
        "100.00",
    )
    assert (plain["total"]["unit"], plain["total"]["growth_percent"]) == ("dalian", None)


def test_more_payments_cost_no_more_queries(cast: Cast, words: Dictionary) -> None:
    paid(cast, "east", "2023-01", 3)
    with CaptureQueriesContext(connection) as few:
        table(cast)
    for month in ("2023-01", "2023-02", "2023-03"):
        paid(cast, "west", month, 1)
    with CaptureQueriesContext(connection) as many:
        table(cast)
    assert len(few) == len(many) <= 10

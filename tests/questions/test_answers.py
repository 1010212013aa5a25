"""Answers agree with the ledger and with the league table, to the fen, in one grouped query."""

from typing import Any

import pytest
from cast import YI, Cast
from dictionary import dictionary
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.asking import asked, cell, read, table
from zhaoshang.capital.rules import Kind
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.league import league
from zhaoshang.questions.answering import Place, answer, records
from zhaoshang.questions.rules import Unanswerable
from zhaoshang.regions.access import viewer_of


@pytest.fixture(autouse=True)
def account(cast: Cast) -> None:
    """East: 3 in January, 1 of working capital in March. West: 9 in March from within the province, and 2 declared only."""
    dictionary(cast)
    paid(cast, "2023-01", 3)
    paid(cast, "2023-03", 1, kind=Kind.WORKING_CAPITAL)
    paid(cast, "2023-03", 9, project=cast.harbour, source_code="210100")
    cast.declared(project=cast.harbour, amount_fen=2 * YI)


def paid(cast: Cast, month: str, yi: int, **changes: Any) -> None:
    cast.verified(
        report_month=parse_month(month), paid_on=Period.parse(month).first_day(), amount_fen=yi * YI, **changes
    )


def test_amounts_stand_by_row_and_column_with_their_totals(cast: Cast) -> None:
    found = table(cast, "rows=unit&columns=month&standing=verified&period=2023Q1")
    assert found == {
        "west": {"2023-03": 9, None: 9},
        "east": {"2023-01": 3, "2023-03": 1, None: 4},
        None: {"2023-01": 3, "2023-03": 10, None: 13},
    }


def test_without_a_standing_everything_is_in_it_and_the_answer_warns(cast: Cast) -> None:
    found = asked(cast, "rows=unit")
    assert (found.grid.total, len(found.warned)) == (15 * YI, 1)


def test_a_project_in_two_months_counts_once_in_the_total(cast: Cast) -> None:
    found = table(cast, "measure=projects&columns=month&standing=verified", fen=1)
    assert found[""] == {"2023-01": 1, "2023-03": 2, None: 2}


def test_an_average_of_a_total_is_no_sum_of_averages(cast: Cast) -> None:
    assert cell(cast, "measure=average&rows=unit&standing=verified", "east") == 2 * YI


VERSIONS = ["capital_in_place@2022", "capital_in_place@2023", "capital_outside@2022", "capital_inside@2022"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.case("F13")
def test_counted_amounts_are_the_league_table_s_to_the_fen(cast: Cast, version: str) -> None:
    indicator, code = version.split("@")
    rows = league(cast.city, indicator, Period.parse("2023Q1"), code)
    found = asked(cast, f"measure=counted&version={version}&rows=unit&period=2023Q1").grid
    by_unit = {row.unit.code: row.value for row in rows.rows if row.unit and row.value}
    assert {row[0]: found.values[row, None] for row in found.rows} == by_unit
    assert (found.total, cell(cast, f"measure=counted_payments&version={version}&period=2023Q1")) == (
        rows.total.value,
        rows.total.payments,
    )


@pytest.mark.parametrize("facet", ["origin", "kind", "industry", "province", "size", "source_class", "quarter"])
def test_counted_amounts_by_any_facet_come_to_the_same_total(cast: Cast, facet: str) -> None:
    whole = cell(cast, "measure=counted&version=capital_in_place@2022&period=2023Q1")
    found = asked(cast, f"measure=counted&version=capital_in_place@2022&rows=unit&columns={facet}&period=2023Q1").grid
    assert whole == found.total == sum(value or 0 for (row, column), value in found.values.items() if row and column)


def test_counted_amounts_by_size_are_of_bands_and_not_of_marks(cast: Cast) -> None:
    found = table(cast, "measure=counted&version=capital_in_place@2022&rows=size")
    assert found == {"yi": {None: 12.3}, None: {None: 12.3}}
    assert cell(cast, "measure=counted&version=capital_in_place@2022&rows=unit&size=yi", "east") == 3.3 * YI


REFUSED = {
    "rows=kind&columns=industry": "not_kept",
    "rows=project": "not_kept",
    "rows=standing": "counts_verified_only",
    "standing=declared": "counts_verified_only",
    "period=2021Q1": "version_not_kept_then",
}


@pytest.mark.parametrize("part", REFUSED)
def test_counted_amounts_that_are_not_kept_are_refused_and_not_guessed(cast: Cast, part: str) -> None:
    with pytest.raises(Unanswerable) as refusal:
        asked(cast, f"measure=counted&version=capital_in_place@2023&{part}")
    assert refusal.value.code == REFUSED[part]


def test_an_officer_s_answer_is_of_the_own_unit(cast: Cast) -> None:
    for question in ("rows=unit", "rows=unit&measure=counted&version=capital_in_place@2022"):
        assert [row[0] for row in asked(cast, question, by=cast.officer).grid.rows] == ["east"]


CELLS = [
    "rows=unit&columns=month",
    "rows=kind&columns=province",
    "rows=project&columns=size",
    "rows=quarter&columns=year",
]


@pytest.mark.parametrize("sides", CELLS)
def test_every_cell_opens_to_records_that_come_to_it(cast: Cast, sides: str) -> None:
    found = asked(cast, f"{sides}&standing=verified")
    question, viewer = found.question, cast_viewer(cast)
    for (row, column), value in found.grid.values.items():
        at = [*zip(question.rows, row or (), strict=False), *zip(question.columns, column or (), strict=False)]
        rows, _version = records(question, viewer, Place(tuple(at)))
        assert sum(one.amount_fen for one in rows) == value


def cast_viewer(cast: Cast) -> Any:
    return viewer_of(cast.leader, cast.city)


def test_the_smaller_rows_stand_together_and_open_together(cast: Cast) -> None:
    found = asked(cast, "rows=unit&top=1&standing=verified")
    assert [row[0] for row in found.grid.rows] == ["west", "*"]
    rows, _version = records(found.question, cast_viewer(cast), Place(((found.question.rows[0], "*"),)))
    assert {one.unit_id for one in rows} == {cast.east.pk}


def test_two_periods_stand_side_by_side(cast: Cast) -> None:
    paid(cast, "2022-03", 2)
    found = table(cast, "rows=unit&period=2023Q1&compare=2022Q1&standing=verified")
    assert (found["east"]["2023Q1"], found["east"]["2022Q1"], found["west"]["2023Q1"]) == (4, 2, 9)


def test_two_meanings_are_not_compared(cast: Cast) -> None:
    question = "rows=unit&measure=counted&version=capital_in_place@2023&period=2023Q1&compare=2022Q1"
    assert asked(cast, question).growth_refused is not None


def test_projects_are_asked_by_stage_and_by_what_is_in_place(cast: Cast) -> None:
    assert table(cast, "about=projects&rows=stage", fen=1)["signed"] == {None: 2}
    assert cell(cast, "about=projects&measure=in_place&rows=unit", "west") == 9 * YI
    assert table(cast, "about=projects&rows=signed_quarter&measure=contract")["2023Q1"][None] == 10
    assert table(cast, "about=projects&rows=landed_year", fen=1)["-"] == {None: 2}


def test_an_answer_is_one_grouped_query_and_the_names(cast: Cast) -> None:
    viewer = cast_viewer(cast)
    for question, most in {"rows=unit&columns=month": 2, "rows=unit&columns=province": 3, "rows=project": 3}.items():
        with CaptureQueriesContext(connection) as made:
            answer(read(question), viewer)
        assert len(made) == most, question


def test_what_is_left_out_is_counted_and_stays_in_the_totals(cast: Cast) -> None:
    found = answer(read("rows=unit&columns=month&standing=verified"), cast_viewer(cast), 1, 1).grid
    assert (found.more_rows, found.more_columns, found.columns, found.total) == (1, 1, (("2023-03",),), 13 * YI)

"""A workbook imported in one call, as the command line and the API do it."""

from typing import Any

import pytest
from cast import NOW, Cast

from imports.sending import MONTH, book, declared, line
from zhaoshang.capital.actions import PeriodClosed
from zhaoshang.regions.access import NotAllowed
from zhaoshang.regions.actions import close_month
from zhaoshang.review.intake_once import ImportResult, Settled, import_file
from zhaoshang.review.models import Workbook


def bring(cast: Cast, content: bytes, name: str = "a.xlsx", **more: Any) -> ImportResult:
    given: dict[str, Any] = {"city": cast.city, "unit": cast.east, "month": MONTH, "by": cast.officer, "at": NOW}
    return import_file(content=content, filename=name, **given | more)


def test_rows_are_declared_with_their_exact_amounts(cast: Cast) -> None:
    result = bring(cast, book(line(1200.55), line("0.03亿元", serial="SAMPLE-IN-2"), ("合计", "", 1500.55)))
    assert [row["amount"] for row in result.accepted] == ["12005500.00", "3000000.00"]
    assert (result.written, sum(one.amount_fen for one in declared(cast))) == (True, 1_500_550_000)


def test_a_dry_run_keeps_nothing_and_says_the_same(cast: Cast) -> None:
    tried = bring(cast, book(line()), dry_run=True)
    assert (declared(cast), Workbook.objects.of(cast.city).count(), tried.written) == ([], 0, False)
    assert [row["amount"] for row in bring(cast, book(line())).accepted] == [row["amount"] for row in tried.accepted]


def test_a_dry_run_shows_rows_of_projects_still_to_be_registered(cast: Cast) -> None:
    tried = bring(cast, book(line(project="示例新园区")), dry_run=True)
    assert [(row["project"], row["amount"]) for row in tried.accepted] == [(None, "12000000.00")]
    assert [(one["row"], one["column"], one["code"]) for one in tried.problems] == [(2, "A", "project_unknown")]


def test_projects_are_registered_from_the_sheet_only_when_asked(cast: Cast) -> None:
    content = book(line(project="示例新园区"))
    assert not bring(cast, content).written
    result = bring(cast, content, settled=Settled(industry="C"))
    assert (result.written, [row["project_name"] for row in result.accepted]) == (True, ["示例新园区"])


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    content = book(line())
    bring(cast, content)
    again = bring(cast, content)
    assert (again.already, len(again.unchanged), len(declared(cast))) == (True, 1, 1)


def test_a_stated_total_that_differs_waits_for_a_word(cast: Cast) -> None:
    content = book(line(), ("合计", "", 1300))
    assert not bring(cast, content).written
    assert bring(cast, content, settled=Settled(confirmed=True)).written


def test_an_officer_of_another_unit_is_refused(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        bring(cast, book(line()), by=cast.other_officer)


@pytest.mark.case("F10")
def test_a_closed_month_is_refused_and_a_dry_run_says_so(cast: Cast) -> None:
    close_month(city=cast.city, number=MONTH, by=cast.statistician, at=NOW)
    with pytest.raises(PeriodClosed):
        bring(cast, book(line()))
    assert bring(cast, book(line()), dry_run=True).problems[0]["code"] == "month_closed"

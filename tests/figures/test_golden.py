"""The published figures of Dalian, 2022 and 2023, each for what it proves about the data model."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from cast import NOW, YI, Cast
from dictionary import Dictionary, dictionary

from zhaoshang.common.periods import Period, parse_month
from zhaoshang.common.rounding import round_half_even
from zhaoshang.figures.actions import enter_external, restate
from zhaoshang.figures.queries import Growth, figure, growth, of_version, progress_of
from zhaoshang.figures.rules import Basis, Refusal, growth_percent, share_percent
from zhaoshang.plans.actions import set_target

Q1, Q1_BEFORE = Period.parse("2023Q1"), Period.parse("2022Q1")
TENTH = YI // 10


@pytest.fixture
def words(cast: Cast) -> Dictionary:
    """The first quarters of 2022 (省外 586.6, 省内 155.9) and 2023 (省外 729.4) in the ledger."""
    found = dictionary(cast)
    for month, tenths, source in [
        ("2022-03", 5866, "310000"),
        ("2022-03", 1559, "210100"),
        ("2023-03", 7294, "310000"),
    ]:
        first = Period.parse(month).first_day()
        cast.verified(report_month=parse_month(month), paid_on=first, amount_fen=tenths * TENTH, source_code=source)
    return found


def restated(cast: Cast, words: Dictionary, period: str = "2022") -> None:
    said = {"document": "示例备案1号", "reason": "口径调整"}
    restate(version=words.narrow, period=Period.parse(period), by=cast.statistician, at=NOW, **said)


def printed(value: Decimal | None, places: int = 1) -> str:
    assert value is not None
    return str(round_half_even(value, places))


def test_the_headline_grew_by_24_3_percent_on_the_restated_base(cast: Cast, words: Dictionary) -> None:
    restated(cast, words)
    rate = growth(figure(cast.city, "capital_in_place", Q1))
    assert isinstance(rate, Growth)
    assert (printed(rate.percent), printed(rate.percent, 2), rate.base_value, rate.basis) == (
        "24.3",
        "24.34",
        5866 * TENTH,
        Basis.RESTATED,
    )


@pytest.mark.case("F21")
def test_growth_across_the_two_meanings_is_refused_and_both_are_named(cast: Cast, words: Dictionary) -> None:
    rate = growth(figure(cast.city, "capital_in_place", Q1))
    assert isinstance(rate, Refusal) and rate.code == "no_restated_base"
    assert words.narrow.title in rate.reason and words.wide.title in rate.reason


def test_what_is_refused_would_have_been_a_false_decline_of_1_8_percent(cast: Cast, words: Dictionary) -> None:
    now, before = figure(cast.city, "capital_in_place", Q1), figure(cast.city, "capital_in_place", Q1_BEFORE)
    assert (before.value, printed(growth_percent(now.value, before.value))) == (7425 * TENTH, "-1.8")


def test_a_restatement_of_another_period_does_not_help(cast: Cast, words: Dictionary) -> None:
    restated(cast, words, "2022-02/2022-12")
    assert isinstance(growth(figure(cast.city, "capital_in_place", Q1)), Refusal)


@pytest.mark.case("F21")
def test_the_new_meaning_stated_for_2022_says_that_it_is_restated(cast: Cast, words: Dictionary) -> None:
    found = of_version(words.narrow, Q1_BEFORE)
    assert (found.value, found.restated) == (5866 * TENTH, True)


@pytest.mark.parametrize(
    ("done", "target", "percent"),
    [
        (5866, 16400, "35.8"),
        (1559, 4000, "39.0"),
        (7425, 20400, "36.4"),
        (364, 1000, "36.4"),
        (211, 800, "26.4"),
        (2138, 5000, "42.8"),
    ],
)
def test_progress_as_published_is_the_share_of_the_annual_target(done: int, target: int, percent: str) -> None:
    assert printed(share_percent(done, target)) == percent


def test_both_kinds_of_progress_are_told_apart(cast: Cast, words: Dictionary) -> None:
    given: dict[str, Any] = {
        "unit": None,
        "document": "示例计划1号",
        "issued_on": date(2022, 1, 20),
        "by": cast.statistician,
        "at": NOW,
    }
    set_target(city=cast.city, indicator="capital_outside", year=2022, amount=1640 * YI, **given)
    done = progress_of(figure(cast.city, "capital_outside", Q1_BEFORE))
    assert done is not None
    assert (printed(done.of_year_percent), done.schedule_percent, printed(done.ahead_points)) == ("35.8", 25, "10.8")


def test_the_bases_of_2021_agree_within_the_printed_rounding() -> None:
    outside, inside = Decimal("586.6") / Decimal("1.39"), Decimal("155.9") / Decimal("1.59")
    assert (printed(outside), printed(inside), printed(outside + inside)) == ("422.0", "98.1", "520.1")
    assert abs(Decimal("742.5") * 100 / (outside + inside) - Decimal("142.7")) < Decimal("0.3")


def test_the_year_2023_implies_a_base_of_1638_2() -> None:
    assert printed(Decimal("1885.6") / Decimal("1.151")) == "1638.2"


def test_new_and_continued_add_up_to_the_province_total_of_2019() -> None:
    new, continued = 8316, 21371
    assert (new + continued, 710 + 832) == (29687, 1542)
    assert (printed(share_percent(new, 29687), 0), printed(share_percent(continued, 29687), 0)) == ("28", "72")


def test_a_published_base_serves_where_the_ledger_has_none_and_is_named(cast: Cast, words: Dictionary) -> None:
    version = figure(cast.city, "capital_outside", Q1_BEFORE).version
    given: dict[str, Any] = {
        "place_code": "210200",
        "place_name": "示例市",
        "source": "示例公报",
        "dated": date(2021, 4, 9),
    }
    given |= {"version": version, "period": Period.parse("2021Q1"), "value": 4220 * TENTH}
    enter_external(indicator=version.indicator, by=cast.statistician, at=NOW, **given)
    rate = growth(figure(cast.city, "capital_outside", Q1_BEFORE))
    assert isinstance(rate, Growth)
    assert (printed(rate.percent, 0), rate.basis, rate.note) == ("39", Basis.PUBLISHED, "示例公报")


def test_landed_may_exceed_signed_since_they_are_different_cohorts_and_no_conversion_is_given(
    cast: Cast, words: Dictionary
) -> None:
    assert [version.code for version in [words.narrow, words.wide]] == ["2023", "2022"]
    assert not hasattr(figure(cast.city, "signed_projects", Q1), "conversion")

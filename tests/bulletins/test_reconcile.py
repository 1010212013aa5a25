"""Claims held against the account of ``conftest``: each case says what a statistician would say."""

from dataclasses import replace

import pytest
from cast import Cast
from dictionary import Dictionary
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulletins.conftest import held_against, only
from zhaoshang.bulletins.reconcile import check
from zhaoshang.bulletins.rules import Outcome
from zhaoshang.reading import read

CONFIRMED, DIFFERS = Outcome.CONFIRMED, Outcome.DIFFERS
NOT_HELD, NOT_CHECKABLE = Outcome.NOT_HELD, Outcome.NOT_CHECKABLE
Q1 = "2023年一季度，全市"

CASES = {
    "the printed amount stands for all that would be printed so": (f"{Q1}到位内资10.0亿元。", "1000000000", CONFIRMED, "same"),
    "an amount one printed step away differs": (f"{Q1}到位内资10.1亿元。", "1010000000", DIFFERS, "more"),
    "an amount too small says so": (f"{Q1}到位内资9.2亿元。", "920000000", DIFFERS, "less"),
    "growth rests on the restated base": (f"{Q1}到位内资10亿元，同比增长66.7%。", "66.7", CONFIRMED, "same"),
    "a completion is the year to date over the year's target": (f"{Q1}到位内资10亿元，完成年度目标的20%。", "20", CONFIRMED, "same"),
    "behind schedule is negative": (f"{Q1}到位内资10亿元，欠序时进度5个百分点。", "-5", CONFIRMED, "same"),
    "a target is held against the plan": (f"{Q1}到位内资10亿元，完成年度目标50亿元的20%。", "5000000000", CONFIRMED, "same_target"),
    "a wrong target differs": (f"{Q1}到位内资10亿元，完成年度目标60亿元的20%。", "6000000000", DIFFERS, "more_target"),
    "money from outside the province has its own indicator": ("2022年一季度，全市省外到位内资6亿元。", "600000000", CONFIRMED, "same"),
    "a unit is told from the city": ("2023年一季度，西海区到位内资1亿元。", "100000000", CONFIRMED, "same"),
    "a unit's share of the city": ("2023年一季度，东山区到位内资9亿元，占全市的90%。", "90", CONFIRMED, "same"),
    "money of new projects is a part": (f"{Q1}到位内资10亿元，其中新建项目到位资金10亿元。2023年东山区签约。", "", CONFIRMED, "same"),
    "money by source province is a part": (f"{Q1}到位内资10亿元。从资金来源看，北京到位资金3亿元。", "300000000", CONFIRMED, "same"),
    "more than, when it is": (f"{Q1}到位内资超9亿元。", "900000000", CONFIRMED, "same"),
    "more than, when it is far more": (f"{Q1}到位内资超3亿元。", "300000000", DIFFERS, "less"),
    "close to, when it is": ("2022年一季度，全市到位内资近9亿元。", "900000000", CONFIRMED, "same"),
    "about, when it is": ("2022年一季度，全市到位内资约8.2亿元。", "820000000", DIFFERS, "more"),
    "units told together are added up": (
        "2023年一季度，东山区到位内资9亿元，西海区1亿元，两区合计10.0亿元。", "1000000000", CONFIRMED, "same"),
    "units added up wrongly": ("2023年一季度，东山区到位内资9亿元，西海区1亿元，两区合计11亿元。", "1100000000", DIFFERS, "more"),
    "units named together are added up": ("2023年一季度，东山区、西海区合计到位内资10亿元。", "1000000000", CONFIRMED, "same"),
    "more units than were told": ("2023年一季度，东山区到位内资9亿元，三区合计9.5亿元。", "950000000", NOT_HELD, "no_part"),
    "the base of a growth is held under that growth's definition": (
        f"{Q1}到位内资10亿元，上年同期6亿元，同比增长66.7%。", "600000000", CONFIRMED, "same"),
    "the base of a growth that nobody counted": (
        f"{Q1}到位内资10亿元，上年同期7亿元，同比增长66.7%。", "700000000", DIFFERS, "less"),
    "an increase told after the growth": (f"{Q1}到位内资10亿元，同比增长66.7%，增加4亿元。", "400000000", CONFIRMED, "same"),
    "a multiple of the year before": (f"{Q1}到位内资10亿元，是去年同期的1.67倍。", "67", CONFIRMED, "same"),
    "a unit's rank in the city leaves the unit what is spoken of": (
        "2023年一季度，东山区到位内资9亿元，居全市第一；完成年度目标的30%。", "30", CONFIRMED, "same"),
    "a completion in Chinese numerals": (f"{Q1}到位内资10亿元，完成年度目标的二成。", "20", CONFIRMED, "same"),
    "months told in turn": ("2023年1月、2月、3月全市分别到位内资0亿元、6亿元、4亿元。", "400000000", CONFIRMED, "same"),
    "among the first so many": ("2023年一季度，东山区到位内资9亿元，列全市前三位。", "3", CONFIRMED, "same_rank"),
    "another city's figure on record": ("2023年一季度，沈阳市到位内资7亿元。", "700000000", CONFIRMED, "same_external"),
    "another city without a record": ("2023年一季度，鞍山市到位内资7亿元。", "700000000", NOT_HELD, "other_place"),
    "our own publication before the account": ("2021年一季度，全市到位内资5亿元。", "500000000", CONFIRMED, "same_published"),
    "months that nobody holds": ("2019年一季度，全市到位内资5亿元。", "500000000", NOT_HELD, "no_months"),
    "an event's number is not the period's": ("2023年一季度，在全市民营经济大会期间，签约项目314个。", "314", NOT_HELD, "an_event"),
    "an indicator that the account does not keep": (f"{Q1}外出招商考察15次。", "15", NOT_HELD, "no_indicator"),
    "a size that is not counted apart": (f"{Q1}签约10亿元以上项目5个。", "5", NOT_HELD, "no_size"),
    "a forecast": ("预计2023年全年全市到位内资40亿元。", "4000000000", NOT_CHECKABLE, "forecast"),
    "no period at all": ("全市到位内资10亿元。", "1000000000", NOT_CHECKABLE, "no_period"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "value", "outcome", "code"), CASES.values(), ids=CASES.keys())
def test_a_claim_comes_out_as_a_statistician_would_say(
    text: str, value: str, outcome: Outcome, code: str, told: Dictionary, cast: Cast
) -> None:
    checked = held_against(cast, text)
    if value:
        assert only(checked, value)[:2] == (outcome, code)
    else:
        assert {(one.outcome, one.reason.code) for one in checked.verdicts} == {(outcome, code)}


def test_a_period_across_two_meanings_has_no_one_number(told: Dictionary, cast: Cast) -> None:
    reading = read("2023年一季度，全市到位内资11亿元。")
    across = replace(reading, claims=[replace(reading.claims[0], period="2022-12/2023-03")])
    assert check(cast.city, across).verdicts[0].reason.code == "no_version"


def test_a_fall_across_two_meanings_is_named_as_that(told: Dictionary, cast: Cast) -> None:
    outcome, _, explained = only(held_against(cast, f"{Q1}到位内资10亿元，同比增长25.0%。"), "25.0")
    assert (outcome, explained) == (DIFFERS, ["by_mixed"])


def test_an_amount_by_another_version_is_named_with_it(told: Dictionary, cast: Cast) -> None:
    found = held_against(cast, "2022年一季度，全市到位内资6.00亿元。").verdicts[0]
    assert [reason.code for reason in found.explanations] == ["by_version", "by_indicator"]
    assert "（2023年口径）”为6.00亿元" in found.explanations[0].text


def test_an_amount_of_another_period_or_place_is_named_with_it(told: Dictionary, cast: Cast) -> None:
    assert only(held_against(cast, "2023年2月，全市到位内资4.00亿元。"), "400000000")[2] == []
    assert "by_period" in only(held_against(cast, "2023年3月，全市到位内资10.00亿元。"), "1000000000")[2]
    assert "by_place" in only(held_against(cast, f"{Q1}到位内资9.00亿元。"), "900000000")[2]


def test_a_slip_in_the_unit_of_money_is_named(told: Dictionary, cast: Cast) -> None:
    assert only(held_against(cast, f"{Q1}到位内资10.0万元。"), "100000")[2] == ["by_scale"]


def test_an_elided_growth_may_belong_to_either_amount_before_it(told: Dictionary, cast: Cast) -> None:
    text = "2023年一季度，全市到位内资10亿元，其中省内到位内资1亿元，同比下降50%。"
    assert only(held_against(cast, text), "-50")[:2] == (CONFIRMED, "same")


def test_the_answer_names_the_figure_with_version_and_payments(told: Dictionary, cast: Cast) -> None:
    found = held_against(cast, f"{Q1}到位内资10亿元。").to_json("a.txt")
    figure = found["claims"][0]["figure"]
    assert (found["file"], found["claims"][0]["verdict"]) == ("a.txt", "confirmed")
    assert figure["ref"] == "capital_in_place@2023:*:2023Q1"
    assert (figure["value"], figure["version"], figure["payments"]) == ("1000000000.00", "2023", 3)
    assert found["summary"] == {"confirmed": 1, "differs": 0, "not_held": 0, "not_checkable": 0}


def test_a_hundred_claims_cost_no_more_queries_than_ten(told: Dictionary, cast: Cast) -> None:
    def queries(times: int) -> tuple[int, int]:
        varied = "".join(
            f"2023年一季度，全市到位内资10.{place}亿元，同比增长{place}%，完成年度目标的2{place}%。"
            f"2022年一季度，全市到位内资8.{place}亿元，同比增长6{place}%。"
            f"东山区到位内资9.{place}亿元，占全市的9.{place}%。\n"
            for place in range(100, 100 + times)
        )
        with CaptureQueriesContext(connection) as made:
            checked = held_against(cast, varied)
        return len(checked.verdicts), len(made)

    (few, few_queries), (many, many_queries) = queries(2), queries(20)
    assert (few, many) == (14, 140)
    assert many_queries <= few_queries <= 40


def test_a_growth_without_a_base_says_which_meaning_lacks_it(told: Dictionary, cast: Cast) -> None:
    found = held_against(cast, "2022年一季度，省外到位内资6亿元，同比增长10%。").verdicts[1]
    assert (found.outcome, found.reason.code) == (NOT_CHECKABLE, "growth_refused")
    assert "2021年一季度 不在账上，没有可比的基数" in found.reason.text

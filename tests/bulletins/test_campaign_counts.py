"""«明确8大专项招商行动»: a text's count of campaigns is held against the campaigns on record of its year."""

import pytest
from cast import Cast
from dictionary import dictionary
from plans.building import campaign, campaign_indicator

from zhaoshang.bulletins.campaign_counts import with_campaigns
from zhaoshang.bulletins.reconcile import check
from zhaoshang.bulletins.rules import Outcome
from zhaoshang.reading import read

TEXT = "2023年一季度，示例市明确8大专项招商行动，完成到位内资1亿元。"


def verdict(cast: Cast, text: str) -> Outcome:
    found = check(cast.city, read(text)).verdicts
    return next(one.outcome for one in found if one.claim.indicator_class == "campaigns")


@pytest.mark.parametrize("count", ["8", "八"])
@pytest.mark.parametrize("words", ["大专项招商行动", "个专项行动", "项招商专项行动"])
def test_the_count_is_confirmed_by_the_campaigns_of_the_year(cast: Cast, count: str, words: str) -> None:
    dictionary(cast)
    campaign_indicator(cast)
    for number in range(8):
        campaign(cast, f"c{number}")
    assert verdict(cast, f"2023年，示例市明确{count}{words}。") == Outcome.CONFIRMED


def test_another_count_differs_and_another_year_has_its_own(cast: Cast) -> None:
    dictionary(cast)
    campaign_indicator(cast)
    campaign(cast)
    assert [verdict(cast, f"{year}年，示例市实施1个专项行动。") for year in (2023, 2022)] == [
        Outcome.CONFIRMED,
        Outcome.DIFFERS,
    ]


def test_a_dictionary_without_campaigns_does_not_hold_it(cast: Cast) -> None:
    dictionary(cast)
    assert verdict(cast, TEXT) == Outcome.NOT_HELD


def test_the_year_is_the_one_named_last_and_not_the_end_of_a_plans_years() -> None:
    text = "市里制定三年行动方案（2023—2025年），出台《2023年若干措施》，明确8大专项招商行动。"
    (claim,) = with_campaigns(read(text)).claims
    assert (claim.period, claim.value, text[claim.start : claim.end]) == ("2023", 8, "明确8大专项招商行动")


def test_other_claims_stay_as_they_were_in_the_order_of_the_text() -> None:
    reading = read(TEXT)
    found = with_campaigns(reading).claims
    assert ([one for one in found if one in reading.claims], found[0].indicator_class) == (reading.claims, "campaigns")


def test_a_text_without_campaigns_is_left_alone() -> None:
    reading = read("2023年一季度，示例市到位内资1亿元。")
    assert with_campaigns(reading) is reading

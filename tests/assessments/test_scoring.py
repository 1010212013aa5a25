"""Five golden rules of published systems, reproduced to 0.01, and what is said where an input is missing."""

from decimal import Decimal

import pytest

from zhaoshang.assessments.rules.reading import read_scheme
from zhaoshang.assessments.rules.scoring import Score, score
from zhaoshang.assessments.rules.states import Purpose

HEAD = 'no = "一"\nname = "示例"\ntext = "示例"\n'


def scored(article: str, *values: str | None, head: str = "", groups: str = "") -> list[Score]:
    """Units a, b, c … with these values of the one input, under one article."""
    scheme = read_scheme(f"{head}\n[[line]]\n{HEAD}{article}", Purpose.SCORES)
    units = [chr(ord("a") + place) for place in range(len(values))]
    given = {
        unit: {"money.value": None if value is None else Decimal(value)}
        for unit, value in zip(units, values, strict=True)
    }
    where = dict(zip(units, groups or "g" * len(units), strict=True))
    return score(scheme, where, given)


def totals(found: list[Score]) -> list[str | None]:
    return [None if one.total is None else str(one.total) for one in found]


def ranks(found: list[Score]) -> list[int | None]:
    return [one.rank for one in found]


@pytest.mark.parametrize(("value", "points"), [("108.3", "30.00"), ("86.4", "25.92"), ("0", "0.00"), ("-5", "0.00")])
def test_golden_capped_ratio(value: str, points: str) -> None:
    assert totals(scored('kind = "ratio"\nweight = 30\ninput = "money.value"', value)) == [points]


def test_a_ratio_may_be_capped_above_its_weight() -> None:
    rule = 'kind = "ratio"\nweight = 30\nmost = 120\ninput = "money.value"'
    assert totals(scored(rule, "115", "150")) == ["34.50", "36.00"]


def test_golden_efficacy_gives_60_at_the_least_and_100_at_the_greatest() -> None:
    found = scored('kind = "efficacy"\nweight = 100\ninput = "money.value"', "10", "25", "40", "13")
    assert totals(found) == ["60.00", "80.00", "100.00", "64.00"]
    assert found[3].lines[0].formula == "(13 - 10) ÷ (40 - 10) × 40 + 60 = 64; 64 × 100% = 64"


def test_efficacy_by_the_weights_of_the_published_county() -> None:
    """高安 2022: weight 30, so 18 for the last and 30 for the first."""
    assert totals(scored('kind = "efficacy"\nweight = 30\ninput = "money.value"', "5", "9")) == ["18.00", "30.00"]


def test_efficacy_where_all_are_equal_is_defined_and_said() -> None:
    found = scored('kind = "efficacy"\nweight = 30\ninput = "money.value"', "7", "7")
    assert totals(found) == ["30.00", "30.00"]
    assert str(found[0].lines[0].note) == "各单位数值相同，分不出高下，按条文各取 100"


def test_efficacy_compares_inside_the_group_unless_told_otherwise() -> None:
    rule = 'kind = "efficacy"\nweight = 100\ninput = "money.value"\n'
    assert totals(scored(rule, "1", "2", "9", groups="ggh")) == ["60.00", "100.00", "100.00"]
    assert totals(scored(rule + 'among = "all"', "1", "5", "9", groups="ggh")) == ["60.00", "80.00", "100.00"]


BONUS = 'kind = "bonus"\nmost = 5\nitems = [{ name = "走访", input = "money.value", each = 0.5, most = 3 }]'


@pytest.mark.parametrize(("visits", "points"), [("3", "1.50"), ("6", "3.00"), ("40", "3.00"), ("0", "0.00")])
def test_golden_bonus_with_cap(visits: str, points: str) -> None:
    """产业专班: half a point a visit, at most 3."""
    assert totals(scored(BONUS, visits)) == [points]


def test_the_total_cap_of_a_bonus_stands_above_the_caps_of_its_items() -> None:
    two = BONUS.replace("items = [", 'items = [{ name = "项目", input = "money.value", each = 2, most = 6 }, ')
    found = scored(two, "2")
    assert totals(found) == ["5.00"]
    assert found[0].lines[0].formula == "min(min(2 × 2, 6) + min(2 × 0.5, 3), 5) = 5"


def test_a_bonus_for_every_ten_percent_over_the_plan() -> None:
    """County 2006: half a point for every whole ten percent over, at most ten."""
    rule = 'kind = "bonus"\nitems = [{ name = "超额", input = "money.value", each = 0.5, per = 10, over = 100, most = 10 }]'
    assert totals(scored(rule, "99", "109.9", "125", "999")) == ["0.00", "0.00", "1.00", "10.00"]


BANDS = 'kind = "bands"\ninput = "money.value"\nbands = [{ below = -30, points = -3 }, { from = -30, below = -10, points = -1 }]'


@pytest.mark.parametrize(("ahead", "points"), [("-30.1", "-3.00"), ("-30", "-1.00"), ("-10", "0.00"), ("5", "0.00")])
def test_golden_band_deduction(ahead: str, points: str) -> None:
    assert totals(scored(BANDS, ahead)) == [points]


def test_golden_deduction_for_each_shortfall() -> None:
    """2024 result notice: −0.1 for each project that is late, here at most 1."""
    rule = 'kind = "deduction"\nmost = 1\nitems = [{ name = "逾期", input = "money.value", each = 0.1 }]'
    assert totals(scored(rule, "3", "30")) == ["-0.30", "-1.00"]


VETO = "[[line]]\n" + HEAD.replace("一", "二") + 'kind = "veto"\ninput = "money.value"\nover = 80\n'
RATIO = 'kind = "ratio"\nweight = 100\ninput = "money.value"\n'


def test_golden_veto() -> None:
    found = scored(RATIO + VETO, "80", "81")
    assert totals(found) == ["80.00", "0.00"]
    assert str(found[1].notes[0]) == "第二条一票否决：总分不超过 0 分"


def test_a_veto_may_cap_the_total_or_take_the_rank_away() -> None:
    assert totals(scored(RATIO + VETO + 'effect = "cap"\ncap = 59.99\n', "81")) == ["59.99"]
    found = scored(RATIO + VETO + 'effect = "unranked"\n', "81", "70")
    assert (totals(found), ranks(found)) == (["81.00", "70.00"], [None, 1])


def test_a_missing_input_leaves_the_total_open_and_is_explained() -> None:
    found = scored(RATIO, None, "50")
    assert (totals(found), ranks(found)) == ([None, "50.00"], [None, 1])
    assert str(found[0].notes[0]) == "第一条缺数，总分待定，不参加排名"


def test_a_missing_input_may_be_left_out_and_its_weight_spread() -> None:
    head = '[[entered]]\ncode = "late"\nname = "示例"\n'
    other = f'[[line]]\n{HEAD.replace("一", "二")}kind = "ratio"\nweight = 50\ninput = "entered.late"\nmissing = "exclude"\n'
    found = scored(RATIO + other, "60", head=head)
    assert totals(found) == ["90.00"]
    assert str(found[0].notes[0]) == "缺数的条不计，按其余权重折算：60 × 150 ÷ 100"


def test_a_missing_input_may_have_points_by_the_article() -> None:
    assert totals(scored(RATIO + "missing = 12", None)) == ["12.00"]


def test_equal_scores_share_a_place_and_the_next_is_skipped() -> None:
    assert ranks(scored(RATIO, "70", "90", "70", "10")) == [2, 1, 2, 4]


def test_ties_are_broken_by_the_named_article() -> None:
    other = f'[[line]]\n{HEAD.replace("一", "二")}kind = "ratio"\nweight = 100\ninput = "money.share"\n'
    given = {
        unit: {"money.value": Decimal(value), "money.share": Decimal(100 - value)}
        for unit, value in (("a", 70), ("b", 30))
    }
    for head, places in (("", [1, 1]), ('ties = ["二"]\n', [2, 1])):
        scheme = read_scheme(f"{head}[[line]]\n{HEAD}{RATIO}{other}", Purpose.SCORES)
        assert ranks(score(scheme, {"a": "", "b": ""}, given)) == places


def test_rounding_is_once_and_half_to_even() -> None:
    """GB/T 8170: 25.925 → 25.92, 25.935 → 25.94."""
    rule = 'kind = "ratio"\nweight = 100\ninput = "money.value"'
    assert totals(scored(rule, "25.925", "25.935")) == ["25.92", "25.94"]


def test_a_total_keeps_its_bounds() -> None:
    assert totals(scored(RATIO, "90", "3", head="most = 80\nleast = 10")) == ["80.00", "10.00"]

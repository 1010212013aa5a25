"""What the lexicon finds in invented contracts, and what it leaves alone."""

import pytest

from zhaoshang.contracts.rules.clauses import find
from zhaoshang.contracts.standards import CLAUSES
from zhaoshang.rulesets.rules import BadRules

LEXICON = CLAUSES.read(CLAUSES.shipped)

RISKY = {
    "甲方按乙方缴纳增值税地方留成部分的50%给予奖励。": "tax_rebate",
    "乙方缴纳的企业所得税，由甲方全额返还。": "tax_rebate",
    "实行先征后返政策。": "tax_rebate",
    "甲方以财政贡献为基数给予补贴。": "tax_rebate",
    "甲方免征乙方城市基础设施配套费。": "tax_relief",
    "乙方享受五免五减半。": "tax_relief",
    "根据乙方年度纳税额的百分之三十拨付奖励。": "by_tax_paid",
    "对本项目实行一企一策扶持。": "by_tax_paid",
    "土地出让金超出成本部分全额返还乙方。": "land_price",
    "以零地价供应工业用地。": "land_price",
    "用电价格按每千瓦时０．３５元优惠执行。": "factor_price",
    "标准厂房前三年免租。": "factor_price",
    "授予乙方区域内供热特许经营权。": "exclusive",
    "区内企业必须采购乙方产品，优先使用乙方的服务。": "exclusive",
    "本合同生效后三年内，甲方不再引进同类企业。": "bar_others",
    "甲方确保乙方在园区项目招标中中标。": "bar_others",
    "乙方十年内不得迁出本区。": "relocation",
    "甲方承诺投资回报率不低于百分之八的最低收益。": "guarantee",
    "期满后由甲方平台公司按原价回购乙方股权。": "guarantee",
    "双方约定园区内统一销售价格。": "price_fixing",
    "甲方给予乙方最优惠待遇。": "all_other",
    "甲方承诺给予乙方不低于其他地区企业的政策待遇。": "all_other",
    "甲方不得取消税收返还。": "tax_rebate",
    "甲方不得拖延，并给予乙方税收返还。": "tax_rebate",
    "甲方不得不返还税款。": "tax_rebate",
    "税收\n返\n还": "tax_rebate",
    "税 收　返 还": "tax_rebate",
    "先\u200b征\u200b后\u200b返": "tax_rebate",
    "未来三年内，甲方返还企业所得税。": "tax_rebate",
}
HARMLESS = [
    "甲方不得以任何形式承诺税收返还。",
    "双方确认，本合同不包含税收返还、土地价款返还等内容。",
    "甲方不承诺税收返还，不以任何形式减免行政事业性收费。",
    "严禁违规给予税收返还。",
    "税收不予返还。",
    "原协议中税收返还的约定作废。",
    "税收返还条款一律取消，税收返还无效。",
    "乙方多缴的税款由税务机关依法退还。",
    "乙方依法享受国家统一规定的税收减免。",
    "乙方应当依法缴纳税款，逾期由税务机关追缴。",
    "土地出让金由乙方按期缴纳。",
    "竞买未成交的，竞买保证金五日内退还，土地款不计息。",
    "乙方固定资产投资不低于两亿元，容积率不低于1.0。",
    "乙方应在取得土地后三十日内开工，甲方协助办理施工许可。",
    "双方对本合同内容保密。",
    "乙方拥有产品的知识产权，甲方不得侵犯。",
    "乙方承诺依法纳税、依法用工。",
    "违约方承担由此给对方造成的损失。",
]


@pytest.mark.parametrize("text", RISKY)
def test_a_risky_clause_is_flagged_as_what_it_is(text: str) -> None:
    assert RISKY[text] in {hit.code for hit in find(LEXICON, [text])}


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_clause_is_left_alone(text: str) -> None:
    assert find(LEXICON, [text]) == []


def test_the_flag_stands_where_the_words_stand() -> None:
    text = "第三条　甲方承诺：税 收\n返 还。"
    (hit,) = find(LEXICON, ["第一条 无关。", text])
    assert (hit.paragraph, text[hit.start : hit.end]) == (1, "税 收\n返 还")


def test_full_width_digits_and_letters_keep_their_places() -> None:
    text = "按１００％返还企业所得税"
    (hit,) = find(LEXICON, [text])
    assert text[hit.start : hit.end] == "返还企业所得税"


def test_two_hits_of_a_clause_that_touch_are_one() -> None:
    (hit,) = find(LEXICON, ["增值税地方留成返还"])
    assert hit.start == 0


@pytest.mark.parametrize("patterns", [["("], ["a(|"], [""], ["…"], ["x" * 401], ["()"]])
def test_a_pattern_that_cannot_be_read_names_its_place(patterns: list[str]) -> None:
    row = {"code": "odd", "label": "x", "article": "x", "explanation": "x", "patterns": patterns}
    with pytest.raises(BadRules, match="patterns"):
        CLAUSES.read({"clause": [row]})


def test_a_pattern_is_words_and_no_regular_expression() -> None:
    row = {"code": "a", "label": "x", "article": "x", "explanation": "x", "patterns": [".*", "a+"]}
    lexicon = CLAUSES.read({"clause": [row]})
    assert find(lexicon, ["anything at all, aaaa"]) == []
    assert [hit.code for hit in find(lexicon, ["say .* here"])] == ["a"]


def test_a_long_text_takes_a_moment() -> None:
    import time

    began = time.perf_counter()
    find(LEXICON, ["税收" * 200 + "地方留成" * 200] * 200)
    assert time.perf_counter() - began < 20

"""The language's structure, a phrase each: what hangs on what."""

from __future__ import annotations

import pytest

from zhaoshang.reading import read

Brief = tuple[str, float, str]


def brief(text: str) -> list[Brief]:
    return [(c.indicator_class, float(c.value), c.kind) for c in read(text).claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "完成年度目标589亿元的37.22%。",
            [("capital_in_place", 58.9e9, "level"), ("capital_in_place", 37.22, "completion")],
        ),
        ("签约项目16个,总投资125.3亿元。", [("signed_projects", 16, "level"), ("signed_amount", 125.3e8, "level")]),
        (
            "开工项目9个,总投资38亿元,同比增长5%。",
            [("started_projects", 9, "level"), ("started_amount", 38e8, "level"), ("started_amount", 5, "growth")],
        ),
        ("5亿元以上项目144个。", [("projects_total", 144, "level")]),
        ("80亿元项目1个。", [("investment_total", 8e9, "level"), ("projects_total", 1, "level")]),
        ("内资、外资到位额分别增长10%、5%。", [("capital_in_place", 10, "growth"), ("foreign_capital", 5, "growth")]),
        (
            "实际利用内资19亿元,欠进度6.8个百分点。",
            [("capital_in_place", 19e8, "level"), ("capital_in_place", -6.8, "difference")],
        ),
        (
            "到位资金15亿元,是去年同期的2.4倍。",
            [("capital_in_place", 15e8, "level"), ("capital_in_place", 140, "growth")],
        ),
        ("实际使用外资2亿美元,同比翻一番。", [("foreign_capital", 2e8, "level"), ("foreign_capital", 100, "growth")]),
        ("24个项目已开工。", [("started_projects", 24, "level")]),
        ("接待客商88批356人次。", [("visits", 88, "level"), ("visits", 356, "level")]),
        (
            "到位资金5亿元,同比增长3%,增加0.15亿元。",
            [
                ("capital_in_place", 5e8, "level"),
                ("capital_in_place", 3, "growth"),
                ("capital_in_place", 15e6, "difference"),
            ],
        ),
        (
            "到位资金5亿元,增速由上年的22%回落至9%。",
            [("capital_in_place", 5e8, "level"), ("capital_in_place", 22, "growth"), ("capital_in_place", 9, "growth")],
        ),
        (
            "项目21个,投资8亿元,分别占项目总数和投资总额的37%、41%。",
            [
                ("projects_total", 21, "level"),
                ("investment_total", 8e8, "level"),
                ("projects_total", 37, "share"),
                ("investment_total", 41, "share"),
            ],
        ),
        (
            "签约项目4个;落地项目完成年度任务的27%。",
            [("signed_projects", 4, "level"), ("projects_total", 27, "completion")],
        ),
        ("二三十个项目。", [("projects_total", 20, "level")]),
        ("完成任务的一成五。", [("other", 15, "completion")]),
    ],
)
def test_a_phrase_gives_its_claims(text: str, claims: list[Brief]) -> None:
    context = "" if "目标589" not in text else "引进省外资金到位。\n"
    assert brief(context + text) == claims


def test_places_listed_share_out_the_values() -> None:
    claims = read("新疆到位资金100亿元。乌鲁木齐市、昌吉州分占总量的18%、12%。").claims
    assert [c.region for c in claims] == ["新疆维吾尔自治区", "乌鲁木齐市", "昌吉州"]


def test_a_place_at_the_head_of_a_paragraph_holds_for_all_of_it() -> None:
    text = "云州市招商情况。\n平湖县一季度到位资金5亿元。新签约项目12个。全市签约项目90个。\n一季度到位资金60亿元。"
    assert [c.region for c in read(text).claims] == ["平湖县", "平湖县", "云州市", "云州市"]


def test_counties_are_known_by_their_short_names_inside_their_city() -> None:
    claims = read("湘西州到位资金100亿元。八县市中,吉首43亿元、永顺29亿元。").claims
    assert [c.region for c in claims] == ["湘西州", "吉首市", "永顺县"]


def test_other_provinces_in_a_province_s_bulletin_are_where_money_came_from() -> None:
    claims = read("江西省利用省外资金621亿元,其中广东156亿元、浙江142亿元。").claims
    assert {c.region for c in claims} == {"江西省"}


def test_the_whole_is_not_the_first_of_its_parts() -> None:
    claims = read("全省到位资金900亿元。成都市到位320亿元,绵阳市到位70亿元。").claims
    assert [c.region for c in claims] == ["四川省", "成都市", "绵阳市"]


def test_places_that_only_the_caller_knows_are_places() -> None:
    text = "大连市到位资金700亿元,其中长兴岛61亿元。"
    assert [c.region for c in read(text, places=["长兴岛"]).claims] == ["大连市", "长兴岛"]


def test_ranks_in_turn_are_shared_out() -> None:
    claims = read("大连市招商情况。中山区、沙河口区到位资金61亿元、51亿元,分列全市第五、六位。").claims
    assert [(c.region, int(c.value)) for c in claims if c.kind == "rank"] == [("中山区", 5), ("沙河口区", 6)]


def test_months_in_turn_are_shared_out() -> None:
    claims = read("2023年1月、2月分别到位资金8亿元、9亿元。").claims
    assert [c.period for c in claims] == ["2023-01/2023-01", "2023-02/2023-02"]


def test_what_is_aimed_at_stays_a_target_to_the_end_of_its_item() -> None:
    claims = read("2022年力争到位资金180亿元,利用外资3亿美元,增长8%。一季度已到位40亿元。").claims
    assert [c.target for c in claims] == [True, True, True, False]


def test_written_out_years_are_years() -> None:
    assert read("五原县二○一三年到位资金3亿元。").claims[0].period == "2013"


def test_a_topic_before_a_comma_names_the_list_after_it() -> None:
    claims = read("完成情况:签约项目数,甲河区21个、乙山县19个;到位内资,甲河区58亿元。").claims
    assert [(c.indicator_class, c.region) for c in claims] == [
        ("signed_projects", "甲河区"), ("signed_projects", "乙山县"), ("capital_in_place", "甲河区"),
    ]  # fmt: skip


def test_destinations_and_sources_are_no_region() -> None:
    claims = read("云州市赴北京、上海招商12次,香港来源外资3亿美元。").claims
    assert {c.region for c in claims} == {"云州市"}


def test_a_target_belongs_to_the_year_and_its_completion_to_the_months() -> None:
    target, done = read("2015年1-8月到位资金完成全年7000亿元目标的68.09%。").claims
    assert (target.period, target.target, done.period) == ("2015", True, "2015-01/2015-08")


def test_a_single_month_gives_way_to_the_cumulative_period() -> None:
    month, total = read("2023年1-8月招商情况。8月当月到位资金33亿元。累计到位资金241亿元。").claims
    assert (month.period, total.period) == ("2023-08/2023-08", "2023-01/2023-08")


def test_publication_date_tells_which_year_is_meant() -> None:
    assert read("今年上半年到位资金5亿元。", published="2019-07-15").claims[0].period == "2019-01/2019-06"
    assert read("今年上半年到位资金5亿元。").claims[0].period is None


def test_a_shorter_rank_scope_is_that_of_the_rank_before() -> None:
    claims = read("到位资金5亿元,列青岛12区市第2,增幅第5。").claims
    assert [c.rank_scope for c in claims if c.kind == "rank"] == ["青岛12区市", "青岛12区市"]


def test_a_paragraph_printed_twice_is_claimed_once() -> None:
    line = "全县实际到位市外资金142亿元。\n"
    assert len(read(line + line).claims) == 1


def test_footers_hold_no_figures() -> None:
    assert (
        len(
            read(
                "到位资金5亿元,同比增长3%。新签约项目12个。\n版权声明:转载请在30日内联系,电话010-65363056,共12个网站。"
            ).claims
        )
        == 3
    )


def test_tables_are_read_by_their_header() -> None:
    table = "地区 到位资金(亿元) 同比增长(%)\n江北区 76.2 22.1\n合计 176.17 -11.4"
    claims = read("2022年云州市各区情况:\n" + table).claims
    assert [(c.region, float(c.value), c.kind) for c in claims] == [
        ("江北区", 76.2e8, "level"), ("江北区", 22.1, "growth"), ("云州市", 176.17e8, "level"), ("云州市", -11.4, "growth"),
    ]  # fmt: skip


def test_json_has_the_schema_of_the_samples() -> None:
    [claim] = read("2022年大连市到位内资1638.2亿元。").to_json(file="x.txt")["claims"]  # type: ignore[misc]
    assert claim == {
        "quote": "到位内资1638.2亿元", "start": 8, "end": 20, "indicator": "到位内资", "indicator_class": "capital_in_place",
        "value": 163820000000, "unit": "CNY", "approx": False, "period": "2022", "region": "大连市", "kind": "level",
    }  # fmt: skip

"""Workbooks as they come in on the fifth of the month, one oddity each: what a clerk expects of every one of them."""

from datetime import date
from typing import Any

import pytest

from intake.books import HEADING, MARCH_2023, codes, drawn, read, xlsx

P, D = "示例项目甲", "2023-03-05"
WAN = 1_000_000
CODED = ("项目名称", "到位日期", "到位金额（万元）", "凭证号")


def day_of(value: Any, **asked: Any) -> date:
    """The day that a cell with ``value`` is read as."""
    return read(xlsx(HEADING, (P, value, 1)), **asked).rows[0].arrived_on


def fen_of(value: Any, heading: str = "到位金额（万元）") -> int:
    """The amount that a cell with ``value`` is read as."""
    return read(xlsx(("项目名称", "到位日期", heading), (P, D, value))).rows[0].amount_fen


@pytest.mark.parametrize(
    "value", ["2023.3.6", "2023年3月6日", "3月6日", "3.6", "２０２３－３－６", "20230306", 44_991, "2023/3/6 "]
)
def test_a_day_in_every_usual_writing_is_the_same_day(value):
    assert day_of(value, month=MARCH_2023) == date(2023, 3, 6)


@pytest.mark.parametrize("value", ["2023年3月", "2023-03", "3月"])
def test_a_month_where_a_day_should_stand_asks_for_the_day(value):
    assert codes(read(xlsx(HEADING, (P, value, 1)), month=MARCH_2023)) == ["date_day_missing"]


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        ("1,234.5", 1_234.5),
        ("１２３", 123),
        ("１，２３４．５", 1_234.5),
        (" 1200 ", 1_200),
        ("¥1,200.50", 1_200.5),
        ("1200万元", 1_200),
        ("0.12亿元", 1_200),
        ("12000千元", 1_200),
        ("12百万元", 1_200),
        ("1.2千万元", 1_200),
        ("2千万", 2_000),
        ("3百万", 300),
    ],
)
def test_an_amount_in_every_usual_writing_is_exact(value, fen):
    assert fen_of(value) == round(fen * WAN)


@pytest.mark.parametrize(
    ("heading", "fen"),
    [
        ("到位金额（千元）", 10**5),
        ("到位金额(百万元)", 10**8),
        ("到位资金：千万元", 10**9),
        ("到位资金/千元", 10**5),
        ("到位额 单位：百万元", 10**8),
    ],
)
def test_thousands_and_millions_in_a_heading_are_read(heading, fen):
    assert fen_of(12, heading) == 12 * fen


@pytest.mark.parametrize("title", ["2023年3月到位资金表（单位：千元）", "单位:千元", "金额单位为千元"])
def test_a_title_that_states_the_unit_settles_it(title):
    reading = read(xlsx((title,), ("项目名称", "到位日期", "到位金额"), (P, D, 12)))
    assert (reading.amount_unit, reading.sum_fen) == ("千元", 12 * 10**5)


def test_a_number_format_that_shows_thousands_is_not_taken_for_yuan():
    reading = drawn(("项目名称", "到位日期", "到位金额"), (P, D), formats=[(2, 2, 12, '0.00"千元"')])
    assert reading.sum_fen == 12 * 10**5


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("约1200", "amount_approximate"),
        ("1200左右", "amount_approximate"),
        ("1200+300", "amount_several"),
        (-5, "amount_negative"),
        ("(300)", "amount_negative"),
        ("12,34", "amount_grouping"),
        ("待定", "amount_unreadable"),
        ("100万美元", "amount_currency"),
        ("1.2e3", "amount_scientific"),
        ("12%", "amount_unreadable"),
        ("—", "amount_missing"),
    ],
)
def test_what_is_no_exact_amount_is_named_and_never_guessed(value, code):
    assert codes(read(xlsx(HEADING, (P, D, value)))) == [code]


def test_a_percentage_and_a_date_in_the_amount_column_are_told_apart():
    reading = drawn(HEADING, (P, D), ("乙项目", D), formats=[(2, 2, 0.5, "0%"), (3, 2, 45_000, "yyyy-mm-dd")])
    assert codes(reading) == ["amount_percent", "amount_date"]


def test_two_totals_and_a_signature_end_the_table():
    reading = read(
        xlsx(
            HEADING,
            (P, D, 1),
            ("乙项目", D, 2),
            ("小计", None, 3),
            ("合计", None, 3),
            ("制表人：示例", None, "2023年4月1日"),
        )
    )
    assert ([row.row for row in reading.rows], [total.agrees for total in reading.totals]) == ([2, 3], [True, True])
    assert reading.acceptable


def test_subtotals_by_group_of_projects_are_checked_each():
    reading = read(
        xlsx(
            HEADING,
            ("一、新建项目",),
            (P, D, 1),
            ("乙项目", D, 2),
            ("小计", None, 3),
            ("二、续建项目",),
            ("丙项目", D, 4),
            ("小计", None, 4),
            ("总计", None, 7),
        )
    )
    assert [(total.label, total.agrees) for total in reading.totals] == [("小计", True), ("小计", True), ("总计", True)]
    assert [str(row.origin) for row in reading.rows] == ["new", "new", "continued"]


def test_a_total_above_the_rows_is_a_total():
    reading = read(xlsx(HEADING, ("合计", None, 3), (P, D, 1), ("乙项目", D, 2)))
    assert (len(reading.rows), reading.totals[0].agrees) == (2, True)


def test_a_total_that_differs_is_a_doubt_and_never_counted():
    reading = read(xlsx(HEADING, (P, D, 1), ("合计", None, 9)))
    assert (reading.sum_fen, codes(reading)) == (WAN, ["total_differs"])


def test_running_numbers_empty_columns_and_rows_between_are_nothing():
    lines = [
        ("序号", *HEADING, None, None, " "),
        (1, P, D, 1, None, "", " "),
        (None,) * 6,
        (2, "乙项目", D, 2),
        ("", "", ""),
    ]
    assert read(xlsx(*lines)).sum_fen == 3 * WAN


def test_a_heading_of_three_lines_with_groups_over_it():
    reading = drawn(
        ("东山区到位内资情况表",), ("序号", "项目", None, "到位情况", None), (None, "名称", "编号", "日期", "金额"),
        (None, None, None, None, "（万元）"), (1, P, "2023-0001", D, 12.5),
        merge=("A1:E1", "B2:C2", "D2:E2", "A2:A4"),
    )  # fmt: skip
    assert (reading.rows[0].project_code, reading.sum_fen, reading.sheets[0].header_last) == (
        "2023-0001",
        round(12.5 * WAN),
        4,
    )


def test_a_second_table_below_with_other_columns_is_named_and_not_counted():
    reading = read(
        xlsx(
            HEADING,
            (P, D, 1),
            ("合计", None, 1),
            (None,),
            ("附：外资到位",),
            ("企业名称", "国别", "金额（万美元）"),
            ("示例公司", "日本", 3),
        )
    )
    assert reading.sum_fen == WAN or not reading.acceptable
    assert any(one.row == 7 for one in [*reading.ignored, *reading.problems])


def test_a_second_table_below_with_the_same_heading_goes_on():
    reading = read(xlsx(HEADING, (P, D, 1), (None,), ("续表",), HEADING, ("乙项目", D, 2)))
    assert (reading.sum_fen, reading.acceptable) == (3 * WAN, True)


def test_notes_above_and_below_are_no_rows():
    note = "注：1.到位资金以银行进账单为准；2.本表于每月5日前报送。"
    reading = read(
        xlsx(
            ("填报单位：东山区", None, "填报日期：2023年4月1日"),
            HEADING,
            (P, D, 1),
            (note,),
            ("联系人：示例 电话 000",),
        )
    )
    assert (len(reading.rows), reading.acceptable) == (1, True)


def test_a_project_merged_over_its_payments_names_each():
    reading = drawn(HEADING, (P, D, 1), (None, "2023-03-06", 2), merge=("A2:A3",))
    assert [row.project_name for row in reading.rows] == [P, P]


def test_a_gbk_csv_with_chinese_marks_reads_like_the_workbook():
    text = '"东山区到位资金（单位：万元）",,\r\n项目名称,到位日期,到位金额\r\n示例项目甲,2023年3月5日,"1,234.5"\r\n合计,,"1,234.5"\r\n'
    reading = read(text.encode("gbk"))
    assert (reading.sum_fen, reading.totals[0].agrees, reading.acceptable) == (1_234_500_000, True, True)


def test_hidden_rows_count_and_are_said():
    reading = drawn(HEADING, (P, D, 1), ("乙项目", D, 2), hide_rows=(3,))
    assert (reading.sum_fen, codes(reading)) == (3 * WAN, ["hidden_rows"])


def test_this_month_and_the_running_total_side_by_side_take_this_month():
    reading = read(
        xlsx(("项目名称", "到位日期", "本月到位（万元）", "累计到位（万元）", "计划总投资（万元）"), (P, D, 1, 10, 100))
    )
    assert (reading.sum_fen, reading.acceptable) == (WAN, True)


def test_the_same_slip_twice_under_two_keys_is_two_payments_and_without_keys_a_question():
    assert read(xlsx(CODED, (P, D, 1, "甲-1"), (P, D, 1, "甲-2"))).acceptable
    assert codes(read(xlsx(HEADING, (P, D, 1), (P, D, 1)))) == ["duplicate"]


def test_sheets_by_month_take_the_month_that_is_reported():
    reading = read(xlsx(HEADING, (P, D, 1), name="3月"), month=MARCH_2023)
    assert reading.acceptable


def test_cells_that_bring_their_own_units_need_none_in_the_heading():
    reading = read(
        xlsx(("项目名称", "到位日期", "到位金额"), (P, D, "1200万元"), ("乙项目", D, "3000元"), ("丙项目", D, "5千元"))
    )
    assert [row.amount_fen for row in reading.rows] == [1_200 * WAN, 300_000, 500_000]


# --- the heading that a person points at ---

ODD = ("工程", "哪天", "多少：万元")
NAMED = {"A": "project_name", "B": "arrived_on", "C": "amount"}


def test_a_heading_that_is_not_found_can_be_pointed_at():
    content = xlsx(("某区上报",), ("说明：见附件",), ODD, (P, D, 12))
    assert not read(content).rows
    pointed = read(content, headers={"明细": (3, 3)})
    assert [column.heading for column in pointed.columns] == list(ODD)
    settled = read(content, headers={"明细": (3, 3)}, mapping=NAMED)
    assert (settled.sum_fen, settled.acceptable) == (12 * WAN, True)


def test_a_heading_once_pointed_at_is_found_next_month_by_itself():
    first = read(xlsx(("某区上报",), ODD, (P, D, 12)), headers={"明细": (2, 2)}, mapping=NAMED)
    second = read(xlsx(("某区上报",), ("四月",), (None,), ODD, (P, D, 7)), memory=first.memory)
    assert (second.sheets[0].header_first, second.sum_fen) == (4, 7 * WAN)


def test_a_wrong_guess_is_overruled_by_the_row_that_the_person_names():
    content = xlsx(("项目名称", "到位日期", "到位金额（万元）"), ("项目名称", "到位日期", "到位金额（元）"), (P, D, 12))
    assert read(content, headers={"": (2, 2)}).sum_fen == 1_200


def test_a_heading_of_two_rows_can_be_pointed_at():
    content = xlsx(("表一",), ("项目", "到位", "到位"), ("名称", "日期", "金额（万元）"), (P, D, 12))
    reading = read(content, headers={"明细": (2, 3)})
    assert (reading.sheets[0].header_first, reading.sheets[0].header_last, reading.sum_fen) == (2, 3, 12 * WAN)

"""Tables as districts really draw them: headings, units, and rows that are no payments. All names are invented."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from intake.books import HEADING, PLAIN, amounts, codes, drawn, fill, keys, payments, read, xlsx
from zhaoshang.capital.rules import Origin

# --- the heading ---


def test_a_heading_of_two_lines_under_merged_titles_with_a_line_of_column_numbers():
    reading = drawn(
        ("示例新区2023年一季度到位内资情况表",),
        ("填报单位：示例新区", None, None, None, None, "单位：万元"),
        ("序号", "项目名称", "投资方", None, "到位资金", None, "到位时间"),
        (None, None, "名称", "所在地", "累计", "本月", None),
        ("甲", "乙", "丙", "丁", 1, 2, 3),
        (1, "示例项目甲", "示例投资公司", "江苏省", 900, 100, "3月5日"),
        merge=("A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4"),
    )
    assert keys(reading) == {"B": "project_name", "C": "payer", "D": "place", "F": "amount", "G": "arrived_on"}
    assert [(row.row, row.payer, row.arrived_on) for row in reading.rows] == [(6, "示例投资公司", date(2023, 3, 5))]
    assert amounts(reading) == [100] and codes(reading) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "项目总投资（万元）",
        "合同金额（万元）",
        "注册资本（万元）",
        "年度目标（万元）",
        "1-3月累计到位（万元）",
        "其中：省外到位资金（万元）",
        "到位资金（万美元）",
        "上年同期到位（万元）",
    ],
)
def test_other_amounts_are_not_taken_for_the_payment(wrong):
    reading = read(
        xlsx(("项目名称", wrong, "实际到位资金（万元）", "到位日期"), ("示例项目甲", 99999, 100, "2023-03-05"))
    )
    assert amounts(reading) == [100] and codes(reading) == []


@pytest.mark.parametrize("wrong", ["开工时间", "签约日期", "填报日期", "计划到位时间"])
def test_other_dates_are_not_taken_for_the_day_of_arrival(wrong):
    reading = read(
        xlsx(("项目名称", wrong, "到账时间", "到位金额（万元）"), ("示例项目甲", "2020-01-01", "2023-03-05", 1))
    )
    assert reading.rows[0].arrived_on == date(2023, 3, 5)


def test_headings_with_breaks_stars_numbers_and_spaces_are_the_same_headings():
    reading = read(xlsx(("1.项 目 名 称*", "到位\n日期", "到位金额\n（万元）"), PLAIN))
    assert keys(reading) == {"A": "project_name", "B": "arrived_on", "C": "amount"}


def test_two_columns_that_fit_alike_are_pointed_out():
    reading = read(xlsx(("项目名称", "到位日期", "到位金额（万元）", "到位资金（万元）"), (*PLAIN, 200)))
    assert codes(reading) == ["amount_ambiguous"] and reading.problems[0].cell == "C1"
    assert codes(read(xlsx(("项目名称", "到位日期", "到位金额（万元）", "到位资金（万元）"), (*PLAIN, 100)))) == []


def test_a_missing_column_is_named():
    reading = read(xlsx(("项目名称", "到位金额（万元）"), ("示例项目甲", 100)))
    assert codes(reading) == ["column_missing"] and reading.problems[0].params["label"] == "到位日期"


def test_a_sheet_without_a_table_says_what_is_needed():
    assert codes(read(xlsx(("会议纪要",), ("一、议定事项",)))) == ["no_table"]


def test_a_person_may_name_the_columns_and_is_remembered():
    content = xlsx(("名目", "何时", "多少（万元）"), PLAIN)
    named = read(content, mapping={"A": "project_name", "B": "arrived_on", "C": "amount"})
    assert amounts(named) == [100] and named.acceptable
    again = read(content, memory=named.memory)
    assert amounts(again) == [100] and {column.reason for column in again.columns} == {"memory"}


def test_columns_named_by_a_person_do_not_draw_the_heading_to_another_row():
    content = xlsx(("内部资料", None, "勿外传"), ("名目", "何时", "多少（万元）"), PLAIN)
    reading = read(content, mapping={"A": "project_name", "B": "arrived_on", "C": "amount"})
    assert reading.sheets[0].header_last == 2 and amounts(reading) == [100]


def test_a_person_may_take_a_column_out():
    reading = read(xlsx((*HEADING, "备注"), (*PLAIN, "x")), mapping={"D": ""})
    assert reading.rows[0].note == "" and "D" not in keys(reading)
    assert reading.memory["备注"] == ""


def test_credit_codes_are_known_by_their_content():
    reading = read(xlsx((*HEADING, "证照"), (*PLAIN, "91350100M000100Y43")))
    assert reading.rows[0].uscc == "91350100M000100Y43"


# --- units ---


@pytest.mark.parametrize(
    ("heading", "fen"), [("到位金额（元）", 10_000), ("到位金额（亿元）", 10**12), ("到位金额(万元)", 10**8)]
)
def test_the_headings_unit_is_used(heading, fen):
    assert read(xlsx(("项目名称", "到位日期", heading), PLAIN)).rows[0].amount_fen == fen


def test_two_units_that_disagree_are_settled_by_the_person():
    content = xlsx(("单位：亿元",), HEADING, PLAIN)
    assert codes(read(content)) == ["unit_conflict"] and not read(content).acceptable
    assert amounts(read(content, amount_unit="万元")) == [100]


def test_a_unit_stated_below_the_table_is_found():
    reading = read(xlsx(("项目名称", "到位日期", "到位金额"), PLAIN, ("注：金额单位为万元。",)))
    assert amounts(reading) == [100] and codes(reading) == []


def test_cells_that_state_their_own_unit_need_no_other():
    reading = read(
        xlsx(("项目名称", "到位日期", "到位金额"), ("甲", "2023-03-05", "1.2亿"), ("乙", "2023-03-05", "350万元"))
    )
    assert amounts(reading) == [12_000, 350] and codes(reading) == []


def test_a_unit_in_the_number_format_counts_as_the_cells_own():
    reading = drawn(("项目名称", "到位日期", "到位金额"), ("甲", "2023-03-05"), formats=[(2, 2, 5, '#,##0.00"万元"')])
    assert amounts(reading) == [5]


def test_a_format_that_shows_another_number_than_is_stored_is_refused():
    reading = drawn(HEADING, ("甲", "2023-03-05"), formats=[(2, 2, 50_000, "0!.0,")])
    assert codes(reading) == ["amount_scaled_format"] and reading.problems[0].cell == "C2"


# --- rows that are no payments ---


def test_a_total_below_is_checked_and_never_counted():
    reading = payments(PLAIN, ("示例项目乙", "2023-03-06", 50), ("合  计", None, 150))
    assert amounts(reading) == [100, 50] and codes(reading) == []
    assert [(total.row, total.label, total.agrees) for total in reading.totals] == [(4, "合计", True)]


def test_a_total_above_its_rows_is_checked_too():
    reading = payments(("总计", None, 150), PLAIN, ("示例项目乙", "2023-03-06", 50))
    assert reading.totals[0].agrees and amounts(reading) == [100, 50]


def test_subtotals_by_section_and_the_sum_of_all_are_checked():
    reading = payments(
        ("一、新建项目",),
        PLAIN,
        ("小计", None, 100),
        ("二、续建项目",),
        ("示例项目乙", "2023-03-06", 50),
        ("小计", None, 51),
        ("合计", None, 150),
    )
    assert [total.agrees for total in reading.totals] == [True, False, True]
    assert [row.origin for row in reading.rows] == [Origin.NEW, Origin.CONTINUED]
    assert codes(reading) == ["total_differs"] and reading.acceptable
    assert reading.problems[0].params["difference"] == "1" and reading.problems[0].cell == "C7"


def test_a_rounded_total_agrees_with_what_it_stands_for():
    reading = payments(("甲", "2023-03-05", 100.26), ("乙", "2023-03-05", 100.12), ("合计", None, 200.4))
    assert reading.totals[0].agrees


def test_a_computed_total_is_read_like_any_other():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("明细")
    fill(sheet, [HEADING, PLAIN, ("合计", None, None)])
    sheet.write_formula("C3", "=SUM(C2:C2)", None, 100)
    book.close()
    assert read(buffer.getvalue()).totals[0].agrees


def test_rows_of_which_notes_signatures_and_repeated_headings_are_passed_over():
    reading = payments(
        PLAIN,
        ("其中：设备", None, 40),
        HEADING,
        ("示例项目乙", "2023-03-06", 50),
        ("注：以上为初步数",),
        ("填表人：某某", "审核人：某某", None),
        ("单位负责人（签字）：", None, None),
    )
    assert amounts(reading) == [100, 50] and codes(reading) == []
    assert [row.taken_for for row in reading.ignored] == ["of_which", "header", "note", "note", "note"]


def test_rows_numbered_in_advance_are_empty():
    reading = read(xlsx(("序号", *HEADING), (1, *PLAIN), (2, None, None, None), (3, None, None, None)))
    assert amounts(reading) == [100] and codes(reading) == []


def test_projects_without_money_this_month_are_passed_over_and_named():
    reading = read(xlsx(("序号", *HEADING), (1, *PLAIN), (2, "示例项目乙", None, "-"), (3, "示例项目丙", None, None)))
    assert amounts(reading) == [100] and reading.acceptable
    assert codes(reading) == ["rows_without_payment"] and reading.problems[0].params["rows"] == "3–4"


def test_a_project_alone_in_its_row_is_named_too():
    reading = payments(PLAIN, ("示例项目乙", None, None))
    assert codes(reading) == ["rows_without_payment"]


def test_a_total_is_a_total_even_with_a_day_beside_it():
    assert amounts(payments(PLAIN, ("本月合计", "2023-03-31", 100))) == [100]


def test_a_day_without_an_amount_is_a_gap():
    assert codes(payments(("示例项目乙", "2023-03-06", None))) == ["amount_missing"]


def test_a_row_without_a_name_asks_whether_it_is_the_total():
    assert codes(payments(PLAIN, (None, "2023-03-06", 50))) == ["name_missing"]

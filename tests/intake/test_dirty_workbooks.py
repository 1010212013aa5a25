"""Workbooks as districts really send them, one habit at a time. All names are invented."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from tests.intake.books import HEADING, TODAY, codes, fill, payments, read, xlsx
from zhaoshang.capital.rules import Kind, Origin, Proof
from zhaoshang.common.sheets import open_workbook
from zhaoshang.review.workbooks import Asked, Reading, understand

PLAIN = ("示例项目甲", "2023-03-05", 100)
MARCH_2023 = 2023 * 12 + 2


def drawn(
    *lines: Any, merge: tuple[str, ...] = (), hide_rows: tuple[int, ...] = (), formats: Any = (), **asked: Any
) -> Reading:
    """Understand ``lines`` with ranges merged, rows (from 1) hidden and cells (row, column, value, number format) formatted."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("明细")
    for area in merge:
        sheet.merge_range(area, "")
    fill(sheet, lines)
    for row in hide_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for row, column, value, number_format in formats:
        sheet.write(row - 1, column, value, book.add_format({"num_format": number_format}))
    book.close()
    return read(buffer.getvalue(), **asked)


def amounts(reading: Reading) -> list[int]:
    """Amounts in whole 万元."""
    return [row.amount_fen // 1_000_000 for row in reading.rows]


def keys(reading: Reading) -> dict[str, str]:
    """Column key by letter, unread columns left out."""
    return {column.letter: column.key for column in reading.columns if column.key}


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


# --- hidden and merged ---


def test_hidden_rows_are_read_and_pointed_out():
    reading = drawn(
        HEADING, PLAIN, ("示例项目乙", "2023-03-06", 50), ("示例项目丙", "2023-03-06", 60), hide_rows=(3, 4)
    )
    assert amounts(reading) == [100, 50, 60] and reading.acceptable
    assert codes(reading) == ["hidden_rows"] and reading.problems[0].params["rows"] == "3–4"


def test_a_name_merged_over_rows_holds_for_each():
    reading = drawn(
        HEADING, ("示例项目甲", "2023-03-05", 100), (None, "2023-03-06", 50), (None, "2023-03-07", 60), merge=("A2:A4",)
    )
    assert [row.project_name for row in reading.rows] == ["示例项目甲"] * 3 and amounts(reading) == [100, 50, 60]


def test_a_day_and_a_slip_merged_over_rows_hold_for_each():
    reading = drawn((*HEADING, "流水号"), (*PLAIN, "SN1"), ("示例项目乙", None, 50, None), merge=("B2:B3", "D2:D3"))
    assert [(row.arrived_on, row.bank_serial) for row in reading.rows] == [(date(2023, 3, 5), "SN1")] * 2


def test_an_amount_merged_over_rows_is_refused():
    reading = drawn(HEADING, ("示例项目甲", "2023-03-05", 100), ("示例项目乙", "2023-03-06", None), merge=("C2:C3",))
    assert codes(reading) == ["amount_merged", "amount_merged"] and reading.rows == ()


def test_hidden_columns_are_read_and_pointed_out():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("明细")
    fill(sheet, [HEADING, PLAIN])
    sheet.set_column("B:B", None, None, {"hidden": True})
    book.close()
    reading = read(buffer.getvalue())
    assert codes(reading) == ["hidden_columns"] and amounts(reading) == [100]


# --- sheets ---


def several(**sheets: Any) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name.lstrip("_"))
        fill(sheet, lines)
        if name.startswith("_"):
            sheet.hide()
    book.close()
    return buffer.getvalue()


MONTHS = {"封面": [("到位内资报表",)], "M1月": [HEADING, ("甲", "1月5日", 10)], "M2月": [HEADING, ("乙", "2月5日", 20)]}


def test_sheets_of_one_kind_are_read_together():
    reading = read(several(上半年=[HEADING, PLAIN], 下半年=[HEADING, ("示例项目乙", "2023-09-06", 50)]))
    assert [(row.sheet, row.project_name) for row in reading.rows] == [
        ("上半年", "示例项目甲"),
        ("下半年", "示例项目乙"),
    ]


def test_of_sheets_named_for_months_the_reported_one_is_read():
    reading = read(several(**MONTHS), month=2023 * 12 + 1)
    assert amounts(reading) == [20] and codes(reading) == ["sheet_not_read"]


def test_a_person_may_choose_the_sheet():
    reading = read(several(甲表=[HEADING, PLAIN], 乙表=[HEADING, ("乙", "2023-03-05", 7)]), sheets=["乙表"])
    assert amounts(reading) == [7]
    assert codes(read(xlsx(HEADING, PLAIN), sheets=["没有"])) == ["sheet_unknown"]


def test_hidden_sheets_are_not_read_but_named():
    reading = read(several(明细=[HEADING, PLAIN], _旧表=[HEADING, ("乙", "2023-03-05", 7)]))
    assert amounts(reading) == [100] and codes(reading) == ["hidden_sheet_not_read"]


# --- cells ---


def test_an_amount_computed_by_formula_is_refused_by_name():
    reading = payments(("示例项目甲", "2023-03-05", "=100+0"))
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("amount_formula", "C2")]


def test_bad_cells_are_named_and_the_other_rows_still_shown():
    reading = payments(PLAIN, ("示例项目乙", "2026.2.30", "1,2万"), ("示例项目丙", "2027-01-01", 0))
    assert [(problem.cell, problem.code) for problem in reading.problems] == [
        ("B3", "date_impossible"),
        ("C3", "amount_grouping"),
        ("B4", "date_future"),
        ("C4", "amount_zero"),
    ]
    assert amounts(reading) == [100] and not reading.acceptable
    assert all("{" not in problem.message for problem in reading.problems)


def test_excel_day_numbers_in_an_unformatted_column_are_days():
    assert payments(("示例项目甲", 44990, 1)).rows[0].arrived_on == date(2023, 3, 5)
    assert payments(("示例项目甲", 20230305, 1)).rows[0].arrived_on == date(2023, 3, 5)
    assert codes(payments(("示例项目甲", 60, 1))) == ["date_unreadable"]


def test_days_outside_the_reported_month():
    reading = payments(("甲", "2023-02-27", 1), ("乙", "2023-04-01", 1), ("丙", "3月9日", 1), month=MARCH_2023)
    assert [(problem.cell, problem.code, problem.fatal) for problem in reading.problems] == [
        ("B3", "date_after_month", True),
        ("B2", "date_other_month", False),
    ]
    assert [row.month for row in reading.rows] == [MARCH_2023, MARCH_2023]


def test_a_serial_number_that_excel_cut_is_refused():
    reading = read(xlsx((*HEADING, "银行流水号"), (*PLAIN, 2023030500011234567)))
    assert [(problem.cell, problem.code) for problem in reading.problems] == [("D2", "serial_digits_lost")]


@pytest.mark.parametrize("code", [f"91350100M000100Y4{last}" for last in "0124"])
def test_a_wrong_credit_code_is_refused(code):
    assert codes(read(xlsx((*HEADING, "信用代码"), (*PLAIN, code)))) == ["uscc_wrong"]


def test_kinds_origin_and_evidence_in_the_districts_own_words():
    heading = (*HEADING, "资金类型", "项目性质", "佐证材料")
    row = read(xlsx(heading, (*PLAIN, "厂房建设", "续建", "银行回单、验资报告"))).rows[0]
    assert (row.kind, row.origin, row.evidence) == (
        Kind.FIXED_ASSETS,
        Origin.CONTINUED,
        (Proof.BANK_RECEIPT, Proof.CAPITAL_VERIFICATION),
    )
    assert codes(read(xlsx(heading, (*PLAIN, "神秘", "不详", "")))) == ["kind_unknown", "origin_unknown"]


def test_places_and_districts_go_through_the_callers_lookups():
    places, districts = {"江苏省": "320000"}.get, {"示例新区": "u1", "示例旧区": "u2"}.get
    heading = (*HEADING, "来源地", "地区")
    reading = read(
        xlsx(
            heading,
            (*PLAIN, "江苏省", "示例新区"),
            ("乙", "2023-03-05", 1, "某地", "示例旧区"),
            ("丙", "2023-03-05", 2, "", "哪里"),
        ),
        place_code=places,
        district_code=districts,
        district="u1",
    )
    assert [(row.place_code, row.district_code) for row in reading.rows] == [("320000", "u1")]
    assert codes(reading) == ["place_unknown", "district_other", "district_unknown", "place_missing"]


def test_error_values_are_named():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("明细")
    fill(sheet, [HEADING, PLAIN])
    sheet.write_formula("A2", "=VLOOKUP(1,X:X,1)", None, "#N/A")
    book.close()
    assert [(problem.code, problem.cell, problem.value) for problem in read(buffer.getvalue()).problems] == [
        ("cell_error", "A2", "#N/A")
    ]


def test_a_file_full_of_problems_is_not_read_to_its_end():
    reading = payments(*[("甲", "某日", "某数")] * 2_000)
    assert codes(reading).count("too_many_problems") == 1 and len(reading.problems) == 3_001


# --- rows against each other ---


def test_a_row_said_twice_names_both_rows():
    heading = (*HEADING, "付款人", "流水号")
    twice = (*PLAIN, "示例投资公司", "SN1")
    reading = read(xlsx(heading, twice, (*PLAIN, "示例投资公司", "SN2"), twice))
    assert codes(reading) == ["duplicate"]
    assert (reading.problems[0].row, reading.problems[0].params["other"]) == (4, "2")


def test_one_slip_split_over_two_projects_is_still_one_slip():
    heading = (*HEADING, "付款人", "流水号")
    reading = read(
        xlsx(heading, (*PLAIN, "示例投资公司", "SN1"), ("示例项目乙", "2023-03-05", 100, "示例投资公司", "SN1"))
    )
    assert codes(reading) == ["duplicate"]


def test_a_slip_of_unit_in_one_row_waits_for_confirmation():
    rows = [(f"示例项目{number}", "2023-03-05", 100 + number) for number in range(5)]
    reading = payments(*rows, ("示例项目九", "2023-03-05", 1_030_000))
    assert codes(reading) == ["outlier"] and reading.problems[0].cell == "C7" and reading.acceptable


def test_a_whole_file_in_the_wrong_unit_is_seen_against_the_period_before():
    assert codes(payments(("甲", "2023-03-05", 1_000_000), usual_fen=100 * 10**6)) == ["all_outliers"]


def test_the_same_file_gives_the_same_identities_whatever_it_is_called_and_however_sorted():
    first, other = payments(PLAIN, ("乙", "2023-03-06", 50)), payments(("乙", "2023.3.6", "50.0"), PLAIN)
    assert {row.identity for row in first.rows} == {row.identity for row in other.rows}
    assert {row.fingerprint for row in first.rows} == {row.fingerprint for row in other.rows}


def test_a_row_with_a_key_keeps_its_identity_when_it_changes():
    heading = (*HEADING, "凭证号")
    before, after = (read(xlsx(heading, ("甲", "2023-03-05", amount, "K1"))).rows[0] for amount in (100, 101))
    assert before.identity == after.identity and before.fingerprint != after.fingerprint


def test_a_key_used_for_two_payments_is_refused():
    reading = read(xlsx((*HEADING, "凭证号"), (*PLAIN, "K1"), ("示例项目甲", "2023-03-07", 5, "K1")))
    assert codes(reading) == ["key_repeated"]


def test_a_gbk_csv_from_a_bank_reads_like_any_workbook():
    text = '项目名称,交易日期,到位金额(元),流水号\r\n示例项目甲,20230305,"1,234,567.89",="00012345678901234567"\r\n'
    row = understand(open_workbook(text.encode("gbk")), Asked(today=TODAY)).rows[0]
    assert (row.amount_fen, row.bank_serial, row.sheet) == (123_456_789, "00012345678901234567", "CSV")


def test_a_1904_workbook_keeps_its_days():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"date_1904": True, "default_date_format": "yyyy-mm-dd"})
    fill(book.add_worksheet("明细"), [HEADING, ("甲", datetime(2023, 3, 5), 1)])
    book.close()
    assert read(buffer.getvalue()).rows[0].arrived_on == date(2023, 3, 5)

"""Cells as districts really fill them, hidden and merged ones, several sheets, and rows against each other."""

from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter

from intake.books import (
    HEADING,
    MARCH_2023,
    PLAIN,
    TODAY,
    amounts,
    codes,
    drawn,
    fill,
    payments,
    read,
    several,
    xlsx,
)
from zhaoshang.capital.rules import Kind, Origin, Proof
from zhaoshang.common.sheets import open_workbook
from zhaoshang.review.workbooks import Asked, understand

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


@pytest.mark.case("C4")
def test_an_amount_computed_by_formula_is_refused_by_name():
    reading = payments(("示例项目甲", "2023-03-05", "=100+0"))
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("amount_formula", "C2")]


@pytest.mark.case("C5", "C6")
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


@pytest.mark.case("C6")
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


@pytest.mark.case("C7")
def test_a_slip_of_unit_in_one_row_waits_for_confirmation():
    rows = [(f"示例项目{number}", "2023-03-05", 100 + number) for number in range(5)]
    reading = payments(*rows, ("示例项目九", "2023-03-05", 1_030_000))
    assert codes(reading) == ["outlier"] and reading.problems[0].cell == "C7" and reading.acceptable


@pytest.mark.case("C7")
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


@pytest.mark.case("C6")
def test_a_1904_workbook_keeps_its_days():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"date_1904": True, "default_date_format": "yyyy-mm-dd"})
    fill(book.add_worksheet("明细"), [HEADING, ("甲", datetime(2023, 3, 5), 1)])
    book.close()
    assert read(buffer.getvalue()).rows[0].arrived_on == date(2023, 3, 5)

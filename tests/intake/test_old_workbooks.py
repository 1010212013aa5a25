"""The .xls that districts still send (and WPS's .et, which is one): read as its .xlsx would be, hidden rows and formulas seen."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlwt

from intake.books import HEADING, MARCH_2023, codes, read, xlsx
from zhaoshang.common.sheets import Kind, Refused, Sheet, open_workbook
from zhaoshang.review.workbooks import annotate

DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")
TEXTS = ("示例项目", "abc", "é", "😀 一期", "半角与ＡＢＣ", "x" * 300)


def written(*lines: Sequence[Any], name: str = "明细", change: Any = None) -> bytes:
    """An .xls of one sheet; ``change`` is called with the sheet before it is saved."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(name)
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(row, column, value, *([DAY] if isinstance(value, date | datetime) else []))
    if change:
        change(sheet)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def only_sheet(content: bytes) -> Sheet:
    """The sheet, opened."""
    return open_workbook(content, "上报.xls").sheets[0]


def test_a_month_in_xls_reads_as_the_same_month_in_xlsx():
    lines = [HEADING, ("甲", "2023-03-05", 1200.5), ("乙", "3月6日", "1,234.5"), ("合计", None, 2435)]
    old, new = read(written(*lines), month=MARCH_2023), read(xlsx(*lines), month=MARCH_2023)
    assert old.rows == new.rows
    assert old.acceptable and old.sum_fen == 2_435_000_000


def test_cells_are_what_calamine_says_they_are():
    lines = [(*TEXTS, 1, -7, 0.1, 12.34, 1e9, 123456.789, 1e15, True), tuple(range(40)), ("后", date(2023, 3, 5))]
    content = written(*lines)
    oracle = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    for row in only_sheet(content).rows:
        for column, cell in row.cells.items():
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            assert value == oracle[row.number - 1][column - 1]


def test_texts_that_go_on_in_the_next_record_are_whole():
    lines = [(f"示例付款单位第{number}号" * 9, f"plain {number} " * 30) for number in range(600)]
    assert [tuple(cell.text for cell in row.cells.values()) for row in only_sheet(written(*lines)).rows] == lines


def test_hidden_rows_columns_and_sheets_and_merged_cells_are_known():
    def hide(sheet: Any) -> None:
        sheet.row(2).hidden = True
        sheet.col(1).hidden = True
        sheet.write_merge(4, 4, 0, 3, "标题")
        sheet.parent.add_sheet("旧").visibility = 1

    book = open_workbook(written(HEADING, ("甲", "2023-03-05", 1), ("乙", "2023-03-05", 2), change=hide))
    first, second = book.sheets
    assert [row.hidden for row in first.rows] == [False, False, True, False]
    assert (first.hidden_columns, first.hidden, second.hidden) == (frozenset({2}), False, True)
    assert [tuple(area) for area in first.merged] == [(5, 1, 5, 4)]


def test_an_amount_that_is_a_formula_is_seen():
    content = written(HEADING, ("甲", date(2023, 3, 5), xlwt.Formula("1+1")))
    assert codes(read(content)) == ["amount_formula"]


def test_days_and_percentages_are_known_by_their_formats():
    percent = xlwt.easyxf(num_format_str="0.00%")
    sheet = only_sheet(written(("甲", date(2023, 3, 5)), change=lambda sheet: sheet.write(0, 2, 0.5, percent)))
    assert [cell.kind for cell in sheet.rows[0].cells.values()] == [Kind.TEXT, Kind.DATE, Kind.PERCENT]


def test_the_marked_workbook_of_an_xls_is_an_xlsx_with_the_same_cells():
    content = written(
        ("某区到位资金表",), HEADING, ("甲", date(2023, 3, 5), "约12"), change=lambda sheet: sheet.merge(0, 0, 0, 2)
    )
    marked = openpyxl.load_workbook(BytesIO(annotate(content, read(content).problems)))["明细"]
    assert "约数" in marked["C3"].comment.text
    assert (marked["A3"].value, marked["B3"].value) == ("甲", datetime(2023, 3, 5))
    assert [str(area) for area in marked.merged_cells.ranges] == ["A1:C1"]


def test_a_file_of_another_program_in_the_same_container_is_refused_by_name():
    content = written(("甲",)).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    with pytest.raises(Refused, match="像是 Word"):
        open_workbook(content)


def test_broken_bytes_anywhere_are_refused_and_never_raise_anything_else():
    whole = written(HEADING, *[(f"示例{number}", "2023-03-05", number) for number in range(200)])
    for place in range(0, len(whole), 97):
        broken = whole[:place] + b"\xff\xff\xff\x7f" + whole[place + 4 :]
        try:
            open_workbook(broken)
        except Refused as refusal:
            assert refusal.message

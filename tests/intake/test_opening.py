"""Honest files open as a person sees them: exact numbers, right days, formulas and hidden rows known."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from intake.books import fill, xlsx
from intake.hostile import package, sheet
from zhaoshang.common.sheets import Cell, Kind, Refused, Row, Sheet, open_workbook
from zhaoshang.common.sheets.numbers import is_date_format, number_shown, serial_date


def only_sheet(content: bytes) -> Sheet:
    return open_workbook(content).sheets[0]


def first_cell(inside: bytes, **parts: bytes) -> Cell:
    content = package({"xl/worksheets/sheet1.xml": sheet(b"<sheetData><row>%s</row></sheetData>" % inside), **parts})
    return only_sheet(content).rows[0].cell(1)


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("729.4", "729.4"),
        ("1234.5600000000001", "1234.56"),
        ("0.30000000000000004", "0.3"),
        ("1E3", "1000"),
        ("1.2345E-2", "0.012345"),
        ("99999999999999.99", "100000000000000"),
        ("-0.5", "-0.5"),
    ],
)
def test_numbers_are_taken_as_excel_shows_them(stored, seen):
    cell = first_cell(b"<c><v>%s</v></c>" % stored.encode())
    assert (cell.kind, cell.text) == (Kind.NUMBER, seen)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_amounts_typed_into_excel_come_back_exact(amount):
    assert number_shown(repr(float(amount))) == (amount.normalize(), False) or amount == 0


def test_digits_that_excel_lost_are_known():
    assert first_cell(b"<c><v>20230305000112345</v></c>").digits_lost
    assert not first_cell(b"<c><v>123456789012345</v></c>").digits_lost


def test_what_is_no_number_stays_text():
    assert first_cell(b"<c><v>NaN</v></c>") == Cell(Kind.TEXT, "NaN", "NaN")
    assert first_cell(b"<c><v>1e999999</v></c>").kind is Kind.TEXT


@pytest.mark.parametrize(
    ("serial", "date1904", "day"),
    [
        ("44990", False, date(2023, 3, 5)),
        ("44990.75", False, date(2023, 3, 5)),
        ("59", False, date(1900, 2, 28)),
        ("60", False, None),
        ("61", False, date(1900, 3, 1)),
        ("43528", True, date(2023, 3, 5)),
        ("0", True, date(1904, 1, 1)),
        ("99999999", False, None),
        ("-1", False, None),
    ],
)
def test_day_numbers_of_both_calendars(serial, date1904, day):
    assert serial_date(Decimal(serial), date1904) == day


def test_a_1904_workbook_gives_the_day_it_shows():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"date_1904": True})
    book.add_worksheet().write_datetime(0, 0, datetime(2023, 3, 5), book.add_format({"num_format": "yyyy/m/d"}))
    book.close()
    assert only_sheet(buffer.getvalue()).rows[0].cell(1).value == date(2023, 3, 5)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ('yyyy"年"m"月"d"日"', True),
        ("[$-804]yyyy/m/d;@", True),
        ("m/d", True),
        ("[DBNum1]m月d日", True),
        ("h:mm:ss", False),
        ("mm:ss", False),
        ("#,##0.00", False),
        ('0.00"万元"', False),
        ("[Red]0.00", False),
        ("General", False),
    ],
)
def test_date_formats_are_told_from_others(code, is_date):
    assert is_date_format(176, code) is is_date


def test_builtin_formats_are_known():
    assert is_date_format(14, "") and is_date_format(31, "")
    assert not is_date_format(20, "") and not is_date_format(2, "")


def test_percentages_are_no_plain_numbers():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet().write_number(0, 0, 0.243, book.add_format({"num_format": "0.0%"}))
    book.close()
    assert only_sheet(buffer.getvalue()).rows[0].cell(1)[:3] == (Kind.PERCENT, Decimal("0.243"), "24.3%")


def test_formulas_are_known_with_the_value_last_computed():
    row = only_sheet(xlsx((1, "=A1*2"))).rows[0]
    assert not row.cell(1).formula and row.cell(2).formula


def test_an_array_formula_marks_every_cell_it_fills():
    inside = (
        b'<row><c><f t="array" ref="A1:A3">X</f><v>1</v></c></row><row><c><v>2</v></c></row><row><c><v>3</v></c></row>'
    )
    rows = only_sheet(package({"xl/worksheets/sheet1.xml": sheet(b"<sheetData>%s</sheetData>" % inside)})).rows
    assert [row.cell(1).formula for row in rows] == [True, True, True]


def test_texts_leave_out_phonetic_hints_and_undo_escapes():
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>大</t></r><r><t>连_x000D_</t></r>'
        "<rPh><t>dalian</t></rPh></si></sst>"
    ).encode()
    assert first_cell(b'<c t="s"><v>0</v></c>', **{"xl/sharedStrings.xml": strings}).text == "大连\r"


@pytest.mark.parametrize(
    ("inside", "kind", "value"),
    [
        (b'<c t="inlineStr"><is><t>a</t></is></c>', Kind.TEXT, "a"),
        (b'<c t="str"><f>B1</f><v>a</v></c>', Kind.TEXT, "a"),
        (b'<c t="b"><v>1</v></c>', Kind.BOOL, True),
        (b'<c t="e"><v>#REF!</v></c>', Kind.ERROR, None),
        (b'<c t="d"><v>2023-03-05T00:00:00</v></c>', Kind.DATE, date(2023, 3, 5)),
    ],
)
def test_every_type_of_cell_is_read(inside, kind, value):
    cell = first_cell(inside)
    assert (cell.kind, cell.value) == (kind, value)


def test_prefixed_and_strict_parts_are_read():
    for space in (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ):
        part = f'<x:worksheet xmlns:x="{space}"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
        assert only_sheet(package({"xl/worksheets/sheet1.xml": part.encode()})).rows[0].cell(1).text == "7"


def test_hidden_sheets_rows_columns_and_merged_ranges_are_known():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    shown, hidden = book.add_worksheet("明细"), book.add_worksheet("旧")
    hidden.hide()
    shown.merge_range(0, 0, 0, 2, "标题")
    fill(shown, [("标题",), (1, 2, 3)])
    shown.set_row(1, None, None, {"hidden": True})
    shown.set_column(1, 1, None, None, {"hidden": True})
    book.close()
    first, second = open_workbook(buffer.getvalue()).sheets
    assert (first.hidden, second.hidden, first.hidden_columns) == (False, True, frozenset({2}))
    assert [tuple(area) for area in first.merged] == [(1, 1, 1, 3)]
    assert [row.hidden for row in first.rows] == [False, True]


def test_formatted_blanks_far_out_do_no_harm():
    inside = b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert [
        row.number
        for row in only_sheet(package({"xl/worksheets/sheet1.xml": sheet(b"<sheetData>%s</sheetData>" % inside)})).rows
    ] == [1]


def test_files_of_other_programs_read_as_calamine_reads_them():
    book = openpyxl.Workbook()
    lines: list[list[Any]] = [
        ["项目", "金额", "日期"],
        ["甲", 12.5, date(2023, 3, 5)],
        [None, -3, date(1999, 12, 31)],
        ["乙", True, "文"],
    ]
    for line in lines:
        book.active.append(line)
    buffer = BytesIO()
    book.save(buffer)
    oracle = (
        python_calamine.CalamineWorkbook.from_filelike(BytesIO(buffer.getvalue())).get_sheet_by_index(0).to_python()
    )
    ours = [[_plain(row, column) for column in (1, 2, 3)] for row in only_sheet(buffer.getvalue()).rows]
    assert ours == oracle


def _plain(row: Row, column: int) -> object:
    value = row.cell(column).value
    return "" if value is None else float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_usual_encoding_and_delimiter(encoding, delimiter):
    lines = [("项目名称", "金额"), ("示例项目，一期", "1,200"), ("示例项目乙", "5")]
    text = "\r\n".join(delimiter.join(f'"{value}"' for value in line) for line in lines)
    book = open_workbook(text.encode(encoding), "x.xls")
    assert (book.format, book.delimiter) == ("csv", delimiter)
    assert [tuple(cell.text for cell in row.cells.values()) for row in book.sheets[0].rows] == lines


def test_csv_rows_count_as_excel_counts_them():
    rows = only_sheet(b'a,b\n\n"c\nd",e\nf,g\n').rows
    assert [row.number for row in rows] == [1, 3, 4]


def test_the_banks_way_of_keeping_zeros_is_undone():
    assert only_sheet(b'a,b\n="00123",1\n').rows[1].cell(1).text == "00123"


def test_bytes_of_no_encoding_are_refused():
    with pytest.raises(Refused, match="unknown_encoding"):
        open_workbook(b"a,b\n\xff\xff\xff,1\n")

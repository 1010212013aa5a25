"""How a list leaves as xlsx: text stays text, numbers stay numbers, and the file says where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Value = str | int | Decimal | date | datetime | bool | None
EXACT_DIGITS = 15
_FORMATS = {
    "text": "@",
    "integer": "#,##0",
    "amount": "#,##0.00",
    "percent": '0.0"%"',
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading (with the unit), its form (text, integer, amount, percent, date, time), decimals and
    width.

    ``percent`` takes percentages as they are spoken (``24.3``), not fractions.
    """

    heading: str
    form: str = "text"
    places: int | None = None
    width: int = 14


@dataclass(frozen=True, slots=True)
class Beside:
    """A further list in the same file, on a sheet of its own."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]


def write_table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    title: str,
    notes: Sequence[tuple[str, str]] = (),
    beside: Sequence[Beside] = (),
) -> bytes:
    """An xlsx of one list: title, frozen header, rows, then what stands ``beside`` it, and a sheet 说明 with ``notes`` (label, text):
    source, rule, time.

    No text ever becomes a formula or a link. A number of more than 15 digits is written as text, since Excel would
    change it.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _write_list(book, title, columns, rows)
    for one in beside:
        _write_list(book, one.title, one.columns, one.rows)
    _write_notes(book, notes)
    book.close()
    return buffer.getvalue()


def _write_list(book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
    sheet = book.add_worksheet(sheet_name(title))
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "align": "center"})
    formats = [book.add_format({"num_format": _number_format(column)}) for column in columns]
    for place, column in enumerate(columns):
        sheet.write_string(1, place, column.heading, heading)
        sheet.set_column(place, place, column.width)
    last = 1
    for last, row in enumerate(rows, start=2):
        for place, value in enumerate(row):
            write_value(sheet, last, place, value, formats[place])
    sheet.freeze_panes(2, 0)
    if columns and last > 1:
        sheet.autofilter(1, 0, last, len(columns) - 1)
    _print_setup(sheet)


def write_value(sheet: Worksheet, row: int, column: int, value: Value, form: object = None) -> None:
    """One cell, typed by what the value is and never by what it looks like."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif isinstance(value, datetime | date):
        sheet.write_datetime(row, column, value.replace(tzinfo=None) if isinstance(value, datetime) else value, form)
    elif isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS:
        sheet.write_number(row, column, value, form)
    else:
        sheet.write_string(row, column, clean(str(value)), form)


def clean(text: str) -> str:
    """``text`` as XML and Excel can hold it: no control characters, at most 32,767 characters."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")[:32_767]


def sheet_name(title: str) -> str:
    """``title`` as the name of a sheet: 31 characters, none that Excel forbids."""
    return "".join(letter for letter in clean(title) if letter not in "[]:*?/\\'\n\t")[:31] or "Sheet1"


def _number_format(column: Column) -> str:
    if column.places is None or column.form not in ("integer", "amount", "percent"):
        return _FORMATS[column.form]
    decimals = f".{'0' * column.places}" if column.places else ""
    return f'0{decimals}"%"' if column.form == "percent" else f"#,##0{decimals}"


def _print_setup(sheet: Worksheet) -> None:
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


def _write_notes(book: Workbook, notes: Sequence[tuple[str, str]]) -> None:
    if not notes:
        return
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for row, (label, text) in enumerate(notes):
        sheet.write_string(row, 0, clean(label), wrap)
        sheet.write_string(row, 1, clean(text), wrap)

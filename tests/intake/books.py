"""Workbooks as districts really send them, made on the spot. All names are invented."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from zhaoshang.common.sheets import open_workbook
from zhaoshang.review.workbooks import Asked, Reading, understand

TODAY = date(2026, 11, 23)
HEADING = ("项目名称", "到位日期", "到位金额（万元）")


def xlsx(*lines: Sequence[Any], name: str = "明细") -> bytes:
    """One sheet with ``lines`` from its first row; strings starting with ``=`` become formulas."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"})
    fill(book.add_worksheet(name), lines)
    book.close()
    return buffer.getvalue()


def fill(sheet: Any, lines: Sequence[Sequence[Any]]) -> None:
    """Write ``lines`` to ``sheet``."""
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(number, column, value)


def read(content: bytes, **asked: Any) -> Reading:
    """Open and understand."""
    return understand(open_workbook(content), Asked(today=TODAY, **asked))


def payments(*rows: Sequence[Any], **asked: Any) -> Reading:
    """Understand rows of (project, day, amount in 万元) under the plain heading."""
    return read(xlsx(HEADING, *rows), **asked)


def codes(reading: Reading) -> list[str]:
    """The codes of what was found, in order."""
    return [problem.code for problem in reading.problems]


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

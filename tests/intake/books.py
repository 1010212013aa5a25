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

"""The district's own workbook handed back with its doubtful cells marked; or, where that cannot be, a list of them."""

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from zhaoshang.common.problems import Problem
from zhaoshang.common.sheets import Column, open_workbook, write_table
from zhaoshang.common.sheets.writing import clean

LARGEST_MARKED_BYTES = 1024 * 1024
MOST_MARKED_CELLS = 2_000
_FATAL, _DOUBTFUL = PatternFill("solid", fgColor="FFD9D2"), PatternFill("solid", fgColor="FFF2B8")
_AUTHOR = "招商"


def annotate(content: bytes, problems: Sequence[Problem]) -> bytes:
    """``content`` with a comment on every cell that has a problem; :func:`error_sheet` for csv and for large files.

    Raises :class:`~zhaoshang.common.problems.Refused` when the content would not be opened for reading either.
    """
    if len(content) > LARGEST_MARKED_BYTES or open_workbook(content).format != "xlsx":
        return error_sheet(problems)
    book = openpyxl.load_workbook(BytesIO(content))
    by_cell: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for found in problems[:MOST_MARKED_CELLS]:
        by_cell[found.sheet, f"{found.column or 'A'}{found.row or 1}"].append(found)
    for (name, cell_name), here in by_cell.items():
        if name in book.sheetnames:
            cell = book[name][cell_name]
            cell.comment = Comment(clean("\n".join(found.message for found in here)), _AUTHOR, width=320, height=120)
            cell.fill = _FATAL if any(found.fatal for found in here) else _DOUBTFUL
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def error_sheet(problems: Sequence[Problem]) -> bytes:
    """An xlsx that lists the problems: where, what stands there, what to do."""
    columns = [
        Column("工作表"),
        Column("单元格", width=10),
        Column("内容", width=24),
        Column("级别", width=8),
        Column("问题与处理", width=80),
    ]
    rows = [(p.sheet, p.cell, p.value, "须改正" if p.fatal else "请核对", p.message) for p in problems]
    return write_table(columns, rows, "导入问题清单")

"""The district's own workbook handed back with its doubtful cells marked; or, where that cannot be, a list of them."""

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from zhaoshang.common.problems import Problem
from zhaoshang.common.sheets import Column, Workbook, open_workbook, write_table
from zhaoshang.common.sheets.writing import clean

MOST_ELEMENTS = 120_000
MOST_MERGED_CELLS = 50_000
MOST_MARKED = 1_000
LONGEST_COMMENT_CHARACTERS = 1_500
_FATAL, _DOUBTFUL = PatternFill("solid", fgColor="FFD9D2"), PatternFill("solid", fgColor="FFF2B8")
_AUTHOR = "招商"


def annotate(content: bytes, problems: Sequence[Problem]) -> bytes:
    """``content`` with a colour and a comment on every cell that has a problem.

    A csv, and a workbook too large to be written again within seconds, comes back as :func:`error_sheet`; so does one that openpyxl
    cannot write again. Raises :class:`~zhaoshang.common.problems.Refused` when ``content`` would not be opened for reading either.
    """
    if not _can_be_marked(open_workbook(content)) or len(problems) > MOST_MARKED:
        return error_sheet(problems)
    try:  # openpyxl stops, in its own many ways, at much that Excel forgives
        return _marked(content, problems)
    except Exception:
        return error_sheet(problems)


def error_sheet(problems: Sequence[Problem]) -> bytes:
    """An xlsx that lists the problems: where, what stands there, what to do."""
    columns = (
        Column("工作表"),
        Column("单元格", width=10),
        Column("内容", width=24),
        Column("级别", width=8),
        Column("问题与处理", width=90),
    )
    rows = [(p.sheet, p.cell, p.value, "须改正" if p.fatal else "请核对", p.message) for p in problems]
    return write_table(columns, rows, "导入问题清单")


def _can_be_marked(workbook: Workbook) -> bool:
    merged = sum((a.bottom - a.top + 1) * (a.right - a.left + 1) for sheet in workbook.sheets for a in sheet.merged)
    return workbook.format == "xlsx" and workbook.elements <= MOST_ELEMENTS and merged <= MOST_MERGED_CELLS


def _marked(content: bytes, problems: Sequence[Problem]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    by_cell: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for found in problems:
        by_cell[found.sheet, f"{found.column or 'A'}{found.row or 1}"].append(found)
    for (name, place), here in by_cell.items():
        if name in book.sheetnames:
            _mark(book[name], place, here)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _mark(sheet: Worksheet, place: str, here: Sequence[Problem]) -> None:
    cell = _anchor(sheet, place)
    own = [cell.comment.text] if cell.comment else []
    text = clean("\n".join([found.message for found in here] + own))[:LONGEST_COMMENT_CHARACTERS]
    cell.comment = Comment(text, _AUTHOR, width=360, height=40 + 20 * text.count("\n") + len(text) // 2)
    cell.fill = _FATAL if any(found.fatal for found in here) else _DOUBTFUL


def _anchor(sheet: Worksheet, place: str) -> Cell:
    """The cell at ``place``; of a merged range the first, which alone can carry a comment."""
    cell = sheet[place]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if place in area)
        cell = sheet.cell(area.min_row, area.min_col)
    assert isinstance(cell, Cell)
    return cell

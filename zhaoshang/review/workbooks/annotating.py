"""The district's own workbook handed back with its doubtful cells marked; or, where that cannot be, a list of them."""

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from zhaoshang.common.problems import Problem
from zhaoshang.common.sheets import Cell as SourceCell
from zhaoshang.common.sheets import Column, Kind, Workbook, column_letter, open_workbook, write_table
from zhaoshang.common.sheets.writing import clean

MOST_ELEMENTS = 120_000
MOST_MERGED_CELLS = 50_000
MOST_MARKED = 1_000
LONGEST_COMMENT_CHARACTERS = 1_500
_FATAL, _DOUBTFUL = PatternFill("solid", fgColor="FFD9D2"), PatternFill("solid", fgColor="FFF2B8")
_AUTHOR = "招商"


def annotate(content: bytes, problems: Sequence[Problem]) -> bytes:
    """``content`` with a colour and a comment on every cell that has a problem, always as an xlsx.

    An xls and a csv come back as an xlsx with the same cells in the same places; a workbook too large to be written again within
    seconds as :func:`error_sheet`, and so does one that openpyxl cannot write again. Raises
    :class:`~zhaoshang.common.problems.Refused` when ``content`` would not be opened for reading either.
    """
    workbook = open_workbook(content)
    if not _can_be_marked(workbook) or len(problems) > MOST_MARKED:
        return error_sheet(problems)
    try:  # openpyxl stops, in its own many ways, at much that Excel forgives
        same = openpyxl.load_workbook(BytesIO(content)) if workbook.format == "xlsx" else _written_anew(workbook)
        return _marked(same, problems)
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
    work = workbook.elements or sum(len(row.cells) for sheet in workbook.sheets for row in sheet.rows)
    return work <= MOST_ELEMENTS and merged <= MOST_MERGED_CELLS


def _written_anew(workbook: Workbook) -> openpyxl.Workbook:
    """The cells of another format as an xlsx: values and number formats, what is merged and what is hidden."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in workbook.sheets:
        made = book.create_sheet(sheet.name)
        made.sheet_state = "hidden" if sheet.hidden else "visible"
        for row in sheet.rows:
            made.row_dimensions[row.number].hidden = row.hidden
            for column, cell in row.cells.items():
                _write(made.cell(row.number, column), cell)
        for area in sheet.merged:
            made.merge_cells(start_row=area.top, start_column=area.left, end_row=area.bottom, end_column=area.right)
        for column in sheet.hidden_columns:
            made.column_dimensions[column_letter(column)].hidden = True
    return book


def _write(place: Any, cell: SourceCell) -> None:
    """A text stays a text, whatever it begins with."""
    place.value = cell.value if cell.kind in (Kind.NUMBER, Kind.PERCENT, Kind.DATE, Kind.BOOL) else clean(cell.text)
    if cell.kind in (Kind.TEXT, Kind.ERROR):
        place.data_type = "s"
    if cell.format:
        place.number_format = cell.format


def _marked(book: openpyxl.Workbook, problems: Sequence[Problem]) -> bytes:
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

"""User files with rows in them: opened without trusting them, and written so that nobody has to trust us.

``open_workbook`` reads xlsx, xls and csv by content, within limits that hold while reading (:mod:`.limits`); a file that
breaks one is :class:`~zhaoshang.common.problems.Refused` with a reason. ``write_table`` is the one way a list leaves
as xlsx.
"""

from zhaoshang.common.problems import Refused
from zhaoshang.common.sheets.model import Cell, Kind, Range, Row, Sheet, Workbook, column_letter, column_number
from zhaoshang.common.sheets.opening import open_workbook
from zhaoshang.common.sheets.writing import Column, write_table

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Range",
    "Refused",
    "Row",
    "Sheet",
    "Workbook",
    "column_letter",
    "column_number",
    "open_workbook",
    "write_table",
]

"""The unit of the amount column: stated in its heading, beside the table, or in every cell; never assumed."""

from typing import NamedTuple

from zhaoshang.common.problems import Problem
from zhaoshang.common.sheets import Cell, Kind, column_letter
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell, unit_in_header, unit_in_line
from zhaoshang.review.workbooks.messages import problem
from zhaoshang.review.workbooks.outcome import Asked
from zhaoshang.review.workbooks.rows import Sorted
from zhaoshang.review.workbooks.tables import Table


class Unit(NamedTuple):
    """元, 万元 or 亿元, or ``None`` when open; and where that was found (``person``, ``cells``, a cell or a line's text)."""

    name: str | None
    stated_in: str
    problems: list[Problem]


def unit_of(table: Table, found: Sorted, asked: Asked) -> Unit:
    """The unit that cells without their own are in. Problems: ``unit_missing``, ``unit_conflict``."""
    if asked.amount_unit:
        return Unit(asked.amount_unit, "person", [])
    letter = column_letter(table.columns.get("amount", 0))
    stated = _stated(table, found, letter)
    if len(stated) > 1:
        first, second = list(stated)[:2]
        return Unit(
            None, "", [problem("unit_conflict", table.sheet.name, table.last, letter, first=first, second=second)]
        )
    for name, place in stated.items():
        return Unit(name, place, [])
    if _every_cell_states_one(found):
        return Unit(None, "cells", [])
    return Unit(None, "", [problem("unit_missing", table.sheet.name, table.last, letter)])


def _stated(table: Table, found: Sorted, letter: str) -> dict[str, str]:
    """Every unit that is stated for the column, with its place. Other headings and notes are asked only when nothing nearer says."""
    units: dict[str, str] = {}
    if unit := unit_in_header(table.headings.get(table.columns.get("amount", 0), "")):
        units[unit] = f"{letter}{table.last}"
    notes = [row.text for row in found.ignored if row.taken_for == "note"]
    for lines in (table.titles, [] if units else [*table.headings.values(), *notes]):
        for text in lines:
            if unit := unit_in_line(text):
                units.setdefault(unit, text.strip()[:30])
    return units


def _every_cell_states_one(found: Sorted) -> bool:
    cells = [entry.cells["amount"] for entry in found.payments if "amount" in entry.cells]
    return bool(cells) and all(_states_one(cell) for cell in cells)


def _states_one(cell: Cell) -> bool:
    """Whether the cell needs no unit from elsewhere: it has its own, or holds no amount anyway."""
    try:
        return cell.kind is Kind.BLANK or amount_of_cell(cell).unit is not None
    except AmountError:
        return True

"""Where on a sheet the table is: its heading, of one line or several, and which of its columns is which.

Every place near the top where a heading could stand is tried with one to three lines; the place whose columns fit the
form best wins.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from zhaoshang.common import uscc
from zhaoshang.common.sheets import Cell, Kind, Range, Row, Sheet, column_letter, column_number
from zhaoshang.review.workbooks.amounts import unit_in_header
from zhaoshang.review.workbooks.columns import BY_KEY, COLUMNS, IDENTIFYING, Fit, bare, fit, without_brackets
from zhaoshang.review.workbooks.outcome import Asked, ColumnReading

SEARCHED_ROWS = 40
DEEPEST_HEADING = 3
LONGEST_HEADING_CHARACTERS = 120
LEAST_SCORE = 50
SAMPLES = 3
_CLOSE = 12
_ONLY_UNIT = re.compile(r"[(（\[【]?(?:[千万亿百]*(?:元|美元)|个|%|平方米|亩|年月日?|月|日)[)）\]】]?")
_STATEMENT = re.compile(r"[:：]\s*\S")
_CONTENT_CHECKED = 30


@dataclass(frozen=True)
class Table:
    """A found table: its heading rows, heading texts and fits by column number, and the columns that came close by key."""

    sheet: Sheet
    first: int
    last: int
    headings: Mapping[int, str]
    fits: Mapping[int, tuple[str, Fit]]
    rivals: Mapping[str, tuple[int, ...]]

    @cached_property
    def columns(self) -> dict[str, int]:
        """Column number by key."""
        return {key: column for column, (key, _) in self.fits.items()}

    @property
    def score(self) -> int:
        """How well the table fits the form, over all columns."""
        return sum(found.score for _, found in self.fits.values())

    @property
    def complete(self) -> bool:
        """Whether it has an amount and something to tell the project by."""
        keys = self.columns
        return "amount" in keys and any(key in keys for key in IDENTIFYING)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows below the heading."""
        return [row for row in self.sheet.rows if row.number > self.last]

    @property
    def titles(self) -> list[str]:
        """The texts above the heading."""
        return [cell.text for row in self.sheet.rows if row.number < self.first for cell in row.cells.values()]


def find_table(sheet: Sheet, asked: Asked) -> Table | None:
    """The table of ``sheet`` whose heading the person named, else the best; ``None`` when nothing near the top looks like a heading."""
    if named := named_heading(sheet, asked):
        return _with_content(_table_at(sheet, _Spread(sheet, named), named, asked), asked)
    spread = _Spread(sheet, sheet.rows[: SEARCHED_ROWS + DEEPEST_HEADING])
    best: tuple[int, int, Table] | None = None
    for place in range(min(len(sheet.rows), SEARCHED_ROWS)):
        for depth in range(1, DEEPEST_HEADING + 1):
            lines = sheet.rows[place : place + depth]
            if len(lines) < depth or not all(_could_be_heading(line) or _is_remembered(line, asked) for line in lines):
                break
            table = _table_at(sheet, spread, lines, asked)
            score, width = table.score - 4 * (depth - 1), len(table.headings)
            if table.fits and (best is None or (score, width) > best[:2]):
                best = (score, width, table)
    return _with_content(_with_units_below(best[2], spread, asked), asked) if best else None


def _with_units_below(table: Table, spread: "_Spread", asked: Asked) -> Table:
    """A line of units alone, （万元） under 金额, still belongs to the heading."""
    below = table.rows[0] if table.rows else None
    if below is None or not all(_ONLY_UNIT.fullmatch(cell.text.strip()) for cell in below.cells.values()):
        return table
    lines = [row for row in table.sheet.rows if table.first <= row.number <= below.number]
    return _table_at(table.sheet, spread, lines, asked)


def named_heading(sheet: Sheet, asked: Asked) -> list[Row]:
    """The rows that the person says are the heading; none when nobody said so, or nothing stands there."""
    first, last = asked.headers.get(sheet.name) or asked.headers.get("") or (0, 0)
    return [row for row in sheet.rows if first <= row.number <= last]


def _is_remembered(row: Row, asked: Asked) -> bool:
    """Whether the row holds headings that a person has confirmed before, however unlike headings it looks."""
    texts = [cell.text for cell in row.cells.values() if 0 < len(cell.text) <= LONGEST_HEADING_CHARACTERS]
    return bool(asked.memory) and sum(bool(asked.memory.get(bare(text))) for text in texts) > 1


def column_readings(table: Table, asked: Asked) -> list[ColumnReading]:
    """Every column of the table as the preview shows it, those not read included."""
    samples: dict[int, list[str]] = {column: [] for column in table.headings}
    for row in table.rows[:50]:
        for column, cell in row.cells.items():
            texts = samples.setdefault(column, [])
            if len(texts) < SAMPLES:
                texts.append(cell.text[:30])
    readings = []
    for column in sorted(samples):
        key, found = table.fits.get(column, ("", _unread(column, table.headings.get(column, ""), asked)))
        heading, hidden = table.headings.get(column, ""), column in table.sheet.hidden_columns
        place = (table.sheet.name, column_letter(column), heading)
        readings.append(
            ColumnReading(*place, key, found.score, found.reason, found.word, tuple(samples[column]), hidden)
        )
    return readings


def _unread(column: int, heading: str, asked: Asked) -> Fit:
    return Fit(100, "person", "") if _is_refused(column, heading, asked) else Fit(0, "none", "")


class _Spread:
    """A merged cell's text at every place it covers, for the rows where a heading may stand."""

    def __init__(self, sheet: Sheet, lines: list[Row]) -> None:
        rows = {row.number: row for row in lines}
        self.cells: dict[tuple[int, int], Cell] = {}
        for area in sheet.merged:
            if area.top in rows and area.left in rows[area.top].cells:
                self._cover(area, rows[area.top].cells[area.left], max(rows))

    def _cover(self, area: Range, cell: Cell, last_row: int) -> None:
        for row in range(area.top, min(area.bottom, last_row, area.top + DEEPEST_HEADING) + 1):
            for column in range(area.left, min(area.right, 256) + 1):
                self.cells[row, column] = cell

    def columns(self, row: Row) -> set[int]:
        """The columns that show something in ``row``."""
        return set(row.cells) | {column for number, column in self.cells if number == row.number}

    def text(self, row: Row, column: int) -> str:
        """What is seen at a place."""
        return (self.cells.get((row.number, column)) or row.cell(column)).text.strip()


def _could_be_heading(row: Row) -> bool:
    """Headings are short texts. A line such as 填报单位：某区 says something instead of naming it."""
    cells = row.cells.values()
    if any(
        cell.kind in (Kind.NUMBER, Kind.DATE, Kind.PERCENT) or len(cell.text) > LONGEST_HEADING_CHARACTERS
        for cell in cells
    ):
        return False
    return not any(_STATEMENT.search(without_brackets(cell.text)) for cell in cells if not unit_in_header(cell.text))


def _table_at(sheet: Sheet, spread: _Spread, lines: list[Row], asked: Asked) -> Table:
    stacked: dict[int, list[str]] = {}
    for line in lines:
        for column in sorted(spread.columns(line)):
            texts = stacked.setdefault(column, [])
            text = spread.text(line, column)[:LONGEST_HEADING_CHARACTERS]
            if text and text not in texts:
                texts.append(text)
    headings = {column: " ".join(texts) for column, texts in stacked.items() if texts}
    lowest = {column: texts[-1] for column, texts in stacked.items() if texts}
    if len(set(headings.values())) < 2 and not named_heading(sheet, asked):
        return Table(sheet, lines[0].number, lines[-1].number, headings, {}, {})
    fits, rivals = _assign(headings, lowest, asked)
    return Table(sheet, lines[0].number, lines[-1].number, headings, fits, rivals)


def _assign(
    headings: Mapping[int, str], lowest: Mapping[int, str], asked: Asked
) -> tuple[dict[int, tuple[str, Fit]], dict[str, tuple[int, ...]]]:
    """Each key to one column, the best fits first; and the columns that came close."""
    fits = _settled(headings, asked)
    refused = {column for column, heading in headings.items() if _is_refused(column, heading, asked)}
    taken = {key for key, _ in fits.values()}
    offers = [
        (found.score, -column, key)
        for column, heading in headings.items()
        if column not in fits and column not in refused
        for key, found in ((each.key, fit(each, heading, lowest[column])) for each in COLUMNS)
        if found.score >= LEAST_SCORE and key not in taken
    ]
    rivals: dict[str, tuple[int, ...]] = {}
    won: dict[str, int] = {}
    for score, place, key in sorted(offers, reverse=True):
        column = -place
        if column in fits:
            continue
        if key in won:
            if won[key] - score <= _CLOSE:
                rivals[key] = (*rivals.get(key, ()), column)
            continue
        fits[column] = (key, fit(BY_KEY[key], headings[column], lowest[column]))
        won[key] = score
    return fits, {key: columns for key, columns in rivals.items() if any(column not in fits for column in columns)}


def _is_refused(column: int, heading: str, asked: Asked) -> bool:
    """Whether the person has said, now or before, that the column is not to be read."""
    return asked.mapping.get(column_letter(column), asked.memory.get(bare(heading))) == ""


def _settled(headings: Mapping[int, str], asked: Asked) -> dict[int, tuple[str, Fit]]:
    """The columns that the person has named, now or before."""
    fits: dict[int, tuple[str, Fit]] = {}
    for letter, key in asked.mapping.items():
        if key in BY_KEY:
            fits[column_number(letter)] = (key, Fit(100, "person", ""))
    taken = {key for key, _ in fits.values()}
    named = {column_number(letter) for letter in asked.mapping}
    for column, heading in headings.items():
        key = asked.memory.get(bare(heading), "")
        if key in BY_KEY and key not in taken and column not in named:
            fits[column] = (key, Fit(99, "memory", ""))
            taken.add(key)
    return fits


def _with_content(table: Table, asked: Asked) -> Table:
    """A column of credit codes is known by its content, whatever its heading."""
    if "uscc" in table.columns:
        return table
    for column in sorted(table.headings):
        texts = [row.cell(column).text for row in table.rows[:_CONTENT_CHECKED] if row.cell(column).text]
        free = column not in table.fits and column_letter(column) not in asked.mapping
        if free and texts and sum(_is_uscc(text) for text in texts) * 2 > len(texts):
            fits = {**table.fits, column: ("uscc", Fit(80, "content", ""))}
            return Table(table.sheet, table.first, table.last, table.headings, fits, table.rivals)
    return table


def _is_uscc(text: str) -> bool:
    try:
        uscc.checked(text)
    except uscc.BadCode:
        return False
    return True

"""The rows of one worksheet part, as its elements go by.

The hot path: every cell passes here once, so it stays flat. Cells without a value are passed over, however far out
they lie.
"""

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import NamedTuple

from zhaoshang.common.sheets.limits import MAX_COLUMN, MAX_MERGED, MAX_ROW, MAX_TEXT_CHARACTERS, MAX_XML_DEPTH, refusal
from zhaoshang.common.sheets.model import BLANK, Cell, Kind, Range, Row, Sheet, column_letter, column_number
from zhaoshang.common.sheets.numbers import iso_date
from zhaoshang.common.sheets.strings import Budget, text_cell
from zhaoshang.common.sheets.styles import GENERAL, Style, number_cell
from zhaoshang.common.sheets.xml import Reader

_SPACES = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_KNOWN = ("c", "v", "f", "t", "row", "col", "mergeCell", "rPh")
_TAGS = {f"{space} {tag}": tag for space in _SPACES for tag in _KNOWN}


class Shared(NamedTuple):
    """What the sheets of one workbook share."""

    strings: list[Cell]
    styles: list[Style]
    date1904: bool
    budget: Budget


def is_true(attribute: str | None) -> bool:
    """An XML boolean."""
    return attribute in ("1", "true", "on")


def range_of(reference: str) -> Range | None:
    """``B2:D4`` as numbers; ``None`` if it names no range."""
    first, _, last = reference.replace("$", "").partition(":")
    try:
        (top, left), (bottom, right) = _corner(first), _corner(last or first)
    except ValueError:
        return None
    return Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _corner(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    if len(letters) > 3:
        raise ValueError(name)
    return int(name[len(letters) :][:8]), column_number(letters)


class SheetReader(Reader):
    """Fills ``sheet`` from its part."""

    def __init__(self, part: str, sheet: Sheet, shared: Shared) -> None:
        super().__init__(part, shared.budget.elements)
        self._sheet, self._shared, self._budget = sheet, shared, shared.budget
        self._row: dict[int, Cell] = {}
        self._row_number = self._column = 0
        self._row_hidden = False
        self._cell: dict[str, str] = {}
        self._text = ""
        self._reading = self._formula = self._in_hint = False
        self._hidden_columns: set[int] = set()
        self._formula_areas: list[Range] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See :class:`Reader`, whose limits are written out here again: this runs for every element."""
        self.depth += 1
        self.elements_left -= 1
        if self.depth > MAX_XML_DEPTH or self.elements_left < 0:
            raise refusal("zip_bomb", where=self.part)
        tag = _TAGS.get(name)
        if tag == "c":
            self._cell, self._text, self._formula = attributes, "", False
        elif tag == "v" or tag == "t":
            self._reading = not self._in_hint
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            self._note_formula(attributes)
        elif tag == "rPh":
            self._in_hint = True
        elif tag == "col" and is_true(attributes.get("hidden")):
            first, last = _whole(attributes.get("min")), _whole(attributes.get("max"))
            self._hidden_columns.update(range(first, min(last, MAX_COLUMN) + 1))
        elif tag == "mergeCell":
            self._note_merge(attributes)

    def end(self, name: str) -> None:
        """See :class:`Reader`."""
        self.depth -= 1
        tag = _TAGS.get(name)
        if tag == "c":
            self._end_cell()
        elif tag == "v" or tag == "t":
            self._reading = False
        elif tag == "rPh":
            self._in_hint = False
        elif tag == "row" and self._row:
            self._end_row()

    def text(self, characters: str) -> None:
        """See :class:`Reader`."""
        if self._reading:
            self._text += characters
            if len(self._text) > MAX_TEXT_CHARACTERS:
                raise refusal("too_much_text", where=self.part)

    def finish(self) -> None:
        """What can only be known once the whole part has been read."""
        self._budget.elements = self.elements_left
        self._sheet.hidden_columns = frozenset(self._hidden_columns)
        for area in self._formula_areas:
            self._mark_formulas(area)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = _whole(attributes.get("r")) or self._row_number + 1
        if number <= self._row_number:
            raise refusal("damaged", where=f"{self._sheet.name}!{number}")
        self._row, self._row_number, self._column = {}, number, 0
        self._row_hidden = is_true(attributes.get("hidden")) or attributes.get("ht") == "0"

    def _end_row(self) -> None:
        if self._row_number > MAX_ROW:
            raise refusal("too_many_rows", where=self._sheet.name, row=self._row_number, limit=MAX_ROW)
        self._sheet.rows.append(Row(self._row_number, self._row, self._row_hidden))
        self._row = {}

    def _end_cell(self) -> None:
        reference = self._cell.get("r")
        column = column_of(reference) if reference else self._column + 1
        self._column = column
        if not self._text and not self._formula:
            return
        cell = self._value()
        if self._formula:
            cell = cell._replace(formula=True)
        if cell is BLANK:
            return
        if not 0 < column <= MAX_COLUMN:
            raise refusal(
                "too_many_columns",
                where=self._sheet.name,
                cell=f"{column_letter(column)}{self._row_number}",
                limit=MAX_COLUMN,
            )
        if column in self._row:
            raise refusal("damaged", where=f"{self._sheet.name}!{reference}")
        self._budget.take_cell(self._sheet.name)
        self._row[column] = cell

    def _value(self) -> Cell:
        kind, text = self._cell.get("t", "n"), self._text
        if kind == "s":
            return self._shared_string(text)
        if kind == "n":
            return number_cell(text, self._style(), self._shared.date1904) if text.strip() else BLANK
        if kind == "b":
            return Cell(Kind.BOOL, text == "1", "TRUE" if text == "1" else "FALSE")
        if kind == "e":
            return Cell(Kind.ERROR, None, text[:32])
        if kind == "d" and (day := iso_date(text)):
            return Cell(Kind.DATE, day, day.isoformat())
        self._budget.take_text(len(text), self.part)
        return text_cell(text)

    def _shared_string(self, index: str) -> Cell:
        strings = self._shared.strings
        if index.isdecimal() and len(index) < 8 and (place := int(index)) < len(strings):
            return strings[place]
        raise refusal("damaged", where=f"{self._sheet.name}!{self._cell.get('r', '')}")

    def _style(self) -> Style:
        index = _whole(self._cell.get("s"))
        styles = self._shared.styles
        return styles[index] if index < len(styles) else GENERAL

    def _note_formula(self, attributes: dict[str, str]) -> None:
        self._formula = True
        area = range_of(attributes.get("ref", "")) if attributes.get("t") in ("array", "dataTable") else None
        if area and (area.top, area.left) != (area.bottom, area.right):
            self._formula_areas.append(area)

    def _note_merge(self, attributes: dict[str, str]) -> None:
        if len(self._sheet.merged) >= MAX_MERGED:
            raise refusal("too_many_cells", where=self._sheet.name, limit=MAX_MERGED)
        if area := range_of(attributes.get("ref", "")):
            self.elements_left -= min(area.bottom - area.top, MAX_ROW)
            self._sheet.merged.append(area)

    def _mark_formulas(self, area: Range) -> None:
        """An array formula stands in its first cell only, but computes the whole area."""
        rows = self._sheet.rows
        first = bisect_left(rows, area.top, key=_row_number)
        for row in rows[first : bisect_right(rows, area.bottom, key=_row_number)]:
            self._budget.take_row(self._sheet.name)
            for column in [column for column in row.cells if area.left <= column <= area.right]:
                row.cells[column] = row.cells[column]._replace(formula=True)


_row_number = attrgetter("number")
_COLUMNS: dict[str, int] = {}


def column_of(reference: str) -> int:
    """The column number of a cell's name. 0 for a name that is none."""
    letters = reference.rstrip("0123456789")
    found = _COLUMNS.get(letters)
    if found is None:
        valid = 0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()
        found = column_number(letters) if valid else 0
        if len(_COLUMNS) < 20_000:
            _COLUMNS[letters] = found
    return found


def _whole(text: str | None) -> int:
    """A small non-negative whole number; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0

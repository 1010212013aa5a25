"""The texts of a workbook, kept once and pointed at by its cells.

Phonetic hints (拼音 above characters, ``rPh``) stand inside a text's element and are no part of the text.
"""

import re

from zhaoshang.common.sheets.limits import (
    MAX_FILLED_CELLS,
    MAX_SHARED_STRINGS,
    MAX_SHEET_ELEMENTS,
    MAX_TEXT_CHARACTERS,
    MAX_TOTAL_TEXT_CHARACTERS,
    refusal,
)
from zhaoshang.common.sheets.model import BLANK, Cell, Kind
from zhaoshang.common.sheets.xml import Reader, local

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def text_cell(text: str) -> Cell:
    """A cell of text as Excel shows it: ``_x000D_`` is a carriage return, ``_x005F_`` an underscore. Blank when
    nothing is left.
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return Cell(Kind.TEXT, text, text) if text.strip() else BLANK


class Budget:
    """What one workbook may still use, over all its parts."""

    def __init__(self) -> None:
        self.characters = MAX_TOTAL_TEXT_CHARACTERS
        self.cells = MAX_FILLED_CELLS
        self.elements = MAX_SHEET_ELEMENTS

    def take_text(self, length: int, part: str) -> None:
        """``length`` more characters. Raises ``too_much_text``."""
        self.characters -= length
        if self.characters < 0:
            raise refusal("too_much_text", where=part)

    def take_cell(self, sheet: str) -> None:
        """One more filled cell. Raises ``too_many_cells``."""
        self.cells -= 1
        if self.cells < 0:
            raise refusal("too_many_cells", where=sheet, limit=MAX_FILLED_CELLS)

    def take_row(self, sheet: str) -> None:
        """One more look at a row, worth several elements of work. Raises ``too_many_cells``."""
        self.elements -= 4
        if self.elements < 0:
            raise refusal("too_many_cells", where=sheet, limit=MAX_FILLED_CELLS)


class StringsReader(Reader):
    """Collects ``sharedStrings.xml`` as cells."""

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, MAX_SHEET_ELEMENTS)
        self.cells: list[Cell] = []
        self._budget = budget
        self._text = ""
        self._wanted = False
        self._in_hint = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See :class:`Reader`."""
        super().start(name, attributes)
        tag = local(name)
        if tag == "t":
            self._wanted = not self._in_hint
        elif tag == "si":
            self._text = ""
        elif tag == "rPh":
            self._in_hint = True

    def end(self, name: str) -> None:
        """See :class:`Reader`."""
        super().end(name)
        tag = local(name)
        if tag == "t":
            self._wanted = False
        elif tag == "rPh":
            self._in_hint = False
        elif tag == "si":
            if len(self.cells) >= MAX_SHARED_STRINGS:
                raise refusal("too_much_text", where=self.part)
            self.cells.append(text_cell(self._text))

    def text(self, characters: str) -> None:
        """See :class:`Reader`."""
        if self._wanted:
            self._text += characters
            self._budget.take_text(len(characters), self.part)
            if len(self._text) > MAX_TEXT_CHARACTERS:
                raise refusal("too_much_text", where=self.part)

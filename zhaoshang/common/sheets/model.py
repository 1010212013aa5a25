"""What a file of rows looks like once it is open, whichever format it came in.

Rows and columns count from 1, as Excel shows them. Only cells with something in them are kept; ``Row.cell`` answers
:data:`BLANK` for the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import NamedTuple


class Kind(Enum):
    """What a cell holds. A percentage's value is the fraction (``0.5`` for 50 %); an error's is nothing."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    BOOL = "bool"
    ERROR = "error"


class Cell(NamedTuple):
    """One cell. ``text`` is what to show a person; ``format`` is Excel's number format, empty when General.

    ``formula`` says that the value is only what some program once computed. ``digits_lost`` marks an integer longer
    than the 15 digits that Excel keeps: its last digits are not what was typed.
    """

    kind: Kind
    value: str | Decimal | date | bool | None
    text: str
    format: str = ""
    formula: bool = False
    digits_lost: bool = False


BLANK = Cell(Kind.BLANK, None, "")


class Range(NamedTuple):
    """A rectangle of cells, corners included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Row:
    """One row with its number; ``cells`` by column number."""

    number: int
    cells: dict[int, Cell]
    hidden: bool = False

    def cell(self, column: int) -> Cell:
        """The cell in ``column``."""
        return self.cells.get(column, BLANK)


@dataclass(slots=True)
class Sheet:
    """One sheet: its rows that hold anything, in order."""

    name: str
    rows: list[Row]
    hidden: bool = False
    merged: list[Range] = field(default_factory=list)
    hidden_columns: frozenset[int] = frozenset()


@dataclass(slots=True)
class Workbook:
    """An opened file. ``format`` is ``xlsx``, ``xls`` or ``csv``; ``encoding`` and ``delimiter`` are a csv's, as recognised.

    ``elements`` counts the XML elements (an xls: records) of its sheets, blank cells included: the work of writing it again.
    """

    format: str
    sheets: list[Sheet]
    date1904: bool = False
    encoding: str = ""
    delimiter: str = ""
    elements: int = 0

    def by_name(self) -> Mapping[str, Sheet]:
        """The sheets by name."""
        return {sheet.name: sheet for sheet in self.sheets}


@cache
def column_letter(number: int) -> str:
    """Excel's name of a column: 1 → ``A``, 28 → ``AB``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """The reverse of :func:`column_letter`. Raises ``ValueError`` for what is no column name."""
    if not (letters.isascii() and letters.isalpha()):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number

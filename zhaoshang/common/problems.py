"""A problem found in many-row input, handed back as a row of a report instead of an exception.

Rows and columns are named as Excel names them, so that the person can go straight to the cell.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of an input file.

    ``row`` counts from 1 as Excel does (0: the whole sheet or file); ``column`` is Excel's letter or the empty string.
    ``message`` says what to do, in Chinese; ``code`` names the kind so that a door can say it in another language.
    """

    sheet: str
    row: int
    column: str
    value: str
    message: str
    code: str = ""
    fatal: bool = True

    @property
    def cell(self) -> str:
        """The cell's name, ``D14``; the sheet's name when no cell is meant."""
        return f"{self.column}{self.row}" if self.column and self.row else (str(self.row) if self.row else self.sheet)

    def to_json(self) -> dict[str, object]:
        """The command line's and the API's form of it."""
        return asdict(self)

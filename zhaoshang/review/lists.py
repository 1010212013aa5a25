"""What the readers of simple lists share: where the heading is, in any order of columns, and the rows below it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhaoshang.common.problems import Problem
from zhaoshang.common.sheets import Row, Sheet, column_letter, open_workbook
from zhaoshang.review.workbooks.columns import Column, fit

SEARCHED_ROWS = 15
LEAST_SCORE = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet with its heading found: ``columns`` by key."""

    sheet: Sheet
    heading: Row
    columns: Mapping[str, int]

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Number and trimmed texts by key of every row below the heading that is not blank; a missing column is an empty text."""
        for row in self.sheet.rows:
            if row.number <= self.heading.number:
                continue
            texts = {key: row.cell(number).text.strip() for key, number in self.columns.items()}
            if any(texts.values()):
                yield row.number, texts

    def problem(self, code: str, words: Mapping[str, str], row: int, key: str, value: str, **more: str) -> Problem:
        """What is wrong with one cell."""
        params = {"value": value[:40], **more}
        letter = column_letter(self.columns[key]) if key in self.columns else ""
        return Problem(self.sheet.name, row, letter, value[:40], words[code].format(**params), code, params=params)


def find_list(content: bytes, filename: str, columns: Sequence[Column]) -> Listed | str:
    """The first sheet that has all needed columns; else the first sheet's name.

    Raises ``common.problems.Refused`` for a file that cannot be trusted or opened.
    """
    book = open_workbook(content, filename)
    for sheet in book.sheets:
        if not sheet.hidden and (found := _heading(sheet, columns)):
            return found
    return book.sheets[0].name if book.sheets else ""


def _heading(sheet: Sheet, wanted: Sequence[Column]) -> Listed | None:
    """The row that names most of the columns, all needed ones among them: a title may look like one."""
    found: list[Listed] = []
    for row in sheet.rows[:SEARCHED_ROWS]:
        columns: dict[str, int] = {}
        for number, cell in row.cells.items():
            scores = {column.key: fit(column, cell.text).score for column in wanted if column.key not in columns}
            best = max(scores, key=lambda key: scores[key], default="")
            if best and scores[best] >= LEAST_SCORE:
                columns[best] = number
        if all(column.key in columns for column in wanted if column.needed):
            found.append(Listed(sheet, row, columns))
    return max(found, key=lambda one: (len(one.columns), len(one.heading.cells)), default=None)

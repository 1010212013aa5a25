"""One row of cells into one payment: every cell read by what its column means, every doubt kept with its place."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from zhaoshang.capital.currencies import Foreign
from zhaoshang.capital.rules import KIND_LABELS
from zhaoshang.common import uscc
from zhaoshang.common.periods import month_number, month_text
from zhaoshang.common.problems import Problem
from zhaoshang.common.sheets import Cell, column_letter
from zhaoshang.common.sheets import Kind as CellKind
from zhaoshang.common.sheets.model import BLANK
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell
from zhaoshang.review.workbooks.columns import kind_of, origin_of, proofs_of
from zhaoshang.review.workbooks.dates import DateError, day_of_cell, month_of_cell
from zhaoshang.review.workbooks.foreign import ForeignReader
from zhaoshang.review.workbooks.messages import problem
from zhaoshang.review.workbooks.outcome import Asked, PaymentRow
from zhaoshang.review.workbooks.rows import DataRow

LONGEST_TEXT_CHARACTERS = 200
LONGEST_NOTE_CHARACTERS = 2_000
Code = TypeVar("Code", bound=str)


class RowReader:
    """Reads the rows of one table; problems collect in :attr:`problems`."""

    def __init__(
        self, sheet: str, columns: Mapping[str, int], unit: str | None, year: int | None, date1904: bool, asked: Asked
    ) -> None:
        self.problems: list[Problem] = []
        self.rows_without_place: list[int] = []
        self.rows_of_other_months: list[int] = []
        self.fatal_problems = 0
        self.amounts_fen: dict[int, int] = {}
        self._sheet, self._letters = sheet, {key: column_letter(column) for key, column in columns.items()}
        self._unit, self._year, self._date1904, self._asked = unit, year, date1904, asked
        self._row = 0
        self._fatal = False

    def read(self, entry: DataRow) -> PaymentRow | None:
        """The payment; ``None`` when something fatal is wrong with the row (see :attr:`problems`)."""
        self._row, self._fatal = entry.row.number, False
        cells = entry.cells
        names = [
            self._serial(cells, "project_code"),
            self._text(cells, "project_name"),
            self._text(cells, "enterprise_name"),
        ]
        if not any(names) and not self._fatal:
            self._say("name_missing", "project_name" if "project_name" in self._letters else "enterprise_name")
        month = self._month(cells)
        day = self._day(cells, month)
        foreign, amount_fen = self._money(entry, day)
        self.amounts_fen[self._row] = amount_fen
        district_text, district_code = self._district(cells)
        place_text, place_code = self._place(cells)
        evidence_text = self._text(cells, "evidence")
        row = PaymentRow(
            sheet=self._sheet, row=self._row, hidden=entry.row.hidden,
            project_code=names[0], project_name=names[1], enterprise_name=names[2], uscc=self._uscc(cells),
            district_text=district_text, district_code=district_code,
            month=month or (month_number(day.year, day.month) if day else 0), arrived_on=day or date.min,
            amount_fen=amount_fen, amount_text=cells.get("amount", BLANK).text,
            place_text=place_text, place_code=place_code,
            kind=self._coded(cells, "kind", kind_of, "kind_unknown"),
            origin=self._coded(cells, "origin", origin_of, "origin_unknown") or origin_of(entry.section),
            evidence=proofs_of(evidence_text), evidence_text=evidence_text,
            bank_serial=self._serial(cells, "bank_serial"), payer=self._text(cells, "payer"),
            row_key=self._serial(cells, "row_key"), note=self._text(cells, "note", LONGEST_NOTE_CHARACTERS), foreign=foreign,
            counts_because=self._text(cells, "counts_because", LONGEST_NOTE_CHARACTERS),
        )  # fmt: skip
        return None if self._fatal else row

    def stop(self, entry: DataRow) -> None:
        """Say that so much is wrong already that ``entry`` and what follows is not read."""
        self._row = entry.row.number
        self._say("too_many_problems", "", count=self.fatal_problems)

    def _say(self, code: str, key: str, value: str = "", **params: object) -> None:
        found = problem(code, self._sheet, self._row, self._letters.get(key, ""), value, **params)
        self._fatal = self._fatal or found.fatal
        self.fatal_problems += found.fatal
        self.problems.append(found)

    def _text(self, cells: Mapping[str, Cell], key: str, limit: int = LONGEST_TEXT_CHARACTERS) -> str:
        cell = cells.get(key, BLANK)
        if cell is BLANK:
            return ""
        if cell.kind is CellKind.ERROR:
            self._say("cell_error", key, cell.text)
            return ""
        text = tidy(cell.text)
        if len(text) > limit:
            self._say("text_too_long", key, text, length=len(text), limit=limit)
        return text[:limit]

    def _serial(self, cells: Mapping[str, Cell], key: str) -> str:
        cell = cells.get(key, BLANK)
        if cell.digits_lost or (cell.kind is CellKind.TEXT and _is_rounded_number(cell.text)):
            self._say("serial_digits_lost", key, cell.text)
        return self._text(cells, key)

    def _money(self, entry: DataRow, day: date | None) -> tuple[Foreign | None, int]:
        """The foreign original, if there is one, and fen."""
        reader = ForeignReader(entry.cells, self._asked, self._date1904, self._say)
        if not reader.currency:
            return None, self._amount(entry)
        return reader.converted(day, self._unit) or (None, 0)

    def _amount(self, entry: DataRow) -> int:
        cell = entry.cells.get("amount", BLANK)
        if entry.amount_spans_rows:
            self._say("amount_merged", "amount", cell.text)
            return 0
        try:
            amount = amount_of_cell(cell)
            unit = amount.unit or self._unit
            return amount.fen(unit) if unit else self._not_counted()
        except AmountError as error:
            self._say(error.code, "amount", error.value, unit=self._unit or "")
            return 0

    def _not_counted(self) -> int:
        """The row cannot count while its unit is open; the sheet's own problem says so once."""
        self._fatal = True
        return 0

    def _month(self, cells: Mapping[str, Cell]) -> int | None:
        try:
            return month_of_cell(cells.get("month", BLANK), self._year, self._date1904) or self._asked.month
        except DateError as error:
            self._say(error.code, "month", error.value)
            return None

    def _day(self, cells: Mapping[str, Cell], month: int | None) -> date | None:
        try:
            day = day_of_cell(cells.get("arrived_on", BLANK), month // 12 if month else self._year, self._date1904)
        except DateError as error:
            if "arrived_on" in self._letters:
                self._say(error.code, "arrived_on", error.value)
            return None
        shown = cells["arrived_on"].text
        if day > self._asked.today:
            self._say("date_future", "arrived_on", shown)
        elif month and month_number(day.year, day.month) > month:
            self._say("date_after_month", "arrived_on", shown, month=month_text(month))
        elif month and month_number(day.year, day.month) < month:
            self.rows_of_other_months.append(self._row)
        return day

    def _uscc(self, cells: Mapping[str, Cell]) -> str:
        text = self._text(cells, "uscc")
        if not text or text in "-—/无":
            return ""
        try:
            return uscc.checked(text)
        except uscc.BadCode as error:
            self._say("uscc_wrong", "uscc", text, reason=uscc.FAULT_LABELS[error.fault])
            return ""

    def _place(self, cells: Mapping[str, Cell]) -> tuple[str, str | None]:
        text = self._text(cells, "place")
        lookup = self._asked.place_code
        if not text:
            self.rows_without_place.append(self._row)
            return "", None
        code = lookup(text) if lookup else None
        if lookup and code is None:
            self._say("place_unknown", "place", text)
        return text, code

    def _district(self, cells: Mapping[str, Cell]) -> tuple[str, str | None]:
        text = self._text(cells, "district")
        lookup: Callable[[str], str | None] | None = self._asked.district_code
        if not text or lookup is None:
            return text, self._asked.district
        code = lookup(text)
        if code is None:
            self._say("district_unknown", "district", text)
        elif self._asked.district and code != self._asked.district:
            self._say("district_other", "district", text)
        return text, code

    def _coded(
        self, cells: Mapping[str, Cell], key: str, code_of: Callable[[str], Code | None], unknown: str
    ) -> Code | None:
        text = self._text(cells, key)
        code = code_of(text) if text else None
        if text and code is None:
            self._say(unknown, key, text, allowed="、".join(KIND_LABELS.values()))
        return code


_NARROW = {
    wide: wide - 0xFEE0 for span in ("０９", "Ａ Ｚ", "ａ ｚ") for wide in range(ord(span[0]), ord(span[-1]) + 1)
}
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


def tidy(text: str) -> str:
    """Text of a cell on one line, full-width letters and digits made narrow; Chinese punctuation stays."""
    return " ".join((text.translate(_NARROW) if _WIDE.search(text) else text).split())


def _is_rounded_number(text: str) -> bool:
    """``2.02303E+19``: what a csv keeps of a serial number that Excel took for a number."""
    head, mark, tail = text.upper().partition("E+")
    return bool(mark) and head.replace(".", "", 1).isdigit() and tail.isdigit()

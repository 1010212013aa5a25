"""The foreign original of a row: read from its own columns, converted by the rate on record, held against what the row says of it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from zhaoshang.capital.currencies import (
    CURRENCIES,
    BadAmount,
    BadRateText,
    Foreign,
    currency_of,
    minor_of,
    rate_of_text,
    rate_text,
)
from zhaoshang.common.money import FEN_PER, YUAN, yuan_text
from zhaoshang.common.sheets import Cell
from zhaoshang.common.sheets import Kind as CellKind
from zhaoshang.common.sheets.model import BLANK
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell
from zhaoshang.review.workbooks.dates import DateError, day_of_cell
from zhaoshang.review.workbooks.outcome import Asked

Say = Callable[..., None]
_BESIDE = ("foreign_amount", "rate", "rate_on")


class ForeignReader:
    """Reads the foreign columns of a row; ``say`` takes what is wrong: its code, the column, the cell's text, what fills the sentence."""

    def __init__(self, cells: Mapping[str, Cell], asked: Asked, date1904: bool, say: Say) -> None:
        self.cells, self.asked, self.date1904, self.say = cells, asked, date1904, say
        self.currency = self._currency()

    def _text(self, key: str) -> str:
        return self.cells.get(key, BLANK).text.strip()

    def _currency(self) -> str:
        """The code; empty for the yuan, and where it cannot be told, which is said."""
        text = self._text("currency")
        beside = next((key for key in _BESIDE if self._text(key) not in ("", "-", "/")), "")
        if not text:
            if beside:
                self.say("currency_missing", beside, self._text(beside))
            return ""
        code = currency_of(text)
        if code is None:
            self.say("currency_unknown", "currency", text)
        elif not code and (stray := self._text("foreign_amount")):
            self.say("currency_missing", "foreign_amount", stray)
        return code or ""

    def converted(self, day: date | None, unit: str | None) -> tuple[Foreign, int] | None:
        """The original and its fen; None where something is wrong, which is said. ``unit``: the column of yuan amounts' own."""
        minor = self._minor()
        if minor is None or day is None or self.asked.converted is None:
            return None
        found = self.asked.converted(self.currency, minor, day)
        if found is None:
            self.say("rate_missing", "currency", self.currency, currency=self.currency, day=day.isoformat())
            return None
        self._hold(*found, unit)
        return found

    def _minor(self) -> int | None:
        cell, one = self.cells.get("foreign_amount", BLANK), CURRENCIES[self.currency]
        if cell.kind is CellKind.BLANK:
            self.say(
                "foreign_missing",
                "foreign_amount" if "foreign_amount" in self.cells else "currency",
                "",
                currency=one.label,
            )
            return None
        try:
            amount = amount_of_cell(cell)
            return minor_of(amount.number * FEN_PER[amount.unit or "元"] / Decimal(YUAN), self.currency)
        except (AmountError, BadAmount):
            self.say("foreign_unreadable", "foreign_amount", cell.text, currency=one.label, digits=one.digits)
            return None

    def _hold(self, foreign: Foreign, fen: int, unit: str | None) -> None:
        """What the row itself says of rate, day and yuan must be what is on record."""
        day = foreign.rate_on.isoformat()
        if text := self._text("rate"):
            try:
                if rate_of_text(text) != foreign.rate_e8:
                    self.say("rate_differs", "rate", text, rate=rate_text(foreign.rate_e8), day=day)
            except BadRateText:
                self.say("rate_unreadable", "rate", text)
        if text := self._text("rate_on"):
            try:
                if day_of_cell(self.cells["rate_on"], None, self.date1904) != foreign.rate_on:
                    self.say("rate_day_differs", "rate_on", text, day=day)
            except DateError as error:
                self.say(error.code, "rate_on", error.value)
        cell = self.cells.get("amount", BLANK)
        if cell.kind is CellKind.BLANK:
            return
        try:
            amount = amount_of_cell(cell)
            stated = amount.unit or unit
            if stated and amount.fen(stated) != fen:
                self.say("amount_not_converted", "amount", cell.text, yuan=yuan_text(fen))
        except AmountError as error:
            self.say(error.code, "amount", error.value, unit=unit or "")

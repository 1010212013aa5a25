"""Days and months as people write them in cells: 2023.3.5, 2023年3月5日, 3月5日, 20230305, an Excel day number."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from zhaoshang.common.periods import month_number
from zhaoshang.common.sheets import Cell, Kind
from zhaoshang.common.sheets.numbers import serial_date

EARLIEST = date(2000, 1, 1)
LONGEST_CHARACTERS = 40
_WEEKDAY_OR_TIME = re.compile(
    r"(?:(?:星期|周)[一二三四五六日天])|(?:T?\d{1,2}[:时]\d{1,2}[:分]?(?:\d{1,2}(?:\.\d+)?秒?)?Z?)$"
)
_FULL = re.compile(r"(\d{4})(?:年|[-./\\])(\d{1,2})(?:月|[-./\\])(\d{1,2})[日号]?")
_SHORT_YEAR = re.compile(r"(\d{2})[年.](\d{1,2})[月.](\d{1,2})[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?")
_WESTERN = re.compile(r"\d{1,2}[-./]\d{1,2}[-./](\d{4}|\d{2})")
_MONTH = re.compile(r"(\d{4})(?:年|[-./])?(\d{1,2})(?:月份?)?")
_BARE_MONTH = re.compile(r"(\d{1,2})月份?")
_CHINESE_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")


class DateError(ValueError):
    """Why the cell holds no day; ``code`` is one of :mod:`.messages`."""

    def __init__(self, code: str, value: str) -> None:
        self.code, self.value = code, value
        super().__init__(f"{code}: {value}")


def day_of_cell(cell: Cell, year: int | None, date1904: bool) -> date:
    """The day in a cell; ``year`` completes one written without. Raises :class:`DateError`."""
    if cell.kind is Kind.DATE and isinstance(cell.value, date):
        return _plausible(cell.value, cell.text)
    if cell.kind is Kind.BLANK or not cell.text.strip():
        raise DateError("date_missing", "")
    if cell.kind is Kind.NUMBER and isinstance(cell.value, Decimal):
        return _day_of_number(cell.value, cell.text, date1904)
    if cell.kind is Kind.TEXT:
        return day_of_text(cell.text, year)
    raise DateError("date_unreadable", cell.text)


def _day_of_number(number: Decimal, text: str, date1904: bool) -> date:
    if number == number.to_integral_value() and _COMPACT.fullmatch(text):
        return day_of_text(text, None)
    serial = serial_date(number, date1904)
    if serial is None or serial < EARLIEST:
        raise DateError("date_unreadable", text)
    return _plausible(serial, text)


def day_of_text(text: str, year: int | None) -> date:
    """The day that ``text`` states. Raises :class:`DateError`."""
    shown = text.strip()
    if len(shown) > LONGEST_CHARACTERS:
        raise DateError("date_unreadable", shown)
    plain = unicodedata.normalize("NFKC", text).strip().replace("。", ".")
    plain = _WEEKDAY_OR_TIME.sub("", re.sub(r"\s*([年月日号./\\-])\s*", r"\1", plain)).strip().rstrip("T")
    if match := _FULL.fullmatch(plain):
        return _plausible(_made(int(match[1]), int(match[2]), int(match[3]), shown), shown)
    if match := _SHORT_YEAR.fullmatch(plain):
        return _plausible(_made(2000 + int(match[1]), int(match[2]), int(match[3]), shown), shown)
    if match := _COMPACT.fullmatch(plain):
        return _plausible(_made(int(match[1]), int(match[2]), int(match[3]), shown), shown)
    if _WESTERN.fullmatch(plain):
        raise DateError("date_ambiguous", shown)
    if match := _NO_YEAR.fullmatch(plain):
        if year is None:
            raise DateError("date_year_missing", shown)
        return _plausible(_made(year, int(match[1]), int(match[2]), shown), shown)
    if _MONTH.fullmatch(plain) or _BARE_MONTH.fullmatch(plain):
        raise DateError("date_day_missing", shown)
    raise DateError("date_unreadable", shown)


def _made(year: int, month: int, day: int, shown: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError("date_impossible", shown) from None


def _plausible(day: date, shown: str) -> date:
    if day < EARLIEST:
        raise DateError("date_too_old", shown)
    return day


def month_of_cell(cell: Cell, year: int | None, date1904: bool) -> int | None:
    """The month number in a cell; ``None`` when blank. Raises :class:`DateError` ``month_unreadable``."""
    if cell.kind is Kind.BLANK:
        return None
    if cell.kind is Kind.DATE and isinstance(cell.value, date):
        return month_number(cell.value.year, cell.value.month)
    plain = unicodedata.normalize("NFKC", cell.text).replace(" ", "")
    if (match := _MONTH.fullmatch(plain)) and 1 <= int(match[2]) <= 12 and 2000 <= int(match[1]) < 2100:
        return month_number(int(match[1]), int(match[2]))
    bare = _BARE_MONTH.fullmatch(plain) or re.fullmatch(r"(\d{1,2})", plain)
    if bare and year is not None and 1 <= int(bare[1]) <= 12:
        return month_number(year, int(bare[1]))
    try:
        day = day_of_cell(cell, year, date1904)
    except DateError:
        raise DateError("month_unreadable", cell.text) from None
    return month_number(day.year, day.month)


def year_in_titles(titles: list[str]) -> int | None:
    """The one year that the lines above a table name; ``None`` when they name none or several."""
    years = {int(year) for title in titles for year in _CHINESE_YEAR.findall(unicodedata.normalize("NFKC", title))}
    return years.pop() if len(years) == 1 else None

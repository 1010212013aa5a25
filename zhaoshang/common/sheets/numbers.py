"""The numbers and dates of a cell, as exact as Excel shows them.

Excel computes in binary floating point and shows 15 significant digits; the file keeps up to 17. So
``1234.5600000000001`` is what a person sees as 1234.56, and that is what we take. Text in, :class:`~decimal.Decimal`
out; no float in between.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

SHOWN_DIGITS = 15
_AS_SHOWN = Context(prec=SHOWN_DIGITS, rounding=ROUND_HALF_UP)
_FORM = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?")
_BUILTIN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_LAST_SERIAL = 2_958_465


def number_shown(text: str) -> tuple[Decimal, bool] | None:
    """The number of a cell's ``<v>`` at 15 significant digits, and whether whole digits were lost; ``None`` if it is
    no number.
    """
    if not _FORM.fullmatch(text):
        return None
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    if len(exact.as_tuple().digits) <= SHOWN_DIGITS and len(text) <= SHOWN_DIGITS:
        return exact, False
    shown = _AS_SHOWN.plus(exact).normalize()
    return shown, exact.adjusted() >= SHOWN_DIGITS


def plain(number: Decimal) -> str:
    """``number`` written out without an exponent: ``1E+3`` → ``1000``. Very long ones keep the exponent."""
    return f"{number:f}" if abs(number.adjusted()) <= 40 else str(number)


def is_date_format(format_id: int, code: str) -> bool:
    """Whether a number format shows a day. Times alone (``h:mm``) are not days. ECMA-376 part 1, 18.8.30."""
    if not code:
        return format_id in _BUILTIN_DATES and format_id not in (18, 19, 20, 21, 45, 46, 47)
    letters = _QUOTED.sub("", code.partition(";")[0]).lower()
    if "general" in letters:
        return False
    return "y" in letters or "d" in letters or ("m" in letters and "h" not in letters and "s" not in letters)


def is_percent_format(code: str) -> bool:
    """Whether a number format multiplies by a hundred: a ``%`` that is not mere text."""
    return "%" in _QUOTED.sub("", code)


def serial_date(serial: Decimal, date1904: bool) -> date | None:
    """The day of an Excel serial number; ``None`` outside the calendar, and for 60, the 29 February 1900 that never
    was.
    """
    if not 0 < serial < _LAST_SERIAL + 1 and not (date1904 and serial == 0):
        return None
    days = int(serial)
    if date1904:
        return date(1904, 1, 1) + timedelta(days) if days <= _LAST_SERIAL - 1462 else None
    if days == 60 or days < 1:
        return None
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days)


def iso_date(text: str) -> date | None:
    """The day of an ISO 8601 cell (``t="d"``)."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None

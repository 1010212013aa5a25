"""What a cell's style says about its number, and the cell that the two make together; alike in .xlsx and .xls."""

from collections.abc import Mapping
from typing import NamedTuple

from zhaoshang.common.sheets.model import Cell, Kind
from zhaoshang.common.sheets.numbers import is_date_format, is_percent_format, number_shown, plain, serial_date
from zhaoshang.common.sheets.strings import text_cell

_BUILTIN_FORMATS = {9: "0%", 10: "0.00%", 49: "@"}


class Style(NamedTuple):
    """The number format's code, and whether it shows a day or a percentage."""

    code: str = ""
    is_date: bool = False
    is_percent: bool = False


GENERAL = Style()


def style_of(format_id: int, codes: Mapping[int, str]) -> Style:
    """The style of a number format: one that the file defines in ``codes``, else a built-in one."""
    code = codes.get(format_id) or _BUILTIN_FORMATS.get(format_id, "")
    is_date = is_date_format(format_id, code)
    return Style(code, is_date, is_percent_format(code) and not is_date)


def number_cell(text: str, style: Style, date1904: bool) -> Cell:
    """The cell of a number as the file writes it: a day or a percentage where its style shows one."""
    shown = number_shown(text.strip())
    if shown is None:
        return text_cell(text)
    number, lost = shown
    if style.is_date and (day := serial_date(number, date1904)):
        return Cell(Kind.DATE, day, day.isoformat(), style.code)
    if style.is_percent:
        return Cell(Kind.PERCENT, number, f"{plain((number * 100).normalize())}%", style.code)
    return Cell(Kind.NUMBER, number, plain(number), style.code, False, lost)

"""Amounts of money as people write them in cells, read exactly or not at all.

What is accepted: plain and grouped digits, full-width ones, a currency sign in front, a unit behind (1.2亿, 350万元),
accounting parentheses for negatives. What could mean two things is an error with its own code, never a guess.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from zhaoshang.common.money import FEN_PER, NotWholeFen, to_fen
from zhaoshang.common.sheets import Cell, Kind

LARGEST_FEN = 10**14
UNITS = ("元", "万元", "亿元")
SHEET_UNITS = ("元", "千元", "万元", "百万元", "千万元", "亿元")
"""What a sheet may count in; the forms of the desk offer :data:`UNITS`."""
_SHORT = {"圆": "元", "万": "万元", "百万": "百万元", "千万": "千万元", "亿": "亿元"}
_UNIT_WORDS = {**_SHORT, **{unit: unit for unit in SHEET_UNITS}}
_LONG = "亿元|千万元|百万元|万元|千元|元"
_SIGN = re.compile(r"^(?:人民币|RMB|CNY|[¥￥])+|(?:人民币|RMB|CNY)+$", re.IGNORECASE)
_FOREIGN = re.compile(r"美元|美金|港元|港币|欧元|日元|英镑|韩元|新元|USD|EUR|HKD|JPY|GBP|[$€£]", re.IGNORECASE)
_ABOUT = re.compile(r"约|近|左右|余|多|以上|以内|不到|~|≈|±|[<>≤≥]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d*)?[eE][+-]?\d+")
_SEVERAL = re.compile(r"\d\s*(?:[+、;/~至到-]|和|加)\s*\d")
_SCALED = re.compile(r"0!?[.,]0*,|0,+(?![0#?])|!\.")
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_UNIT_IN_FORMAT = re.compile(rf'"?({_LONG}|亿|千万|百万|万)"?')


class AmountError(ValueError):
    """Why the cell holds no amount; ``code`` is one of :mod:`.messages`."""

    def __init__(self, code: str, value: str) -> None:
        self.code, self.value = code, value
        super().__init__(f"{code}: {value}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the unit it was written with; ``None`` when the cell itself states none."""

    number: Decimal
    unit: str | None

    def fen(self, unit: str) -> int:
        """The amount in fen, ``unit`` being the cell's own or else the column's.

        Raises :class:`AmountError`: ``amount_zero``, ``amount_negative``, ``amount_not_fen``, ``amount_too_large``.
        """
        if abs(self.number) * FEN_PER[unit] > LARGEST_FEN:
            raise AmountError("amount_too_large", _written(self.number))
        try:
            fen = to_fen(self.number, unit)
        except NotWholeFen:
            raise AmountError("amount_not_fen", _written(self.number)) from None
        if fen == 0:
            raise AmountError("amount_zero", _written(self.number))
        if fen < 0:
            raise AmountError("amount_negative", _written(self.number))
        return fen


def _written(number: Decimal) -> str:
    return f"{number:f}" if abs(number.adjusted()) < 40 else str(number)


def amount_of_cell(cell: Cell) -> Amount:
    """The amount in a cell. Raises :class:`AmountError` with the reason."""
    if cell.formula:
        raise AmountError("amount_formula", cell.text)
    match cell.kind:
        case Kind.NUMBER:
            return _amount_of_number(cell)
        case Kind.TEXT:
            return amount_of_text(cell.text)
        case Kind.BLANK:
            raise AmountError("amount_missing", "")
        case Kind.PERCENT:
            raise AmountError("amount_percent", cell.text)
        case Kind.DATE:
            raise AmountError("amount_date", cell.text)
        case Kind.ERROR:
            raise AmountError("amount_error", cell.text)
    raise AmountError("amount_unreadable", cell.text)


def _amount_of_number(cell: Cell) -> Amount:
    assert isinstance(cell.value, Decimal)
    if cell.digits_lost:
        raise AmountError("amount_digits", cell.text)
    if _SCALED.search(cell.format):
        raise AmountError("amount_scaled_format", cell.text)
    shown = _LOCALE.sub(r"\1", cell.format.partition(";")[0].replace("\\", ""))
    if foreign := _FOREIGN.search(shown):
        raise AmountError("amount_currency", f"{foreign[0]}{cell.text}")
    unit = _UNIT_IN_FORMAT.search(shown)
    return Amount(cell.value, _UNIT_WORDS[unit[1]] if unit else None)


def amount_of_text(text: str) -> Amount:
    """The amount that ``text`` states. Raises :class:`AmountError`."""
    shown = text.strip()
    plain = (
        re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("，", ",").replace("−", "-").replace("－", "-")
    )
    plain = plain.replace("圆", "元").removesuffix("整").removesuffix("正")
    if plain in ("", "-", "--", "—", "——", "/", "无"):
        raise AmountError("amount_missing", shown)
    if len(plain) > 60:
        raise AmountError("amount_unreadable", shown)
    if _FOREIGN.search(plain):
        raise AmountError("amount_currency", shown)
    negative = plain.startswith("(") and plain.endswith(")")
    plain = _SIGN.sub("", plain[1:-1] if negative else plain)
    number_text, unit = _split_unit(plain)
    number = _number(number_text, shown)
    return Amount(-number if negative else number, unit)


def _split_unit(plain: str) -> tuple[str, str | None]:
    for word in sorted(_UNIT_WORDS, key=len, reverse=True):
        if plain.endswith(word):
            return plain.removesuffix(word), _UNIT_WORDS[word]
    return plain, None


def _number(plain: str, shown: str) -> Decimal:
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    if _NUMBER.fullmatch(plain):
        return Decimal(plain)
    if _SCIENTIFIC.fullmatch(plain):
        raise AmountError("amount_scientific", shown)
    if re.fullmatch(r"[+-]?\d[\d,.]*", plain):
        raise AmountError("amount_grouping", shown)
    if _ABOUT.search(plain):
        raise AmountError("amount_approximate", shown)
    if _SEVERAL.search(plain):
        raise AmountError("amount_several", shown)
    raise AmountError("amount_unreadable", shown)


_STATED = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|金额|计量|货币)单位(?:均?为)?[:：]?[（(]?(?:[^，。；;:：]{0,8}[、,/])?(?:人民币)?"
    rf"({_LONG})(?![\u4e00-\u9fff])"
)
_IN_BRACKETS = re.compile(
    r"[(\[【〔](?:[^)\]】〕]{0,6}[:、,/])?(?:人民币)?"
    rf"({_LONG}|亿|千万|百万|万)"
    r"[^)\]】〕]{0,4}[)\]】〕]"
)
_AT_END = re.compile(rf"(?:[/_:-]|额|资|金|数|款)(?:人民币)?({_LONG})$")


def unit_in_line(text: str) -> str | None:
    """The unit that a line beside the table states: ``单位：万元``, ``金额单位为万元``."""
    found = _STATED.search(re.sub(r"(?<=[:：位为])\s+", "", unicodedata.normalize("NFKC", text)))
    return _UNIT_WORDS[found[1]] if found else None


def unit_in_header(text: str) -> str | None:
    """The unit that a heading states: ``到位金额（万元）``, ``到位资金/亿元``, ``到位额 单位：元``."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    found = _IN_BRACKETS.search(plain) or _AT_END.search(plain)
    return _UNIT_WORDS[found[1]] if found else unit_in_line(plain)

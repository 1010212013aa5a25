"""One amount as people type it into a box: «5亿», «3000万», «1.5 亿元以内», «50亩», «2万㎡», «50 million».

A bare number is in the box's unit. Words of bounds (以内, 左右) are read over: whether a number is a floor or a ceiling is said by the box.
"""

import re
import unicodedata
from decimal import Decimal

from zhaoshang.reading.quantities import quantities

M2_PER_MU = Decimal(10_000) / 15
MOST = Decimal(10) ** 16
_BARE = re.compile(r"\d{1,12}(?:\.\d{1,4})?")
_IN_TWO = re.compile(r"(\d{1,6})亿(\d{1,4})万元?")  # 1亿2000万
_LEAD = re.compile(
    r"^(?:不超过|不高于|不多于|不少于|不低于|不小于|小于|大于|最多|最少|至少|至多|大约|大概|约|[<>≤≥~]=?|¥|CNY|RMB)+",
    re.I,
)
_TAIL = re.compile(r"(?:人民币|CNY|RMB|以内|之内|以下|以上|左右|上下|起|内)+$", re.I)
_AS_WRITTEN = (
    (r"億", "亿"), (r"萬", "万"), (r"畝|mus?$", "亩"), (r"(?:sqm|sq\.?m|平|平方|平米)$", "平方米"), (r"(?:ha|hectares?)$", "公顷"),
    (r"(?:million|mn)(?:yuan)?$", "百万元"), (r"(?:billion|bn)(?:yuan)?$", "十亿元"), (r"yuan$|块$", "元"),
    (r"块钱$|元整$", "元"), (r"kw$", "千瓦"),
)  # fmt: skip


def yuan_typed(text: str, *, bare: int) -> Decimal | None:
    """Yuan; a bare number is of ``bare`` yuan. None for what is not one amount of money, and for foreign money."""
    plain = _plain(text)
    if _BARE.fullmatch(plain):
        return Decimal(plain) * bare
    if two := _IN_TWO.fullmatch(plain):
        return Decimal(two[1]) * 10**8 + Decimal(two[2]) * 10**4
    return _single(plain, "CNY")


def m2_typed(text: str, *, bare: Decimal | int) -> Decimal | None:
    """Square metres; a bare number is of ``bare`` m². None for what is not one area."""
    plain = _plain(text)
    if _BARE.fullmatch(plain):
        return Decimal(plain) * bare
    area = _single(plain, "m2")
    if area is not None:
        return area
    mu = _single(plain, "mu")
    if mu is not None:
        return mu * M2_PER_MU
    many = _single(plain, "CNY") if re.fullmatch(r"[\d.]{1,17}万", plain) else None  # 2万: of what the box counts in
    return None if many is None else many * bare


def _plain(text: str) -> str:
    """Without spaces, commas and words of bounds; half-width; units as the reader of bulletins knows them."""
    plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
    plain = _TAIL.sub("", _LEAD.sub("", plain))
    for written, read in _AS_WRITTEN:
        plain = re.sub(written, read, plain, flags=re.I)
    return plain


def _single(plain: str, unit: str) -> Decimal | None:
    """The amount when it is the whole text, of this unit, and one."""
    found = quantities(plain)
    if len(found) != 1 or found[0].unit != unit or found[0].value_max is not None:
        return None
    one = found[0]
    return one.value if (one.start, one.end) == (0, len(plain)) and 0 <= one.value < MOST else None

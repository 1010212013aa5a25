"""Money is integer fen (分), as bank slips carry it; 元, 万元 and 亿元 exist only in print.

Nothing here passes through a float: a city's year is 10^13 fen, and a cent must survive it.
"""

from decimal import Decimal

from zhaoshang.common.rounding import round_half_even

FEN_PER = {
    "分": 1, "元": 100, "千元": 10**5, "万元": 10**6, "百万元": 10**8, "千万元": 10**9, "亿元": 10**10,
}  # fmt: skip
YUAN, WAN, YI = FEN_PER["元"], FEN_PER["万元"], FEN_PER["亿元"]


class NotWholeFen(ValueError):
    """The amount has a part smaller than one fen, which no payment can have."""


def to_fen(amount: Decimal, unit: str = "元") -> int:
    """``amount`` of ``unit`` (a key of :data:`FEN_PER`) in fen. Raises :class:`NotWholeFen`, ``KeyError`` for another unit."""
    fen = amount * FEN_PER[unit]
    if fen != fen.to_integral_value():
        raise NotWholeFen(f"{amount}{unit}")
    return int(fen)


def in_unit(fen: int, unit: str, places: int | None = None) -> Decimal:
    """Fen in ``unit``, exact, or rounded half to even at ``places`` (GB/T 8170)."""
    exact = Decimal(fen) / FEN_PER[unit]
    return exact if places is None else round_half_even(exact, places)


def yuan_text(fen: int) -> str:
    """Fen as yuan with two decimals and no grouping: the form of JSON and CSV."""
    return f"{in_unit(fen, '元', 2):.2f}"


def grouped(fen: int, unit: str = "元", places: int = 2) -> str:
    """Fen in ``unit`` for people: ``72,940,000,000.00``."""
    return f"{in_unit(fen, unit, places):,.{max(places, 0)}f}"

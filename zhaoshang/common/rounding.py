"""Rounding as published figures are rounded, and the interval that a printed figure stands for.

GB/T 8170-2008, section 3.2: half to even ("四舍六入五成双"). A printed 729.4 is any value that would be printed so.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal


def round_half_even(value: Decimal, places: int) -> Decimal:
    """``value`` at ``places`` decimals (negative: tens, hundreds…), half to even. GB/T 8170-2008, 3.2."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def places_of(printed: str) -> int:
    """Decimals that a printed number shows: ``"729.40"`` → 2, ``"1015"`` → 0."""
    return len(printed.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed range of values; both ends belong to it, since half-way values may be rounded either way."""

    low: Decimal
    high: Decimal

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


def printed_interval(value: Decimal, step: Decimal) -> Interval:
    """The values that are printed as ``value`` when the last printed digit is worth ``step`` (same unit as ``value``)."""
    half = step / 2
    return Interval(value - half, value + half)

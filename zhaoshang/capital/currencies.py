"""Foreign money: currencies with their smallest parts (ISO 4217), and the one conversion into fen. Pure: no Django, no clock, no float.

A rate is yuan for one unit of the currency, kept as a whole number of 10⁻⁸ yuan: what is published for 100 units fits exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from zhaoshang.common.problems import N_

RATE_PLACES = 8
RATE_UNIT = 10**RATE_PLACES
MOST_MINOR = 10**15
HIGHEST_RATE = 10_000 * RATE_UNIT
ROUNDINGS = ("half_even", "half_up")


@dataclass(frozen=True, slots=True)
class Currency:
    """``digits``: how many decimals its smallest part has; ``words``: what people write for it."""

    digits: int
    label: str
    words: tuple[str, ...]


# ISO 4217; of those in which a central parity with the yuan is published, and the Taiwan dollar.
CURRENCIES: Mapping[str, Currency] = {
    "USD": Currency(2, N_("美元"), ("美元", "美金", "$", "US$")),
    "HKD": Currency(2, N_("港元"), ("港元", "港币", "HK$")),
    "EUR": Currency(2, N_("欧元"), ("欧元", "€")),
    "JPY": Currency(0, N_("日元"), ("日元", "日圆")),
    "KRW": Currency(0, N_("韩元"), ("韩元", "韩币")),
    "GBP": Currency(2, N_("英镑"), ("英镑", "£")),
    "SGD": Currency(2, N_("新加坡元"), ("新加坡元", "新元", "新币")),
    "AUD": Currency(2, N_("澳大利亚元"), ("澳大利亚元", "澳元")),
    "CAD": Currency(2, N_("加拿大元"), ("加拿大元", "加元")),
    "NZD": Currency(2, N_("新西兰元"), ("新西兰元", "纽元")),
    "CHF": Currency(2, N_("瑞士法郎"), ("瑞士法郎",)),
    "TWD": Currency(2, N_("新台币"), ("新台币", "台币")),
    "MOP": Currency(2, N_("澳门元"), ("澳门元", "澳门币")),
    "MYR": Currency(2, N_("林吉特"), ("林吉特", "马币")),
    "THB": Currency(2, N_("泰铢"), ("泰铢",)),
    "RUB": Currency(2, N_("卢布"), ("卢布",)),
    "ZAR": Currency(2, N_("兰特"), ("兰特",)),
    "AED": Currency(2, N_("阿联酋迪拉姆"), ("阿联酋迪拉姆", "迪拉姆")),
    "SAR": Currency(2, N_("沙特里亚尔"), ("沙特里亚尔",)),
    "KWD": Currency(3, N_("科威特第纳尔"), ("科威特第纳尔",)),
    "HUF": Currency(2, N_("福林"), ("福林", "匈牙利福林")),
    "PLN": Currency(2, N_("兹罗提"), ("兹罗提", "波兰兹罗提")),
    "DKK": Currency(2, N_("丹麦克朗"), ("丹麦克朗",)),
    "SEK": Currency(2, N_("瑞典克朗"), ("瑞典克朗",)),
    "NOK": Currency(2, N_("挪威克朗"), ("挪威克朗",)),
    "TRY": Currency(2, N_("土耳其里拉"), ("土耳其里拉", "里拉")),
    "MXN": Currency(2, N_("墨西哥比索"), ("墨西哥比索",)),
}
YUAN_WORDS = frozenset({"CNY", "RMB", "人民币", "人民币元", "元", "本币"})
_BY_WORD = {word: code for code, one in CURRENCIES.items() for word in (code, *one.words)}


class BadAmount(ValueError):
    """An amount that is not positive, too large, or has parts smaller than the currency's smallest."""


class BadRateText(ValueError):
    """A rate that is not positive, too high, or has more decimals than can be kept."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """The foreign original of a payment: its amount in smallest parts, and by which rate of which day and source it became yuan."""

    currency: str
    minor: int
    rate_e8: int
    rate_on: date
    source: str

    def to_json(self) -> list[Any]:
        """Plain JSON, read back by :meth:`from_json`."""
        return [self.currency, self.minor, self.rate_e8, self.rate_on.isoformat(), self.source]

    @classmethod
    def from_json(cls, plain: list[Any] | None) -> "Foreign | None":
        """What :meth:`to_json` wrote; None for none."""
        if not plain:
            return None
        currency, minor, rate_e8, day, source = plain
        return cls(currency, minor, rate_e8, date.fromisoformat(day), source)


def currency_of(text: str) -> str | None:
    """The code that somebody's word means; ``""`` for the yuan, ``None`` for what is not known."""
    plain = "".join(text.split()).upper()
    return "" if plain in YUAN_WORDS else _BY_WORD.get(plain)


def minor_of(amount: Decimal, currency: str) -> int:
    """An amount in the currency's smallest parts. Raises :class:`BadAmount`."""
    minor = amount.scaleb(CURRENCIES[currency].digits)
    if minor != minor.to_integral_value() or not 0 < minor <= MOST_MINOR:
        raise BadAmount(str(amount))
    return int(minor)


def amount_text(minor: int, currency: str) -> str:
    """The amount with all of its decimals: ``1200000.00``, for the yen ``1200000``."""
    return f"{Decimal(minor).scaleb(-CURRENCIES[currency].digits):.{CURRENCIES[currency].digits}f}"


def rate_of_text(text: str, units: int = 1) -> int:
    """Yuan for ``units`` of the currency, as published, to the rate that is kept. Raises :class:`BadRateText`."""
    try:
        rate = Decimal(text.strip().replace(",", "")) * RATE_UNIT / units
    except InvalidOperation:
        raise BadRateText(text) from None
    if not rate.is_finite() or rate != rate.to_integral_value() or not 0 < rate <= HIGHEST_RATE:
        raise BadRateText(text)
    return int(rate)


def rate_text(rate_e8: int) -> str:
    """A rate with four decimals, more where it has them: ``7.1234``, ``0.049072``."""
    whole = (Decimal(rate_e8) / RATE_UNIT).normalize()
    return f"{whole:.{max(4, -int(whole.as_tuple().exponent))}f}"


def fen_of(minor: int, currency: str, rate_e8: int, rounding: str) -> int:
    """Fen for an amount in smallest parts; what is less than a fen is rounded once, ``half_even`` or ``half_up``."""
    divisor: int = 10 ** CURRENCIES[currency].digits * RATE_UNIT
    whole, rest = divmod(minor * rate_e8 * 100, divisor)
    upward = 2 * rest > divisor or (2 * rest == divisor and (rounding == "half_up" or whole % 2 == 1))
    return whole + (1 if upward else 0)

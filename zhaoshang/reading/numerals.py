"""Numbers as bulletins write them, read exactly: «1,598», «1.2», «百二十三», «十一点五»."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_MAGNITUDES = {
    "": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "个亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
CHINESE = "零〇一二两三四五六七八九十百千"


def number(text: str) -> Decimal:
    """The exact value of Arabic digits (with thousands commas) or of Chinese numerals below one 万.

    Raises ValueError when the text is neither.
    """
    if text and text[0] in "0123456789+-.":
        return Decimal(text.replace(",", "").replace("，", ""))
    whole, point, decimals = text.partition("点")
    value = Decimal(_chinese(whole))
    if point:
        value += Decimal("0." + "".join(str(_digit(c)) for c in decimals))
    return value


def magnitude(word: str) -> int:
    """What 万, 亿, 万亿 … multiply by. Raises ValueError for another word."""
    try:
        return _MAGNITUDES[word]
    except KeyError:
        raise ValueError(f"not a magnitude: {word!r}") from None


def _digit(character: str) -> int:
    try:
        return _DIGITS[character]
    except KeyError:
        raise ValueError(f"not a Chinese digit: {character!r}") from None


def _chinese(text: str) -> int:
    """«三百二十一», «十», «二〇二三» (digit by digit)."""
    if not text:
        raise ValueError("an empty numeral")
    if not any(c in _SMALL for c in text):
        return int("".join(str(_digit(c)) for c in text))
    total, digit = 0, None
    for character in text:
        if character in _SMALL:
            total += (1 if digit is None else digit) * _SMALL[character]
            digit = None
        else:
            digit = _digit(character)
    return total + (digit or 0)

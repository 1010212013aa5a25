"""The opposite of restoring, in small: spoils a clean text as scrapers do, for tests and the demonstration."""

from __future__ import annotations

import random
from functools import cache

from opencc import OpenCC
from pypinyin.constants import PINYIN_DICT

_MARKS = {"，": "，，", ",": ",,", "、": ",、", "。": "。"}
_WRAP_FROM = 60
_WRAP_AT = 38


def mangle(text: str, seed: int = 0, density: float = 0.6) -> str:
    """Traditional characters, pinyin in brackets behind them, doubled marks and wrapped lines; the same for the same seed.

    ``density`` (0 to 1) is the share of changed characters that get their pinyin; a third of it that of marks doubled. Raises
    ValueError outside 0 to 1.
    """
    if not 0 <= density <= 1:
        raise ValueError(f"density is a share from 0 to 1, not {density}")
    chance = random.Random(seed)  # noqa: S311 - spoils text, guards nothing
    return "\n".join(_spoil(line, chance, density) for line in text.split("\n"))


def _spoil(line: str, chance: random.Random, density: float) -> str:
    out, width = [], 0
    wraps = len(line) > _WRAP_FROM and chance.random() < density
    for simple, traditional in zip(line, _traditional(line), strict=True):
        out.append(traditional)
        if simple != traditional and chance.random() < density:
            out.append(f"({_reading(traditional)})")
        elif simple in _MARKS and chance.random() < density / 3:
            out[-1] = _MARKS[simple]
        width += 1
        if wraps and width >= _WRAP_AT and "一" <= simple <= "鿿":
            out.append("\n")
            width = 0
    return "".join(out).rstrip("\n")


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def _traditional(line: str) -> str:
    """The line in traditional characters, one for one."""
    whole: str = _converter().convert(line)
    if len(whole) == len(line):
        return whole
    return "".join(new if len(new := _converter().convert(old)) == 1 else old for old in line)


def _reading(character: str) -> str:
    return PINYIN_DICT.get(ord(character), "").split(",")[0]

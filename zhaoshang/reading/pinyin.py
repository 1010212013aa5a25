"""Which brackets hold only the pronunciation of the character before them.

Scrapers that turn simplified text into traditional leave «國(guó)» behind. A bracket goes when it is plainly pinyin (it carries a
tone mark) or when it spells the characters before it in any of their readings; «(LNG)» and «(GDP)» stay.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pypinyin.constants import PINYIN_DICT

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
LETTERS = f"a-zA-Zɡü{TONED}"
HAN = "㐀-䶿一-鿿豈-﫿"

ANNOTATION = re.compile(rf"(?<=[{HAN}])[ \t]?[(\[（［【]([ {LETTERS}'’\-]{{1,48}})[)\]）］】]")
HALF_OPEN = re.compile(rf"(?<=[{HAN}])[(\[（［]([a-zɡü]{{0,5}}[{TONED}][a-zɡ]{{0,4}})(?=[{HAN}])")
HALF_SHUT = re.compile(rf"(?<=[{HAN}?])([a-zɡü]{{0,5}}[{TONED}][a-zɡ]{{0,4}})[)\]）］]")

_SYLLABLE = re.compile(r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]{1,3}(?:ng|n|r)?|ng?|m|hng")
_TONED = re.compile(f"[{TONED}]")


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of one character, tones removed («ü» written v)."""
    return frozenset(toneless(reading) for reading in PINYIN_DICT.get(ord(character), "").split(",") if reading)


def toneless(text: str) -> str:
    """Lower-case letters of a spelling, without tones, spaces and apostrophes; «ü» becomes v."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("ɡ", "g"))
    joined = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in "\u0300\u0301\u0304\u030c"))
    return "".join("v" if c == "ü" else c for c in joined if c.isalpha())


def is_annotation(spelling: str, before: str) -> bool:
    """Whether a bracket with this content, standing after ``before``, only says how to pronounce it."""
    if _TONED.search(spelling):
        return _is_syllables(spelling)
    return _spells(toneless(spelling), before[-6:])


@lru_cache(8192)
def _is_syllables(spelling: str) -> bool:
    return all(_SYLLABLE.match(toneless(word)) for word in spelling.split())


def _spells(letters: str, characters: str) -> bool:
    """Whether the letters spell some ending of the characters, in any of their readings."""
    remaining = {letters}
    for character in reversed(characters):
        possible = readings(character)
        remaining = {rest.removesuffix(r) for rest in remaining for r in possible if r and rest.endswith(r)}
        if "" in remaining:
            return True
        if not remaining:
            return False
    return False

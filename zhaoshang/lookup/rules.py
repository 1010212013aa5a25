"""How a name becomes numbers that an index finds: three characters, twelve initials, or a key. Pure: no Django, no clock.

Numbers rather than texts, since every database sorts numbers alike and a range of them is a beginning: 大连 is found as all triples
that begin with 大连, under any collation and without an extension for full text.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from uuid import UUID

from pypinyin import Style, lazy_pinyin, load_phrases_dict
from pypinyin.core import Pinyin

GRAM, INITIALS = 3, 12  # characters in one number
MOST_PIECES = 0xFFFF
_CHARACTER = 1 << 20
_ALPHABET = {sign: number for number, sign in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", start=1)}
_BASE = len(_ALPHABET) + 1
# Places that the phrase book reads wrongly.
load_phrases_dict({"长海": [["cháng"], ["hǎi"]], "长兴": [["cháng"], ["xīng"]]})
_RUN = re.compile(r"[A-Z0-9]+|[^A-Z0-9]")
_BOOK = Pinyin()


class Kind(IntEnum):
    """What a row is about."""

    PROJECT = 1
    ENTERPRISE = 2
    CONTACT = 3


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name without width, case, spaces, brackets and marks: 示例（大连）装备 项目 and 示例(大连)装备项目 are one name."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).upper()


@lru_cache(maxsize=8192)
def initials(text: str) -> str:
    """A :func:`plain` name's pinyin initials, one for each character, read in its phrase (重工 zg, 重庆 cq); other signs as they are."""
    return "".join(map(_spelled, _BOOK.seg(text)))


@lru_cache(maxsize=32768)
def _spelled(word: str) -> str:
    """Kept by word: names are made of few, and to look one up costs more than all else that is done to a name."""
    return "".join(part.lower() or "?" for part in lazy_pinyin(word, style=Style.FIRST_LETTER, strict=False))


def gram_range(beginning: str) -> tuple[int, int]:
    """The numbers (first, one after the last) of all triples that begin with one to three characters."""
    low = 0
    for place in range(GRAM):
        low = low * _CHARACTER + (min(ord(beginning[place]), _CHARACTER - 1) if place < len(beginning) else 0)
    return low, low + _CHARACTER ** (GRAM - min(len(beginning), GRAM))


def initials_range(beginning: str) -> tuple[int, int]:
    """The same for up to twelve initials."""
    shown = beginning[:INITIALS]
    low = 0
    for place in range(INITIALS):
        low = low * _BASE + (_ALPHABET.get(shown[place], 0) if place < len(shown) else 0)
    return low, low + _BASE ** (INITIALS - len(shown))


def key_number(key: str) -> int:
    """A key as a number below zero, where no triple is."""
    return -(int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) >> 1) - 1


def pieces(name: str) -> Iterator[tuple[int, int]]:
    """The (triple, initials) of every place of a plain name where a search may begin: each character, each run of letters or digits."""
    letters = [_ALPHABET.get(sign, 0) for sign in initials(name)]
    triples = _beginnings([min(ord(sign), _CHARACTER - 1) for sign in name], _CHARACTER, GRAM)
    spelled = _beginnings(letters + [0] * (len(name) - len(letters)), _BASE, INITIALS)
    for run in _RUN.finditer(name):
        yield triples[run.start()], spelled[run.start()]


def _beginnings(signs: list[int], base: int, length: int) -> list[int]:
    """The number of each place and what follows it; each of its follower's, which lacks its own sign and has one too many."""
    highest, number, found = base ** (length - 1), 0, list[int]()
    for sign in reversed(signs):
        number = sign * highest + number // base
        found.append(number)
    return found[::-1]


def piece_id(about: UUID, place: int) -> UUID:
    """The id of a name's piece: the owner's, its last two bytes the place. All pieces of a name lie side by side in the table's own key."""
    return UUID(piece_hex(about.hex, place))


def piece_hex(about: str, place: int) -> str:
    """The same as digits."""
    return f"{about[:28]}{place:04x}"

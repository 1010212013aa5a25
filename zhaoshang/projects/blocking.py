"""What a project is called once everything is taken away that says nothing, and the keys under which its doubles lie. Pure."""

import math
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

_DIGITS = {sign: str(number) for number, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_PHASE = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十])期")
_NUMBER = re.compile(r"[0-9]+")
_QUANTITY = re.compile(r"(?:年产)?[0-9]+(?:\.[0-9]+)?[万亿]?(?:吨|台|套|辆|艘|平方米|亩|件|公里|千瓦|兆瓦|MW|GW)")
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
BAND = 1.3  # two amounts of one band differ by at most this factor


@dataclass(frozen=True, eq=False)
class Words:
    """Words that say nothing of which project it is: forms of firms, words of every project, and the places of the city."""

    legal: tuple[str, ...]
    generic: tuple[str, ...]
    places: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All of them, the longest first."""
        words = sorted({*self.legal, *self.generic, *self.places}, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, words)) or r"(?!)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its ``core``, the phase of its works (0: none is named), and the numbers that tell it from its neighbours."""

    core: str
    phase: int
    numbers: tuple[int, ...]


def wide(name: str) -> str:
    """One width and one case, no spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).upper()


@lru_cache(maxsize=8192)
def take_apart(name: str, words: Words) -> Name:
    """``示例（大连）海达装备集团有限公司二期项目`` → core 海达装备, phase 2."""
    text = _QUANTITY.sub("", wide(name))
    found = _PHASE.search(text)
    phase = _number(found[1]) if found else 0
    text = _PHASE.sub("", text)
    numbers = tuple(int(one) for one in _NUMBER.findall(text))
    text = _NUMBER.sub("", _BRACKETED.sub(lambda one: words.pattern.sub("", one[1]), text))
    core = re.sub(r"[\W_]+", "", words.pattern.sub("", text))
    return Name(core or re.sub(r"[\W_]+", "", text), phase, numbers)


def _number(text: str) -> int:
    return 10 if text == "十" else int(_DIGITS.get(text, text))


def band(amount_fen: int) -> int:
    """The amount's step on a ladder of factor :data:`BAND`; neighbours' steps must be asked too."""
    return int(math.log(amount_fen, BAND)) if amount_fen > 0 else 0


def grams(core: str) -> set[str]:
    """Pairs and triples of neighbouring characters."""
    return {core[place : place + size] for size in (2, 3) for place in range(len(core) - size + 1)}


def keys(uscc: str, firm: str, backer: str, amount_fen: int, *, asking: bool = False) -> list[str]:
    """The keys under which a project lies in the index: code, cores of its firm and investor, investor with the step of its amount.

    ``asking``: the keys under which its doubles lie, which are also the neighbouring steps.
    """
    step = band(amount_fen)
    steps = (step - 1, step, step + 1) if asking else (step,)
    found = [f"uscc:{uscc}"] if uscc else []
    found += [f"firm:{firm}"] if firm else []
    return found + ([f"investor:{backer}", *(f"investor:{backer}:{one}" for one in steps)] if backer else [])

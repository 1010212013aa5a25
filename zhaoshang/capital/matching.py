"""Our account of a month held against the statistics bureau's list. Pure: no Django, no clock.

Both count different things (money arrived; fixed-asset investment done), so amounts are shown side by side and never forced to agree.
What must be explained is presence: money here without an entry there, an entry there without money here, and one project under two names.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhaoshang.common.problems import N_

SHORTEST_NAME = 4  # characters: shorter names stand in too many others


class Difference(StrEnum):
    """What differs."""

    NOT_THERE = "not_there"
    NOT_HERE = "not_here"
    NAMES = "names"


DIFFERENCE_LABELS = {
    Difference.NOT_THERE: N_("有到位、未入库"),
    Difference.NOT_HERE: N_("已入库、无到位"),
    Difference.NAMES: N_("名称不一致"),
}


@dataclass(frozen=True, slots=True)
class Ours:
    """A project with money in the month: our key, its names (ours, and the bureau's as we know it), the enterprise's code, the unit's
    code, and verified fen."""

    key: str
    name: str
    statistics_name: str
    uscc: str
    unit: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Theirs:
    """An entry of the bureau's list; ``unit`` is a unit's code or empty, ``month_fen`` None when the list gives no amount."""

    key: str
    name: str
    uscc: str
    unit: str
    month_fen: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The same project in both lists; ``differs`` when its names do."""

    ours: Ours
    theirs: Theirs

    @property
    def differs(self) -> bool:
        """Whether the bureau's name is neither our name nor the one that we noted for the bureau."""
        return plain(self.theirs.name) not in {plain(self.ours.name), plain(self.ours.statistics_name)}


@dataclass(frozen=True, slots=True)
class Held:
    """The outcome: pairs, what is only here, what is only there."""

    pairs: tuple[Pair, ...]
    not_there: tuple[Ours, ...]
    not_here: tuple[Theirs, ...]

    @property
    def renamed(self) -> tuple[Pair, ...]:
        """Pairs under two names."""
        return tuple(pair for pair in self.pairs if pair.differs)


def plain(name: str) -> str:
    """A name without width, case, spaces, brackets and marks: 示例（大连）装备项目 and 示例(大连)装备 项目 are one name."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).upper()


def hold(ours: Sequence[Ours], theirs: Sequence[Theirs]) -> Held:
    """Pair the two lists: by name; by the enterprise's code where just one project on each side is left under it; and where one name
    holds the other, of just one project on each side. The last two are pairs under two names, which a person must explain."""
    pairs: list[Pair] = []
    free, left = {one.key: one for one in ours}, []
    named: dict[str, list[Ours]] = {}
    for one in ours:
        for name in {plain(one.name), plain(one.statistics_name)} - {""}:
            named.setdefault(name, []).append(one)
    for entry in theirs:
        found = next((one for one in named.get(plain(entry.name), []) if one.key in free and _may_be(one, entry)), None)
        if found is None:
            left.append(entry)
        else:
            pairs.append(Pair(free.pop(found.key), entry))
    pairs += _by_code(free, left)
    pairs += _by_part_of_name(free, left)
    return Held(tuple(pairs), tuple(free.values()), tuple(left))


def _by_code(free: dict[str, Ours], left: list[Theirs]) -> list[Pair]:
    """Pairs by the enterprise's code; what is paired is taken out of ``free`` and ``left``."""
    ours, theirs = Counter(one.uscc for one in free.values()), Counter(entry.uscc for entry in left)
    single = {one.uscc: one for one in free.values() if one.uscc and ours[one.uscc] == theirs[one.uscc] == 1}
    pairs = [Pair(free.pop(single[entry.uscc].key), entry) for entry in left if entry.uscc in single]
    _take_out(left, pairs)
    return pairs


def _by_part_of_name(free: dict[str, Ours], left: list[Theirs]) -> list[Pair]:
    """Pairs where 示例工厂 stands against 示例工厂扩建工程; taken out of both lists."""
    alike = [(one, entry) for entry in left for one in free.values() if _holds(one, entry)]
    ours, theirs = Counter(one.key for one, _ in alike), Counter(entry.key for _, entry in alike)
    pairs = [Pair(free.pop(one.key), entry) for one, entry in alike if ours[one.key] == theirs[entry.key] == 1]
    _take_out(left, pairs)
    return pairs


def _holds(one: Ours, entry: Theirs) -> bool:
    short, long = sorted((plain(one.name), plain(entry.name)), key=len)
    same_place = not entry.unit or entry.unit == one.unit
    return len(short) >= SHORTEST_NAME and short in long and same_place and _may_be(one, entry)


def _take_out(left: list[Theirs], pairs: Sequence[Pair]) -> None:
    paired = {pair.theirs.key for pair in pairs}
    left[:] = [entry for entry in left if entry.key not in paired]


def _may_be(one: Ours, entry: Theirs) -> bool:
    """Two known codes that differ are two enterprises, whatever the projects are called."""
    return not one.uscc or not entry.uscc or one.uscc == entry.uscc

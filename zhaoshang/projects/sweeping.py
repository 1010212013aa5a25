"""All pairs of a city's projects that may be one, found without comparing each with each. Pure: no Django, no clock."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from zhaoshang.projects.blocking import Words, grams, keys
from zhaoshang.projects.matching import (
    Facts,
    Point,
    Prepared,
    Weights,
    compare,
    prepare,
    score,
    split_partners,
    summing_up,
)

MOST_IN_BLOCK = 60  # a key that more projects share tells nothing
RARE = 25  # a piece of a name that at most so many projects have
FEW = 6  # so few that it says something by itself
_TELL_EVERY = 5_000
Place = TypeVar("Place", int, UUID)  # in a list, or an id


@dataclass(frozen=True, slots=True)
class Pair:
    """Two projects, by their places in the list, and why they may be one."""

    first: int
    second: int
    points: list[Point]

    @property
    def score(self) -> int:
        """The sum of the points."""
        return score(self.points)


def sweep(
    projects: Sequence[Facts], weights: Weights, words: Words, tell: Callable[[int, int], None] | None = None
) -> Iterator[Pair]:
    """The pairs at or above the threshold; ``tell(done, total)`` now and then."""
    prepared = [prepare(one, words) for one in projects]
    blocks, rare = _blocks(prepared), _rare_grams(prepared)
    for place, one in enumerate(prepared):
        if tell and place % _TELL_EVERY == 0:
            tell(place, len(projects))
        near = near_by(
            ((gram, rare.get(gram, ())) for gram in grams(one.name.core)),
            (blocks.get(key, ()) for key in keys_of_double(one)),
            place,
        )
        yield from _judged(place, near, prepared, weights)


def keys_of_double(one: Prepared) -> list[str]:
    """The keys under which the project's doubles lie."""
    return keys(one.facts.uscc, one.firm.core, one.backer, one.facts.contract_fen, asking=True)


def _blocks(projects: Sequence[Prepared]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(projects):
        for key in keys(one.facts.uscc, one.firm.core, one.backer, one.facts.contract_fen):
            found[key].append(place)
    return {key: places for key, places in found.items() if 1 < len(places) <= MOST_IN_BLOCK}


def _rare_grams(projects: Sequence[Prepared]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(projects):
        for gram in grams(one.name.core):
            if len(held := found[gram]) <= RARE:
                held.append(place)
    return {gram: places for gram, places in found.items() if 1 < len(places) <= RARE}


def near_by(
    by_gram: Iterable[tuple[str, Sequence[Place]]], by_key: Iterable[Sequence[Place]], itself: Place | None = None
) -> dict[Place, str]:
    """Those that share a key or a rare piece of the name, with the rarest piece that is rare enough to say something."""
    found: dict[Place, str] = {}
    said: dict[Place, int] = {}
    for gram, places in by_gram:
        for other in places:
            found.setdefault(other, "")
            if len(places) <= FEW and len(places) < said.get(other, RARE):
                found[other], said[other] = gram, len(places)
    for other in (other for places in by_key for other in places):
        found.setdefault(other, "")
    if itself is not None:
        found.pop(itself, None)
    return found


def _judged(place: int, near: dict[int, str], projects: Sequence[Prepared], weights: Weights) -> Iterator[Pair]:
    """Each pair once: at its first project; a split only at the whole, where both parts are in sight."""
    compared = {other: compare(projects[place], projects[other], weights, word) for other, word in near.items()}
    parts = split_parts(projects[place].facts, {o: projects[o].facts for o in near}, compared, weights)
    for other, points in compared.items():
        alone = score(points) >= weights.threshold
        whole = [summing_up(weights)] if other in parts else []
        if (whole and score(points + whole) >= weights.threshold) if not alone else other > place:
            yield Pair(min(place, other), max(place, other), points + whole)


def split_parts(
    whole: Facts, near: dict[Place, Facts], compared: dict[Place, list[Point]], weights: Weights
) -> set[Place]:
    """Those of ``near`` that another of them completes to the whole; only among what is akin in name or money."""
    akin = {"name", "rare_word", "same_investor", "same_uscc"}
    able = [other for other, points in compared.items() if len(akin & {point.code for point in points}) > 1]
    places = {near[other].key: other for other in able}
    pairs = split_partners(whole, [near[other] for other in able], weights)
    return {places[part.key] for pair in pairs for part in pair}

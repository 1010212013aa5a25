"""Who meets whom in which slot at which table: a plan in which nobody and no table is in two places at once. Pure: no Django, no clock.

An integer programme solved by HiGHS (see ADR 0017). Tables are alike, so only how many there are binds; which table follows after.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import highspy

SECONDS = 10.0
SERVED = 1_000.0  # a meeting more is worth more than any weight
LATER = 0.01


@dataclass(frozen=True, slots=True)
class Frame:
    """How many slots follow each other, how many tables there are."""

    slots: int
    tables: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A meeting that is wanted: ``guest`` with ``side``, heavier ones first where not all find a place. ``weight`` 0 to 100."""

    key: str
    guest: str
    side: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A slot and a table, both counted from 0."""

    slot: int
    table: int


class Why(StrEnum):
    """Why a meeting found no place."""

    GUEST_AWAY = "guest_away"
    SIDE_AWAY = "side_away"
    NEVER_BOTH = "never_both"
    GUEST_FULL = "guest_full"
    SIDE_FULL = "side_full"
    TABLES_FULL = "tables_full"
    NO_COMMON = "no_common"


@dataclass(frozen=True, slots=True)
class Unserved:
    """Why, with the numbers that say so: ``free`` slots for ``wanted`` meetings."""

    why: Why
    free: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each meeting takes place, which find none; ``proven``: no plan serves more."""

    placed: Mapping[str, Place]
    unserved: Mapping[str, Unserved]
    proven: bool


Away = Collection[tuple[str, int]]
"""Who is not there in which slot; the empty name is everybody (a break)."""


def seated(frame: Frame, wanted: Sequence[Wanted], fixed: Mapping[str, Place], away: Away = ()) -> Plan:
    """The plan that serves most, keeps what is ``fixed`` where it is, and is early. The same question has the same answer.

    Raises ``ValueError`` for fixed meetings that clash with each other.
    """
    gone = frozenset(away)
    held = {one.key: one for one in wanted}
    kept = {key: place for key, place in fixed.items() if key in held}
    _check(held, kept)
    taken = {(who, place.slot) for key, place in kept.items() for who in _both(held[key])}
    tables = Counter(place.slot for place in kept.values())
    open_ = [one for one in wanted if one.key not in kept]
    free = {
        (one.key, slot): one
        for one in open_
        for slot in range(frame.slots)
        if tables[slot] < frame.tables and not any((who, slot) in gone | taken for who in ("", *_both(one)))
    }
    chosen, proven = _solved(frame, free, tables)
    placed = _at_tables(frame, kept, chosen)
    missing = {one.key: _why(frame, one, wanted, gone, placed) for one in open_ if one.key not in placed}
    return Plan(placed, missing, proven)


def _both(one: Wanted) -> tuple[str, str]:
    return f"guest:{one.guest}", f"side:{one.side}"


def _check(held: Mapping[str, Wanted], kept: Mapping[str, Place]) -> None:
    places = Counter(kept.values())
    people = Counter((who, place.slot) for key, place in kept.items() for who in _both(held[key]))
    if max([*places.values(), *people.values()], default=0) > 1:
        raise ValueError("fixed meetings clash")


def _solved(frame: Frame, free: Mapping[tuple[str, int], Wanted], tables: Counter[int]) -> tuple[dict[str, int], bool]:
    """Which slot each open meeting gets, and whether no choice is better."""
    if not free:
        return {}, True
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.silent()
    for option, value in {"threads": 1, "random_seed": 1, "time_limit": SECONDS}.items():
        model.setOptionValue(option, value)
    chosen: dict[tuple[str, int], Any] = {}
    limits: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for (key, slot), one in free.items():
        variable = model.addBinary(obj=-(SERVED + one.weight - LATER * slot))
        chosen[key, slot] = variable
        for bound in (f"meeting:{key}", *(f"{who}@{slot}" for who in _both(one))):
            limits[bound, 1].append(variable)
        limits[f"tables@{slot}", frame.tables - tables[slot]].append(variable)
    for (_name, most), variables in limits.items():
        model.addConstr(sum(variables[1:], variables[0] * 1) <= most)
    model.run()
    proven = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    values = model.getSolution().col_value
    return {key: slot for (key, slot), variable in chosen.items() if values[variable.index] > 0.5}, proven


def _at_tables(frame: Frame, kept: Mapping[str, Place], chosen: Mapping[str, int]) -> dict[str, Place]:
    placed = dict(kept)
    used = set(kept.values())
    for key, slot in sorted(chosen.items()):
        place = next(one for one in (Place(slot, table) for table in range(frame.tables)) if one not in used)
        used.add(place)
        placed[key] = place
    return placed


def _why(
    frame: Frame, one: Wanted, wanted: Sequence[Wanted], gone: frozenset[tuple[str, int]], placed: Mapping[str, Place]
) -> Unserved:
    """The narrowest thing that stands in the way."""
    slots = [slot for slot in range(frame.slots) if ("", slot) not in gone]
    guest, side = _both(one)
    guest_free = [slot for slot in slots if (guest, slot) not in gone]
    side_free = [slot for slot in slots if (side, slot) not in gone]
    of_guest = sum(1 for other in wanted if other.guest == one.guest)
    of_side = sum(1 for other in wanted if other.side == one.side)
    both = set(guest_free) & set(side_free)
    if not guest_free:
        return Unserved(Why.GUEST_AWAY, 0, of_guest)
    if not side_free:
        return Unserved(Why.SIDE_AWAY, 0, of_side)
    if not both:
        return Unserved(Why.NEVER_BOTH, 0, 1)
    if of_guest > len(guest_free):
        return Unserved(Why.GUEST_FULL, len(guest_free), of_guest)
    if of_side > len(side_free):
        return Unserved(Why.SIDE_FULL, len(side_free), of_side)
    per_slot = Counter(place.slot for place in placed.values())
    if all(per_slot[slot] >= frame.tables for slot in both):
        return Unserved(Why.TABLES_FULL, len(both) * frame.tables, len(wanted))
    return Unserved(Why.NO_COMMON, len(both), 1)

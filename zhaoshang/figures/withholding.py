"""Which published cells say too much of one firm. Pure: no Django, no clock.

A cell rests on a set of firms. It is held back when there are fewer of them than the local rule asks; then also a neighbour, so that the
whole less the rest gives nothing away; and of two periods that begin or end together the shorter, when only a few firms stand between them.
"""

from collections.abc import Mapping, Set
from itertools import combinations

from zhaoshang.common.periods import Period

Firms = Set[object]
WHOLE = ""


def held_back(
    monthly: Mapping[tuple[str, int], Firms], cells: Set[tuple[str, Period]], least: int
) -> set[tuple[str, Period]]:
    """The cells (unit, period) that stay unpublished. ``monthly``: firms by unit and month; the unit :data:`WHOLE` is all of them."""

    def firms(unit: str, months: Set[int]) -> set[object]:
        return {one for (of, month), who in monthly.items() if month in months and unit in (WHOLE, of) for one in who}

    def few(who: Firms) -> bool:
        return 0 < len(who) < least

    held = {(unit, period) for unit, period in cells if few(firms(unit, set(period)))}
    for (unit, one), (other, two) in combinations(sorted(cells, key=_order), 2):
        if unit == other and (one.first == two.first or one.last == two.last):
            short, long = sorted((one, two), key=lambda period: period.last - period.first)
            if few(firms(unit, set(long) - set(short))):
                held.add((unit, short))
    for period in {period for _unit, period in cells}:
        parts = {unit: firms(unit, set(period)) for unit, of in cells if of == period and unit != WHOLE}
        held |= {(unit, period) for unit in _hidden(parts, {unit for unit, of in held if of == period}, least)}
    return held


def _order(cell: tuple[str, Period]) -> tuple[str, int, int]:
    return cell[0], cell[1].first, cell[1].last


def _hidden(parts: Mapping[str, Firms], held: Set[str], least: int) -> set[str]:
    """The parts to hide, the smallest first, until at least two are and enough firms stand behind their sum."""
    hidden = {unit for unit in held if unit != WHOLE}
    others = sorted(
        (unit for unit, who in parts.items() if who and unit not in hidden), key=lambda unit: (len(parts[unit]), unit)
    )
    while hidden and others and (len(hidden) < 2 or len(set().union(*(parts[unit] for unit in hidden))) < least):
        hidden.add(others.pop(0))
    return hidden

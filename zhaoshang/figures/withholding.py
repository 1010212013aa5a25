"""Which published cells say too much of one firm. Pure: no Django, no clock.

A cell rests on a set of firms. It is held back when there are fewer of them than the local rule asks; then also a neighbour, so that the
whole less the rest gives nothing away, units that are told of nowhere included; and of two periods that begin or end together the shorter,
when only a few firms stand between them; and whatever else some sum of cells would tell (``sums``). Parts of a cell by origin or source are
cells of their own, and what is left of it is one more.
"""

from collections.abc import Iterable, Mapping, Set
from itertools import combinations

from zhaoshang.common.periods import Period
from zhaoshang.figures.sums import told_of_few

Firms = Set[object]
Monthly = Mapping[tuple[str, int], Firms]
WHOLE = ""


def held_back(
    monthly: Monthly, cells: Set[tuple[str, Period]], least: int, already: Set[tuple[str, Period]] = frozenset()
) -> set[tuple[str, Period]]:
    """The cells (unit, period) that stay unpublished. ``monthly``: firms by unit and month; the unit :data:`WHOLE` is all of them.

    ``already``: cells that stay back for another reason; whoever subtracts does not know them either.
    """

    def firms(unit: str, months: Set[int]) -> set[object]:
        return _firms(monthly, unit, months)

    def few(who: Firms) -> bool:
        return 0 < len(who) < least

    held = {(unit, period) for unit, period in cells if few(firms(unit, set(period)))} | already
    for (unit, one), (other, two) in combinations(sorted(cells, key=_order), 2):
        if unit == other and (one.first == two.first or one.last == two.last):
            short, long = sorted((one, two), key=lambda period: period.last - period.first)
            if few(firms(unit, set(long) - set(short))):
                held.add((unit, short))
    units = {unit for unit, _month in monthly}
    for period in {period for _unit, period in cells}:
        told = {unit for unit, of in cells if of == period}
        parts = {unit: firms(unit, set(period)) for unit in units | told - {WHOLE}}
        untold = (
            {unit for unit in units - told if parts[unit]} if WHOLE in told and (WHOLE, period) not in held else set()
        )
        hidden = _hidden(parts, {unit for unit, of in held if of == period}, untold, least)
        held |= {(unit, period) for unit in hidden & told}
    return _without_sums(monthly, cells, held, least)


def _without_sums(
    monthly: Monthly, cells: Set[tuple[str, Period]], held: set[tuple[str, Period]], least: int
) -> set[tuple[str, Period]]:
    """As many more as must stay back so that no sum of the others, over whatever units and periods, is of too few firms: of the cells that
    such a sum takes the smallest first, the whole last."""
    size = {cell: len(_firms(monthly, cell[0], set(cell[1]))) for cell in cells - held}
    told, atoms = sorted(size, key=_order), {cell: _atoms(monthly, *cell) for cell in size}
    while found := told_of_few([atoms[cell] for cell in told], monthly, least):
        among = [told[place] for place in found]
        gone = min(among, key=lambda cell: (cell[0] == WHOLE, cell[1].last - cell[1].first, size[cell], _order(cell)))
        held.add(gone)
        told.remove(gone)
    return held


def _atoms(monthly: Monthly, unit: str, period: Period) -> set[tuple[str, int]]:
    months = set(period)
    return {(of, month) for of, month in monthly if month in months and unit in (WHOLE, of)}


def held_back_before(
    monthly: Monthly, printed: Set[tuple[str, Period]], implied: Set[tuple[str, Period]], least: int
) -> set[tuple[str, Period]]:
    """:func:`held_back` of cells that are printed and of those that other prints only give away: the latter stay back before the former."""
    alone, kept = held_back(monthly, printed, least), implied - printed
    while True:
        held = held_back(monthly, printed | kept, least)
        lost = (held & printed) - alone
        guilty = {cell for cell in kept if any(_meet(cell, one) for one in lost)}
        if not guilty:
            return held | (implied - printed - kept)
        kept -= guilty


def _meet(cell: tuple[str, Period], other: tuple[str, Period]) -> bool:
    """Whether one may be subtracted from the other."""
    (unit, one), (of, two) = cell, other
    return one == two or (unit == of and (one.first == two.first or one.last == two.last))


def parts_held_back(
    monthly: Mapping[str, Monthly], cells: Set[tuple[str, str, Period]], least: int
) -> set[tuple[str, str, Period]]:
    """The parts (part, unit, period) that stay unpublished. ``monthly``: as for :func:`held_back`, of every part, told of or not.

    A part stays back as any other cell does, and beside it the smallest others, until what is left of their sum is of enough firms, and
    until no sum of parts and of the figures that they are parts of tells of too few.
    """
    held: set[tuple[str, str, Period]] = set()
    while True:
        before = len(held)
        for part in {part for part, _unit, _period in cells}:
            mine, back = ({(unit, period) for one, unit, period in of if one == part} for of in (cells, held))
            held |= {(part, *cell) for cell in held_back(monthly.get(part, {}), mine, least, back)}
        for unit, period in {(unit, period) for _part, unit, period in cells}:
            held |= {(part, unit, period) for part in _rest_of(monthly, cells - held, unit, period, least)}
        if len(held) == before:
            return _without_sums_of_parts(monthly, cells, held, least)


def _without_sums_of_parts(
    monthly: Mapping[str, Monthly],
    cells: Set[tuple[str, str, Period]],
    held: set[tuple[str, str, Period]],
    least: int,
) -> set[tuple[str, str, Period]]:
    """As :func:`_without_sums`; the figures themselves are told, but those that stay back beside each other."""
    behind = {(part, unit, month): who for part, of in monthly.items() for (unit, month), who in of.items()}
    whole: dict[tuple[str, int], set[object]] = {}
    for (_part, unit, month), who in behind.items():
        whole.setdefault((unit, month), set()).update(who)
    figures = {(unit, period) for _part, unit, period in cells}
    figures -= held_back(whole, figures, least)

    def atoms(parts: Iterable[str], unit: str, period: Period) -> set[tuple[str, str, int]]:
        return {(part, *atom) for part in parts for atom in _atoms(monthly.get(part, {}), unit, period)}

    sums = [atoms(monthly, *cell) for cell in sorted(figures, key=_order)]
    told = sorted(cells - held, key=lambda cell: (cell[0], _order(cell[1:])))
    taken = {cell: atoms([cell[0]], *cell[1:]) for cell in told}
    while found := told_of_few([*(taken[cell] for cell in told), *sums], behind, least):
        among = [told[place] for place in found if place < len(told)]
        if not among:
            break  # a figure itself is of too few firms: it stays back, and its parts with it
        gone = min(among, key=lambda cell: (cell[1] == WHOLE, len(taken[cell]), _order(cell[1:]), cell[0]))
        held.add(gone)
        told.remove(gone)
    return held


def _rest_of(
    monthly: Mapping[str, Monthly], told: Set[tuple[str, str, Period]], unit: str, period: Period, least: int
) -> set[str]:
    """Which of the parts told of a cell must go, so that what is left of it is of nobody or of enough firms."""
    parts = {part: _firms(of, unit, set(period)) for part, of in monthly.items()}
    shown = sorted((part for part in parts if (part, unit, period) in told), key=lambda part: (len(parts[part]), part))
    gone: set[str] = set()
    for part in shown:
        left = {firm for one, who in parts.items() if one not in shown or one in gone for firm in who}
        if not 0 < len(left) < least:
            break
        gone.add(part)
    return gone


def _firms(monthly: Monthly, unit: str, months: Set[int]) -> set[object]:
    return {one for (of, month), who in monthly.items() if month in months and unit in (WHOLE, of) for one in who}


def _order(cell: tuple[str, Period]) -> tuple[str, int, int]:
    return cell[0], cell[1].first, cell[1].last


def _hidden(parts: Mapping[str, Firms], held: Set[str], untold: Set[str], least: int) -> set[str]:
    """The parts to hide, the smallest first, until enough firms stand behind the sum of all that is not told; and never one alone."""
    hidden = {unit for unit in held if unit != WHOLE} | untold
    others = sorted(
        (unit for unit, who in parts.items() if who and unit not in hidden), key=lambda unit: (len(parts[unit]), unit)
    )
    while others and (
        0 < len(set().union(*(parts[unit] for unit in hidden))) < least or (len(hidden) == 1 and hidden <= held)
    ):
        hidden.add(others.pop(0))
    return hidden

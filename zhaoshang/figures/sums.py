"""What can be worked out of published sums by adding and subtracting any of them. Pure: no Django, no clock.

Each published cell is a sum of atoms: what one unit got in one month. Whatever can be had of them is a sum, with factors, of cells; it
says too much when the atoms that are left in it are of too few firms. Whether there is one is a question of linear algebra: the cells are
reduced to a basis, in which each row has an atom of its own; of the rows whose own atom is of few firms some sum must vanish on all other
atoms. Factors are counted modulo a prime, which no sum of noughts and ones of this size meets by chance.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations
from typing import TypeVar

Atom = TypeVar("Atom", bound=Hashable)
Firms = Set[object]
Row = dict[int, int]  # number of an atom, or of a cell → factor
_PRIME = (1 << 61) - 1


class Basis:
    """Cells reduced to rows with an atom each that stands in no other row; each row knows of which cells it is made."""

    def __init__(self, cells: Iterable[Iterable[int]]) -> None:
        self._rows: dict[int, tuple[Row, Row]] = {}
        for place, atoms in enumerate(cells):
            self._take(dict.fromkeys(sorted(atoms), 1), {place: 1})

    def _take(self, row: Row, made_of: Row) -> None:
        for own in [atom for atom in row if atom in self._rows]:
            self._less((row, made_of), self._rows[own], own)
        if not row:
            return
        own = min(row)
        back = pow(row[own], -1, _PRIME)
        taken = tuple({name: n * back % _PRIME for name, n in one.items()} for one in (row, made_of))
        for other in [held for held in self._rows.values() if own in held[0]]:
            self._less(other, (taken[0], taken[1]), own)
        self._rows[own] = taken[0], taken[1]

    @staticmethod
    def _less(pair: tuple[Row, Row], other: tuple[Row, Row], atom: int) -> None:
        """Take so much of the other row away that nothing is left of the atom; it stands there once."""
        if factor := pair[0].get(atom, 0):
            for row, taken in zip(pair, other, strict=True):
                for name, n in taken.items():
                    row[name] = (row.get(name, 0) - factor * n) % _PRIME
                    if not row[name]:
                        del row[name]

    def within(self, atoms: Set[int]) -> Row | None:
        """Cells, with factors, whose sum has nothing but these atoms; None when there is no such sum but nothing."""
        left = [(dict(self._rows[own][0]), dict(self._rows[own][1])) for own in sorted(atoms) if own in self._rows]
        while left:
            row, made_of = left.pop()
            over = next((atom for atom in row if atom not in atoms), None)
            if over is None:
                return made_of
            back = pow(row[over], -1, _PRIME)
            one = (
                {name: n * back % _PRIME for name, n in row.items()},
                {name: n * back % _PRIME for name, n in made_of.items()},
            )
            for other in left:
                self._less(other, one, over)
        return None


def told_of_few(cells: Sequence[Set[Atom]], firms: Mapping[Atom, Firms], least: int) -> list[int] | None:
    """Places of cells of which some sum is of fewer than ``least`` firms, so that one of them must go; None when there is no such sum.

    ``cells``: the atoms of each; ``firms``: those of each atom, atoms of nobody being known to be nothing. Looked for are sums of the firms
    of any two atoms: all there are for a ``least`` of up to three.
    """
    stands: dict[Atom, list[int]] = {}
    for place, atoms in enumerate(cells):
        for atom in atoms:
            if firms.get(atom):
                stands.setdefault(atom, []).append(place)
    # Atoms that stand in the same cells are never told apart: they are one.
    numbers = {where: number for number, where in enumerate(sorted({tuple(of) for of in stands.values()}))}
    behind: list[set[object]] = [set() for _where in numbers]
    rows: list[set[int]] = [set() for _cell in cells]
    for atom, of in stands.items():
        number = numbers[tuple(of)]
        behind[number] |= set(firms[atom])
        for place in of:
            rows[place].add(number)
    basis = Basis(rows)
    for few in _groups(behind, least):
        if found := basis.within({number for number, who in enumerate(behind) if who <= few}):
            return sorted(found)
    return None


def _groups(behind: Sequence[Firms], least: int) -> Iterator[Firms]:
    """Each group of too few firms that stands behind an atom, then behind two."""
    small = list(dict.fromkeys(frozenset(who) for who in behind if len(who) < least))
    yield from small
    yield from dict.fromkeys(both for one, other in combinations(small, 2) if len(both := one | other) < least)

"""No sum of what is published, over whatever units and periods, is of too few firms: held against a slower count of the same question."""

from collections.abc import Mapping, Sequence, Set
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

import pytest

from zhaoshang.common.periods import Period
from zhaoshang.figures.sums import told_of_few
from zhaoshang.figures.withholding import WHOLE, held_back, parts_held_back

MONTHS = range(100, 104)
UNITS = "abc"
Cell = tuple[str, Period]
Monthly = dict[tuple[str, int], Set[object]]


def atoms(monthly: Monthly, cell: Cell) -> set[tuple[str, int]]:
    unit, period = cell
    return {(of, month) for (of, month), who in monthly.items() if who and month in set(period) and unit in (WHOLE, of)}


def rank(rows: list[list[Fraction]]) -> int:
    """By Gauss, with fractions."""
    found, rows = 0, [list(row) for row in rows]
    for column in range(len(rows[0]) if rows else 0):
        at = next((place for place in range(found, len(rows)) if rows[place][column]), None)
        if at is None:
            continue
        rows[found], rows[at] = rows[at], rows[found]
        for place in range(found + 1, len(rows)):
            factor = rows[place][column] / rows[found][column]
            rows[place] = [one - factor * other for one, other in zip(rows[place], rows[found], strict=True)]
        found += 1
    return found


def gives_away(monthly: Monthly, told: Set[Cell], least: int) -> bool:
    """Whether some sum of the cells is of too few firms."""
    return tells_of_few(monthly, [atoms(monthly, cell) for cell in sorted(told, key=repr)], least)


def tells_of_few(behind: Mapping[Any, Set[object]], cells: Sequence[Set[Any]], least: int) -> bool:
    """Whether, left without the atoms of some few firms, the cells become fewer: then a sum of them had nothing else."""
    every = sorted(atom for atom, who in behind.items() if who)
    rows = [[Fraction(atom in cell) for atom in every] for cell in cells]
    firms = sorted({firm for who in behind.values() for firm in who}, key=repr)
    for few in combinations(firms, least - 1):
        kept = [place for place, atom in enumerate(every) if not behind[atom] <= set(few)]
        if rank([[row[place] for place in kept] for row in rows]) < rank(rows):
            return True
    return False


def invented(chance: Random) -> tuple[Monthly, set[Cell]]:
    """Three units, four months, firms that come and go; some of all cells are published."""
    pool = [f"firm{n}" for n in range(8)]
    monthly: Monthly = {
        (unit, month): set(chance.sample(pool, chance.choice([0, 1, 1, 2, 3, 5, 6])))
        for unit in UNITS
        for month in MONTHS
    }
    every = [(unit, Period(one, two)) for unit in (WHOLE, *UNITS) for one in MONTHS for two in MONTHS if one <= two]
    return monthly, set(chance.sample(every, chance.randint(2, 14)))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.case("I9")
def test_no_sum_of_what_is_told_is_of_too_few_firms(seed: int) -> None:
    chance = Random(20230331 + seed)
    for _turn in range(4):
        monthly, cells = invented(chance)
        told = cells - held_back(monthly, cells, 3)
        assert not gives_away(monthly, told, 3), (monthly, told)


@pytest.mark.parametrize("seed", range(20))
def test_a_sum_is_found_where_there_is_one_and_only_there(seed: int) -> None:
    chance = Random(seed)
    for _turn in range(5):
        monthly, cells = invented(chance)
        ordered = sorted(cells, key=repr)
        found = told_of_few([atoms(monthly, cell) for cell in ordered], monthly, 3)
        assert (found is not None) == gives_away(monthly, cells, 3)
        # Without what it names the others tell no more than before; with it alone it is there.
        assert found is None or gives_away(monthly, {ordered[place] for place in found}, 3)


@pytest.mark.case("I9")
def test_what_is_left_of_two_months_less_single_months_stays_back() -> None:
    """The whole and one unit are told of two months, another unit of each month alone: what is left is the third unit's one firm."""
    large = {f"firm{n}" for n in range(9)}
    monthly: Monthly = {("a", 100): large, ("a", 101): large, ("b", 100): large, ("b", 101): large, ("c", 100): {"one"}}
    two = Period(100, 101)
    cells = {(WHOLE, two), ("a", two), ("b", Period(100, 100)), ("b", Period(101, 101))}
    assert held_back(monthly, cells, 3) == {("b", Period(100, 100))}
    assert gives_away(monthly, cells, 3)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.case("I9")
def test_no_sum_of_parts_and_of_what_they_are_parts_of_is_of_too_few_firms(seed: int) -> None:
    chance = Random(20230331 + seed)
    by_part = {part: invented(chance)[0] for part in "xyz"}
    behind = {(part, *atom): who for part, of in by_part.items() for atom, who in of.items()}
    periods = [Period(one, two) for one in MONTHS for two in MONTHS if one <= two]
    every = [(part, unit, period) for part in "xyz" for unit in (WHOLE, *UNITS) for period in periods]
    cells = set(chance.sample(every, 12))
    told = cells - parts_held_back(by_part, cells, 3)
    merged: Monthly = {}
    for (_part, unit, month), who in behind.items():
        merged[unit, month] = merged.get((unit, month), set()) | who
    figures = {(unit, period) for _part, unit, period in cells}
    figures -= held_back(merged, figures, 3)
    rows = [{(part, *atom) for atom in atoms(by_part[part], (unit, period))} for part, unit, period in told]
    rows += [{(part, *atom) for part in "xyz" for atom in atoms(by_part[part], figure)} for figure in figures]
    assert not tells_of_few(behind, rows, 3)


def test_the_same_stays_back_in_whatever_order_things_come() -> None:
    monthly, cells = invented(Random(7))
    backwards = dict(reversed(monthly.items()))
    assert held_back(monthly, cells, 3) == held_back(backwards, {*sorted(cells, key=repr, reverse=True)}, 3)

"""A statistic of one firm, or the difference of two statistics, is held back."""

from collections.abc import Set

import pytest

from zhaoshang.common.periods import Period
from zhaoshang.figures.withholding import WHOLE, held_back, held_back_before, parts_held_back

JAN, FEB = 100, 101
MONTH, TWO = Period(JAN, JAN), Period(JAN, FEB)


def firms(**by_unit: int) -> dict[tuple[str, int], Set[object]]:
    """So many firms of each unit in January."""
    return {(unit, JAN): {f"{unit}{n}" for n in range(number)} for unit, number in by_unit.items()}


def cells(*units: str) -> set[tuple[str, Period]]:
    return {(unit, MONTH) for unit in units}


def units_of(held: Set[tuple[str, Period]]) -> set[str]:
    return {unit for unit, _period in held}


def test_enough_firms_are_told_of() -> None:
    assert not held_back(firms(a=3, b=9), cells(WHOLE, "a", "b"), 3)


@pytest.mark.case("I9")
def test_a_unit_of_one_firm_is_held_back_and_with_it_the_next_so_that_the_whole_less_the_rest_tells_nothing() -> None:
    assert units_of(held_back(firms(a=1, b=5, c=9), cells(WHOLE, "a", "b", "c"), 3)) == {"a", "b"}


def test_two_small_units_hide_each_other_only_when_together_they_are_enough() -> None:
    assert units_of(held_back(firms(a=1, b=2, c=9), cells(WHOLE, "a", "b", "c"), 3)) == {"a", "b"}
    assert units_of(held_back(firms(a=1, b=1, c=9), cells(WHOLE, "a", "b", "c"), 3)) == {"a", "b", "c"}


def test_nothing_is_not_held_back() -> None:
    assert not held_back(firms(a=5), cells(WHOLE, "a", "b"), 3)


def test_the_whole_of_two_firms_is_held_back_with_its_parts() -> None:
    assert units_of(held_back(firms(a=1, b=1), cells(WHOLE, "a", "b"), 3)) == {WHOLE, "a", "b"}


@pytest.mark.parametrize(("between", "held"), [(1, {("a", MONTH)}), (3, set()), (0, set())])
def test_of_two_periods_with_one_firm_between_them_the_shorter_is_held_back(between: int, held: set[object]) -> None:
    monthly = firms(a=5) | {("a", FEB): {f"new{n}" for n in range(between)}}
    assert held_back(monthly, {("a", MONTH), ("a", TWO)}, 3) == held


@pytest.mark.case("I9")
def test_a_unit_that_is_told_of_nowhere_is_what_is_left_of_the_whole() -> None:
    monthly = firms(a=1, b=5, c=9)
    assert units_of(held_back(monthly, cells(WHOLE, "b", "c"), 3)) == {"b"}
    assert not held_back(monthly, cells("b", "c"), 3)


def test_what_is_only_worked_out_stays_back_before_what_is_printed() -> None:
    monthly = firms(a=5) | {("a", FEB): {"new"}}
    month, two = {("a", MONTH)}, {("a", TWO)}
    assert held_back_before(monthly, month, two, 3) == two
    assert held_back_before(monthly, two, month, 3) == month
    assert held_back_before(monthly, month | two, set(), 3) == month


def parts(**by_part: int) -> dict[str, dict[tuple[str, int], Set[object]]]:
    """So many firms of each part, all of one unit in January."""
    return {part: {("a", JAN): {f"{part}{n}" for n in range(number)}} for part, number in by_part.items()}


def told(*names: str) -> set[tuple[str, str, Period]]:
    return {(name, WHOLE, MONTH) for name in names}


@pytest.mark.case("I9")
@pytest.mark.parametrize(
    ("there", "printed", "held"),
    [
        (parts(x=3, y=9), "xy", ""),
        (parts(x=1, y=5, z=9), "xyz", "xy"),
        (parts(x=2, y=5, z=9), "xyz", "xy"),
        (parts(x=1, y=1, z=1), "xyz", "xyz"),
        (parts(x=1, y=5, z=9), "yz", "y"),
        (parts(x=3, y=5, z=9), "yz", ""),
        (parts(x=1, y=9), "y", "y"),
    ],
)
def test_of_the_parts_so_many_stay_back_that_what_is_left_is_of_enough_firms(
    there: dict[str, dict[tuple[str, int], Set[object]]], printed: str, held: str
) -> None:
    assert {part for part, _unit, _period in parts_held_back(there, told(*printed), 3)} == set(held)


@pytest.mark.case("I9")
def test_a_part_of_two_periods_with_one_firm_between_them_stays_back_in_the_shorter() -> None:
    there = {"x": {("a", JAN): {"1", "2", "3"}, ("a", FEB): {"4"}}, "y": {("a", JAN): {"5", "6", "7"}}}
    asked = {("x", WHOLE, MONTH), ("x", WHOLE, TWO)}
    assert parts_held_back(there, asked, 3) == {("x", WHOLE, MONTH)}

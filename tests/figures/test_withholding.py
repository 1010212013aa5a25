"""A statistic of one firm, or the difference of two statistics, is held back."""

from collections.abc import Set

import pytest

from zhaoshang.common.periods import Period
from zhaoshang.figures.withholding import WHOLE, held_back

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

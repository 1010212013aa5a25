"""Amounts as people type them into a box."""

from decimal import Decimal

import pytest

from zhaoshang.reading.typed import m2_typed, yuan_typed

MU = Decimal(10_000) / 15


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("5亿", 500_000_000), ("３０００万", 30_000_000), ("1.5 亿元以内", 150_000_000), ("五亿", 500_000_000),
        ("不超过 3 亿", 300_000_000), ("5个亿", 500_000_000), ("1亿2000万", 120_000_000), ("5億", 500_000_000),
        ("5", 500_000_000), ("0.5", 50_000_000), ("约3000万元", 30_000_000), ("50 million", 50_000_000),
        ("50 million yuan", 50_000_000), ("RMB 1.2 bn", 1_200_000_000), ("1,000万元", 10_000_000), ("0", 0),
    ],
)  # fmt: skip
def test_money_is_read_as_it_is_typed(typed: str, yuan: int) -> None:
    assert yuan_typed(typed, bare=100_000_000) == yuan


@pytest.mark.parametrize(
    "typed", ["", "很多", "1亿美元", "5-8亿", "-5亿", "50亩", "5亿3", "1e9", "5亿 3亿", "9" * 13, "亿"]
)
def test_what_is_not_one_amount_of_money_is_refused(typed: str) -> None:
    assert yuan_typed(typed, bare=100_000_000) is None


@pytest.mark.parametrize(
    ("typed", "m2"),
    [
        ("50亩", 50 * MU), ("50", 50 * MU), ("2万㎡", 20_000), ("20,000 平方米", 20_000), ("2公顷", 20_000), ("3 ha", 30_000),
        ("100 mu", 100 * MU), ("三十亩左右", 30 * MU), ("2万平", 20_000), ("500m²", 500), ("0.5平方公里", 500_000), ("50畝", 50 * MU),
    ],
)  # fmt: skip
def test_an_area_is_read_as_it_is_typed(typed: str, m2: Decimal) -> None:
    assert m2_typed(typed, bare=MU) == m2


def test_ten_thousands_without_a_unit_are_of_what_the_box_counts_in() -> None:
    assert m2_typed("2万", bare=1) == 20_000


@pytest.mark.parametrize("typed", ["", "很大", "5亿元", "10-20亩", "-3亩", "50亩30亩"])
def test_what_is_not_one_area_is_refused(typed: str) -> None:
    assert m2_typed(typed, bare=1) is None

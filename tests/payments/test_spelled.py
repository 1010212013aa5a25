"""Amounts in capital numerals, as a receipt writes them."""

import pytest

from zhaoshang.common.spelled import spelled


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (1_50, "壹元伍角"),
        (1_05, "壹元零伍分"),
        (10_00, "壹拾元整"),
        (140_950, "壹仟肆佰零玖元伍角"),
        (600_714, "陆仟零柒元壹角肆分"),
        (10_000_00, "壹万元整"),
        (100_050_00, "壹拾万零伍拾元整"),
        (12_345_678_901_23, "壹佰贰拾叁亿肆仟伍佰陆拾柒万捌仟玖佰零壹元贰角叁分"),
        (100_000_000_00, "壹亿元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (1_000_000_000_000_00, "壹万亿元整"),
        (1_000_500_000_000_00, "壹万零伍亿元整"),
    ],
)
def test_an_amount_reads_as_on_a_receipt(fen: int, written: str) -> None:
    assert spelled(fen) == written

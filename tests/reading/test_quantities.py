"""Figures: exact values, base units, how exactly they are meant, and what is no figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang.reading import quantities
from zhaoshang.reading.numerals import number


@pytest.mark.parametrize(
    ("text", "value", "unit", "approx"),
    [
        ("到位资金2500.23亿元", "250023000000", "CNY", None),
        ("突破1.2万亿元", "1200000000000", "CNY", "over"),
        ("1,598万美元", "15980000", "USD", None),
        ("全年80亿目标", "8000000000", "CNY", None),
        ("投资3个亿", "300000000", "CNY", None),
        ("近七成", "70", "percent", "under"),
        ("三成半", "35", "percent", None),
        ("百分之十五点六", "15.6", "percent", None),
        ("增长-8.92%", "-8.92", "percent", None),
        ("5000余家", "5000", "count", "over"),
        ("18%左右", "18", "percent", "about"),
        ("现场签约22个", "22", "count", None),
        ("八十二个", "82", "count", None),
        ("5.21平方公里", "5210000", "m2", None),
        ("1.2万亩", "12000", "mu", None),
        ("76.48万平方米", "764800", "m2", None),
    ],
)
def test_a_figure_is_read_exactly(text: str, value: str, unit: str, approx: str | None) -> None:
    [quantity] = quantities(text)
    assert (quantity.value, quantity.unit, quantity.approx) == (Decimal(value), unit, approx)


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月20日",
        "010-65363056",
        "第二十一届",
        "世界500强",
        "历时3个月",
        "年产5万吨",
        "《2023年工作要点》",
        "“6+4”产业",
        "8大行动",
        "一带一路",
        "打造千亿级产业",
    ],
)
def test_what_is_no_figure_is_left_alone(text: str) -> None:
    assert [q for q in quantities(text) if q.unit and q.measure not in {"次"}] == []


def test_a_list_shares_the_unit_written_once() -> None:
    assert [q.value for q in quantities("分别高0.5、1.6个百分点")] == [Decimal("0.5"), Decimal("1.6")]
    assert {q.unit for q in quantities("分别高0.5、1.6个百分点")} == {"percent"}


def test_a_range_keeps_both_ends() -> None:
    [quantity] = quantities("30-50亿元项目")
    assert (quantity.value, quantity.value_max) == (Decimal(3 * 10**9), Decimal(5 * 10**9))


@given(st.decimals(min_value=0, max_value=10**6, places=4))
def test_money_never_loses_a_fen(amount: Decimal) -> None:
    [quantity] = quantities(f"到位资金{amount}万元")
    assert quantity.value == amount * 10**4


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals_are_read_as_written(n: int) -> None:
    assert number(_chinese(n)) == n


def _chinese(n: int) -> str:
    """n in Chinese numerals, 1 to 9999."""
    digits = "零一二三四五六七八九"
    out, pending = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            out += ("零" if pending else "") + digits[digit] + unit
        pending = digit == 0 and bool(out)
    return out

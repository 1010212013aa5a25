"""What a printed number stands for."""

from decimal import Decimal
from typing import Any

import pytest

from zhaoshang.bulletins.rules import stands_for, step_of
from zhaoshang.reading import Claim


def _claim(quote: str, value: str, unit: str = "CNY", **more: Any) -> Claim:
    return Claim(
        quote,
        0,
        0,
        "",
        "capital_in_place",
        Decimal(value),
        unit,
        more.pop("approx", False),
        "2023Q1",
        None,
        "level",
        0,
        0,
        **more,
    )


@pytest.mark.parametrize(
    ("quote", "value", "unit", "step"),
    [
        ("729.4亿元", "72940000000", "CNY", "10000000"),
        ("1,598万元", "15980000", "CNY", "10000"),
        ("2.04万亿元", "2040000000000", "CNY", "10000000000"),
        ("729.4", "72940000000", "CNY", "10000000"),
        ("亿元以上项目171个", "171", "count", "1"),
        ("24.30%", "24.30", "percent", "0.01"),
        ("近八成", "80", "percent", "10"),
        ("增长1.5倍", "150", "percent", "10"),
        ("是去年同期的1.24倍", "24", "percent", "1"),
        ("到位资金0亿元", "0", "CNY", "100000000"),
        ("0.0亿元", "0", "CNY", "10000000"),
        ("0个", "0", "count", "1"),
        ("3月到位资金0亿元", "0", "CNY", "100000000"),
        ("三十亿元", "3000000000", "CNY", "100000000"),
    ],
)
def test_the_last_printed_digit_is_worth_what_its_place_says(quote: str, value: str, unit: str, step: str) -> None:
    assert step_of(_claim(quote, value, unit)) == Decimal(step)


@pytest.mark.parametrize(
    ("claim", "inside", "outside"),
    [
        (_claim("729.4亿元", "72940000000"), ["72935000000", "72945000000"], ["72934999999.99", "72945000000.01"]),
        (
            _claim("700亿元", "70000000000", approx="over"),
            ["70000000000", "80000000000"],
            ["69999999999", "80000000001"],
        ),
        (
            _claim("700亿元", "70000000000", approx="under"),
            ["60000000000", "70000000000"],
            ["70000000001", "59999999999"],
        ),
        (_claim("10亿元", "1000000000", approx="about"), ["900000000", "1100000000"], ["899999999", "1100000001"]),
        (_claim("下降10%", "-10", "percent", approx="over"), ["-10", "-20"], ["-9.9", "-20.1"]),
        (_claim("6—8%", "6", "percent", value_max=Decimal(8)), ["5.5", "7", "8.5"], ["5.4", "8.6"]),
        (_claim("第一位", "1", "rank"), ["1"], ["2", "0.9"]),
    ],
)
def test_a_printed_number_admits_what_would_be_printed_so(claim: Claim, inside: list[str], outside: list[str]) -> None:
    admitted = stands_for(claim)
    assert [text for text in inside if Decimal(text) not in admitted] == []
    assert [text for text in outside if Decimal(text) in admitted] == []

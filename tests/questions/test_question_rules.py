"""A question is what its address says: read, written, and read again."""

import pytest

from questions.asking import read
from zhaoshang.questions.grid import Group, lay_out
from zhaoshang.questions.rules import Show, Unanswerable

ADDRESSES = [
    "about=payments&rows=unit&columns=month&period=2023Q1&unit=east&unit=west&standing=verified",
    "about=payments&rows=unit&measure=counted&version=a%40b&period=2023Q1&compare=2022Q1&money=yi",
    "about=projects&rows=signed_quarter&columns=size&show=bars&sort=-total&top=5&share=row",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_read_and_written_the_same(address: str) -> None:
    from urllib.parse import parse_qsl, urlencode

    written = read(address).params()
    assert sorted(written) == sorted(parse_qsl(address)) and read(urlencode(written)).params() == written


def test_a_map_is_of_units_and_lines_are_over_time() -> None:
    assert read("rows=unit").shows_possible == [Show.TABLE, Show.BARS, Show.MAP]
    assert read("rows=month&columns=unit").shows_possible == [Show.TABLE, Show.BARS, Show.LINES]
    assert read("rows=unit&rows=kind").shows_possible == [Show.TABLE]


def test_a_refusal_names_what_can_be_asked_instead() -> None:
    with pytest.raises(Unanswerable, match=r"unit.*industry"):
        read("about=projects&rows=kind")


def rows(address: str, groups: list[Group]) -> list[str]:
    found = lay_out(read(address), groups, lambda _dimension, value: value, 100, 100)
    return ["|".join(row) for row in found.rows]


def test_rows_come_largest_first_and_time_in_its_order() -> None:
    assert rows("rows=payer", [Group(("a",), (), 1), Group(("b",), (), 2)]) == ["b", "a"]
    assert rows("rows=month", [Group(("2023-02",), (), 9), Group(("2023-01",), (), 1)]) == ["2023-01", "2023-02"]


def test_rows_are_sorted_by_any_column() -> None:
    groups = [Group(("a",), ("land",), 1), Group(("b",), ("land",), 2), Group(("a",), ("other",), 9)]
    assert rows("rows=payer&columns=kind&sort=-land", groups) == ["b", "a"]
    assert rows("rows=payer&columns=kind&sort=-head", groups) == ["b", "a"]
    assert rows("rows=payer&columns=kind", groups) == ["a", "b"]


def test_inner_values_stay_with_their_outer_one() -> None:
    groups = [Group(("a", "land"), (), 5), Group(("b", "land"), (), 6), Group(("a", "other"), (), 4)]
    assert rows("rows=payer&rows=kind", groups) == ["a|land", "a|other", "b|land"]


def test_what_is_beyond_the_largest_stands_last_as_one() -> None:
    groups = [Group((name,), (), size) for name, size in (("a", 9), ("b", 5), ("c", 6))]
    assert rows("rows=payer&top=1", groups) == ["a", "*"]

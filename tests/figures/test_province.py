"""The rank in the province: told, computed, and what it rests on."""

from datetime import date
from typing import Any

import pytest
from cast import NOW, YI, Cast
from dictionary import Dictionary, dictionary

from zhaoshang.common.periods import Period
from zhaoshang.figures.actions import SaysNothing, SourceMissing, enter_external
from zhaoshang.figures.province import province_rank

Q1 = Period.parse("2023Q1")


@pytest.fixture
def words(cast: Cast) -> Dictionary:
    cast.verified(amount_fen=9 * YI)
    return dictionary(cast)


def enter(cast: Cast, words: Dictionary, place: str, name: str, **fields: Any) -> None:
    given: dict[str, Any] = {"source": "示例快报", "dated": date(2023, 4, 10), "is_sample": True} | fields
    enter_external(
        indicator=words.capital, period=Q1, place_code=place, place_name=name, by=cast.statistician, at=NOW, **given
    )


def test_nothing_known_gives_no_rank(cast: Cast, words: Dictionary) -> None:
    assert province_rank(cast.city, "capital_in_place", Q1) is None


def test_a_rank_computed_from_entries_says_so_and_is_not_official(cast: Cast, words: Dictionary) -> None:
    enter(cast, words, "210100", "沈阳市", value=10 * YI)
    enter(cast, words, "210300", "鞍山市", value=8 * YI)
    found = province_rank(cast.city, "capital_in_place", Q1)
    assert found is not None
    assert (found.rank, found.is_official, [place.name for place in found.places]) == (
        2,
        False,
        ["沈阳市", "示例市", "鞍山市"],
    )


def test_equal_cities_share_a_rank(cast: Cast, words: Dictionary) -> None:
    enter(cast, words, "210100", "沈阳市", value=9 * YI)
    found = province_rank(cast.city, "capital_in_place", Q1)
    assert found is not None and [place.rank for place in found.places] == [1, 1]


def test_other_provinces_do_not_count(cast: Cast, words: Dictionary) -> None:
    enter(cast, words, "370200", "青岛市", value=90 * YI)
    assert province_rank(cast.city, "capital_in_place", Q1) is None


def test_an_official_rank_wins_and_the_computed_one_stands_beside_it(cast: Cast, words: Dictionary) -> None:
    enter(cast, words, "210100", "沈阳市", value=10 * YI)
    enter(cast, words, "210200", "示例市", rank=1, scope="全省", is_official=True)
    found = province_rank(cast.city, "capital_in_place", Q1)
    assert found is not None
    assert (found.rank, found.is_official, found.computed, found.agrees) == (1, True, 2, False)


def test_the_latest_word_on_a_place_counts_and_an_official_one_before_all(cast: Cast, words: Dictionary) -> None:
    enter(cast, words, "210100", "沈阳市", value=10 * YI, is_official=True)
    enter(cast, words, "210100", "沈阳市", value=8 * YI, dated=date(2023, 4, 20))
    found = province_rank(cast.city, "capital_in_place", Q1)
    assert found is not None and found.rank == 2


def test_another_period_s_figures_are_not_mixed_in(cast: Cast, words: Dictionary) -> None:
    enter(cast, words, "210100", "沈阳市", value=10 * YI)
    assert province_rank(cast.city, "capital_in_place", Period.parse("2023-03")) is None


def test_an_entry_needs_its_source_and_must_say_something(cast: Cast, words: Dictionary) -> None:
    with pytest.raises(SourceMissing):
        enter(cast, words, "210100", "沈阳市", value=1, source=" ")
    with pytest.raises(SaysNothing):
        enter(cast, words, "210100", "沈阳市")

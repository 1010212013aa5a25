"""The article the city's account begins with, in our own words: read whole, clean and spoiled."""

from __future__ import annotations

from importlib import resources

import pytest

from zhaoshang.reading import Claim, read, restore
from zhaoshang.reading.mangle import mangle

CLEAN = resources.files("zhaoshang.reading").joinpath("samples/retelling.txt").read_text("utf-8")

FIGURES = [
    ("capital_in_place", 72_940_000_000, "CNY", "level"),
    ("capital_in_place", 1, "rank", "rank"),
    ("capital_in_place", 24.3, "percent", "growth"),
    ("zones", 12, "count", "level"),
    ("trips", 15, "count", "level"),
    ("trips", 55, "count", "level"),
    ("investment_total", 209_700_000_000, "CNY", "level"),
    ("zones", 3, "count", "level"),
    ("land_parcels", 13, "count", "level"),
    ("area", 764_800, "m2", "level"),
    ("projects_total", 79, "count", "level"),
    ("investment_total", 289_400_000_000, "CNY", "level"),
    ("projects_total", 7, "count", "level"),
    ("investment_total", 52_200_000_000, "CNY", "level"),
    ("signed_projects", 314, "count", "level"),
    ("signed_amount", 107_120_000_000, "CNY", "level"),
    ("partners", 89, "count", "level"),
]


def figures(claims: list[Claim]) -> list[tuple[str, float, str, str]]:
    return [(claim.indicator_class, float(claim.value), claim.unit, claim.kind) for claim in claims]


def test_every_figure_of_the_retelling_is_claimed_and_nothing_else() -> None:
    assert figures(read(CLEAN).claims) == FIGURES


@pytest.mark.parametrize("density", [0.0, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_spoiling_the_text_changes_no_claim(seed: int, density: float) -> None:
    assert figures(read(mangle(CLEAN, seed, density)).claims) == FIGURES


def test_the_main_figure_knows_its_quarter_city_and_rank() -> None:
    amount, rank, growth, *_ = read(CLEAN).claims
    assert {(c.period, c.region) for c in (amount, rank, growth)} == {("2023Q1", "大连市")}
    assert rank.rank_scope == "全省"


def test_quotes_are_found_in_the_original_at_their_offsets() -> None:
    spoiled = mangle(CLEAN, 5, 1.0)
    for claim in read(spoiled).claims:
        assert restore(spoiled[claim.start : claim.end]).text.replace("\n", "") == claim.quote


def test_mangling_is_the_same_for_the_same_seed_and_refuses_a_density_above_one() -> None:
    assert mangle(CLEAN, 3, 0.5) == mangle(CLEAN, 3, 0.5) != mangle(CLEAN, 4, 0.5)
    with pytest.raises(ValueError, match="share from 0 to 1"):
        mangle(CLEAN, 3, 1.5)

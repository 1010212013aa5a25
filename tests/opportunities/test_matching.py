"""What fits an investor, and why."""

from decimal import Decimal

from zhaoshang.opportunities.matching import REASONS, Offer, Wish, ranked

YI = 10_000_000_000
LAND = Offer(
    "DK-1",
    "C",
    "east",
    Decimal(20_000),
    None,
    {"starting_price": 30_000_000, "invest_intensity": "250", "utilities": ["power"]},
)
WISH = Wish("C", "east", Decimal(20_000), YI, power=True)


def test_what_meets_more_comes_first_and_says_what_it_meets_and_misses() -> None:
    small = Offer("DK-0", "C", "west", Decimal(10_000), None, {"starting_price": 2 * YI, "utilities": ["road"]})
    first, second = ranked(WISH, [small, LAND])
    assert (first.offer, first.missed) == (LAND, ())
    assert set(first.met) == {"industry", "unit", "land", "power", "price", "intensity"}
    assert set(second.missed) == {"not_unit", "not_land", "not_power", "not_price"}
    assert {*first.met, *second.missed} <= set(REASONS)


def test_investment_is_held_against_the_floor_per_mu_of_the_land_wanted() -> None:
    floor = 250 * 30 * 1_000_000  # 20,000 m² are 30 mu
    assert "intensity" in ranked(Wish(land_m2=Decimal(20_000), budget_fen=floor), [LAND])[0].met
    assert "not_intensity" in ranked(Wish(land_m2=Decimal(20_000), budget_fen=floor - 1), [LAND])[0].missed


def test_what_is_not_known_counts_neither_way_and_the_nearer_size_breaks_a_tie() -> None:
    plain, large = Offer("MH-1", "C"), Offer("DK-2", "C", "east", Decimal(90_000), None, LAND.fields)
    assert [one.offer.code for one in ranked(WISH, [large, plain, LAND])] == ["DK-1", "DK-2", "MH-1"]
    assert ranked(WISH, [plain])[0].missed == ("not_unit",)
    assert ranked(Wish("A"), [plain, LAND]) == []

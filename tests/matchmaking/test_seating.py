"""The plan of meetings: nobody in two places, most served, fixed ones kept, and why what is not served is not."""

from collections import Counter

import pytest

from zhaoshang.matchmaking.seating import Away, Frame, Place, Plan, Wanted, Why, seated


def wish(guest: str, side: str, weight: int = 0) -> Wanted:
    return Wanted(f"{guest}{side}", guest, side, weight)


def clashes(plan: Plan, wanted: list[Wanted]) -> int:
    who = {one.key: (one.guest, one.side) for one in wanted}
    busy = Counter((person, place.slot) for key, place in plan.placed.items() for person in who[key])
    tables = Counter(plan.placed.values())
    return sum(number - 1 for number in [*busy.values(), *tables.values()])


def test_a_full_day_is_served_without_a_clash() -> None:
    wanted = [wish(guest, side) for guest in "abcdefgh" for side in "STUVWX"]
    plan = seated(Frame(8, 6), wanted, {})
    assert (len(plan.placed), clashes(plan, wanted), plan.unserved, plan.proven) == (48, 0, {}, True)


def test_the_same_question_has_the_same_answer() -> None:
    wanted = [wish(guest, side, ord(guest) + ord(side)) for guest in "abcde" for side in "STU"]
    assert seated(Frame(4, 3), wanted, {}) == seated(Frame(4, 3), wanted, {})


def test_what_is_fixed_stays_and_the_others_go_round_it() -> None:
    wanted = [wish("a", "S"), wish("a", "T"), wish("b", "S")]
    plan = seated(Frame(2, 2), wanted, {"aS": Place(1, 1)})
    assert plan.placed["aS"] == Place(1, 1)
    assert (clashes(plan, wanted), plan.placed["aT"].slot, plan.placed["bS"].slot) == (0, 0, 0)


def test_a_break_and_an_absence_are_kept_free() -> None:
    wanted = [wish("a", "S"), wish("b", "S")]
    away: Away = {("", 0), ("guest:a", 1)}
    plan = seated(Frame(3, 1), wanted, {}, away)
    assert {key: place.slot for key, place in plan.placed.items()} == {"aS": 2, "bS": 1}


def test_where_not_all_find_a_place_the_heavier_do() -> None:
    plan = seated(Frame(1, 1), [wish("a", "S", 20), wish("b", "T", 90)], {})
    assert (list(plan.placed), plan.unserved["aS"].why) == (["bT"], Why.TABLES_FULL)


@pytest.mark.parametrize(
    ("frame", "away", "why"),
    [
        (Frame(2, 9), {("guest:a", 0), ("guest:a", 1)}, Why.GUEST_AWAY),
        (Frame(2, 9), {("side:S", 0), ("side:S", 1)}, Why.SIDE_AWAY),
        (Frame(2, 9), {("side:S", 0), ("guest:a", 1)}, Why.NEVER_BOTH),
    ],
)
def test_who_is_never_there_is_named(frame: Frame, away: Away, why: Why) -> None:
    assert seated(frame, [wish("a", "S")], {}, away).unserved["aS"].why == why


def test_a_guest_with_more_meetings_than_slots_is_named_with_the_numbers() -> None:
    told = next(iter(seated(Frame(2, 9), [wish("a", side) for side in "STU"], {}).unserved.values()))
    assert (told.why, told.free, told.wanted) == (Why.GUEST_FULL, 2, 3)


def test_our_side_with_more_meetings_than_slots_is_named() -> None:
    told = next(iter(seated(Frame(2, 9), [wish(guest, "S") for guest in "abc"], {}).unserved.values()))
    assert told.why == Why.SIDE_FULL


def test_fixed_meetings_may_stand_in_the_way() -> None:
    wanted = [wish("a", "S"), wish("a", "T"), wish("b", "S"), wish("b", "T"), wish("a", "U"), wish("b", "U")]
    kept = {"aS": Place(0, 0), "bS": Place(1, 0), "bT": Place(0, 1), "aT": Place(1, 1)}
    plan = seated(Frame(3, 2), wanted, kept)
    assert ({plan.placed[key].slot for key in plan.placed if key.endswith("U")}, len(plan.unserved)) == ({2}, 1)


def test_fixed_meetings_that_clash_are_refused() -> None:
    with pytest.raises(ValueError, match="clash"):
        seated(Frame(2, 2), [wish("a", "S"), wish("a", "T")], {"aS": Place(0, 0), "aT": Place(0, 1)})

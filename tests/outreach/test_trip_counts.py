"""«市领导外出招商 n 次» is counted from approved, recorded trips by the definition in force, each once."""

from copy import deepcopy
from datetime import date

import pytest
from cast import NOW, Cast
from dictionary import dictionary
from issued import issued

from outreach.going import CLERK, HEAD, LEADER, NINGBO, SECOND, approved, gone, indicators, minuted, planned
from zhaoshang.bulletins.reconcile import check
from zhaoshang.bulletins.rules import Outcome
from zhaoshang.common.periods import Period
from zhaoshang.figures.queries import figure
from zhaoshang.outreach.actions.trips import NewMember, put_off_trip, report_trip
from zhaoshang.outreach.counting import counted_trips, counts_by_unit
from zhaoshang.outreach.inforce import OUTREACH
from zhaoshang.outreach.models import Member
from zhaoshang.reading import read
from zhaoshang.rulesets.rules import BadRules

Q1 = Period.parse("2023Q1")


def count(cast: Cast, code: str = "city_leaders", period: Period = Q1) -> int:
    return sum(counts_by_unit(cast.city, code, period).values())


def test_a_trip_led_by_a_city_leader_counts_once_its_minutes_are_written(cast: Cast) -> None:
    trip = approved(cast)
    before = count(cast)
    minuted(cast, trip)
    assert (before, count(cast)) == (0, 1)


def test_a_report_is_a_record_too(cast: Cast) -> None:
    report_trip(trip=approved(cast), text="已拜访", by=cast.statistician, at=NOW)
    assert count(cast) == 1


def test_two_leaders_on_one_trip_count_once(cast: Cast) -> None:
    gone(cast, LEADER, SECOND)
    assert count(cast) == 1


def test_a_leader_who_went_along_without_leading_or_did_not_go_does_not_count(cast: Cast) -> None:
    gone(
        cast,
        NewMember("示例市领导甲", "副市长", "city_leader"),
        NewMember("示例主任", "主任", "department_head", leads=True),
        code="a",
    )
    trip = gone(cast, code="b")
    led = Member.objects.of(cast.city).get(trip=trip, leads=True)
    report_trip(trip=trip, text="领导临时未成行", absent=[led.pk], by=cast.statistician, at=NOW)
    assert count(cast) == 0


def test_a_trip_that_stayed_in_the_city_was_put_off_or_only_planned_does_not_count(cast: Cast) -> None:
    gone(cast, code="home", destinations=[("210211", "甘井子区")])
    put_off_trip(trip=approved(cast, code="off"), cancel=True, reason="改期", by=cast.statistician, at=NOW)
    planned(cast, code="plan")
    assert count(cast) == 0


def test_it_counts_in_the_month_of_its_first_day(cast: Cast) -> None:
    gone(cast, first_day=date(2023, 2, 27), last_day=date(2023, 3, 2))
    assert [count(cast, period=Period.parse(month)) for month in ("2023-02", "2023-03")] == [1, 0]


def test_heads_of_districts_count_for_their_unit(cast: Cast) -> None:
    gone(cast, HEAD, code="e1", unit=cast.east, by=cast.officer)
    gone(cast, HEAD, code="e2", unit=cast.east, by=cast.officer)
    gone(cast, HEAD, code="w1", unit=cast.west, by=cast.other_officer)
    indicators(cast)
    figures = [figure(cast.city, "trips_unit_heads", Q1, unit).value for unit in (cast.east, cast.west, None)]
    assert (figures, count(cast)) == ([2, 1, 3], 0)


def test_another_definition_holds_from_its_own_day_only(cast: Cast) -> None:
    gone(cast, CLERK, LEADER, code="early")
    gone(cast, HEAD, code="late", first_day=date(2023, 3, 6), last_day=date(2023, 3, 7))
    content = deepcopy(OUTREACH.shipped)
    content["count"][0]["ranks"] = ["unit_head"]
    issued(cast, OUTREACH, content, valid_from=date(2023, 3, 1))
    codes = list(counted_trips(cast.city, "city_leaders", Q1).values_list("code", flat=True))
    assert codes == ["late", "early"]


@pytest.mark.parametrize(
    "changes", [{"rank": []}, {"follow_up_days": [30, 7]}, {"unit_trips_approved_by": "nobody"}, {"link_days": 0}]
)
def test_rules_that_cannot_be_read_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadRules):
        OUTREACH.read(OUTREACH.shipped | changes)


def test_a_count_of_an_unknown_rank_is_refused() -> None:
    content = deepcopy(OUTREACH.shipped)
    content["count"][0]["ranks"] = ["mayor"]
    with pytest.raises(BadRules, match="mayor"):
        OUTREACH.read(content)


# -- texts -------------------------------------------------------------------------------------------------------------


def outcomes(cast: Cast, text: str) -> list[Outcome]:
    return [one.outcome for one in check(cast.city, read(text)).verdicts]


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Two trips of city leaders, three of districts' heads."""
    dictionary(cast)
    indicators(cast)
    gone(cast, code="c1")
    gone(cast, LEADER, SECOND, code="c2", destinations=[NINGBO])
    for number, (unit, by) in enumerate(
        [(cast.east, cast.officer), (cast.east, cast.officer), (cast.west, cast.other_officer)]
    ):
        gone(cast, HEAD, code=f"u{number}", unit=unit, by=by)
    return cast


@pytest.mark.parametrize(
    "text",
    [
        "2023年一季度，示例市市领导率队赴外招商2次，各区市县党政主要负责同志外出招商3次。",
        "2023年一季度，市级领导带队“走出去”招商二次，各地区一把手带队“走出去”招商三次。",
    ],
)
def test_texts_are_confirmed_by_counting(told: Cast, text: str) -> None:
    assert outcomes(told, text) == [Outcome.CONFIRMED, Outcome.CONFIRMED]


def test_another_number_differs_and_another_quarter_has_its_own(told: Cast) -> None:
    assert outcomes(told, "2023年一季度，市领导带队外出招商5次。") == [Outcome.DIFFERS]
    assert outcomes(told, "2022年一季度，市领导带队外出招商2次。") == [Outcome.DIFFERS]


def test_trips_of_nobody_in_particular_are_not_held(told: Cast) -> None:
    assert outcomes(told, "2023年一季度，示例市外出招商5次。") == [Outcome.NOT_HELD]


def test_a_districts_own_trips_are_held_against_its_unit(told: Cast) -> None:
    assert outcomes(told, "2023年一季度，东山区主要领导外出招商2次。") == [Outcome.CONFIRMED]

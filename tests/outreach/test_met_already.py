"""A firm that was met already is not planned anew without a warning; said again, it is."""

from datetime import timedelta
from uuid import UUID

import pytest
from cast import Cast
from django.test import Client

from outreach.going import DAY, HEAD, approved, at, met, minuted
from zhaoshang.enterprises.touches import set_touch_rule
from zhaoshang.outreach.actions.meetings import NewMeeting, add_meeting
from zhaoshang.outreach.actions.refusals import MetAlready
from zhaoshang.outreach.models import Meeting, Trip

PARTY = "上海示例甲公司"


def later(cast: Cast, days: int) -> Trip:
    """Another trip of the east, so many days after the first."""
    first = DAY + timedelta(days=days)
    given = {"first_day": first, "last_day": first, "unit": cast.east, "by": cast.officer}
    return approved(cast, HEAD, code=f"later-{days}", **given)


def plan(cast: Cast, trip: Trip, *, again: bool = False) -> Meeting:
    new = NewMeeting(day=trip.first_day, party=PARTY, again=again)
    return add_meeting(trip=trip, new=new, by=trip.planned_by, at=trip.planned_at)


def test_the_same_firm_twice_in_one_programme_is_asked_about(cast: Cast) -> None:
    trip = approved(cast)
    met(cast, trip)
    with pytest.raises(MetAlready) as refused:
        plan(cast, trip)
    assert [one.party for one in refused.value.held] == [PARTY]
    assert plan(cast, trip, again=True).party == PARTY


def test_a_meeting_that_took_place_within_the_rule_s_days_is_asked_about_and_an_older_one_is_not(cast: Cast) -> None:
    set_touch_rule(city=cast.city, days=14, valid_from=DAY, source="示例规定", by=cast.statistician, at=at(DAY))
    minuted(cast, approved(cast))
    with pytest.raises(MetAlready):
        plan(cast, later(cast, 7))
    assert plan(cast, later(cast, 14)).party == PARTY


def test_one_that_was_only_planned_elsewhere_did_not_take_place(cast: Cast) -> None:
    set_touch_rule(city=cast.city, days=14, valid_from=DAY, source="示例规定", by=cast.statistician, at=at(DAY))
    met(cast, approved(cast))
    assert plan(cast, later(cast, 7)).party == PARTY


def test_the_page_warns_before_it_plans_and_another_unit_s_trip_stays_unnamed(cast: Cast, client: Client) -> None:
    set_touch_rule(city=cast.city, days=14, valid_from=DAY, source="示例规定", by=cast.statistician, at=at(DAY))
    minuted(cast, approved(cast, title="市里的秘密外出"))
    trip = later(cast, 7)
    client.force_login(cast.officer)
    address, form = f"/desk/trips/{trip.code}/meetings/", {"day": str(trip.first_day), "party": PARTY}
    answer = client.post(address, form)
    page = answer.content.decode()
    assert (answer.status_code, "已见过上海示例甲公司" in page, "秘密外出" in page) == (409, True, False)
    assert not Meeting.objects.of(cast.city).filter(trip=trip).exists()
    assert client.post(address, form | {"again": "1"}).status_code == 302
    assert Meeting.objects.of(cast.city).filter(trip=trip).count() == 1


def test_the_api_asks_the_same(cast: Cast, client: Client) -> None:
    trip = approved(cast, HEAD, unit=cast.east, by=cast.officer)
    met(cast, trip)
    client.force_login(cast.officer)
    address, body = f"/api/trips/{trip.code}/meetings", {"day": str(trip.first_day), "party": PARTY}
    told = client.post(address, body, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (409, "met_already")
    told = client.post(address, body | {"again": True}, content_type="application/json")
    assert UUID(told.json()["id"])

"""Every meeting with a firm on record stands in the book that all districts see, and who plans one is told of the others."""

from datetime import timedelta
from uuid import uuid4

from cast import NOW, Cast
from django.contrib.messages import get_messages
from django.test import Client

from outreach.going import CLERK, DAY, HEAD, SHANGHAI, activity, approved, at
from zhaoshang.enterprises.actions import Card, create_enterprise
from zhaoshang.enterprises.groups import set_parent
from zhaoshang.enterprises.models import Enterprise, Touch
from zhaoshang.enterprises.touches import set_touch_rule
from zhaoshang.outreach.actions.activities import NewGuest, check_in, invite
from zhaoshang.outreach.actions.meetings import NewMeeting, NewMinutes, add_meeting, write_minutes
from zhaoshang.outreach.actions.visits import plan_visit, tell_visit
from zhaoshang.outreach.models import Guest, Meeting, Trip


def firm(cast: Cast, name: str = "示例央企集团", parent: Enterprise | None = None) -> Enterprise:
    card = Card(name=name, ownership="central")
    made = create_enterprise(city=cast.city, card=card, unit=None, by=cast.statistician, at=at(DAY))
    return set_parent(enterprise=made, parent=parent, by=cast.statistician, at=at(DAY)) if parent else made


def of_east(cast: Cast, **changes: object) -> Trip:
    return approved(cast, HEAD, CLERK, unit=cast.east, by=cast.officer, destinations=[SHANGHAI], **changes)


def meeting(cast: Cast, trip: Trip, with_firm: Enterprise) -> Meeting:
    new = NewMeeting(day=trip.first_day, party=with_firm.name, enterprise=with_firm)
    return add_meeting(trip=trip, new=new, by=trip.planned_by, at=trip.planned_at)


def rule(cast: Cast) -> None:
    set_touch_rule(city=cast.city, days=14, valid_from=DAY, source="示例规定", by=cast.statistician, at=at(DAY))


def said(client: Client, response: object) -> list[str]:
    return [str(one) for one in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def test_the_first_minutes_stand_in_the_book_once(cast: Cast) -> None:
    trip = of_east(cast)
    held = meeting(cast, trip, firm(cast))
    for text in ("谈了选址", "改记：谈了选址和用海"):
        new = NewMinutes(key=uuid4(), text=text, met="战略部", next_step="送资料")
        write_minutes(meeting=held, new=new, by=cast.officer, at=at(DAY))
    [touch] = Touch.objects.of(cast.city)
    told = (touch.on, touch.unit_id, touch.who, touch.whom, touch.said, touch.next_step)
    assert told == (DAY, cast.east.pk, "示例区委书记（区委书记（示例））", "战略部", "谈了选址", "送资料")


def test_a_meeting_with_somebody_not_on_record_stays_in_its_room(cast: Cast) -> None:
    held = add_meeting(trip=of_east(cast), new=NewMeeting(day=DAY, party="无卡"), by=cast.officer, at=at(DAY))
    write_minutes(meeting=held, new=NewMinutes(key=uuid4(), text="谈"), by=cast.officer, at=at(DAY))
    assert not Touch.objects.of(cast.city).exists()


def test_a_visit_told_of_and_a_guest_who_came_stand_in_the_book(cast: Cast) -> None:
    one = firm(cast)
    visit = plan_visit(
        city=cast.city, unit=cast.east, firm=one.name, enterprise=one, planned_on=DAY, visitors="示例科长",
        by=cast.officer, at=at(DAY),
    )  # fmt: skip
    tell_visit(visit=visit, on=DAY, told="看了车间", by=cast.officer, at=at(DAY))
    held = activity(cast)
    guests = [NewGuest(one.name, name, unit=cast.east, enterprise=one) for name in ("甲", "乙")]
    invite(activity=held, guests=guests, by=cast.statistician, at=at(DAY))
    for guest in Guest.objects.of(cast.city):
        check_in(guest=guest, by=cast.statistician, at=at(DAY))
    kinds = Touch.objects.of(cast.city).order_by("kind").values_list("kind", "unit_id", "said")
    assert list(kinds) == [("reception", None, held.title), ("visit", cast.east.pk, "看了车间")]


def test_who_plans_a_meeting_is_told_that_another_district_was_there_last_week(cast: Cast, client: Client) -> None:
    group = firm(cast)
    below = firm(cast, "示例央企子公司", parent=group)
    rule(cast)
    held = meeting(cast, of_east(cast), group)
    write_minutes(meeting=held, new=NewMinutes(key=uuid4(), text="谈"), by=cast.officer, at=at(DAY))
    later = DAY + timedelta(days=5)
    trip = approved(cast, HEAD, unit=cast.west, by=cast.other_officer, code="2023-009", first_day=later, last_day=later)
    client.force_login(cast.other_officer)
    told = {"day": later.isoformat(), "party": below.name}
    answer = client.post(f"/desk/trips/{trip.code}/meetings/", told, headers={"accept-language": "zh"})
    assert any("东山区" in text and "5 天前" in text for text in said(client, answer))
    page = client.get(f"/desk/meetings/{Meeting.objects.of(cast.city).get(party=below.name).pk}/").content.decode()
    assert "5 天前" in page


def test_who_plans_a_visit_is_told_that_another_district_means_to_go(cast: Cast, client: Client) -> None:
    one = firm(cast)
    rule(cast)
    day = NOW.date() + timedelta(days=3650)
    plan_visit(
        city=cast.city, unit=cast.east, firm=one.name, enterprise=one, planned_on=day, visitors="示例",
        by=cast.officer, at=NOW,
    )  # fmt: skip
    client.force_login(cast.other_officer)
    body = {"firm": one.name, "unit": "west", "planned_on": day.isoformat(), "visitors": "示例"}
    told = said(client, client.post("/desk/visits/new/", body))
    assert any("东山区" in text and "计划" in text for text in told)

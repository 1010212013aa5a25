"""A trip: planned, decided by another person, gone, minuted once however often it is sent, asked about again on its days."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from cast import NOW, YI, Cast
from django.db import DatabaseError, transaction
from django.utils import timezone
from issued import issued

from outreach.going import CLERK, DAY, HEAD, approved, at, met, minuted, planned
from zhaoshang.capital.rules import Kind
from zhaoshang.outreach.actions import refusals
from zhaoshang.outreach.actions.meetings import (
    NewMinutes,
    drop_meeting,
    finish_follow_up,
    hand_over,
    link_project,
    write_minutes,
)
from zhaoshang.outreach.actions.trips import decide_trip, put_off_trip, replan_trip, report_trip
from zhaoshang.outreach.inforce import OUTREACH
from zhaoshang.outreach.models import FollowUp, Member, Minutes, Trip
from zhaoshang.outreach.queries import results_of, standings_of
from zhaoshang.outreach.rules import BY_UNIT, TripStanding, TripState
from zhaoshang.people.models import Event
from zhaoshang.regions.access import NotAllowed, viewer_of


def test_minutes_are_taken_from_the_city_s_midnight_on(cast: Cast) -> None:
    """Half past midnight here is still the day before in UTC."""
    meeting = met(cast, approved(cast))
    midnight = timezone.make_aware(datetime(DAY.year, DAY.month, DAY.day))
    for early, moment in ((True, midnight - timedelta(minutes=1)), (False, midnight + timedelta(minutes=30))):
        new = NewMinutes(key=uuid4(), text="示例：谈定选址", met="", next_step="")
        with pytest.raises(refusals.NotYet) if early else nullcontext():
            write_minutes(meeting=meeting, new=new, by=cast.statistician, at=moment.astimezone(UTC))
    assert Minutes.objects.of(cast.city).count() == 1


def test_nobody_approves_their_own_trip(cast: Cast) -> None:
    with pytest.raises(refusals.SamePerson):
        decide_trip(trip=planned(cast), approve=True, by=cast.statistician, at=NOW)


def test_the_database_too_refuses_a_trip_decided_by_its_planner(cast: Cast) -> None:
    trip = planned(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Trip.objects.of(cast.city).filter(pk=trip.pk).update(
            state="approved", decided_by=cast.statistician, decided_at=NOW
        )


def test_a_districts_trip_is_the_citys_to_approve(cast: Cast) -> None:
    trip = planned(cast, HEAD, unit=cast.east, by=cast.officer)
    with pytest.raises(NotAllowed):
        decide_trip(trip=trip, approve=True, by=cast.other_officer, at=NOW)
    assert decide_trip(trip=trip, approve=True, by=cast.verifier, at=NOW).state == TripState.APPROVED


def test_or_its_own_where_the_rules_say_so(cast: Cast) -> None:
    from zhaoshang.people.actions import open_account
    from zhaoshang.people.rules import Role
    from zhaoshang.regions.actions import grant

    issued(cast, OUTREACH, OUTREACH.shipped | {"unit_trips_approved_by": BY_UNIT})
    known = {"username": "second", "display_name": "示例同事", "password": "sample-password"}
    colleague = open_account(city=cast.city, by=None, at=NOW, **known)
    grant(city=cast.city, user=colleague, role=Role.OFFICER, unit=cast.east, by=None, at=NOW)
    trip = planned(cast, HEAD, unit=cast.east, by=cast.officer)
    assert decide_trip(trip=trip, approve=True, by=colleague, at=NOW).state == TripState.APPROVED


def test_a_trip_is_returned_with_a_reason_changed_and_laid_before_them_again(cast: Cast) -> None:
    trip = planned(cast)
    with pytest.raises(refusals.ReasonMissing):
        decide_trip(trip=trip, approve=False, by=cast.leader, at=NOW)
    returned = decide_trip(trip=trip, approve=False, reason="缩短天数", by=cast.leader, at=NOW)
    from outreach.going import LEADER, SHANGHAI
    from zhaoshang.outreach.actions.trips import NewTrip

    new = NewTrip(trip.code, "改后", "示例", DAY, DAY, [LEADER], [SHANGHAI])
    again = replan_trip(trip=returned, new=new, by=cast.statistician, at=NOW)
    assert (again.state, again.days, Member.objects.of(cast.city).filter(trip=trip).count()) == (
        TripState.PLANNED,
        1,
        1,
    )


def test_an_approved_trip_stays_as_it_was_approved_in_the_database(cast: Cast) -> None:
    trip = approved(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Trip.objects.of(cast.city).filter(pk=trip.pk).update(first_day=DAY - timedelta(days=40))
    with pytest.raises(DatabaseError), transaction.atomic():
        Member.objects.of(cast.city).filter(trip=trip).update(rank="staff")
    with pytest.raises(DatabaseError), transaction.atomic():
        Member.objects.create(
            city=cast.city, trip=trip, position=9, name="加塞", post="x", rank="city_leader", leads=True
        )


def test_a_delegation_needs_a_known_rank_and_somebody_who_leads(cast: Cast) -> None:
    from zhaoshang.outreach.actions.trips import NewMember

    with pytest.raises(refusals.UnknownRank):
        planned(cast, NewMember("示例", "示例", "emperor", leads=True))
    with pytest.raises(refusals.NobodyLeads):
        planned(cast, CLERK)


def test_minutes_sent_twice_are_kept_once(cast: Cast) -> None:
    meeting, key = met(cast, approved(cast)), uuid4()
    first = write_minutes(meeting=meeting, new=NewMinutes(key, "甲"), by=cast.statistician, at=NOW)
    again = write_minutes(meeting=meeting, new=NewMinutes(key, "乙"), by=cast.statistician, at=NOW)
    assert (first.pk, Minutes.objects.of(cast.city).count()) == (again.pk, 1)


def test_minutes_set_follow_ups_from_the_meeting_once(cast: Cast) -> None:
    meeting = minuted(cast, approved(cast))
    write_minutes(meeting=meeting, new=NewMinutes(uuid4(), "补记"), by=cast.statistician, at=NOW)
    due = FollowUp.objects.of(cast.city).filter(meeting=meeting).values_list("days", "due_on")
    assert list(due) == [(days, DAY + timedelta(days=days)) for days in (7, 30, 90)]


def test_minutes_wait_for_the_day_and_the_approval(cast: Cast) -> None:
    meeting = met(cast, planned(cast))
    with pytest.raises(refusals.WrongState):
        write_minutes(meeting=meeting, new=NewMinutes(uuid4(), "早"), by=cast.statistician, at=NOW)
    meeting = met(cast, approved(cast, code="b"))
    with pytest.raises(refusals.NotYet):
        write_minutes(
            meeting=meeting, new=NewMinutes(uuid4(), "早"), by=cast.statistician, at=at(DAY - timedelta(days=1))
        )


def test_minutes_are_never_rewritten(cast: Cast) -> None:
    minuted(cast, approved(cast))
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.of(cast.city).update(text="改")


def test_a_follow_up_is_done_once_with_a_note(cast: Cast) -> None:
    minuted(cast, approved(cast))
    first = FollowUp.objects.of(cast.city).get(days=7)
    with pytest.raises(refusals.Empty):
        finish_follow_up(follow_up=first, on=NOW.date(), note=" ", by=cast.statistician, at=NOW)
    finish_follow_up(follow_up=first, on=NOW.date(), note="对方来访", by=cast.statistician, at=NOW)
    with pytest.raises(refusals.WrongState):
        finish_follow_up(follow_up=first, on=NOW.date(), note="再来", by=cast.statistician, at=NOW)


def test_a_follow_up_handed_over_is_seen_by_its_new_owner(cast: Cast) -> None:
    minuted(cast, approved(cast))
    follow_up = FollowUp.objects.of(cast.city).get(days=30)
    viewer = viewer_of(cast.officer, cast.city)
    before = FollowUp.objects.visible_to(viewer).count()
    hand_over(follow_up=follow_up, owner=cast.officer, by=cast.statistician, at=NOW)
    assert (before, FollowUp.objects.visible_to(viewer).count()) == (0, 1)


def test_a_trip_that_took_place_is_neither_postponed_nor_cancelled(cast: Cast) -> None:
    trip = approved(cast)
    minuted(cast, trip)
    with pytest.raises(refusals.WrongState):
        put_off_trip(trip=trip, cancel=True, reason="x", by=cast.statistician, at=NOW)


def test_only_linked_projects_are_results_and_only_since_the_first_day(cast: Cast) -> None:
    trip = approved(cast, first_day=date(2023, 1, 9), last_day=date(2023, 1, 9))
    cast.verified(project=cast.plant, amount_fen=3 * YI, kind=Kind.EQUIPMENT, paid_on=date(2023, 3, 6))
    cast.verified(project=cast.plant, amount_fen=YI, kind=Kind.EQUIPMENT, paid_on=date(2023, 1, 3))
    before = results_of(cast.city, [trip])[trip.pk]
    link_project(trip=trip, project=cast.plant, by=cast.statistician, at=NOW)
    after = results_of(cast.city, [trip])[trip.pk]
    assert (before.projects, before.arrived_fen) == (0, 0)
    assert (after.projects, after.signed, after.contract_fen, after.arrived_fen) == (1, 1, 5 * YI, 3 * YI)


def test_an_officer_sees_the_units_trips_and_those_the_unit_goes_along_on(cast: Cast) -> None:
    from zhaoshang.outreach.actions.trips import NewMember

    planned(cast, HEAD, code="own", unit=cast.east, by=cast.officer)
    planned(cast, HEAD, code="other", unit=cast.west, by=cast.other_officer)
    planned(cast, code="city")
    planned(cast, HEAD, NewMember("示例", "局长", "staff", unit=cast.east), code="along")
    codes = set(Trip.objects.visible_to(viewer_of(cast.officer, cast.city)).values_list("code", flat=True))
    assert codes == {"own", "along"}


def test_a_trip_over_without_a_record_says_so(cast: Cast) -> None:
    trip = approved(cast)
    before = standings_of(cast.city, [trip], NOW.date())[trip.pk]
    told = report_trip(trip=trip, text="已拜访", by=cast.statistician, at=NOW)
    assert (before, standings_of(cast.city, [told], NOW.date())[trip.pk]) == (
        TripStanding.UNRECORDED,
        TripStanding.DONE,
    )


def test_a_meeting_with_minutes_stays_in_the_programme(cast: Cast) -> None:
    trip = approved(cast)
    drop_meeting(meeting=met(cast, trip), by=cast.statistician, at=NOW)
    with pytest.raises(refusals.WrongState):
        drop_meeting(meeting=minuted(cast, trip), by=cast.statistician, at=NOW)
    verbs = set(Event.objects.of(cast.city).values_list("verb", flat=True))
    assert {
        "outreach.trip.planned",
        "outreach.trip.approved",
        "outreach.meeting.dropped",
        "outreach.minutes.written",
    } <= verbs

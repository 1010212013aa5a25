"""The site's calendar tells what may be known, from its instant on: on the page and in the file that calendar programs read."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from opportunities.building import drafted, offered
from outreach.going import activity

from zhaoshang.outreach.models import Activity
from zhaoshang.publishing.actions import NotOpen, ReasonMissing, SamePerson, TooEarly
from zhaoshang.publishing.announcing import announce_activity, take_back
from zhaoshang.publishing.models import Announcement

pytestmark = pytest.mark.django_db


def coming(cast: Cast, **changes: Any) -> Activity:
    """An activity of next week."""
    held = activity(cast, code="meeting")
    begins = timezone.now() + timedelta(days=7)
    Activity.objects.of(cast.city).filter(pk=held.pk).update(
        begins_at=begins, ends_at=begins + timedelta(hours=3), **changes
    )
    return Activity.objects.of(cast.city).select_related("city").get(pk=held.pk)  # type: ignore[no-any-return]


def announced(cast: Cast, **given: Any) -> Announcement:
    return announce_activity(activity=coming(cast), by=cast.verifier, **{"at": timezone.now()} | given)


def events(client: Client, **query: str) -> list[Any]:
    answer = client.get(reverse("portal:calendar_file"), query)
    assert (answer.status_code, answer["Content-Type"], bool(answer.cookies)) == (
        200,
        "text/calendar; charset=utf-8",
        False,
    )
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_an_announced_activity_stands_in_the_file_and_on_the_page(cast: Cast, client: Client) -> None:
    held = announced(cast)
    (event,) = events(client)
    assert str(event["summary"]).endswith(held.activity.title) and str(event["location"]) == held.activity.place
    assert event.decoded("dtstart") == held.activity.begins_at.replace(microsecond=0)
    assert held.activity.title in client.get(reverse("portal:calendar")).content.decode()


def test_nothing_is_known_of_it_before_its_instant_or_without_one(cast: Cast, client: Client) -> None:
    announced(cast, visible_from=timezone.now() + timedelta(days=1))
    assert events(client) == []
    assert "近期没有安排" in client.get(reverse("portal:calendar")).content.decode()


def test_who_entered_it_does_not_announce_it_and_nothing_is_backdated(cast: Cast) -> None:
    held, now = coming(cast), timezone.now()
    with pytest.raises(SamePerson):
        announce_activity(activity=held, by=held.entered_by, at=now)
    with pytest.raises(TooEarly):
        announce_activity(activity=held, by=cast.verifier, at=now, visible_from=now - timedelta(minutes=1))
    announce_activity(activity=held, by=cast.verifier, at=now)
    with pytest.raises(NotOpen):
        announce_activity(activity=held, by=cast.verifier, at=now)


def test_what_was_taken_back_is_gone_and_stays_so(cast: Cast, client: Client) -> None:
    held = announced(cast)
    with pytest.raises(ReasonMissing):
        take_back(announcement=held, reason=" ", by=cast.verifier, at=timezone.now())
    take_back(announcement=held, reason="改期", by=cast.verifier, at=timezone.now())
    assert events(client) == []
    with pytest.raises(Error), transaction.atomic():
        Announcement.objects.of(cast.city).filter(pk=held.pk).update(take_back_reason="别的")


def test_a_cancelled_activity_is_told_as_cancelled(cast: Cast, client: Client) -> None:
    held = announced(cast)
    Activity.objects.of(cast.city).filter(pk=held.activity_id).update(cancelled_for="天气")
    (event,) = events(client)
    assert str(event["status"]) == "CANCELLED" and "天气" not in str(event.to_ical())


def test_until_when_entries_hold_is_told_of_those_on_offer_alone(cast: Cast, client: Client) -> None:
    soon = timezone.localdate() + timedelta(days=30)
    here = offered(cast, expires_on=soon)
    drafted(cast, expires_on=soon)
    offered(cast, expires_on=soon + timedelta(days=4000))
    (event,) = events(client, lang="en")
    assert event.decoded("dtstart") == soon and not isinstance(event.decoded("dtstart"), datetime)
    assert here.code in str(event["url"]) and "Sample parcel" in str(event["summary"])
    assert str(soon.day) in client.get(reverse("portal:calendar")).content.decode()


def test_the_file_is_the_same_for_who_asks_again_and_every_page_names_it(cast: Cast, client: Client) -> None:
    offered(cast, expires_on=timezone.localdate() + timedelta(days=30))
    first = client.get(reverse("portal:calendar_file"))
    assert client.get(reverse("portal:calendar_file"), headers={"If-None-Match": first["ETag"]}).status_code == 304
    home = client.get("/").content.decode()
    assert 'type="text/calendar"' in home and 'type="application/atom+xml"' in home


def test_the_desk_announces_and_takes_back(cast: Cast, client: Client) -> None:
    held = coming(cast)
    client.force_login(cast.verifier)
    page = reverse("desk:activity", args=[held.code])
    assert "公布到网站" in client.get(page).content.decode()
    client.post(reverse("desk:activity_announce", args=[held.code]))
    assert "从网站撤下" in client.get(page).content.decode() and len(events(client)) == 1
    client.post(reverse("desk:activity_announce", args=[held.code]), {"reason": "改期"})
    assert events(client) == []
    told = client.post(f"/api/activities/{held.code}/announcement", {}, content_type="application/json")
    assert (told.status_code, len(events(client))) == (200, 1)


def test_what_is_past_the_calendar_is_left_out(cast: Cast, client: Client) -> None:
    offered(cast)
    assert (events(client), NOW.year) == ([], 2023)


def test_the_calendar_asks_as_often_for_many_as_for_few(cast: Cast, client: Client) -> None:
    announced(cast)
    address = reverse("portal:calendar")
    client.get(address)
    few = queries_of(client, address)
    for _turn in range(3):
        offered(cast, expires_on=timezone.localdate() + timedelta(days=30))
    assert (few, queries_of(client, address)) == (QUERY_COUNTS["portal:calendar"], QUERY_COUNTS["portal:calendar"])

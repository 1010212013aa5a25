"""The only writer of announcements: activities that the public may know of, from an instant on."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhaoshang.outreach.models import Activity
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.publishing.actions import NotOpen, ReasonMissing, SamePerson, TooEarly
from zhaoshang.publishing.models import Announcement
from zhaoshang.tenancy.models import City


@transaction.atomic
def announce_activity(
    *, activity: Activity, by: User, at: datetime, visible_from: datetime | None = None
) -> Announcement:
    """Let the public know of an activity from ``visible_from`` on (none: from now).

    Raises :class:`SamePerson` (whoever entered it does not announce it), :class:`TooEarly`, :class:`NotOpen` when it is announced or over.
    """
    instant = visible_from or at
    held: Activity = (
        Activity.objects.of(activity.city_id).select_for_update().select_related("city").get(pk=activity.pk)
    )
    if same_person(held.entered_by_id, by):
        raise SamePerson
    if instant < at:
        raise TooEarly
    rows = Announcement.objects.of(held.city_id).filter(activity=held, taken_back_at__isnull=True)
    if held.cancelled_for or held.ends_at <= at or rows.exists():
        raise NotOpen("announced")
    made: Announcement = Announcement.objects.create(
        city=held.city, activity=held, visible_from=instant, announced_by=by, announced_at=at
    )
    record("publishing.activity.announced", city=held.city, by=by, at=at, about=held, visible_from=instant.isoformat())
    return made


@transaction.atomic
def take_back(*, announcement: Announcement, reason: str, by: User, at: datetime) -> Announcement:
    """Take an activity off the site. Raises :class:`ReasonMissing`, :class:`NotOpen`."""
    if not reason.strip():
        raise ReasonMissing
    rows = Announcement.objects.of(announcement.city_id).select_for_update()
    held: Announcement = rows.select_related("city", "activity").get(pk=announcement.pk)
    if held.taken_back_at:
        raise NotOpen("taken_back")
    held.taken_back_by, held.taken_back_at, held.take_back_reason = by, at, reason.strip()
    held.save(update_fields=["taken_back_by", "taken_back_at", "take_back_reason"])
    record("publishing.activity.taken_back", city=held.city, by=by, at=at, about=held.activity, reason=reason.strip())
    return held


def announced(city: City, at: datetime) -> Any:
    """What the public knows of at an instant, the next first."""
    rows = Announcement.objects.of(city).filter(visible_from__lte=at, taken_back_at__isnull=True)
    return rows.select_related("activity").order_by("activity__begins_at", "id")


def announcement_of(activity: Activity) -> Announcement | None:
    """The announcement that stands. One query."""
    rows = Announcement.objects.of(activity.city_id).filter(activity=activity, taken_back_at__isnull=True)
    found: Announcement | None = rows.first()
    return found

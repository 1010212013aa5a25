"""An activity as an iCalendar file (RFC 5545), written by the ``icalendar`` library: itself, and each point of its agenda."""

from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event

from zhaoshang.outreach.models import Activity, AgendaItem


def calendar_of(activity: Activity, agenda: Iterable[AgendaItem], at: datetime) -> bytes:
    """The file. Times are UTC, so that no calendar has to know the zone; its id stays the same when the activity is changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//zhaoshang//outreach//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = _event(str(activity.pk), activity.title, activity.begins_at, activity.ends_at, at)
    event.add("location", activity.place)
    event.add("status", "CANCELLED" if activity.cancelled_for else "CONFIRMED")
    if activity.about:
        event.add("description", activity.about)
    calendar.add_component(event)
    for item in agenda:
        point = _event(str(item.pk), item.title, item.begins_at, item.ends_at or item.begins_at, at)
        if item.speaker:
            point.add("description", item.speaker)
        calendar.add_component(point)
    return bytes(calendar.to_ical())


def _event(key: str, title: str, begins: datetime, ends: datetime, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{key}@zhaoshang")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", begins.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    event.add("summary", title)
    return event

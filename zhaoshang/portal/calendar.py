"""The calendar of the site: activities that were announced, until when entries and policies hold; as a page and as iCalendar (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import KIND_LABELS
from zhaoshang.opportunities.rules import Kind as EntryKind
from zhaoshang.outreach.models import Activity
from zhaoshang.portal.articles import titled as article_titled
from zhaoshang.portal.offers.shown import titled as entry_titled
from zhaoshang.portal.pages import Links, public_page, render_public
from zhaoshang.publishing.announcing import announced
from zhaoshang.publishing.queries import listed, reading
from zhaoshang.publishing.rules import Kind
from zhaoshang.tenancy.models import City

DAYS_BACK, DAYS_AHEAD, MOST = 60, 400, 500


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something with a day. ``begins``: a moment for an activity, a day for the end of a validity; ``page``: its address, if it has one."""

    key: str
    what: str
    title: str
    begins: date
    ends: date | None = None
    place: str = ""
    about: str = ""
    page: str = ""
    cancelled: bool = False
    is_sample: bool = False

    @property
    def on(self) -> date:
        """Its day in the city."""
        return timezone.localdate(self.begins) if isinstance(self.begins, datetime) else self.begins


def occasions(city: City, at: datetime, link: Links) -> list[Occasion]:
    """What the public may know of, by day. Three queries, and one for the words of policies."""
    first, last = (
        timezone.localdate(at) - timedelta(days=DAYS_BACK),
        timezone.localdate(at) + timedelta(days=DAYS_AHEAD),
    )
    rows = Opportunity.objects.listed(city, at).filter(expires_on__range=(first, last)).order_by("expires_on", "code")
    found = [_of_activity(one.activity) for one in announced(city, at)[:MOST]]
    found += [_of_entry(one, link) for one in rows[:MOST]]
    found += _of_policies(city, at, link)
    return sorted((one for one in found if first <= one.on <= last), key=lambda one: (one.on, one.key))


def _of_activity(one: Activity) -> Occasion:
    return Occasion(
        str(one.pk), _("招商活动"), one.title, one.begins_at, one.ends_at, one.place, one.about,
        cancelled=bool(one.cancelled_for), is_sample=one.is_sample,
    )  # fmt: skip


def _of_entry(one: Opportunity, link: Links) -> Occasion:
    return Occasion(
        str(one.pk), _("条目有效期至"), entry_titled(one), one.expires_on, about=_(KIND_LABELS[EntryKind(one.kind)]),
        page=link("opportunity", one.code), is_sample=one.is_sample,
    )  # fmt: skip


def _of_policies(city: City, at: datetime, link: Links) -> list[Occasion]:
    return [
        Occasion(
            str(one.article.pk), _("政策有效期至"), article_titled(one.version), one.version.valid_until,
            about=one.version.document, page=link("article", one.article.code), is_sample=one.article.is_sample,
        )
        for one in reading(list(listed(city, at, Kind.POLICY, Kind.NOTICE)[:MOST]))
        if one.version and one.version.valid_until
    ]  # fmt: skip


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """What is to come, by month; what is past is in the file only."""
    city, at, link = request.viewer.city, timezone.now(), Links(request)  # type: ignore[attr-defined]
    today, months = timezone.localdate(at), {}  # type: ignore[var-annotated]
    for one in occasions(city, at, link):
        if one.on >= today:
            months.setdefault(one.on.replace(day=1), []).append(_line(one))
    feed = request.build_absolute_uri(link("calendar_file"))
    shown = {"months": list(months.items()), "feed": feed, "webcal": feed.replace("https://", "webcal://", 1)}
    return render_public(request, "portal/calendar.html", shown)


def _line(one: Occasion) -> dict[str, Any]:
    hours = ""
    if isinstance(one.begins, datetime) and isinstance(one.ends, datetime):
        hours = f"{timezone.localtime(one.begins):%H:%M}–{timezone.localtime(one.ends):%H:%M}"
    return {
        "what": one.what,
        "title": one.title,
        "href": one.page,
        "on": one.on,
        "note": " · ".join(part for part in (hours, one.place or one.about) if part),
        "cancelled": one.cancelled,
        "is_sample": one.is_sample,
    }


@public_page
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same and the last weeks, for calendar programs to subscribe to."""
    city, at = request.viewer.city, timezone.now()  # type: ignore[attr-defined]
    found = Calendar()
    found.add("prodid", "-//zhaoshang//site//ZH")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("%(city)s国内招商") % {"city": city.name})
    found.add("x-wr-timezone", settings.TIME_ZONE)
    for one in occasions(city, at, Links(request)):
        found.add_component(_event(one, at))
    response = HttpResponse(bytes(found.to_ical()), content_type="text/calendar; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _event(one: Occasion, at: datetime) -> Event:
    """Its id stays when its day changes; whole days end where the next begins."""
    event = Event()
    event.add("uid", f"{one.key}@zhaoshang")
    event.add("dtstamp", at.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC))
    if isinstance(one.begins, datetime) and isinstance(one.ends, datetime):
        event.add("dtstart", one.begins.astimezone(UTC))
        event.add("dtend", one.ends.astimezone(UTC))
        event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    else:
        event.add("dtstart", one.begins)
        event.add("dtend", one.begins + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    sample = f"{_('示例')} · " if one.is_sample else ""
    event.add("summary", f"{sample}{one.what} · {one.title}")
    for name, text in (("location", one.place), ("description", one.about)):
        if text:
            event.add(name, text)
    if one.page:
        event.add("url", f"{settings.PUBLIC_URL}{one.page}")
    return event

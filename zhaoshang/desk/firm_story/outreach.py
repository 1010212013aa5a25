"""What outreach tells of an enterprise: whom a trip met, follow-up visits, and whom an activity had as a guest."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.context import named
from zhaoshang.desk.firm_story.telling import Teller
from zhaoshang.desk.story.line import Line
from zhaoshang.outreach.models import Guest, Meeting, Visit
from zhaoshang.regions.access import Viewer

SHOWN = 30


def lines(family: Sequence[UUID], viewer: Viewer) -> Iterable[Line]:
    """Three queries; only rows that the viewer may see."""
    firms = {"enterprise_id__in": list(family)}
    for one in Meeting.objects.visible_to(viewer).filter(**firms).select_related("trip").order_by("-day")[:SHOWN]:
        href = reverse("desk:meeting", args=[one.pk])
        yield Line(one.day, _("外出招商"), one.purpose or one.trip.title, one.people, href)
    for visit in Visit.objects.visible_to(viewer).filter(**firms).select_related("unit")[:SHOWN]:
        yield _visit(visit)
    guests = Guest.objects.visible_to(viewer).filter(**firms).select_related("activity").order_by("-id")[:SHOWN]
    for guest in guests:
        day = timezone.localdate(guest.activity.begins_at)
        href = reverse("desk:activity", args=[guest.activity.code])
        yield Line(day, _("招商活动"), guest.activity.title, href=href)


def _visit(visit: Visit) -> Line:
    text = visit.cancelled_for or visit.told[:80] or visit.purpose or _("计划走访")
    who = named(visit.unit) if visit.unit else visit.visitors
    promised = visit.visited_on is None and not visit.cancelled_for
    href = reverse("desk:visit", args=[visit.pk])
    return Line(visit.visited_on or visit.planned_on, _("企业回访"), text, who, href, promised)


TELLER = Teller(
    lines, frozenset({"outreach.Guest.enterprise", "outreach.Meeting.enterprise", "outreach.Visit.enterprise"})
)

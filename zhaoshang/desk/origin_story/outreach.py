"""Trips that went into the region, and those that are to go there."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.outreach_shown import whose
from zhaoshang.desk.story.line import Line
from zhaoshang.outreach.models import Destination, Trip
from zhaoshang.outreach.rules import TripState
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import OriginPart
from zhaoshang.regions.origins import begins_inside

SHOWN = 30


def lines(parts: Sequence[OriginPart], viewer: Viewer) -> Iterable[Line]:
    """A line a trip that is approved, on its first day. One query."""
    there = Destination.objects.of(viewer.city).filter(begins_inside("region_code", parts)).order_by()
    rows = Trip.objects.visible_to(viewer).filter(pk__in=there.values("trip_id"), state=TripState.APPROVED)
    today = timezone.localdate()
    for trip in rows.select_related("unit").order_by("-first_day", "-id")[:SHOWN]:
        href = reverse("desk:trip", args=[trip.code])
        yield Line(trip.first_day, _("外出招商"), trip.title, whose(trip), href, promised=trip.first_day > today)

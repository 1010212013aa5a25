"""Leads on investors of the region that are still followed: what is next is their answer."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.context import named
from zhaoshang.desk.story.line import Line
from zhaoshang.leads.models import Lead
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import OriginPart
from zhaoshang.regions.origins import begins_inside

SHOWN = 30


def lines(parts: Sequence[OriginPart], viewer: Viewer) -> Iterable[Line]:
    """A line a lead whose money would come from the region, on the day of its receipt. One query."""
    if not viewer.can(Can.READ_LEADS):
        return
    rows = Lead.objects.visible_to(viewer).filter(begins_inside("source_code", parts))
    for lead in rows.select_related("unit").order_by("-id")[:SHOWN]:
        who = named(lead.unit) if lead.unit else ""
        href = reverse("desk:lead", args=[lead.pk])
        yield Line(
            timezone.localdate(lead.registered_at), _("线索"), f"{lead.investor} {lead.subject}".strip(), who, href
        )

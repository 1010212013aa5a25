"""Entries that wait for their steward, and editions that wait for approval."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.opportunities.models import Edition
from zhaoshang.opportunities.queries import waiting_for
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer


def tasks(viewer: Viewer, today: date) -> Iterable[Task]:
    """To be checked again, soon expired, to be approved. Three queries at most."""
    if viewer.user is not None and viewer.can(Can.KEEP_OPPORTUNITIES):
        mine = reverse("desk:opportunity_list") + "?steward=me"
        stale, expiring = waiting_for(viewer.user, viewer.city, today)
        if stale:
            yield Task(_("核实条目"), _("你维护的条目该再核实了"), f"{mine}&due=1", len(stale), min(stale))
        if expiring:
            first = min(one.expires_on for one in expiring)
            yield Task(_("条目到期"), _("你维护的条目快过期或已过期"), f"{mine}&offer=all", len(expiring), first)
    if viewer.user is not None and viewer.can(Can.APPROVE_EDITIONS):
        asked = Edition.objects.of(viewer.city).filter(asked_by__isnull=False, digest="").exclude(asked_by=viewer.user)
        for number in asked.values_list("number", flat=True):
            href = reverse("desk:edition", args=[number])
            yield Task(_("批准清单"), _("第%(number)s期等你批准") % {"number": number}, href)

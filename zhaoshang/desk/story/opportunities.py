"""What a project has to do with what the city offers: talked about, reserved, taken."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.opportunities_shown import title_of
from zhaoshang.desk.story.line import Line
from zhaoshang.opportunities.models import EntryChange, Opportunity, Reservation
from zhaoshang.opportunities.rules import HAPPENED_LABELS, Happened
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called


def lines(project: Project, viewer: Viewer) -> Iterable[Line]:
    """A line for each thing that happened to an entry for this project, and the day until which one is kept. Two queries."""
    seen = Opportunity.objects.visible_to(viewer)
    changes = EntryChange.objects.of(viewer.city).filter(project=project, opportunity__in=seen)
    for one in changes.select_related("opportunity", "by"):
        entry = one.opportunity
        text = _("%(code)s %(title)s") % {"code": entry.code, "title": title_of(entry)}
        kind = _(HAPPENED_LABELS[Happened(one.happened)])
        yield Line(one.on, kind, _("；").join(filter(None, (text, one.text))), called(one.by), _address(entry))
    held = Reservation.objects.of(viewer.city).filter(project=project, ended_on__isnull=True, opportunity__in=seen)
    for kept in held.select_related("opportunity"):
        text = _("%(code)s 预留到这一天") % {"code": kept.opportunity.code}
        yield Line(kept.until_on, _("预留"), text, "", _address(kept.opportunity), promised=True)


def _address(entry: Opportunity) -> str:
    return reverse("desk:opportunity", args=[entry.code])

"""Who answered for a project, what was asked and ordered, and what must be answered by when."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.duties_shown import lead_shown, matter_href
from zhaoshang.desk.story.line import Line
from zhaoshang.duties.models import Responsibility
from zhaoshang.duties.queries import clocks_of, matters_of
from zhaoshang.duties.rules import MATTER_KIND_LABELS, MatterKind, State
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called


def lines(project: Project, viewer: Viewer) -> Iterable[Line]:
    """Three queries."""
    page = reverse("desk:project_duties", args=[project.code])
    served = Responsibility.objects.visible_to(viewer).filter(project=project).select_related("leader", "handler")
    for one in served:
        people = _("包保领导 %(leader)s，经办人 %(handler)s") % {
            "leader": lead_shown(one),
            "handler": called(one.handler),
        }
        yield Line(one.since, _("责任分工"), people, "", page)
    for matter in matters_of(viewer).filter(project=project):
        kind, raised = _(MATTER_KIND_LABELS[MatterKind(matter.kind)]), timezone.localdate(matter.raised_at)
        yield Line(raised, kind, str(matter), called(matter.raised_by), matter_href(matter))
        if matter.state != State.CLOSED:
            yield Line(matter.due_on, kind, str(matter), called(matter.raised_by), matter_href(matter), promised=True)
    for clock in clocks_of(viewer).filter(project=project):
        href, who = reverse("desk:clock", args=[clock.pk]), called(clock.answered_by) if clock.answered_by else ""
        running = clock.answered_on is None
        yield Line(clock.answered_on or clock.due_on, _("答复时限"), clock.subject, who, href, promised=running)

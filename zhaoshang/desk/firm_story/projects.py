"""What the projects tell of their enterprise: when they were signed and landed."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.context import named
from zhaoshang.desk.firm_story.telling import Teller
from zhaoshang.desk.story.line import Line
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import MILESTONE_LABELS, Milestone
from zhaoshang.regions.access import Viewer


def lines(family: Sequence[UUID], viewer: Viewer) -> Iterable[Line]:
    """Two lines a project that the viewer may see."""
    rows = Project.objects.visible_to(viewer).counted(viewer.city).filter(enterprise_id__in=list(family))
    for project in rows.select_related("unit").order_by("-id")[:30]:
        for milestone in (Milestone.SIGNED, Milestone.LANDED):
            if (on := getattr(project, milestone)) is not None:
                href = reverse("desk:project", args=[project.code])
                yield Line(on, _(MILESTONE_LABELS[milestone]), project.name, named(project.unit), href)


TELLER = Teller(lines, frozenset({"projects.Project.enterprise"}))

"""Simultaneous starts in which the project is listed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.story.line import Line
from zhaoshang.projects.models import Project, StartedProject
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """On the day of the start."""
    rows = StartedProject.objects.of(project.city_id).filter(project=project)
    for one in rows.select_related("event", "listed_by"):
        text = _("列入%(title)s（%(document)s）") % {"title": one.event.title, "document": one.event.document}
        href = reverse("desk:start", args=[one.event.code])
        yield Line(one.event.day, _("同步开工"), text, called(one.listed_by), href)

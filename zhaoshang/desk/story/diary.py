"""What the diary alone knows of the project: its registration, what was filled in, and whatever no other module tells."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.diary_words import WORDS
from zhaoshang.desk.story.line import Line
from zhaoshang.people.models import Event
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called

TOLD = (
    "projects.project.registered",
    "projects.project.amended",
    "projects.project.hidden",
    "projects.project.disclosed",
    "projects.team.changed",
    "review.pair.registered_nevertheless",
)


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """Only what happened and who did it: the particulars of the diary are the auditor's."""
    rows = Event.objects.of(project.city_id).filter(about_id=str(project.pk), verb__in=TOLD, refused=False)
    for one in rows.select_related("by").order_by("at", "id"):
        who = called(one.by) if one.by else _("系统")
        yield Line(timezone.localdate(one.at), _("登记与补充"), str(WORDS[one.verb]), who)

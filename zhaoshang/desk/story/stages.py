"""The stage log: stages entered, skipped and corrected, closings and reopenings, notes."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.stages_shown import entry_note, entry_words, stage_names
from zhaoshang.desk.story.line import Line
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.log import stages_on
from zhaoshang.projects.stages.queries import log_of
from zhaoshang.projects.stages.rules import EntryKind
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """One line for each of the log, the last first: those of one day keep that order."""
    names = stage_names(stages_on(project.city, timezone.localdate()))
    href = reverse("desk:project_stages", args=[project.code])
    for entry in reversed(log_of(project)):
        note = entry_note(entry)
        yield Line(
            on=entry.day or timezone.localdate(entry.entered_at),
            kind=_("进展") if entry.kind == EntryKind.NOTED else _("阶段"),
            text=entry_words(entry, names) + (_("：") + note if note else ""),
            who=called(entry.entered_by) if entry.entered_by else "",
            href=href,
        )

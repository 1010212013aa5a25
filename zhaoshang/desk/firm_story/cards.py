"""What the enterprises' own room tells: notes of risk. People, group and lists stand in parts of their own on the card."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from zhaoshang.desk.firm_story.telling import Teller
from zhaoshang.desk.story.line import Line
from zhaoshang.enterprises.models import RiskNote
from zhaoshang.enterprises.rules import LEVEL_LABELS, Level
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called


def lines(family: Sequence[UUID], viewer: Viewer) -> Iterable[Line]:
    """A line a note."""
    for note in RiskNote.objects.of(viewer.city).filter(enterprise_id__in=list(family)).select_related("by")[:30]:
        kind = _("风险提示（%(level)s）") % {"level": _(LEVEL_LABELS[Level(note.level)])}
        yield Line(note.noted_on, kind, note.text, called(note.by))


TELLER = Teller(
    lines,
    frozenset(
        {
            "enterprises.Enterprise.parent",
            "enterprises.Contact.enterprise",
            "enterprises.Merger.kept",
            "enterprises.Merger.closed",
            "enterprises.RiskNote.enterprise",
            "enterprises.RosterEntry.enterprise",
            "enterprises.Relation.enterprise",
        }
    ),
)

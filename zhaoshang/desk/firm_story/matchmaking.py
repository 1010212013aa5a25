"""What matchmaking tells of an enterprise: with which opportunities it was brought together, and how far that came."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.firm_story.telling import Teller
from zhaoshang.desk.matchmaking_shown import side_name, state_cell
from zhaoshang.desk.story.line import Line
from zhaoshang.matchmaking.models import Pair
from zhaoshang.regions.access import Viewer

SHOWN = 30


def lines(family: Sequence[UUID], viewer: Viewer) -> Iterable[Line]:
    """A line a pair that the viewer may see. One query."""
    rows = Pair.objects.visible_to(viewer).filter(enterprise_id__in=list(family))
    for one in rows.select_related("opportunity", "unit").order_by("-since", "-id")[:SHOWN]:
        text = f"{one.opportunity.title}{_('：')}{state_cell(one.state)['text']}"
        yield Line(one.since, _("央地对接"), text, side_name(one.unit), reverse("desk:pair", args=[one.pk]))


TELLER = Teller(
    lines,
    frozenset({"matchmaking.Pair.enterprise", "matchmaking.Away.enterprise", "matchmaking.Appointment.enterprise"}),
)

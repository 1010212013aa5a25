"""First talks and transfers in a project's story."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.story.line import Line
from zhaoshang.desk.talks_shown import offer_words
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.talks.queries import talks_of, transfers_of
from zhaoshang.talks.rules import OFFER_LABELS, ORIGIN_LABELS, Offer, Origin
from zhaoshang.ui.filters import called, named


def lines(project: Project, viewer: Viewer) -> Iterable[Line]:
    """Claims with the day until which they protect, and transfers with their answers, as far as the viewer may see them. Two queries."""
    for one in talks_of(project, viewer):
        href = reverse("desk:talk", args=[one.talk_id])
        text = f"{named(one.unit)} {_(ORIGIN_LABELS[Origin(one.origin)])}"
        yield Line(timezone.localdate(one.claimed_at), _("首谈"), text, href=href)
        if not one.ended:
            yield Line(one.protected_until, _("首谈"), _("首谈保护到期"), named(one.unit), href, promised=True)
    for offer in transfers_of(project, viewer):
        href = reverse("desk:transfer", args=[offer.pk])
        told = offer_words(offer)
        yield Line(timezone.localdate(offer.offered_at), _("流转"), told, called(offer.offered_by), href)
        if offer.decided_at:
            said = _(OFFER_LABELS[Offer(offer.state)])
            who = called(offer.decided_by) if offer.decided_by else ""
            yield Line(timezone.localdate(offer.decided_at), _("流转"), said, who, href)

"""What was decided of pairs in which the project may be another one registered twice."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.story.line import Line
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.review.models import PairDecision
from zhaoshang.review.rules import PAIR_STATE_LABELS, PairState
from zhaoshang.ui.filters import called


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """The other project is named to who may see it."""
    either = Q(pair__first=project) | Q(pair__second=project)
    rows = PairDecision.objects.of(project.city_id).filter(either)
    for one in rows.select_related("pair__first", "pair__second", "by"):
        other = one.pair.second if one.pair.first_id == project.pk else one.pair.first
        seen = viewer.sees_unit(other.unit_id)
        told = {
            "other": f"{other.name} {other.code}" if seen else _("另一地区的相似项目"),
            "verdict": _(PAIR_STATE_LABELS[PairState(one.verdict)]),
            "reason": one.reason if seen else "",
        }
        text = _("与%(other)s：%(verdict)s。%(reason)s") % told
        href = reverse("desk:duplicate", args=[one.pair_id])
        yield Line(timezone.localdate(one.at), _("查重"), text, called(one.by), href)

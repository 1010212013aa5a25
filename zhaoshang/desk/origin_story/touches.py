"""Meetings with firms that sit in the region."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.story.line import Line
from zhaoshang.desk.touches_shown import may_read, unit_name
from zhaoshang.enterprises.models import Touch
from zhaoshang.enterprises.rules import TOUCH_LABELS, TouchKind
from zhaoshang.projects.firms import visible_enterprises
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import OriginPart
from zhaoshang.regions.origins import begins_inside

SHOWN = 30


def lines(parts: Sequence[OriginPart], viewer: Viewer) -> Iterable[Line]:
    """A line a meeting, and one for its next step; of another unit's, only that it was."""
    firms = visible_enterprises(viewer).filter(begins_inside("region_code", parts)).order_by().values("pk")
    rows = Touch.objects.of(viewer.city).filter(enterprise_id__in=firms, withdrawn_at__isnull=True)
    for touch in rows.select_related("unit", "enterprise")[:SHOWN]:
        href, unit = reverse("desk:enterprise", args=[touch.enterprise_id]), unit_name(touch)
        kind = f"{touch.enterprise.name} {_(TOUCH_LABELS[TouchKind(touch.kind)])}"
        if not may_read(touch, viewer):
            yield Line(touch.on, kind, _("内容由该单位保管"), unit, href)
            continue
        yield Line(touch.on, kind, touch.said, unit, href)
        if touch.next_on:
            yield Line(touch.next_on, touch.enterprise.name, touch.next_step, unit, href, promised=True)

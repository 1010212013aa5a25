"""Meetings with an enterprise: to every unit that there was one, in full to who had it and to the city's roles."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from zhaoshang.desk.firm_story.telling import Teller
from zhaoshang.desk.story.line import Line
from zhaoshang.desk.touches_shown import may_read, unit_name
from zhaoshang.enterprises.models import Touch
from zhaoshang.enterprises.rules import TOUCH_LABELS, TouchKind
from zhaoshang.regions.access import Viewer


def lines(family: Sequence[UUID], viewer: Viewer) -> Iterable[Line]:
    """A line a meeting, and one for what was promised at it."""
    rows = Touch.objects.of(viewer.city).filter(enterprise_id__in=list(family), withdrawn_at__isnull=True)
    for touch in rows.select_related("unit")[:30]:
        kind, unit = _(TOUCH_LABELS[TouchKind(touch.kind)]), unit_name(touch)
        if not may_read(touch, viewer):
            yield Line(touch.on, kind, _("内容由该单位保管"), unit)
            continue
        yield Line(touch.on, kind, touch.said, f"{unit} {touch.who}")
        if touch.next_on:
            yield Line(touch.next_on, _("下一步"), touch.next_step, unit, promised=True)


TELLER = Teller(lines, frozenset({"enterprises.Touch.enterprise"}))

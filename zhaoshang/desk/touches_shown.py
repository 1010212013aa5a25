"""How meetings with enterprises and the warnings about them are shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.context import named
from zhaoshang.enterprises.models import Touch
from zhaoshang.enterprises.rules import TOUCH_LABELS, TouchKind
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import date_


def unit_name(touch: Touch) -> str:
    """Whose meeting it was."""
    return named(touch.unit) if touch.unit_id else _("市局")


def may_read(touch: Touch, viewer: Viewer) -> bool:
    """Whether what was said is for this viewer."""
    return viewer.sees_all_units or (touch.unit_id is not None and viewer.sees_unit(touch.unit_id))


def columns() -> list[dict[str, Any]]:
    """Columns of :func:`rows`."""
    return [
        {"key": "on", "label": _("日期"), "kind": "date", "head": True},
        {"key": "unit", "label": _("单位")},
        {"key": "firm", "label": _("企业")},
        {"key": "kind", "label": _("方式")},
        {"key": "who", "label": _("我方参加")},
        {"key": "whom", "label": _("对方参加")},
        {"key": "said", "label": _("谈了什么")},
        {"key": "next", "label": _("下一步")},
    ]


def rows(touches: Iterable[Touch], viewer: Viewer) -> list[dict[str, Any]]:
    """A row a meeting; of another unit's, only that it was."""
    found = []
    for touch in touches:
        row: dict[str, Any] = {
            "on": touch.on.isoformat(),
            "unit": unit_name(touch),
            "firm": {
                "text": touch.enterprise.name,
                "href": reverse("desk:enterprise", args=[touch.enterprise_id]),
            },
            "kind": _(TOUCH_LABELS[TouchKind(touch.kind)]),
            "said": _("内容由该单位保管"),
            "_kind": "" if may_read(touch, viewer) else "muted",
        }
        if may_read(touch, viewer):
            href = reverse("desk:touch", args=[touch.pk])
            note = date_(touch.next_on) if touch.next_on else None
            row |= {
                "on": {"text": touch.on.isoformat(), "href": href},
                "who": touch.who,
                "whom": touch.whom,
                "said": touch.said,
                "next": {"text": touch.next_step, "note": note},
            }
        found.append(row)
    return found


def warnings(met: Iterable[Touch], today: date) -> list[str]:
    """“高新区 3 天前（2023-03-28）见过他们”, a line a unit, the latest; counted from ``today``, or the day that is planned for."""
    said: dict[str, str] = {}
    for touch in met:
        days = (today - touch.on).days
        told = {"unit": unit_name(touch), "days": days, "on": date_(touch.on), "firm": touch.enterprise.name}
        words = _("%(unit)s %(days)s 天前见过%(firm)s（%(on)s）")
        if days == 0:
            now = touch.on == timezone.localdate()
            words = _("%(unit)s今天见过%(firm)s（%(on)s）") if now else _("%(unit)s当天（%(on)s）见过%(firm)s")
        said.setdefault(told["unit"], words % told)
    return list(said.values())

"""Objections to be decided, and lights that a unit has not explained."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.assessments.models import Light, Objection
from zhaoshang.assessments.queries import explained_months, issued_regulations
from zhaoshang.assessments.rules.scheme import Colour
from zhaoshang.assessments.rules.states import Purpose, Verdict
from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import month

SHOWN = 5


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """For who assesses, and for who explains."""
    if viewer.can(Can.ASSESS):
        raised = Objection.objects.of(viewer.city).filter(verdict=Verdict.OPEN).exclude(raised_by=viewer.user)
        keys = list(raised.order_by("id").values_list("pk", flat=True))
        if keys:
            text = _("地区对考核提出的异议，等你处理")
            yield Task(_("考核异议"), text, reverse("desk:objection_open", args=[keys[0]]), len(keys))
    if viewer.can(Can.EXPLAIN_LIGHTS) and viewer.unit_ids:
        yield from _lights(viewer)


def _lights(viewer: Viewer) -> Iterator[Task]:
    """Red and yellow lights of the last month that was computed, as they came out last."""
    for regulation in issued_regulations(viewer.city, Purpose.LIGHTS)[:1]:
        rows = Light.objects.of(viewer.city).filter(regulation=regulation, unit_id__in=viewer.unit_ids)
        last = rows.order_by().aggregate(last=Max("month"))["last"]
        if last is None:
            return
        lights = {(one.unit_id, one.article): one for one in rows.filter(month=last).order_by("id")}
        told = explained_months(regulation, last)
        dark = [one for key, one in lights.items() if key not in told and one.colour in (Colour.RED, Colour.YELLOW)]
        for one in dark[:SHOWN]:
            text = _("%(month)s第%(article)s条亮灯，还没有说明") % {"month": month(last), "article": one.article}
            yield Task(_("亮灯说明"), text, reverse("desk:light_open", args=[one.pk]))

"""Projects of a simultaneous start at which no work was seen by the day of a check."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.starts import CHECK_AFTER_DAYS, Sign, check_starts
from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import StartEvent
from zhaoshang.regions.access import Viewer

LOOKED_BACK = timedelta(days=180)


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """One line an event of the last half year, due on the first check that found nothing."""
    if not viewer.can(Can.ADVANCE_STAGE):
        return
    recent = StartEvent.objects.of(viewer.city).filter(day__lte=today, day__gt=today - LOOKED_BACK)
    for event in recent:
        idle = [
            min(days for days, sign in zip(CHECK_AFTER_DAYS, one.signs, strict=True) if sign == Sign.NONE)
            for one in check_starts(event, today)
            if Sign.NONE in one.signs and viewer.sees_unit(one.listed.project.unit_id)
        ]
        if idle:
            text = _("%(event)s：到检查日未见施工迹象，请核实并记进展") % {"event": event.title}
            due = event.day + timedelta(days=min(idle))
            yield Task(_("开工后检查"), text, reverse("desk:start", args=[event.code]), len(idle), due)

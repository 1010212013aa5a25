"""Measures and tasks of the year's plan that are late or due within two weeks."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.plans.models import WorkItem
from zhaoshang.plans.queries import latest_reports
from zhaoshang.plans.rules import Standing
from zhaoshang.regions.access import Viewer

AHEAD = timedelta(days=14)
SHOWN = 10


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """Of the units of an officer, and what names the person; what an indicator measures is not reported by hand."""
    if not viewer.can(Can.REPORT_PROGRESS):
        return
    mine = Q(responsible=viewer.user) | Q(owner_unit_id__in=viewer.unit_ids)
    due = WorkItem.objects.of(viewer.city).filter(mine, due_on__lte=today + AHEAD, indicator="")
    items = list(due.order_by("due_on", "id")[: SHOWN * 3])
    told = latest_reports(viewer.city, items) if items else {}
    ended = (Standing.DONE, Standing.STOPPED)
    open_items = [one for one in items if one.pk not in told or told[one.pk].standing not in ended]
    for one in open_items[:SHOWN]:
        yield Task(_("计划任务"), one.title, reverse("desk:plan_item", args=[one.pk]), due_on=one.due_on)

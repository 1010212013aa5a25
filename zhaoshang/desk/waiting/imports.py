"""Workbooks that were read and wait for their sender's word."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.review.models import Workbook
from zhaoshang.review.rules import WorkbookState

SHOWN = 5


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """One line a workbook, the newest first."""
    if not viewer.can(Can.DECLARE):
        return
    rows = Workbook.objects.visible_to(viewer).filter(state=WorkbookState.READ, sent_by=viewer.user)
    for one in rows.defer("columns", "problems", "lines").order_by("-id")[:SHOWN]:
        text = _("%(name)s已读完，等你采纳或弃置") % {"name": one.name}
        yield Task(_("待采纳的表格"), text, reverse("desk:import", args=[one.pk]))

"""Months: requests to reopen one, months whose day has come, differences with the statistics bureau without a word."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.reconciliation import reconcile
from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import MonthChange, ReportMonth
from zhaoshang.regions.rules import ChangeKind, MonthState
from zhaoshang.ui.filters import month


def open_months(viewer: Viewer) -> list[ReportMonth]:
    """Months in which may be declared, earliest first. One query."""
    rows = ReportMonth.objects.of(viewer.city).filter(state=MonthState.OPEN)
    return list(rows.order_by("number"))


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """For who approves a reopening and who closes."""
    if viewer.can(Can.APPROVE_REOPEN):
        asked = MonthChange.objects.of(viewer.city).filter(kind=ChangeKind.REOPEN, decided_by__isnull=True)
        if found := asked.exclude(asked_by=viewer.user).order_by().count():
            text = _("有人申请重开已关账的月份，须由另一人决定")
            yield Task(_("重开申请"), text, reverse("desk:month_list"), found)
    if viewer.can(Can.CLOSE_MONTH):
        yield from _closing(viewer, today)


def _closing(viewer: Viewer, today: date) -> Iterator[Task]:
    held = open_months(viewer)
    past = [one for one in held if one.due_on < today]
    if past:
        text = _("%(month)s等月份已过截止日，还没有关账") % {"month": month(past[0].number)}
        yield Task(_("待关账"), text, reverse("desk:month_list"), len(past), past[0].due_on)
    if not held:
        return
    account = reconcile(viewer.city, held[-1].number)
    if account.entries and account.open_count:
        text = _("%(month)s与统计局的差异，还没有说明") % {"month": month(held[-1].number)}
        yield Task(_("待说明"), text, reverse("desk:bureau"), account.open_count, held[-1].due_on)

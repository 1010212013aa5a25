"""Payments: what came back, what waits for the verifier, what a close would leave out."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportMonth
from zhaoshang.review.queries import undecided
from zhaoshang.ui.filters import month, wan

RETURNED_SHOWN = 20


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """For who declares, who verifies and who closes."""
    if viewer.can(Can.DECLARE):
        yield from _returned(viewer)
    if viewer.can(Can.DECLARE) or viewer.can(Can.CLOSE_MONTH) or viewer.can(Can.VERIFY):
        yield from _undecided(viewer)


def _undecided(viewer: Viewer) -> Iterator[Task]:
    """One line of declared payments, worded for who looks; due with the earliest of their months."""
    rows = undecided(viewer).order_by()
    if viewer.can(Can.VERIFY):
        rows = rows.exclude(declared_by=viewer.user)
    found = rows.aggregate(count=Count("id"), first=Min("report_month"))
    if not found["count"]:
        return
    label, text = _("待审核"), _("地区申报的到账，等你核定或退回")
    href = reverse("desk:queue_list")
    if not viewer.can(Can.VERIFY):
        closes = viewer.can(Can.CLOSE_MONTH)
        label = _("未审核") if closes else _("等待审核")
        text = _("开放月份里还没有审核的到账") if closes else _("已申报，还没有审核的到账")
        href = reverse("desk:payment_list") + f"?standing={Standing.DECLARED}"
    due = ReportMonth.objects.of(viewer.city).filter(number=found["first"]).values_list("due_on", flat=True).first()
    yield Task(label, text, href, found["count"], due)


def _returned(viewer: Viewer) -> Iterator[Task]:
    """Returned payments that nobody has declared again, newest first, each with its reason; due with their month."""
    again = Payment.objects.of(viewer.city).filter(city_id=OuterRef("city_id"), succeeds=OuterRef("pk"))
    rows = Payment.objects.visible_to(viewer).filter(standing=Standing.RETURNED).exclude(Exists(again))
    returned = list(rows.select_related("project").order_by("-id")[:RETURNED_SHOWN])
    due = dict(ReportMonth.objects.of(viewer.city).values_list("number", "due_on")) if returned else {}
    for one in returned:
        told = {"project": one.project.name, "amount": wan(one.amount_fen), "month": month(one.report_month)}
        text = _("%(project)s，%(month)s，%(amount)s 万元。退回原因：") % told + one.return_reason
        yield Task(_("退回给你的"), text, reverse("desk:payment", args=[one.pk]), due_on=due.get(one.report_month))

"""The start page: what waits for the person, by role."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhaoshang.capital.models import Payment
from zhaoshang.capital.reconciliation import reconcile
from zhaoshang.capital.rules import Standing
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.nav import FIRST_PAGE
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import MonthChange, ReportMonth
from zhaoshang.regions.rules import ChangeKind, MonthState
from zhaoshang.review.queries import undecided
from zhaoshang.ui.filters import month, number, wan

RETURNED_SHOWN = 20


@desk_page()
def home(request: Any) -> HttpResponse:
    """Leaders, security administrators and auditors go straight to their page; the others see what waits."""
    viewer: Viewer = request.viewer
    if viewer.role in FIRST_PAGE:
        return redirect(FIRST_PAGE[viewer.role])
    months = _open_months(viewer)
    shown = {
        "tasks": [*_declaring(viewer), *_deciding(viewer), *_closing(viewer, months)],
        "returned": _returned(viewer) if viewer.can(Can.DECLARE) else [],
        "months": [_month(one, timezone.localdate()) for one in months] if viewer.role else [],
        "granted": viewer.role is not None,
    }
    return render(request, "desk/home.html", shown)


def _open_months(viewer: Viewer) -> list[ReportMonth]:
    return (
        list(ReportMonth.objects.of(viewer.city).filter(state=MonthState.OPEN).order_by("number"))
        if viewer.role
        else []
    )


def _month(one: ReportMonth, today: date) -> dict[str, Any]:
    left = (one.due_on - today).days
    if left >= 0:
        text = ngettext("还有 %(days)s 天截止", "还有 %(days)s 天截止", left) % {"days": left}
    else:
        text = ngettext("已过截止日 %(days)s 天", "已过截止日 %(days)s 天", -left) % {"days": -left}
    return {"name": month(one.number), "due_on": one.due_on, "text": text, "kind": "todo" if left >= 0 else "warn"}


def _declaring(viewer: Viewer) -> list[dict[str, Any]]:
    """What an officer may follow: own payments that a verifier has not looked at yet."""
    if not viewer.can(Can.DECLARE):
        return []
    waiting = undecided(viewer).order_by().count()
    href = reverse("desk:payment_list") + f"?standing={Standing.DECLARED}"
    return (
        [{"label": _("等待审核"), "count": number(waiting), "text": _("已申报，还没有审核的到账"), "href": href}]
        if waiting
        else []
    )


def _returned(viewer: Viewer) -> list[dict[str, Any]]:
    """Returned payments that nobody has declared again, newest first, with the reason."""
    again = Payment.objects.of(viewer.city).filter(city_id=OuterRef("city_id"), succeeds=OuterRef("pk"))
    rows = Payment.objects.visible_to(viewer).filter(standing=Standing.RETURNED).exclude(Exists(again))
    return [
        {
            "project": {"text": one.project.name, "href": reverse("desk:payment", args=[one.pk])},
            "unit": named(one.unit),
            "amount": wan(one.amount_fen),
            "month": month(one.report_month),
            "reason": one.return_reason,
            "_href": reverse("desk:payment", args=[one.pk]),
        }
        for one in rows.select_related("project", "unit").order_by("-id")[:RETURNED_SHOWN]
    ]


def _deciding(viewer: Viewer) -> list[dict[str, Any]]:
    """What a second person must look at: declared payments, requests to reopen a month."""
    tasks = []
    if viewer.can(Can.VERIFY):
        found = undecided(viewer).order_by().exclude(declared_by=viewer.user).aggregate(count=Count("id"))["count"]
        if found:
            text = _("地区申报的到账，等你核定或退回")
            tasks.append(
                {"label": _("待审核"), "count": number(found), "text": text, "href": reverse("desk:queue_list")}
            )
    if viewer.can(Can.APPROVE_REOPEN):
        asked = MonthChange.objects.of(viewer.city).filter(kind=ChangeKind.REOPEN, decided_by__isnull=True)
        found = asked.exclude(asked_by=viewer.user).order_by().count()
        if found:
            text = _("有人申请重开已关账的月份，须由另一人决定")
            tasks.append(
                {"label": _("重开申请"), "count": number(found), "text": text, "href": reverse("desk:month_list")}
            )
    return tasks


def _closing(viewer: Viewer, months: list[ReportMonth]) -> list[dict[str, Any]]:
    """What stands between the statistician and a close."""
    if not viewer.can(Can.CLOSE_MONTH) or not months:
        return []
    tasks = []
    waiting = undecided(viewer).order_by().count()
    if waiting:
        href = reverse("desk:payment_list") + f"?standing={Standing.DECLARED}"
        tasks.append(
            {"label": _("未审核"), "count": number(waiting), "text": _("开放月份里还没有审核的到账"), "href": href}
        )
    last = months[-1].number
    account = reconcile(viewer.city, last)
    if account.entries and account.open_count:
        text = _("%(month)s与统计局的差异，还没有说明") % {"month": month(last)}
        tasks.append(
            {"label": _("待说明"), "count": number(account.open_count), "text": text, "href": reverse("desk:bureau")}
        )
    return tasks

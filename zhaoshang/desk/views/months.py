"""The months of the account: which are open, until when, who closed or reopened them and why; and the acts themselves."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rollup import drift
from zhaoshang.capital.rules import Standing
from zhaoshang.common.periods import NotAPeriod, Period, month_text, parse_month
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.refusals import say
from zhaoshang.people.rules import Can
from zhaoshang.regions import actions as regions
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import MonthChange, ReportingUnit, ReportMonth
from zhaoshang.regions.rules import ChangeKind
from zhaoshang.review.closing import MonthTold, ask_reopen, close_month, decide_reopen
from zhaoshang.review.queries import looked_through, undecided_by_unit
from zhaoshang.ui.filters import called, moment, month, named, wan

REFUSED = (
    regions.AlreadyClosed,
    regions.NotClosed,
    regions.SamePerson,
    regions.AlreadyDecided,
    regions.ReasonMissing,
    MonthTold,
)
DUE_DAY = 5
MOST_LOOKED_THROUGH = 500


def found_month(viewer: Viewer, text: str) -> ReportMonth:
    """The month of an address; 404 for one that was never opened."""
    try:
        number = parse_month(text)
    except NotAPeriod:
        raise Http404 from None
    return get_object_or_404(ReportMonth.objects.of(viewer.city).select_related("city"), number=number)  # type: ignore[no-any-return]


@desk_page(Can.READ_FIGURES)
def month_list(request: Any) -> HttpResponse:
    """All months, latest first, with their state, due day, and what is still undecided."""
    viewer = request.viewer
    waiting = Payment.objects.visible_to(viewer).filter(standing=Standing.DECLARED).order_by()
    # Counted here: grouped by month, the database would go through the whole ledger.
    counts = Counter(waiting.values_list("report_month", flat=True))
    reopened = set(
        MonthChange.objects.of(viewer.city)
        .filter(kind=ChangeKind.REOPEN, approved=True)
        .order_by()
        .values_list("month_id", flat=True)
    )
    asked = set(_asked(viewer).values_list("month_id", flat=True))
    months = list(ReportMonth.objects.of(viewer.city).order_by("-number"))
    shown = {
        "rows": [_row(one, counts.get(one.number, 0), one.pk in reopened, one.pk in asked) for one in months],
        "next": month_text(_next(months[0] if months else None)),
        "may_open": viewer.can(Can.CLOSE_MONTH),
    }
    return render(request, "desk/months/list.html", shown)


def _next(last: ReportMonth | None) -> int:
    """The month that may be opened: the one after the last, this one when there is none."""
    return last.number + 1 if last else Period.of_month(timezone.localdate()).first


def _asked(viewer: Viewer) -> "QuerySet[MonthChange]":
    """Reopenings that nobody has decided."""
    return MonthChange.objects.of(viewer.city).filter(kind=ChangeKind.REOPEN, decided_by__isnull=True).order_by()


def _row(one: ReportMonth, waiting: int, reopened: bool, asked: bool) -> dict[str, Any]:
    href = reverse("desk:month", args=[str(one)])
    late = one.is_open and one.due_on < timezone.localdate()
    state = {"text": _("开放"), "pill": "wait"} if one.is_open else {"text": _("已关账"), "pill": "ok"}
    notes = [_("曾重开")] if reopened else []
    notes += [_("有重开申请待批")] if asked else []
    return {
        "_href": href,
        "month": {"text": month(one.number), "href": href},
        "state": {**state, "note": _("；").join(notes) or None},
        "due": {"text": f"{one.due_on:%Y-%m-%d}", "note": _("已过期限") if late else None},
        "waiting": waiting or None,
    }


@desk_page(Can.CLOSE_MONTH, methods=("POST",))
def month_begin(request: Any) -> HttpResponse:
    """Open the ``month`` that the button names, the one after the last; its account is due on the fifth of the month that follows it.
    Pressed twice, it is open already."""
    viewer, asked = request.viewer, request.POST.get("month", "")
    months = ReportMonth.objects.of(viewer.city)
    number = _next(months.order_by("-number").first())
    if asked != month_text(number):
        known = asked in {str(one) for one in months}
        messages.warning(
            request, _("这个月份已经开出。") if known else _("只能开出列表里的下一个月份，请在这里重新点一次。")
        )
        return redirect("desk:month_list")
    following = Period(number + 1, number + 1).first_day()
    due_on = date(following.year, following.month, DUE_DAY)
    one = regions.open_month(city=viewer.city, number=number, due_on=due_on, by=viewer.user, at=timezone.now())
    messages.success(request, _("已开出 %(month)s。") % {"month": month(one.number)})
    return redirect("desk:month", str(one))


@desk_page(Can.READ_FIGURES)
def month_open(request: Any, text: str) -> HttpResponse:
    """One month: its state and story, and before a close everything that would be left out of it."""
    viewer, one = request.viewer, found_month(request.viewer, text)
    changes = MonthChange.objects.of(viewer.city).filter(month=one).select_related("asked_by", "decided_by")
    asked = next((change for change in changes if change.decided_by_id is None), None)
    verified = Q(standing=Standing.VERIFIED)
    totals = Payment.objects.visible_to(viewer).filter(report_month=one.number).order_by()
    may_close = viewer.can(Can.CLOSE_MONTH) and one.is_open
    shown = {
        "month": one,
        "story": [_told(change) for change in changes],
        "verified": totals.aggregate(fen=Sum("amount_fen", filter=verified), count=Count("id", filter=verified)),
        "asked": asked,
        "may_close": may_close,
        "may_ask": viewer.can(Can.ASK_REOPEN) and not one.is_open and asked is None,
        "may_approve": viewer.can(Can.APPROVE_REOPEN) and asked is not None and asked.asked_by_id != viewer.user.pk,
        "before": _before_close(viewer, one) if may_close else None,
    }
    return render(request, "desk/months/month.html", shown)


def _told(change: MonthChange) -> dict[str, Any]:
    if change.kind == ChangeKind.CLOSE:
        return {"at": moment(change.asked_at), "what": _("关账"), "who": called(change.asked_by), "kind": "ok"}
    item = {"at": moment(change.asked_at), "who": called(change.asked_by)}
    if change.decided_by is None:
        return {**item, "what": _("申请重开"), "note": change.reason, "kind": "wait"}
    words = _("准予重开") if change.approved else _("不准重开")
    decided = words + _("：") + f"{called(change.decided_by)} {moment(change.decided_at)}"
    return {
        **item,
        "what": _("申请重开"),
        "note": f"{change.reason}　{decided}",
        "kind": "warn" if change.approved else "off",
    }


def _before_close(viewer: Viewer, one: ReportMonth) -> dict[str, Any]:
    """What a close would leave out, and whether the totals agree with the payments."""
    units = {unit.pk: unit for unit in ReportingUnit.objects.of(viewer.city)}
    left = undecided_by_unit(viewer.city, one.number)
    declared = Payment.objects.of(viewer.city).filter(standing=Standing.DECLARED, report_month=one.number)
    looked = looked_through(viewer.city, list(declared.select_related("project__enterprise")[:MOST_LOOKED_THROUGH]))
    rows = [
        {
            "unit": {
                "text": named(units[row.unit_id]),
                "href": f"{reverse('desk:payment_list')}?standing=declared&month={one}&unit={units[row.unit_id].code}",
            },
            "payments": row.payments,
            "amount": wan(row.amount_fen),
        }
        for row in sorted(left, key=lambda row: units[row.unit_id].position)
    ]
    return {
        "rows": rows,
        "payments": sum(row.payments for row in left),
        "fen": sum(row.amount_fen for row in left),
        "missing": sum(1 for row in looked if row.missing),
        "drift": len(drift(viewer.city, one.number)),
    }


@desk_page(Can.CLOSE_MONTH, methods=("POST",))
def month_close(request: Any, text: str) -> HttpResponse:
    """Close the month. Totals that do not agree must be rebuilt first; what is undecided must be acknowledged."""
    viewer, one = request.viewer, found_month(request.viewer, text)
    if drift(viewer.city, one.number):
        messages.error(request, _("汇总与明细不一致，不能关账。请管理员先重建汇总。"))
        return redirect("desk:month", text)
    if undecided_by_unit(viewer.city, one.number) and request.POST.get("known") != "1":
        messages.error(request, _("还有未审核的到账。请先审核，或勾选确认后再关账。"))
        return redirect("desk:month", text)
    try:
        close_month(city=viewer.city, number=one.number, by=viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("%(month)s 已关账。") % {"month": month(one.number)})
    return redirect("desk:month", text)


@desk_page(Can.ASK_REOPEN, methods=("POST",))
def month_ask(request: Any, text: str) -> HttpResponse:
    """Ask that the month be opened again."""
    viewer, one = request.viewer, found_month(request.viewer, text)
    reason = request.POST.get("reason", "")[:400]
    if _asked(viewer).filter(month=one).exists():
        messages.warning(request, _("已有一项重开申请等待批准。"))
        return redirect("desk:month", text)
    try:
        ask_reopen(city=viewer.city, number=one.number, reason=reason, by=viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("已申请重开，须由另一人批准。"))
    return redirect("desk:month", text)


@desk_page(Can.APPROVE_REOPEN, methods=("POST",))
def month_decide(request: Any, key: UUID) -> HttpResponse:
    """The second person's decision on a reopening."""
    viewer = request.viewer
    rows = MonthChange.objects.of(viewer.city).filter(kind=ChangeKind.REOPEN).select_related("month", "city")
    change: MonthChange = get_object_or_404(rows, pk=key)
    approved = request.POST.get("approved") == "1"
    try:
        decide_reopen(change=change, approved=approved, by=viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("已准予重开。") if approved else _("已不准重开。"))
    return redirect("desk:month", str(change.month))

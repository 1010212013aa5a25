"""Clocks: what runs and what is late, an answer, and how punctual the units are."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.duties_shown import clock_row, duty_tabs, kind_name, target_href, unit_choices, with_xlsx
from zhaoshang.desk.lists import chosen, page_of, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.projects import MOST_EXPORTED
from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.clocks import answer_clock
from zhaoshang.duties.models import Clock
from zhaoshang.duties.queries import Punctuality, clocks_of, late_at, punctuality, rules_on
from zhaoshang.duties.rules import SUPERIOR_LABELS, Rules, Superior
from zhaoshang.leads.models import Lead
from zhaoshang.leads.queries import overdue
from zhaoshang.people.rules import Can
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.ui import charts
from zhaoshang.ui.filters import called, moment, named, number, percent

FILTERS = dict.fromkeys(("unit", "state", "kind", "to"))
YEAR = timedelta(days=365)


@desk_page(Can.READ_PAYMENTS)
def clock_list(request: Any) -> HttpResponse:
    """What runs, what is late (``to``: late enough for a superior), what was answered."""
    viewer, wanted, today = request.viewer, chosen(request, FILTERS), timezone.localdate()
    rules = rules_on(viewer.city, today)
    rows = _filtered(clocks_of(viewer), wanted, rules, viewer.city, today)
    if request.GET.get("xlsx"):
        return _as_sheet(rows, rules)
    page = page_of(request, rows)
    shown = {
        "tabs": duty_tabs(request.viewer, "desk:clock_list"),
        "page": page,
        "rows": [clock_row(one, rules, today) for one in page.rows],
        "wanted": wanted,
        "units": unit_choices(viewer),
        "states": [("", _("全部")), ("running", _("计时中")), ("late", _("已逾期")), ("answered", _("已答复"))],
        "kinds": [("", _("全部")), *((code, kind_name(rules.clocks, code)) for code in rules.clocks)],
        "superiors": [("", _("全部")), *((str(one), _(SUPERIOR_LABELS[one])) for one in Superior)],
        "late_leads": overdue(Lead.objects.visible_to(viewer), today).order_by().count(),
        "xlsx_url": with_xlsx(request),
    }
    return render(request, "desk/clocks/list.html", shown)


def _filtered(rows: Any, wanted: dict[str, str], rules: Rules, city: Any, today: date) -> Any:
    if "unit" in wanted:
        rows = rows.filter(unit__code=wanted["unit"])
    if "kind" in wanted:
        rows = rows.filter(kind=wanted["kind"])
    state = wanted.get("state", "")
    if state in ("running", "answered"):
        rows = rows.filter(answered_on__isnull=state == "running")
    if wanted.get("to") in list(Superior):
        edge = late_at(rules, workdays_of(city), today, Superior(wanted["to"]))
        rows = rows.filter(answered_on__isnull=True, due_on__lt=edge)
    elif state == "late":
        rows = rows.filter(answered_on__isnull=True, due_on__lt=today)
    return rows


def _as_sheet(rows: Any, rules: Rules) -> HttpResponse:
    heads = [
        Column(_("事项"), width=36), Column(_("种类")), Column(_("责任地区")), Column(_("经办人")), Column(_("开始"), "date"),
        Column(_("应答复日"), "date"), Column(_("答复日"), "date"), Column(_("答复"), width=40),
    ]  # fmt: skip
    lines: list[list[Value]] = [
        [one.subject, kind_name(rules.clocks, one.kind), named(one.unit), called(one.handler) if one.handler else None,
         one.started_on, one.due_on, one.answered_on, one.answer]
        for one in rows.order_by("-id")[:MOST_EXPORTED]
    ]  # fmt: skip
    return sheet(heads, lines, _("答复时限"), [])


def _found(request: Any, key: UUID) -> Clock:
    rows = clocks_of(request.viewer).select_related("unit", "handler", "project", "answered_by", "started_by", "city")
    return get_object_or_404(rows, pk=key)


@desk_page(Can.READ_PAYMENTS)
def clock_open(request: Any, key: UUID) -> HttpResponse:
    """One clock: what it is about, its days, and its answer or the form for it."""
    one, viewer, today = _found(request, key), request.viewer, timezone.localdate()
    rules = rules_on(viewer.city, today)
    late = workdays_of(viewer.city).late(one.due_on, one.answered_on or today)
    superior = rules.superior(late) if one.answered_on is None else None
    shown = {
        "clock": one,
        "row": clock_row(one, rules, today),
        "href": target_href(one.href_name, one.subject_id),
        "facts": [
            (name, text)
            for name, text in (
                (_("种类"), kind_name(rules.clocks, one.kind)),
                (_("责任地区"), named(one.unit)),
                (_("经办人"), called(one.handler) if one.handler else ""),
                (_("开始"), one.started_on.isoformat()),
                (_("时限"), _("%(days)s 个工作日") % {"days": one.days}),
                (_("应答复日"), one.due_on.isoformat() + (_("（日历推定）") if one.assumed else "")),
                (_("逾期工作日"), str(late) if late else ""),
                (_("应告知"), _(SUPERIOR_LABELS[superior]) if superior else ""),
                (_("答复"), one.answer),
                (_("答复人"), f"{called(one.answered_by)} {moment(one.answered_at)}" if one.answered_by else ""),
            )
            if text
        ],
        "may_answer": one.answered_on is None and viewer.can(Can.WORK_DUTIES),
    }
    return render(request, "desk/clocks/clock.html", shown)


@desk_page(Can.WORK_DUTIES, methods=("POST",))
def clock_answer(request: Any, key: UUID) -> HttpResponse:
    """Stop a clock by an answer."""
    one, viewer = _found(request, key), request.viewer
    try:
        answer_clock(clock=one, answer=request.POST.get("answer", "")[:1000], by=viewer.user, at=timezone.now())
    except (refusals.ReasonMissing, refusals.AlreadyAnswered) as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("已答复，计时停止。"))
    return redirect("desk:clock", key)


@desk_page(Can.READ_PAYMENTS)
def punctual(request: Any) -> HttpResponse:
    """How punctual each unit was with the clocks of the last year, as a table and a picture."""
    viewer, today = request.viewer, timezone.localdate()
    since = today - YEAR
    if (year := request.GET.get("year", "")).isdecimal() and len(year) == 4:
        since = date(max(int(year), 2000), 1, 1)
    found = punctuality(viewer, today, since)
    if request.GET.get("xlsx"):
        return _punctual_sheet(found)
    names = [_("按时答复"), _("逾期答复"), _("逾期未答复")]
    stacks = [
        charts.Stack(
            named(one.unit),
            [charts.Part(part, str(part)) for part in (one.in_time, one.late, one.running_late)],
            _share(one),
        )
        for one in found
        if one.due
    ]
    shown = {
        "tabs": duty_tabs(request.viewer, "desk:clock_list"),
        "since": since,
        "rows": [
            {
                "unit": named(one.unit),
                "in_time": number(one.in_time),
                "late": number(one.late),
                "running_late": number(one.running_late),
                "running": number(one.running),
                "share": _share(one) or None,
            }
            for one in found
        ],
        "drawing": charts.responsive(charts.stacked_bars, stacks, names, title=_("各地区答复是否按时")) if stacks else "",
        "xlsx_url": with_xlsx(request),
    }  # fmt: skip
    return render(request, "desk/clocks/punctual.html", shown)


def _share(one: Punctuality) -> str:
    return percent(Decimal(one.in_time * 100) / one.due, 1) if one.due else ""


def _punctual_sheet(found: list[Punctuality]) -> HttpResponse:
    heads = [
        Column(_("地区")), Column(_("按时答复"), "integer"), Column(_("逾期答复"), "integer"), Column(_("逾期未答复"), "integer"),
        Column(_("计时中"), "integer"),
    ]  # fmt: skip
    lines: list[list[Value]] = [
        [named(one.unit), one.in_time, one.late, one.running_late, one.running] for one in found
    ]
    return sheet(heads, lines, _("答复按时率"), [])

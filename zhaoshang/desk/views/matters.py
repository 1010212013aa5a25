"""Problems and orders: the lists, one with what was said of it, a leader's new order, answers and closings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.common.workdays import WorkDays
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.duties_shown import (
    days_pill,
    duty_tabs,
    entry_line,
    level_name,
    matter_href,
    matter_row,
    unit_choices,
    with_xlsx,
)
from zhaoshang.desk.lists import chosen, page_of, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.duties import day_typed
from zhaoshang.desk.views.projects import MOST_EXPORTED
from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.handing import hand_over_matter
from zhaoshang.duties.actions.matters import answer_matter, close_matter, reopen_matter, send_back, write_order
from zhaoshang.duties.models import Matter, MatterEntry
from zhaoshang.duties.queries import candidates, confirmed_by, late_at, matters_of, rules_on
from zhaoshang.duties.rules import STATES, SUPERIOR_LABELS, MatterKind, Rules, State, Superior
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.ui.filters import called, moment, named

FILTERS = dict.fromkeys(("unit", "state", "to", "mine"))
ACTS = {"answer": answer_matter, "send_back": send_back, "close": close_matter, "reopen": reopen_matter}
REFUSED = (
    refusals.ReasonMissing,
    refusals.AlreadyAnswered,
    refusals.NotAnswered,
    refusals.OwnMatter,
    refusals.NotRaiser,
    refusals.NotClosed,
    refusals.WrongHandler,
)
_NAMES = {MatterKind.PROBLEM: "desk:problem_list", MatterKind.ORDER: "desk:order_list"}


@desk_page(Can.READ_PAYMENTS)
def problem_list(request: Any) -> HttpResponse:
    """Problems of projects, those not settled first asked for."""
    return _list(request, MatterKind.PROBLEM)


@desk_page(Can.READ_PAYMENTS)
def order_list(request: Any) -> HttpResponse:
    """Leaders' orders."""
    return _list(request, MatterKind.ORDER)


def _list(request: Any, kind: MatterKind) -> HttpResponse:
    viewer, wanted, today = request.viewer, chosen(request, FILTERS), timezone.localdate()
    rows = matters_of(viewer).filter(kind=kind)
    if "unit" in wanted:
        rows = rows.filter(unit__code=wanted["unit"])
    if "mine" in wanted:
        rows = rows.filter(confirmed_by(viewer.user))
    if wanted.get("state") in list(State):
        rows = rows.filter(state=wanted["state"])
    elif wanted.get("state") == "late":
        rows = rows.filter(state=State.OPEN, due_on__lt=today)
    if wanted.get("to") in list(Superior):
        rules = rules_on(viewer.city, today)
        edge = late_at(rules, workdays_of(viewer.city), today, Superior(wanted["to"]))
        rows = rows.filter(state=State.OPEN, due_on__lt=edge)
    if request.GET.get("xlsx"):
        return _as_sheet(rows, kind)
    page = page_of(request, rows)
    shown = {
        "tabs": duty_tabs(request.viewer, _NAMES[kind]),
        "is_order": kind == MatterKind.ORDER,
        "page": page,
        "rows": [matter_row(one, today) for one in page.rows],
        "wanted": wanted,
        "units": unit_choices(viewer),
        "states": [
            ("", _("全部")),
            *((str(one), _(words.label)) for one, words in STATES.items()),
            ("late", _("已逾期")),
        ],
        "superiors": [("", _("全部")), *((str(one), _(SUPERIOR_LABELS[one])) for one in Superior)],
        "may_order": viewer.can(Can.SUPERVISE),
        "xlsx_url": with_xlsx(request),
    }
    return render(request, "desk/matters/list.html", shown)


def _as_sheet(rows: Any, kind: MatterKind) -> HttpResponse:
    heads = [
        Column(_("内容"), width=50), Column(_("关于"), width=30), Column(_("责任地区")), Column(_("责任部门")), Column(_("提出人")),
        Column(_("提出时间"), "time"), Column(_("时限"), "date"), Column(_("状态")),
    ]  # fmt: skip
    lines: list[list[Value]] = [
        [one.text, one.about, named(one.unit), one.department, called(one.raised_by), timezone.localtime(one.raised_at),
         one.due_on, _(STATES[State(one.state)].label)]
        for one in rows.order_by("-id")[:MOST_EXPORTED]
    ]  # fmt: skip
    return sheet(heads, lines, _("督办") if kind == MatterKind.ORDER else _("问题清单"), [])


def _found(request: Any, key: UUID, kind: MatterKind) -> Matter:
    rows = matters_of(request.viewer).filter(kind=kind)
    return get_object_or_404(rows, pk=key)


@desk_page(Can.READ_PAYMENTS)
def problem_open(request: Any, key: UUID) -> HttpResponse:
    """One problem."""
    return _page(request, _found(request, key, MatterKind.PROBLEM))


@desk_page(Can.READ_PAYMENTS)
def order_open(request: Any, key: UUID) -> HttpResponse:
    """One order."""
    return _page(request, _found(request, key, MatterKind.ORDER))


def _page(request: Any, one: Matter) -> HttpResponse:
    viewer, today = request.viewer, timezone.localdate()
    rules, calendar = rules_on(viewer.city, today), workdays_of(viewer.city)
    words, is_order = STATES[State(one.state)], one.kind == MatterKind.ORDER
    said = MatterEntry.objects.of(viewer.city).filter(matter=one).select_related("by").order_by("id")
    judges = viewer.can(Can.ACCEPT_ANSWERS) if is_order else one.confirmer_key == viewer.user.pk
    judges = judges and one.answered_by_id != viewer.user.pk
    shown = {
        "matter": one,
        "is_order": is_order,
        "list_href": _NAMES[MatterKind(one.kind)],
        "state": {"text": _(words.label), "pill": words.pill},
        "due": days_pill(one.due_on, today, one.state != State.OPEN),
        "facts": _facts(one, rules, calendar, is_order),
        "said": [entry_line(line) for line in said],
        "may_answer": one.state == State.OPEN and viewer.can(Can.WORK_DUTIES) and one.raised_by_id != viewer.user.pk,
        "may_judge": judges and one.state == State.ANSWERED,
        "may_drop": judges and one.state == State.OPEN and not is_order,
        "may_reopen": judges and one.state == State.CLOSED,
        "say_url": f"{matter_href(one)}say/",
        "takers": _takers(one, viewer) if not is_order else [],
    }
    return render(request, "desk/matters/matter.html", shown)


def _takers(one: Matter, viewer: Viewer) -> list[tuple[str, str]]:
    """Who could confirm it instead; none when the viewer may not decide on that, or when it is settled."""
    may = one.confirmer_key == viewer.user.pk if viewer.user else False
    if one.state == State.CLOSED or not viewer.can(Can.WORK_DUTIES) or not (may or viewer.can(Can.ASSIGN_DUTIES)):
        return []
    found = {user: called(user) for user, unit in candidates(viewer.city) if unit in (None, one.unit_id)}
    return [
        (user.username, name) for user, name in found.items() if user.pk not in (one.answered_by_id, one.confirmer_key)
    ]


def _facts(one: Matter, rules: Rules, calendar: WorkDays, is_order: bool) -> list[tuple[str, str]]:
    late = calendar.late(one.due_on, timezone.localdate()) if one.state == State.OPEN else 0
    superior = rules.superior(late)
    rows = [
        (_("责任地区"), named(one.unit)),
        (_("责任部门"), one.department),
        (_("层级"), "" if is_order else level_name(rules, one.level, late)),
        (_("代企业提出"), one.for_firm),
        (_("提出人"), f"{called(one.raised_by)} {moment(one.raised_at)}"),
        (_("由谁确认"), called(one.confirmer) if one.confirmer else ""),
        (_("时限"), one.due_on.isoformat()),
        (_("逾期工作日"), str(late) if late else ""),
        (_("应告知"), _(SUPERIOR_LABELS[superior]) if superior else ""),
    ]
    return [(name, text) for name, text in rows if text]


@desk_page(Can.WORK_DUTIES, methods=("POST",))
def problem_say(request: Any, key: UUID) -> HttpResponse:
    """Answer a problem, send its answer back, close it, or reopen it."""
    return _say(request, _found(request, key, MatterKind.PROBLEM))


@desk_page(Can.WORK_DUTIES, methods=("POST",))
def problem_hand_over(request: Any, key: UUID) -> HttpResponse:
    """Let another person say whether it is solved."""
    one, given, viewer = _found(request, key, MatterKind.PROBLEM), request.POST, request.viewer
    people = {user.username: user for user, _unit in candidates(viewer.city)}
    try:
        if given.get("confirmer", "") not in people:
            raise refusals.WrongHandler(given.get("confirmer", ""))
        hand_over_matter(
            matter=one, confirmer=people[given["confirmer"]], reason=given.get("reason", "")[:400], by=viewer.user,
            at=timezone.now(),
        )  # fmt: skip
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("已改由他人确认，并记入经过。"))
    return redirect(matter_href(one))


@desk_page(Can.WORK_DUTIES, Can.ACCEPT_ANSWERS, methods=("POST",))
def order_say(request: Any, key: UUID) -> HttpResponse:
    """Answer an order, send its answer back, accept it, or reopen it."""
    return _say(request, _found(request, key, MatterKind.ORDER))


def _say(request: Any, one: Matter) -> HttpResponse:
    act, text = ACTS.get(request.POST.get("act", "")), request.POST.get("text", "")[:1000]
    if act is None:
        messages.error(request, _("请选一个操作。"))
        return redirect(matter_href(one))
    try:
        act(matter=one, text=text, by=request.viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已记下。"))
    return redirect(matter_href(one))


@desk_page(Can.SUPERVISE, methods=("GET", "POST"))
def order_new(request: Any) -> HttpResponse:
    """A leader writes an order: to a unit, by a day, about the page that it was begun on."""
    viewer, given = request.viewer, request.POST if request.method == "POST" else request.GET
    project = Project.objects.visible_to(viewer).select_related("unit").filter(code=given.get("project", "")).first()
    error, today = "", timezone.localdate()
    if request.method == "POST":
        unit = ReportingUnit.objects.of(viewer.city).select_related("city").filter(code=given.get("unit", "")).first()
        if unit is None:
            raise Http404
        try:
            order = _written(request, unit, project)
        except (refusals.ReasonMissing, refusals.BadDue, refusals.NotOurPage) as refusal:
            error = say(refusal, viewer)
        else:
            messages.success(request, _("督办已下达，%(unit)s会在待办里看到。") % {"unit": named(unit)})
            return redirect("desk:order", order.pk)
    default = workdays_of(viewer.city).after(today, 5)[0].isoformat()
    shown = {
        "units": [(one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city)],
        "unit": given.get("unit", "") or (project.unit.code if project else ""),
        "about": given.get("about", "")[:200] or (project.name if project else ""),
        "href": given.get("href", "")[:300],
        "project": project.code if project else "",
        "text": given.get("text", "")[:1000],
        "due_on": given.get("due_on", "") or default,
        "today": today.isoformat(),
        "error": error,
    }
    return render(request, "desk/matters/new.html", shown, status=422 if error else 200)


def _written(request: Any, unit: ReportingUnit, project: Project | None) -> Matter:
    given = request.POST
    due_on = day_typed(given)
    if due_on is None:
        raise refusals.BadDue("")
    return write_order(
        unit=unit, text=given.get("text", "")[:1000], due_on=due_on, about=given.get("about", "")[:200],
        href=given.get("href", "")[:300], project=project, by=request.viewer.user, at=timezone.now(),
    )  # fmt: skip

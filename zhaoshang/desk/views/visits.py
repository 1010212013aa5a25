"""Follow-up visits and the demands that they bring home: lists, one visit, one demand with its answer and the firm's link."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.common.workdays import WorkDays
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.activities import DemandForm, TellForm, VisitForm
from zhaoshang.desk.lists import Order, address, chosen, page_by, page_of, sheet
from zhaoshang.desk.outreach_shown import REFUSALS, clash_words, refused, whose
from zhaoshang.outreach.actions.visits import (
    answer_demand,
    cancel_visit,
    demand_token,
    may_write_visit,
    open_demand,
    plan_visit,
    rate_answer,
    take_demand,
    tell_visit,
)
from zhaoshang.outreach.models import Demand, Visit
from zhaoshang.outreach.rules import (
    DEMAND_STATES,
    SATISFACTION_LABELS,
    VISIT_STATES,
    DemandState,
    Satisfaction,
    VisitState,
    demand_state,
)
from zhaoshang.outreach.touching import firms_named
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.ui.filters import called, date_, moment, named, number

MOST_EXPORTED = 5_000
FILTERS = dict.fromkeys(("unit", "state"))
BY_DUE = Order("due_on")


def found_visit(viewer: Viewer, key: UUID) -> Visit:
    """The visit, if the viewer may see it."""
    rows = Visit.objects.visible_to(viewer).select_related("unit", "city", "project", "enterprise", "entered_by")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


def found_demand(viewer: Viewer, key: UUID) -> Demand:
    """The demand, if the viewer may see its visit."""
    rows = Demand.objects.visible_to(viewer).select_related("visit__unit", "city", "answered_by", "entered_by")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


def state_cell(demand: Demand, calendar: WorkDays) -> dict[str, str]:
    """The demand's pill today; of one that is late, by how many of the city's working days."""
    today = timezone.localdate()
    state = demand_state(demand.answered_on, bool(demand.satisfaction), demand.due_on, today)
    label, pill = DEMAND_STATES[state]
    late = calendar.late(demand.due_on, demand.answered_on or today)
    return {"text": _(label), "pill": pill} | (
        {"note": _("超期 %(days)s 个工作日") % {"days": number(late)}} if late else {}
    )


@desk_page(Can.READ_PAYMENTS)
def visit_list(request: Any) -> HttpResponse:
    """Visits, the latest entered first; ``xlsx=1`` for what is shown."""
    viewer, wanted = request.viewer, chosen(request, FILTERS)
    rows = Visit.objects.visible_to(viewer).select_related("unit")
    rows = rows.filter(unit__code=wanted["unit"]) if "unit" in wanted else rows
    rows = rows.filter(state=wanted["state"]) if "state" in wanted else rows
    if request.GET.get("xlsx"):
        heads = [
            Column(_("企业"), width=36),
            Column(_("走访单位"), width=16),
            Column(_("走访人"), width=24),
            Column(_("计划日期"), "date"),
        ]
        heads += [Column(_("走访日"), "date"), Column(_("状态"), width=10), Column(_("走访情况"), width=60)]
        lines: list[list[Value]] = [
            [
                one.firm,
                whose(one),
                one.visitors,
                one.planned_on,
                one.visited_on,
                _(VISIT_STATES[VisitState(one.state)][0]),
                one.told,
            ]
            for one in rows.order_by("planned_on", "id")[:MOST_EXPORTED]
        ]
        return sheet(heads, lines, _("企业回访"), [])
    page = page_of(request, rows)
    shown = {
        "page": page,
        "rows": [_row(one) for one in page.rows],
        "wanted": wanted,
        "units": [("", _("全部")), *((one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city))],
        "states": [("", _("全部")), *((str(key), _(label)) for key, (label, _pill) in VISIT_STATES.items())],
        "may_write": viewer.can(Can.OUTREACH),
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/visits/list.html", shown)


def _row(one: Visit) -> dict[str, Any]:
    href, (label, pill) = reverse("desk:visit", args=[one.pk]), VISIT_STATES[VisitState(one.state)]
    return {
        "_href": href,
        "firm": {"text": one.firm, "href": href, "note": one.place},
        "unit": whose(one),
        "visitors": one.visitors,
        "day": (one.visited_on or one.planned_on).isoformat(),
        "state": {"text": _(label), "pill": pill},
    }


@desk_page(Can.OUTREACH, methods=("GET", "POST"))
def visit_new(request: Any) -> HttpResponse:
    """Plan a visit."""
    viewer = request.viewer
    form = VisitForm(request.POST or None, viewer=viewer, initial={"planned_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        firm = form.cleaned_data["firm"]
        enterprise = firms_named(viewer.city, [firm]).get(firm)
        visit = plan_visit(
            city=viewer.city,
            unit=form.caller,
            enterprise=enterprise,
            by=viewer.user,
            at=timezone.now(),
            **form.fields_of_visit,
        )
        for text in clash_words(viewer, enterprise, visit.planned_on, timezone.localdate()):
            messages.warning(request, text)
        return redirect("desk:visit", visit.pk)
    return render(request, "desk/visits/form.html", {"form": form}, status=422 if form.errors else 200)


@desk_page(Can.READ_PAYMENTS)
def visit_open(request: Any, key: UUID) -> HttpResponse:
    """One visit with its demands."""
    viewer, visit = request.viewer, found_visit(request.viewer, key)
    label, pill = VISIT_STATES[VisitState(visit.state)]
    writes = may_write_visit(viewer, visit)
    calendar = workdays_of(viewer.city)
    seen = visit.project is not None and viewer.sees_unit(visit.project.unit_id)
    shown = {
        "visit": visit,
        "whose": whose(visit),
        "warnings": clash_words(viewer, visit.enterprise, visit.planned_on, timezone.localdate())
        if visit.state == VisitState.PLANNED
        else [],
        "state": {"text": _(label), "pill": pill},
        "project": visit.project if seen else None,
        "demands": [
            _demand_row(one, calendar) for one in Demand.objects.of(viewer.city).filter(visit=visit).order_by("number")
        ],
        "tell_form": TellForm(initial={"on": visit.visited_on or visit.planned_on, "told": visit.told})
        if writes and visit.state != VisitState.CANCELLED
        else None,
        "demand_form": DemandForm() if writes and visit.state == VisitState.VISITED else None,
        "may_cancel": writes and visit.state == VisitState.PLANNED,
    }
    return render(request, "desk/visits/visit.html", shown)


def _demand_row(one: Demand, calendar: WorkDays, *, with_firm: bool = False) -> dict[str, Any]:
    href = reverse("desk:demand", args=[one.pk])
    note = one.visit.firm if with_firm else ""
    return {
        "_href": href,
        "text": {"text": one.text, "href": href, "note": note},
        "department": one.department,
        "due": one.due_on.isoformat(),
        "answered": one.answered_on.isoformat() if one.answered_on else None,
        "state": state_cell(one, calendar),
        "satisfaction": _(SATISFACTION_LABELS[Satisfaction(one.satisfaction)]) if one.satisfaction else None,
    }


def _say_errors(request: Any, form: Any) -> None:
    for bound in form:
        for text in bound.errors:
            messages.error(request, f"{bound.label}{_('：')}{text}")


@desk_page(Can.OUTREACH, methods=("POST",))
def visit_tell(request: Any, key: UUID) -> HttpResponse:
    """What was seen and heard."""
    visit, form = found_visit(request.viewer, key), TellForm(request.POST)
    if form.is_valid():
        try:
            tell_visit(visit=visit, by=request.viewer.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("走访情况已存。企业提了诉求的，在下面登记。"))
        except REFUSALS as refusal:
            messages.error(request, refused(refusal))
    else:
        _say_errors(request, form)
    return redirect("desk:visit", key)


@desk_page(Can.OUTREACH, methods=("POST",))
def visit_cancel(request: Any, key: UUID) -> HttpResponse:
    """Call it off."""
    visit = found_visit(request.viewer, key)
    try:
        cancel_visit(
            visit=visit, reason=request.POST.get("reason", "")[:400], by=request.viewer.user, at=timezone.now()
        )
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    return redirect("desk:visit", key)


@desk_page(Can.OUTREACH, methods=("POST",))
def demand_new(request: Any, key: UUID) -> HttpResponse:
    """Take a demand."""
    visit, form = found_visit(request.viewer, key), DemandForm(request.POST)
    if form.is_valid():
        try:
            take_demand(visit=visit, by=request.viewer.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("诉求已登记。"))
        except REFUSALS as refusal:
            messages.error(request, refused(refusal))
    else:
        _say_errors(request, form)
    return redirect("desk:visit", key)


# -- demands -----------------------------------------------------------------------------------------------------------


@desk_page(Can.READ_PAYMENTS)
def demand_list(request: Any) -> HttpResponse:
    """Demands: those without an answer unless another state is asked for; ``xlsx=1`` for what is shown."""
    viewer, wanted, today = request.viewer, chosen(request, FILTERS), timezone.localdate()
    state = wanted.get("state", str(DemandState.OPEN))
    rows = Demand.objects.visible_to(viewer).select_related("visit__unit")
    rows = rows.filter(visit__unit__code=wanted["unit"]) if "unit" in wanted else rows
    if state == DemandState.LATE:
        rows = rows.filter(answered_on__isnull=True, due_on__lt=today)
    elif state != "all":
        rows = rows.filter(answered_on__isnull=state == DemandState.OPEN)
    if request.GET.get("xlsx"):
        heads = [
            Column(_("企业"), width=36),
            Column(_("诉求"), width=50),
            Column(_("承办部门"), width=20),
            Column(_("答复期限"), "date"),
        ]
        heads += [Column(_("答复日"), "date"), Column(_("答复"), width=50), Column(_("评价"), width=12)]
        lines: list[list[Value]] = [
            [
                one.visit.firm,
                one.text,
                one.department,
                one.due_on,
                one.answered_on,
                one.answer,
                _(SATISFACTION_LABELS[Satisfaction(one.satisfaction)]) if one.satisfaction else "",
            ]
            for one in rows.order_by("due_on", "id")[:MOST_EXPORTED]
        ]
        return sheet(heads, lines, _("企业诉求"), [])
    page, calendar = page_by(request, rows, BY_DUE), workdays_of(viewer.city)
    shown = {
        "page": page,
        "rows": [_demand_row(one, calendar, with_firm=True) for one in page.rows],
        "state": state,
        "wanted": wanted,
        "units": [("", _("全部")), *((one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city))],
        "states": [
            (str(DemandState.OPEN), _("未答复")),
            (str(DemandState.LATE), _("逾期未答复")),
            (str(DemandState.ANSWERED), _("已答复")),
            ("all", _("全部")),
        ],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/visits/demands.html", shown)


@desk_page(Can.READ_PAYMENTS)
def demand_open(request: Any, key: UUID) -> HttpResponse:
    """One demand."""
    viewer, demand = request.viewer, found_demand(request.viewer, key)
    writes = may_write_visit(viewer, demand.visit)
    is_open = bool(demand.link_digest) and demand.link_until is not None and demand.link_until >= timezone.localdate()
    link = (
        request.build_absolute_uri(reverse("portal:demand", args=[demand_token(demand)])) if writes and is_open else ""
    )
    rated = ""
    if demand.satisfaction:
        who = _("企业自己评价") if demand.rated_by_firm else _("由我方转记")
        rated = f"{_(SATISFACTION_LABELS[Satisfaction(demand.satisfaction)])}（{who}，{moment(demand.rated_at)}）"
    found = [
        (_("企业"), demand.visit.firm),
        (_("承办部门"), demand.department),
        (_("答复期限"), date_(demand.due_on)),
        (_("答复日"), date_(demand.answered_on) if demand.answered_on else ""),
        (_("录入答复"), called(demand.answered_by) if demand.answered_by else ""),
        (_("评价"), rated),
    ]
    shown = {
        "demand": demand,
        "state": state_cell(demand, workdays_of(viewer.city)),
        "facts": [(name, text) for name, text in found if text],
        "may_answer": writes and demand.answered_on is None,
        "may_rate": writes and demand.answered_on is not None and not demand.rated_by_firm,
        "ratings": [(str(one), _(label)) for one, label in SATISFACTION_LABELS.items()],
        "writes": writes,
        "link": link,
    }
    return render(request, "desk/visits/demand.html", shown)


def _act(request: Any, key: UUID, what: Any) -> HttpResponse:
    try:
        what()
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    return redirect("desk:demand", key)


@desk_page(Can.OUTREACH, methods=("POST",))
def demand_answer(request: Any, key: UUID) -> HttpResponse:
    """The department's answer."""
    demand, answer = found_demand(request.viewer, key), request.POST.get("answer", "")[:2000]
    return _act(
        request, key, lambda: answer_demand(demand=demand, answer=answer, by=request.viewer.user, at=timezone.now())
    )


@desk_page(Can.OUTREACH, methods=("POST",))
def demand_rate(request: Any, key: UUID) -> HttpResponse:
    """What the firm told us of the answer."""
    demand, said = found_demand(request.viewer, key), request.POST.get("satisfaction", "")
    if said not in list(Satisfaction):
        messages.error(request, _("请选一项评价。"))
        return redirect("desk:demand", key)
    return _act(
        request,
        key,
        lambda: rate_answer(demand=demand, satisfaction=Satisfaction(said), by=request.viewer.user, at=timezone.now()),
    )


@desk_page(Can.OUTREACH, methods=("POST",))
def demand_link(request: Any, key: UUID) -> HttpResponse:
    """A new link for the firm."""
    demand = found_demand(request.viewer, key)
    return _act(request, key, lambda: open_demand(demand=demand, by=request.viewer.user, at=timezone.now()))

"""One measure or task: what it is, how it stands, who reported what, how it was changed; adding, changing, reporting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import N_
from zhaoshang.desk import planning
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.plans import ItemForm, ReportForm
from zhaoshang.desk.lists import as_uuid
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.plan_progress import line_of, lines_of
from zhaoshang.figures.rules import Unit
from zhaoshang.people.rules import Can
from zhaoshang.plans.actions import NothingChanged, NotOwner, add_item, change_item, report_progress
from zhaoshang.plans.models import ItemChange, ProgressReport, WorkItem, YearPlan
from zhaoshang.plans.rules import KIND_LABELS, LACK_LABELS, STANDINGS, Kind, Standing
from zhaoshang.regions.access import NotAllowed, Viewer
from zhaoshang.ui.filters import called, moment, percent

FIELD_LABELS = {
    "title": N_("内容"),
    "owner_unit": N_("责任地区"),
    "owner_department": N_("责任处室"),
    "responsible": N_("责任人"),
    "starts_on": N_("开始"),
    "due_on": N_("完成时限"),
    "indicator": N_("指标"),
    "target": N_("目标值"),
}


def found_item(viewer: Viewer, key: UUID) -> WorkItem:
    """The measure or task; an unknown key is a 404. Plans are the city's: whoever reads figures reads them."""
    rows = WorkItem.objects.of(viewer.city).select_related(
        "city", "year_plan__plan", "above", "owner_unit", "responsible"
    )
    item: WorkItem = get_object_or_404(rows, pk=key)
    item.year_plan.city = item.city
    return item


def may_report(viewer: Viewer, item: WorkItem) -> bool:
    """The bureau on everything, a unit's people on what their unit owns."""
    own = item.owner_unit_id is not None and viewer.sees_unit(item.owner_unit_id)
    return viewer.can(Can.REPORT_PROGRESS) and (viewer.sees_all_units or own)


@desk_page(Can.READ_FIGURES)
def item_open(request: Any, key: UUID) -> HttpResponse:
    """Everything of one measure or task."""
    return _page(request, found_item(request.viewer, key), None)


def _page(request: Any, item: WorkItem, form: ReportForm | None) -> HttpResponse:
    city, on = item.city, planning.day_seen(request, item.city)
    months = planning.months_seen(city, item.year_plan.year, on)
    line = line_of(item, months, on)
    tasks = []
    if item.kind == Kind.MEASURE:
        tasks = [one for one in lines_of(item.year_plan, months, on) if one.item.above_id == item.pk]
    reports = ProgressReport.objects.of(city).filter(item=item).select_related("reported_by")
    changes = ItemChange.objects.of(city).filter(item=item).select_related("changed_by")
    words = STANDINGS[line.standing]
    shown = {
        "item": item,
        "line": line,
        "on": on,
        "kind": _(KIND_LABELS[item.kind]),
        "standing": {"text": _(words.label), "pill": words.pill},
        "lacks": [_(LACK_LABELS[lack]) for lack in line.lacks],
        "facts": _facts(item),
        "measured": planning.measured_shown(line.measured, item.owner_unit) if line.measured else None,
        "columns": planning.columns(),
        "tasks": planning.rows(tasks),
        "reports": [_report(one) for one in reports.order_by("-reported_on", "-id")],
        "changes": [_change(one) for one in changes.order_by("-changed_at", "-id")],
        "form": form or (ReportForm(today=timezone.localdate()) if may_report(request.viewer, item) else None),
        "can_write": request.viewer.can(Can.PLAN),
        "back": _year_address(item.year_plan),
    }
    return render(request, "desk/plans/item.html", shown, status=422 if form else 200)


def _year_address(year_plan: YearPlan) -> str:
    return f"{reverse('desk:plans')}?plan={year_plan.plan.code}&year={year_plan.year}"


def _facts(item: WorkItem) -> list[tuple[str, str]]:
    rows = [
        (_("年度计划"), f"{item.year_plan.title} {item.year_plan.document}"),
        (_("所属举措"), str(item.above) if item.above else ""),
        (_("责任单位"), planning.owner_shown(item)),
        (_("责任人"), called(item.responsible) if item.responsible else ""),
        (_("开始"), item.starts_on.isoformat() if item.starts_on else ""),
        (_("完成时限"), item.due_on.isoformat() if item.due_on else ""),
    ]
    return [(name, text) for name, text in rows if text]


def _report(one: ProgressReport) -> dict[str, Any]:
    words = STANDINGS[Standing(one.standing)]
    done = "" if one.percent is None else f" {percent(one.percent, 0)}"
    return {
        "at": one.reported_on.isoformat(),
        "what": f"{_(words.label)}{done}",
        "who": called(one.reported_by),
        "note": one.text,
        "kind": words.pill,
    }


def _change(one: ItemChange) -> dict[str, Any]:
    rows = [
        {"label": _(FIELD_LABELS[name]), "before": before or None, "after": after or None}
        for name, (before, after) in one.changes.items()
    ]
    return {"at": moment(one.changed_at), "who": called(one.changed_by), "reason": one.reason, "rows": rows}


@desk_page(Can.PLAN, methods=("GET", "POST"))
def item_new(request: Any, key: UUID) -> HttpResponse:
    """Add a measure to the year or, ``?above=``, a task to a measure."""
    rows = YearPlan.objects.of(request.viewer.city).select_related("plan", "city")
    year_plan: YearPlan = get_object_or_404(rows, pk=key)
    above = _above(request, year_plan)
    form = ItemForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid() and form.new:
        item = add_item(year_plan=year_plan, above=above, new=form.new, by=request.viewer.user, at=timezone.now())
        messages.success(request, _("已增加“%(title)s”。") % {"title": item.title})
        return redirect("desk:plan_item", item.pk)
    title = _("增加任务：%(measure)s") % {"measure": above.title} if above else _("增加举措")
    shown = {"form": form, "title": title, "back": _year_address(year_plan)}
    return render(request, "desk/plans/item_form.html", shown, status=422 if form.errors else 200)


def _above(request: Any, year_plan: YearPlan) -> WorkItem | None:
    wanted = request.GET.get("above", "")
    if not wanted:
        return None
    rows = WorkItem.objects.of(year_plan.city).filter(year_plan=year_plan, above__isnull=True)
    return get_object_or_404(rows, pk=as_uuid(wanted))  # type: ignore[no-any-return]


@desk_page(Can.PLAN, methods=("GET", "POST"))
def item_change(request: Any, key: UUID) -> HttpResponse:
    """Change it, with the reason; the history keeps what it was."""
    item = found_item(request.viewer, key)
    form = ItemForm(request.POST or None, viewer=request.viewer, item=item, initial=_initial(item))
    if request.method == "POST" and form.is_valid() and form.new:
        reason = form.cleaned_data["reason"]
        try:
            change_item(item=item, new=form.new, reason=reason, by=request.viewer.user, at=timezone.now())
        except NothingChanged:
            form.add_error(None, _("没有改动任何内容。"))
        else:
            messages.success(request, _("已调整，原来的内容留在历史里。"))
            return redirect("desk:plan_item", item.pk)
    shown = {
        "form": form,
        "title": _("调整：%(title)s") % {"title": item.title},
        "back": reverse("desk:plan_item", args=[item.pk]),
    }
    return render(request, "desk/plans/item_form.html", shown, status=422 if form.errors else 200)


def _initial(item: WorkItem) -> dict[str, Any]:
    indicator = Indicator.objects.of(item.city).filter(code=item.indicator).first() if item.target else None
    money = indicator is not None and indicator.unit_of_value == Unit.FEN
    target = item.target and (f"{in_unit(item.target, '亿元'):f}" if money else str(item.target))
    return {
        "title": item.title,
        "owner_unit": item.owner_unit.code if item.owner_unit else "",
        "owner_department": item.owner_department,
        "responsible": str(item.responsible_id or ""),
        "starts_on": item.starts_on,
        "due_on": item.due_on,
        "indicator": item.indicator,
        "target": target or "",
    }


@desk_page(Can.REPORT_PROGRESS, methods=("POST",))
def item_report(request: Any, key: UUID) -> HttpResponse:
    """Add a report; it stays for ever."""
    viewer = request.viewer
    item = found_item(viewer, key)
    form = ReportForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, item, form)
    given = form.cleaned_data
    try:
        report_progress(
            item=item,
            reported_on=given["reported_on"],
            standing=Standing(given["standing"]),
            percent=given["percent"],
            text=given["text"],
            units=None if viewer.sees_all_units else viewer.unit_ids,
            by=viewer.user,
            at=timezone.now(),
        )
    except NotOwner as other:
        raise NotAllowed(str(other)) from other
    messages.success(request, _("已记录进展。"))
    return redirect("desk:plan_item", item.pk)

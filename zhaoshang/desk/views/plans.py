"""Plans: the tree of a year with its picture, what is late and what lacks an owner or a date; laying down plans and years."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.models import EvidenceFile
from zhaoshang.desk import planning
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.plans import PlanForm, YearForm
from zhaoshang.desk.lists import address
from zhaoshang.desk.sent_files import handed_out, sent_in
from zhaoshang.figures.plan_progress import Line, lines_of
from zhaoshang.people.rules import Can
from zhaoshang.plans.actions import PlanCodeTaken, YearTaken, add_plan, add_year
from zhaoshang.plans.models import Plan, YearPlan
from zhaoshang.plans.rules import Kind
from zhaoshang.tenancy.models import City

ALL_YEARS = "all"


def found_plan(city: City, code: str) -> Plan:
    """The plan; an unknown code is a 404."""
    return get_object_or_404(Plan.objects.of(city).select_related("city", "file__city"), code=code)  # type: ignore[no-any-return]


@desk_page(Can.READ_FIGURES)
def plan_list(request: Any) -> HttpResponse:
    """A plan's year (``?plan= &year= &on=``) or all its years (``year=all``), as it stands on a day; ``xlsx=1`` for the tree."""
    city = request.viewer.city
    plans = list(Plan.objects.of(city).select_related("city"))
    wanted = request.GET.get("plan")
    plan = next((one for one in plans if not wanted or one.code == wanted), None)
    can_write = request.viewer.can(Can.PLAN)
    if plan is None:
        if wanted:
            raise Http404
        return render(request, "desk/plans/none.html", {"can_write": can_write})
    on = planning.day_seen(request, city)
    years = list(YearPlan.objects.of(city).filter(plan=plan).select_related("file"))
    for one in years:
        one.city, one.plan = city, plan
    chosen = _chosen(request, years, on)
    lines = [line for one in chosen for line in lines_of(one, planning.months_seen(city, one.year, on), on)]
    if request.GET.get("xlsx") and chosen:
        return planning.as_sheet(chosen[0], lines, on)
    shown = {
        "plan": plan,
        "plans": plans,
        "on": on,
        "can_write": can_write,
        "tabs": _tabs(request, years, chosen),
        "year_plan": chosen[0] if len(chosen) == 1 else None,
        "missing_years": [
            y for y in range(plan.first_year, plan.last_year + 1) if y not in {one.year for one in years}
        ],
        **_tree(request, plan, chosen, lines, on),
    }
    return render(request, "desk/plans/tree.html", shown)


def _chosen(request: Any, years: list[YearPlan], on: date) -> list[YearPlan]:
    """The years asked for: one, or all; the day's own year (or the last) where nothing is asked."""
    wanted = request.GET.get("year", "")
    if wanted == ALL_YEARS:
        return years
    named = [one for one in years if str(one.year) == wanted] or [one for one in years if one.year == on.year]
    return named or years[-1:]


def _tabs(request: Any, years: list[YearPlan], chosen: list[YearPlan]) -> list[dict[str, Any]]:
    tabs = [
        {"label": str(one.year), "href": address(request, year=one.year), "current": chosen == [one]} for one in years
    ]
    whole = {"label": _("全部年度"), "href": address(request, year=ALL_YEARS), "current": len(chosen) > 1}
    return [*tabs, *([whole] if len(years) > 1 else [])]


def _tree(request: Any, plan: Plan, chosen: list[YearPlan], lines: list[Line], on: date) -> dict[str, Any]:
    """The rows, the picture (of several years only the measures), and what needs somebody's hand."""
    several = len(chosen) > 1
    years = (
        range(plan.first_year, plan.last_year + 1)
        if several
        else range(chosen[0].year, chosen[0].year + 1)
        if chosen
        else range(0)
    )
    drawn = [line for line in lines if not several or line.item.kind == Kind.MEASURE]
    return {
        "lines": lines,
        "summary": planning.summary(lines),
        "columns": planning.columns(),
        "rows": planning.rows(lines),
        "late": planning.rows([line for line in lines if line.is_late]),
        "orphans": planning.rows([line for line in lines if line.lacks]),
        "picture": planning.picture(drawn, years, on, plan.title) if drawn else None,
        "xlsx_url": None if several else address(request, xlsx="1"),
    }


@desk_page(Can.PLAN, methods=("GET", "POST"))
def plan_new(request: Any) -> HttpResponse:
    """Lay down a plan."""
    form = PlanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        now, given = timezone.now(), form.cleaned_data
        try:
            plan = add_plan(
                city=request.viewer.city,
                code=given["code"],
                title=given["title"],
                years=(given["first_year"], given["last_year"]),
                document=given["document"],
                issued_on=given["issued_on"],
                file=form.stored(request.viewer, now),
                by=request.viewer.user,
                at=now,
            )
        except PlanCodeTaken:
            form.add_error("code", _("这个编号已有计划使用。"))
        except ValidationError as wrong:
            form.add_error("file", wrong)
        else:
            messages.success(request, _("已立计划“%(title)s”。接着立它的第一个年度。") % {"title": plan.title})
            return redirect("desk:plan_year_new", plan.code)
    return _form(request, form, _("立计划"), reverse("desk:plans"))


@desk_page(Can.PLAN, methods=("GET", "POST"))
def year_new(request: Any, code: str) -> HttpResponse:
    """Lay down a plan's year."""
    plan = found_plan(request.viewer.city, code)
    held = set(YearPlan.objects.of(plan.city).filter(plan=plan).values_list("year", flat=True))
    left = [year for year in range(plan.first_year, plan.last_year + 1) if year not in held]
    back = f"{reverse('desk:plans')}?plan={plan.code}"
    if not left:
        messages.warning(request, _("这个计划的各个年度都已立。"))
        return redirect(back)
    form = YearForm(request.POST or None, request.FILES or None, years=left)
    if request.method == "POST" and form.is_valid():
        now, given = timezone.now(), form.cleaned_data
        common = {name: given[name] for name in ("year", "title", "document", "issued_on")}
        try:
            add_year(plan=plan, file=form.stored(request.viewer, now), by=request.viewer.user, at=now, **common)
        except YearTaken:
            form.add_error("year", _("这个年度已立。"))
        except ValidationError as wrong:
            form.add_error("file", wrong)
        else:
            return redirect(f"{back}&year={given['year']}")
    return _form(request, form, _("立年度计划：%(plan)s") % {"plan": plan.title}, back)


def _form(request: Any, form: forms.Form, title: str, back: str) -> HttpResponse:
    shown = {"form": form, "title": title, "back": back}
    return render(request, "desk/plans/form.html", shown, status=422 if form.errors else 200)


@desk_page(Can.READ_FIGURES)
def plan_file(request: Any, code: str) -> HttpResponse:
    """The plan's document as it was stored."""
    return _handed_out(request, found_plan(request.viewer.city, code).file)


@desk_page(Can.READ_FIGURES)
def year_file(request: Any, key: UUID) -> HttpResponse:
    """The year's document as it was stored."""
    rows = YearPlan.objects.of(request.viewer.city).select_related("file__city")
    return _handed_out(request, get_object_or_404(rows, pk=key).file)


def _handed_out(request: Any, file: EvidenceFile | None) -> HttpResponse:
    if file is None:
        raise Http404
    return handed_out(request, sent_in(file))

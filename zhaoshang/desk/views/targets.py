"""Targets: what each document set for whom, what is in force, whether the units' targets add up to the city's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.targets import TargetsForm
from zhaoshang.desk.lists import address, sheet
from zhaoshang.desk.shown import known_months, period_asked, titled, unit_shown, value_shown
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.plain import value_text
from zhaoshang.people.rules import Can
from zhaoshang.plans.actions import AlreadySet, set_targets
from zhaoshang.plans.models import Target
from zhaoshang.plans.queries import targets_in_force
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import called, number


def _chosen(request: Any) -> tuple[list[Indicator], Indicator, int]:
    city = request.viewer.city
    indicators = list(Indicator.objects.of(city))
    code = request.GET.get("indicator")
    indicator = next((one for one in indicators if not code or one.code == code), None)
    if indicator is None:
        raise Http404
    year = request.GET.get("year", "")
    known = year.isascii() and year.isdigit() and 1990 <= int(year) <= 2200
    return indicators, indicator, int(year) if known else period_asked(request, known_months(city)).year


def _units(request: Any, year: int) -> list[ReportingUnit]:
    first, last = Period.of_year(year).first_day(), Period(year * 12 + 11, year * 12 + 11).first_day()
    return [
        unit for unit in ReportingUnit.objects.of(request.viewer.city) if unit.valid_on(first) or unit.valid_on(last)
    ]


@desk_page(Can.READ_FIGURES)
def targets(request: Any) -> HttpResponse:
    """Targets of an indicator and year, ``?indicator= &year=``."""
    indicators, indicator, year = _chosen(request)
    city, units = request.viewer.city, _units(request, year)
    history = list(
        Target.objects.of(city)
        .filter(indicator=indicator.code, year=year)
        .select_related("unit", "entered_by")
        .order_by("-issued_on", "-id")
    )
    force = targets_in_force(city, indicator.code, year)
    if request.GET.get("xlsx"):
        return _file(indicator, year, history)
    shown = {
        "indicators": indicators,
        "indicator": indicator,
        "name": titled(indicator),
        "year": year,
        "unit_word": unit_shown(indicator),
        "rows": [_row(indicator, unit, force.get(unit.pk)) for unit in units] + [_sum(indicator, units, force)],
        "history": [_line(indicator, one) for one in history],
        "xlsx_url": address(request) + "&xlsx=1",
        "can_write": request.viewer.can(Can.SET_TARGETS),
        **_balance(indicator, units, force),
    }
    return render(request, "desk/targets/list.html", shown)


def _row(indicator: Indicator, unit: ReportingUnit, target: Target | None) -> dict[str, Any]:
    return {
        "unit": named(unit),
        "amount": value_shown(target.amount, indicator) if target else None,
        "document": {"text": target.document, "note": _("推算") if target.inferred else ""} if target else "",
        "issued_on": target.issued_on.isoformat() if target else "",
        "_kind": "" if target else "problem",
    }


def _sum(indicator: Indicator, units: list[ReportingUnit], force: dict[Any, Target]) -> dict[str, Any]:
    total = sum(force[unit.pk].amount for unit in units if unit.pk in force)
    return {"unit": _("各地区合计"), "amount": value_shown(total, indicator), "_kind": "total"}


def _balance(indicator: Indicator, units: list[ReportingUnit], force: dict[Any, Target]) -> dict[str, Any]:
    """The city's own target beside the sum of the units'."""
    whole = force.get(None)
    total = sum(force[unit.pk].amount for unit in units if unit.pk in force)
    difference = total - whole.amount if whole else 0
    return {
        "whole": whole,
        "whole_text": value_shown(whole.amount, indicator) if whole else None,
        "total_text": value_shown(total, indicator),
        "difference": difference,
        "difference_text": value_shown(abs(difference), indicator),
        "missing": [named(unit) for unit in units if unit.pk not in force],
    }


def _line(indicator: Indicator, one: Target) -> dict[str, Any]:
    return {
        "issued_on": one.issued_on.isoformat(),
        "document": one.document,
        "unit": named(one.unit) if one.unit else _("全市"),
        "amount": value_shown(one.amount, indicator),
        "who": {"text": called(one.entered_by), "note": _("推算") if one.inferred else ""},
    }


@desk_page(Can.SET_TARGETS, methods=("GET", "POST"))
def targets_new(request: Any) -> HttpResponse:
    """Enter the targets that one document sets."""
    _indicators, indicator, year = _chosen(request)
    form = TargetsForm(request.POST or None, indicator=indicator, units=_units(request, year))
    back = reverse("desk:targets") + f"?indicator={indicator.code}&year={year}"
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = set_targets(
                city=request.viewer.city,
                indicator=indicator.code,
                year=year,
                amounts=form.amounts,
                document=given["document"],
                issued_on=given["issued_on"],
                by=request.viewer.user,
                at=timezone.now(),
            )
        except AlreadySet:
            form.add_error("document", ValidationError(_("这个文号已经下达过其中的目标。调整目标须有新的文号。")))
        else:
            messages.success(request, _("已记录 %(count)s 个目标。") % {"count": number(len(made))})
            return redirect(back)
    shown = {"form": form, "name": titled(indicator), "year": year, "back": back, "unit_word": unit_shown(indicator)}
    return render(request, "desk/targets/form.html", shown)


def _file(indicator: Indicator, year: int, history: list[Target]) -> HttpResponse:
    columns = [Column(text, width=20) for text in (_("地区"), _("目标（元或个）"), _("文号"), _("发文日期"), _("推算"))]
    rows: list[list[Any]] = [
        [
            named(one.unit) if one.unit else _("全市"),
            value_text(one.amount, indicator.unit_of_value),
            one.document,
            one.issued_on.isoformat(),
            _("是") if one.inferred else _("否"),
        ]
        for one in history
    ]
    return sheet(
        columns,
        rows,
        _("%(year)s年目标-%(name)s") % {"year": year, "name": titled(indicator)},
        [(_("指标"), titled(indicator))],
    )

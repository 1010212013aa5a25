"""Targets: what each document set for whom, what is in force and reached of it, whether the units' add up to the city's."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

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
from zhaoshang.desk.lists import address, as_number, sheet
from zhaoshang.desk.shown import (
    figure_address,
    known_months,
    missing_shown,
    period_asked,
    titled,
    unit_shown,
    value_shown,
)
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.plain import value_text
from zhaoshang.figures.queries import NoVersion, keeps, meaning_for, values_by_unit
from zhaoshang.people.rules import Can
from zhaoshang.plans.actions import AlreadySet, set_targets
from zhaoshang.plans.models import Target
from zhaoshang.plans.queries import AgainstTarget, against
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import called, number, percent


def _chosen(request: Any) -> tuple[list[Indicator], Indicator, int]:
    city = request.viewer.city
    indicators = list(Indicator.objects.of(city))
    code = request.GET.get("indicator")
    indicator = next((one for one in indicators if not code or one.code == code), None)
    if indicator is None:
        raise Http404
    year = as_number(request.GET.get("year")) or 0
    return indicators, indicator, year if 1990 <= year <= 2200 else period_asked(request, known_months(city)).year


def _units(request: Any, year: int) -> list[ReportingUnit]:
    first, last = Period.of_year(year).first_day(), Period(year * 12 + 11, year * 12 + 11).first_day()
    return [
        unit for unit in ReportingUnit.objects.of(request.viewer.city) if unit.valid_on(first) or unit.valid_on(last)
    ]


@desk_page(Can.READ_FIGURES)
def targets(request: Any) -> HttpResponse:
    """Targets of an indicator and year with what is reached of them, ``?indicator= &year= &period=``."""
    indicators, indicator, year = _chosen(request)
    city, units = request.viewer.city, _units(request, year)
    history = list(
        Target.objects.of(city)
        .filter(indicator=indicator.code, year=year)
        .select_related("unit", "entered_by")
        .order_by("-issued_on", "-id")
    )
    force = {one.unit_id: one for one in reversed(history)}
    if request.GET.get("xlsx"):
        return _file(indicator, year, history)
    when = _to_date(request, year)
    reached = _reached(city, indicator, when, force) if when else {}
    whole = reached.get(None)
    shown = {
        "indicators": indicators,
        "indicator": indicator,
        "name": titled(indicator),
        "year": year,
        "when": when,
        "unit_word": unit_shown(indicator),
        "columns": _columns(indicator, force.values()),
        "rows": [
            *([_row(indicator, None, force[None], whole, when)] if None in force else []),
            *(_row(indicator, unit, force.get(unit.pk), reached.get(unit.pk), when) for unit in units),
            _sum(indicator, units, force),
        ],
        "gap": missing_shown(indicator, whole, when) if whole and when else None,
        "history": [_line(indicator, one) for one in history],
        "xlsx_url": address(request) + "&xlsx=1",
        "can_write": request.viewer.can(Can.SET_TARGETS),
        **_balance(indicator, units, force),
    }
    return render(request, "desk/targets/list.html", shown)


def _to_date(request: Any, year: int) -> Period | None:
    """January to the last month of the year that is asked for or that the account has; None when it has none."""
    months = known_months(request.viewer.city)
    if months is None or months.last < year * 12:
        return None
    asked = period_asked(request, months)
    last = asked.last if asked.year == year else min(months.last, year * 12 + 11)
    return Period(year * 12, last) if months.first <= year * 12 else None


def _reached(
    city: City, indicator: Indicator, when: Period, force: Mapping[Any, Target]
) -> dict[UUID | None, AgainstTarget]:
    """The year to date beside each target in force; nothing when the indicator has no one meaning then."""
    try:
        version = meaning_for(city, indicator.code, when)
    except NoVersion:
        return {}
    if not keeps(version, when):
        return {}
    values = {unit: value.fen for unit, value in values_by_unit(version, when).items()}
    whole = sum(values.values())
    return {
        unit: against(target, whole if unit is None else values.get(unit, 0), when) for unit, target in force.items()
    }


def _columns(indicator: Indicator, targets: Iterable[Target]) -> list[dict[str, Any]]:
    """With the quarters where any document in force sets them."""
    unit, phased = unit_shown(indicator), any(one.phases for one in targets)
    quarters = [
        {"key": "by_q1", "label": _("一季度末"), "unit": unit, "kind": "number"},
        {"key": "by_q2", "label": _("上半年末"), "unit": unit, "kind": "number"},
        {"key": "by_q3", "label": _("三季度末"), "unit": unit, "kind": "number"},
    ]
    return [
        {"key": "unit", "label": _("地区"), "head": True},
        {"key": "amount", "label": _("全年目标"), "unit": unit, "kind": "number"},
        *(quarters if phased else []),
        {"key": "actual", "label": _("已完成"), "unit": unit, "kind": "figure"},
        {"key": "of_year", "label": _("完成全年"), "unit": "%", "kind": "percent"},
        {"key": "ahead", "label": _("比时间进度"), "unit": _("百分点"), "kind": "percent"},
        *([{"key": "phased", "label": _("比分季进度"), "unit": _("百分点"), "kind": "percent"}] if phased else []),
        {"key": "missing", "label": _("还差"), "unit": unit, "kind": "number"},
        {"key": "a_month", "label": _("余下每月须"), "unit": unit, "kind": "number"},
        {"key": "document", "label": _("文号")},
    ]


def _row(
    indicator: Indicator,
    unit: ReportingUnit | None,
    target: Target | None,
    reached: AgainstTarget | None,
    when: Period | None,
) -> dict[str, Any]:
    name = named(unit) if unit else _("全市")
    if target is None:
        return {"unit": name, "amount": None, "document": "", "_kind": "problem"}
    steps = zip(("by_q1", "by_q2", "by_q3"), target.phases or (), strict=False)
    shown = {
        "unit": name,
        "amount": value_shown(target.amount, indicator),
        **{key: value_shown(step, indicator) for key, step in steps},
        "document": {
            "text": target.document,
            "note": _("；").join([target.issued_on.isoformat(), *([_("推算")] if target.inferred else [])]),
        },
        "_kind": "" if unit else "own",
    }
    if reached is None or when is None:
        return shown
    done, left = reached.progress, reached.missing
    phased = done.phased_ahead_points
    return shown | {
        "actual": {
            "text": value_shown(reached.actual, indicator),
            "href": figure_address(indicator.code, unit, when),
        },
        "of_year": percent(done.of_year_percent, unit=False),
        "ahead": percent(done.ahead_points, sign=True, unit=False),
        "phased": percent(phased, sign=True, unit=False) if phased is not None else None,
        "missing": value_shown(left.amount, indicator),
        "a_month": value_shown(left.a_month, indicator) if left.a_month is not None else None,
    }


def _sum(indicator: Indicator, units: list[ReportingUnit], force: Mapping[Any, Target]) -> dict[str, Any]:
    """The units' targets together; their quarters only where every one of them has some."""
    mine = [force[unit.pk] for unit in units if unit.pk in force]
    row = {
        "unit": _("各地区合计"),
        "amount": value_shown(sum(one.amount for one in mine), indicator),
        "_kind": "total",
    }
    steps = [one.phases for one in mine if one.phases]
    if mine and len(steps) == len(mine):
        sums = (sum(step[place] for step in steps) for place in range(3))
        row |= {
            key: value_shown(total, indicator) for key, total in zip(("by_q1", "by_q2", "by_q3"), sums, strict=True)
        }
    return row


def _balance(indicator: Indicator, units: list[ReportingUnit], force: Mapping[Any, Target]) -> dict[str, Any]:
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
        "quarters": " / ".join(value_shown(step, indicator) for step in one.phases or ()),
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
                phases=form.phases,
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
    columns = [
        Column(text, width=20)
        for text in (
            _("地区"),
            _("目标（元或个）"),
            _("文号"),
            _("发文日期"),
            _("一季度末"),
            _("上半年末"),
            _("三季度末"),
            _("推算"),
        )
    ]
    rows: list[list[Any]] = [
        [
            named(one.unit) if one.unit else _("全市"),
            value_text(one.amount, indicator.unit_of_value),
            one.document,
            one.issued_on.isoformat(),
            *(value_text(step, indicator.unit_of_value) for step in one.phases or ()),
            *([""] * (0 if one.phases else 3)),
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

"""Reporting units and the parts of the map they report for: both change over the years, and what is inferred says so."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.units import LastDayForm, MappingForm, UnitForm
from zhaoshang.people.rules import Can
from zhaoshang.regions.actions import CodeTaken, EndsTooEarly, add_unit, end_mapping, end_unit, map_unit
from zhaoshang.regions.models import Region, ReportingUnit, UnitRegion


@desk_page(Can.READ_RULES)
def units(request: Any) -> HttpResponse:
    """All units with what they are mapped to."""
    return render(
        request, "desk/units/list.html", {"rows": _rows(request), "can_write": request.viewer.can(Can.WRITE_RULES)}
    )


def _rows(request: Any) -> list[dict[str, Any]]:
    city = request.viewer.city
    parts: dict[Any, list[UnitRegion]] = {}
    for part in UnitRegion.objects.of(city).order_by("region_code", "valid_from"):
        parts.setdefault(part.unit_id, []).append(part)
    codes = {part.region_code for held in parts.values() for part in held}
    names = {region.code: named(region) for region in Region.objects.filter(code__in=codes).order_by("valid_from")}
    return [
        {
            "unit": unit,
            "name": named(unit),
            "parts": [{"part": part, "name": names.get(part.region_code, "")} for part in parts.get(unit.pk, [])],
        }
        for unit in ReportingUnit.objects.of(city)
    ]


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def unit_map(request: Any, code: str) -> HttpResponse:
    """Add a part of the map to a unit."""
    unit = get_object_or_404(ReportingUnit.objects.of(request.viewer.city).select_related("city"), code=code)
    form = MappingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                map_unit(unit=unit, by=request.viewer.user, at=timezone.now(), **form.cleaned_data)
        except IntegrityError:
            form.add_error("region_code", _("这一部分自同一天起已经归入该地区。"))
        else:
            messages.success(request, _("已归入，依据在册。"))
            return redirect("desk:units")
    title = _("归入%(name)s") % {"name": named(unit)}
    return _form_page(request, form, title)


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def unit_new(request: Any) -> HttpResponse:
    """Add a reporting unit."""
    last = ReportingUnit.objects.of(request.viewer.city).order_by("position").last()
    form = UnitForm(request.POST or None, initial={"position": last.position + 1 if last else 1})
    if request.method == "POST" and form.is_valid():
        try:
            unit = add_unit(city=request.viewer.city, by=request.viewer.user, at=timezone.now(), **form.cleaned_data)
        except CodeTaken:
            form.add_error("code", _("这个代码已有别的地区在用；请换一个。"))
        else:
            messages.success(request, _("已登记%(name)s；接着写明它对应哪些行政区划。") % {"name": named(unit)})
            return redirect("desk:unit_map", unit.code)
    return _form_page(request, form, _("登记填报地区"))


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def unit_end(request: Any, code: str) -> HttpResponse:
    """Say when a unit reports for the last time."""
    unit = get_object_or_404(ReportingUnit.objects.of(request.viewer.city).select_related("city"), code=code)
    form = LastDayForm(request.POST or None, initial={"last_day": unit.valid_to})
    if request.method == "POST" and form.is_valid():
        try:
            end_unit(unit=unit, last_day=form.cleaned_data["last_day"], by=request.viewer.user, at=timezone.now())
        except EndsTooEarly:
            form.add_error("last_day", _("早于起始日；请核对。"))
        else:
            messages.success(request, _("已记下最后报送日；以往的账不变。"))
            return redirect("desk:units")
    note = _("从次日起不再报送，对应的区划同日结束；以往各月的账和排名不变。")
    return _form_page(request, form, _("%(name)s停止报送") % {"name": named(unit)}, note)


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def unit_unmap(request: Any, key: UUID) -> HttpResponse:
    """Say when a part of the map belongs to its unit for the last time."""
    parts = UnitRegion.objects.of(request.viewer.city).select_related("unit__city", "city")
    part = get_object_or_404(parts, pk=key)
    form = LastDayForm(request.POST or None, initial={"last_day": part.valid_to})
    if request.method == "POST" and form.is_valid():
        try:
            end_mapping(mapping=part, last_day=form.cleaned_data["last_day"], by=request.viewer.user, at=timezone.now())
        except EndsTooEarly:
            form.add_error("last_day", _("早于起始日；请核对。"))
        else:
            messages.success(request, _("已记下归属的最后一天。"))
            return redirect("desk:units")
    title = _("%(region)s不再归入%(name)s") % {"region": part.region_code, "name": named(part.unit)}
    return _form_page(request, form, title)


def _form_page(request: Any, form: Any, title: str, note: str = "") -> HttpResponse:
    shown = {"form": form, "heading": title, "note": note}
    return render(request, "desk/units/form.html", shown, status=422 if form.errors else 200)

"""Reporting units and the parts of the map they report for: both change over the years, and what is inferred says so."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.people.rules import Can
from zhaoshang.regions.actions import map_unit
from zhaoshang.regions.models import Region, ReportingUnit, UnitRegion


class MappingForm(forms.Form):
    """Which part of the map a unit reports for, from when, and who says so."""

    region_code = forms.RegexField(
        label=gettext_lazy("行政区划代码"),
        regex=r"^\d{6}(\d{3})?$",
        help_text=gettext_lazy("六位（区县）或九位（街道、乡镇）"),
    )
    partly = forms.BooleanField(label=gettext_lazy("只是其中一部分"), required=False)
    inferred = forms.BooleanField(label=gettext_lazy("推断，没有文件明说"), required=False)
    source = forms.CharField(label=gettext_lazy("依据"), max_length=300)
    valid_from = forms.DateField(label=gettext_lazy("自"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(label=gettext_lazy("至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


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
    return render(request, "desk/units/form.html", {"form": form, "name": named(unit)})

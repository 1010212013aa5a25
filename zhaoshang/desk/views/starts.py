"""Simultaneous starts: the list, one with its projects and checks, calling one, and listing projects in it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.capital.starts import CHECK_AFTER_DAYS, SIGN_LABELS, Checked, Sign, check_days, check_starts
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.plans import day_field
from zhaoshang.desk.lists import address, sheet
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project, StartEvent
from zhaoshang.projects.stages.starts import (
    NotStarted,
    StartCodeTaken,
    UnknownYear,
    call_start,
    first_working_day_after_spring_festival,
    list_starts,
)
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import named, number, wan

PILLS = {Sign.OK: "ok", Sign.NONE: "stop", Sign.NOT_DUE: "wait"}


class StartForm(forms.Form):
    """A start as its notice called it."""

    code = forms.SlugField(label=gettext_lazy("代号"), max_length=40)
    day = day_field(label=gettext_lazy("开工日"))
    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    document = forms.CharField(label=gettext_lazy("文号"), max_length=120)
    beside = forms.MultipleChoiceField(
        label=gettext_lazy("通知另列的园区"),
        required=False,
        help_text=gettext_lazy("“12个地区和某园区”里的某园区：不计入地区个数，项目照样列入"),
    )


@desk_page(Can.READ_FIGURES)
def start_list(request: Any) -> HttpResponse:
    """Every start, latest first."""
    rows = [
        {
            "_href": reverse("desk:start", args=[one.code]),
            "title": {"text": one.title, "href": reverse("desk:start", args=[one.code]), "note": one.document},
            "day": one.day.isoformat(),
        }
        for one in StartEvent.objects.of(request.viewer.city)
    ]
    return render(request, "desk/starts/list.html", {"rows": rows, "may_call": request.viewer.can(Can.CALL_STARTS)})


@desk_page(Can.CALL_STARTS, methods=("GET", "POST"))
def start_new(request: Any) -> HttpResponse:
    """Call a start; the first working day after Spring Festival is offered."""
    viewer, today = request.viewer, timezone.localdate()
    try:
        offered = first_working_day_after_spring_festival(today.year)
    except UnknownYear:
        offered = None
    initial = {"day": offered, "code": f"start-{today.year}"}
    form = StartForm(request.POST or None, initial=initial)
    field = form.fields["beside"]
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = [(one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city)]
    if request.method == "POST" and form.is_valid():
        try:
            event = call_start(city=viewer.city, by=viewer.user, at=timezone.now(), **form.cleaned_data)
        except StartCodeTaken:
            form.add_error("code", ValidationError(_("这个代号已有同步开工使用。")))
        else:
            return redirect("desk:start", event.code)
    shown = {"form": form, "offered": offered}
    return render(request, "desk/starts/new.html", shown, status=422 if form.errors else 200)


def _event(request: Any, code: str) -> StartEvent:
    rows = StartEvent.objects.of(request.viewer.city).select_related("city")
    return get_object_or_404(rows, code=code)  # type: ignore[no-any-return]


@desk_page(Can.READ_PAYMENTS)
def start_open(request: Any, code: str) -> HttpResponse:
    """One start: its projects with evidence and the two checks; an officer sees the own unit's, the counts are the city's."""
    event, viewer = _event(request, code), request.viewer
    checked = check_starts(event, timezone.localdate())
    mine = [one for one in checked if viewer.sees_unit(one.listed.project.unit_id)]
    if request.GET.get("xlsx"):
        return _as_sheet(event, mine)
    units = {one.listed.project.unit.code: one.listed.project.unit for one in checked}
    counted = [unit for unit_code, unit in units.items() if unit_code not in event.beside]
    quiet = [sum(1 for one in mine if one.signs[place] == Sign.NONE) for place in range(len(CHECK_AFTER_DAYS))]
    shown = {
        "event": event,
        "columns": _columns(),
        "rows": [_row(event, one) for one in mine],
        "districts": number(len(counted)),
        "beside": [named(unit) for unit_code, unit in units.items() if unit_code in event.beside],
        "projects": number(len(checked)),
        "quiet": [(days, number(count)) for days, count in zip(CHECK_AFTER_DAYS, quiet, strict=True)],
        "is_computed": event.day == _computed(event.day.year),
        "may_list": viewer.can(Can.ADVANCE_STAGE),
        "xlsx_url": address(request, xlsx="1"),
        "figure": reverse("desk:figure_open", args=["starts", "city", f"{event.day:%Y-%m}"]),
    }
    return render(request, "desk/starts/start.html", shown)


def _computed(year: int) -> Any:
    try:
        return first_working_day_after_spring_festival(year)
    except UnknownYear:
        return None


def _columns() -> list[dict[str, Any]]:
    checks = [
        {"key": f"check_{days}", "label": _("%(days)s 天后") % {"days": days}, "kind": "pill"}
        for days in CHECK_AFTER_DAYS
    ]
    return [
        {"key": "project", "label": _("项目"), "kind": "link", "head": True},
        {"key": "unit", "label": _("地区")},
        {"key": "contract", "label": _("合同额"), "unit": _("万元"), "kind": "number"},
        {"key": "proof", "label": _("开工凭证"), "kind": "link"},
        *checks,
    ]


def _signs(event: StartEvent, one: Checked) -> list[tuple[str, Sign]]:
    return [
        (_("%(day)s 检查") % {"day": day} if sign == Sign.NOT_DUE else _(SIGN_LABELS[sign]), sign)
        for day, sign in zip(check_days(event), one.signs, strict=True)
    ]


def _row(event: StartEvent, one: Checked) -> dict[str, Any]:
    project, proof = one.listed.project, one.listed.proof
    href = reverse("desk:project_stages", args=[project.code])
    checks = {
        f"check_{days}": {"text": text, "pill": PILLS[sign]}
        for days, (text, sign) in zip(CHECK_AFTER_DAYS, _signs(event, one), strict=True)
    }
    return {
        "_href": href,
        "project": {"text": project.name, "href": href, "note": project.code},
        "unit": named(project.unit),
        "contract": wan(project.contract_fen),
        "proof": {"text": _("查看"), "href": reverse("desk:stage_proof", args=[proof.pk]), "note": proof.digest[:8]},
        **checks,
    }


def _as_sheet(event: StartEvent, checked: list[Checked]) -> HttpResponse:
    heads = [
        Column(_("地区"), width=18),
        Column(_("编号"), width=16),
        Column(_("项目"), width=36),
        Column(_("开工凭证"), width=40),
    ]
    heads += [Column(_("%(days)s 天后") % {"days": days}, width=16) for days in CHECK_AFTER_DAYS]
    lines: list[list[Value]] = [
        [
            named(one.listed.project.unit),
            one.listed.project.code,
            one.listed.project.name,
            one.listed.proof.name,
            *(text for text, _sign in _signs(event, one)),
        ]
        for one in checked
    ]
    return sheet(heads, lines, event.title, [(_("文号"), event.document), (_("开工日"), event.day.isoformat())])


@desk_page(Can.ADVANCE_STAGE, methods=("POST",))
def start_add(request: Any, code: str) -> HttpResponse:
    """List projects by their codes; each must hold its start evidence."""
    event, viewer = _event(request, code), request.viewer
    wanted = request.POST.get("projects", "").replace("，", " ").replace(",", " ").split()
    found = {one.code: one for one in Project.objects.visible_to(viewer).filter(code__in=wanted)}
    unknown = [one for one in wanted if one not in found]
    try:
        if unknown or not wanted:
            messages.error(
                request, _("没有这些项目，或您无权查看：%(codes)s。请核对编号。") % {"codes": "、".join(unknown) or "—"}
            )
        else:
            new = list_starts(event=event, projects=found.values(), by=viewer.user, at=timezone.now())
            messages.success(request, _("已列入 %(new)s 个项目。") % {"new": number(new)})
    except NotStarted as refusal:
        messages.error(request, _("项目 %(code)s 还没有开工凭证。请先在它的阶段页附上，再列入。") % {"code": refusal})
    return redirect("desk:start", event.code)

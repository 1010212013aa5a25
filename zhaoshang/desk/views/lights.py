"""Lights: units by articles for a month with their course, one light with its inputs and rule, and explanations. No page sets a colour."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.assessments import lighting
from zhaoshang.assessments.lighting import current_lights
from zhaoshang.assessments.models import Light, Regulation
from zhaoshang.assessments.queries import course_of, explained_months, issued_regulations, light_for, notes_of
from zhaoshang.assessments.rules.scheme import LightRule, Scheme
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.common.periods import NotAPeriod, Period, month_text, parse_month
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.assessed import Names, colour_pill, input_row, said
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import address, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.shown import known_months
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui import charts
from zhaoshang.ui.filters import called, clause, moment, month

COURSE = 12
Found = dict[tuple[UUID, str, int], Light]


@desk_page(Can.READ_FIGURES)
def light_table(request: Any) -> HttpResponse:
    """Units by articles, ``?regulation= &month=``; ``xlsx=1`` for the file."""
    viewer = request.viewer
    regulations = issued_regulations(viewer.city, Purpose.LIGHTS)
    one = _chosen(regulations, request.GET.get("regulation", ""))
    if one is None:
        return render(request, "desk/lights/none.html", {"may_write": viewer.can(Can.WRITE_RULES)})
    at = _month_asked(viewer, request.GET.get("month", ""))
    found = current_lights(one, Period(at - COURSE + 1, at))
    units = [unit for unit in ReportingUnit.objects.of(viewer.city) if unit.valid_on(Period(at, at).first_day())]
    scheme = one.scheme()
    if request.GET.get("xlsx"):
        return _file(one, scheme, units, found, at)
    explained = explained_months(one, at)
    shown = {
        "one": one,
        "regulations": [(row.code, row.title) for row in regulations],
        "month": at,
        "month_text": month_text(at),
        "columns": _columns(scheme),
        "rows": [_row(unit, scheme, found, at, explained, viewer) for unit in units],
        "computed": any(key[2] == at for key in found),
        "articles": [(clause(rule.no), rule.name, rule.text) for rule in scheme.lights],
        "may_run": viewer.can(Can.ASSESS),
        "holds": one.holds_for(at),
        "xlsx_url": f"{address(request)}&xlsx=1",
    }
    return render(request, "desk/lights/table.html", shown)


def _chosen(regulations: list[Regulation], code: str) -> Regulation | None:
    if code and all(one.code != code for one in regulations):
        raise Http404
    return next((one for one in regulations if not code or one.code == code), None)


def _month_asked(viewer: Viewer, text: str) -> int:
    """The month of the address, else the last one of the account."""
    try:
        return parse_month(text)
    except NotAPeriod:
        months = known_months(viewer.city)
        return months.last if months else Period.of_month(timezone.localdate()).last


def _columns(scheme: Scheme) -> list[dict[str, Any]]:
    return [
        {"key": "unit", "label": _("地区"), "head": True},
        *(
            {"key": f"light{place}", "label": f"{clause(rule.no)} {rule.name}", "kind": "lamp"}
            for place, rule in enumerate(scheme.lights)
        ),
    ]


def _row(
    unit: ReportingUnit, scheme: Scheme, found: Found, at: int, explained: set[tuple[UUID, str]], viewer: Viewer
) -> dict[str, Any]:
    lamps = {f"light{place}": _lamp(unit, rule, found, at, explained) for place, rule in enumerate(scheme.lights)}
    return {"unit": named(unit), **lamps, "_kind": "own" if unit.pk in viewer.unit_ids else ""}


def _lamp(
    unit: ReportingUnit, rule: LightRule, found: Found, at: int, explained: set[tuple[UUID, str]]
) -> dict[str, Any] | None:
    light = found.get((unit.pk, rule.no, at))
    if light is None:
        return None
    course = [found.get((unit.pk, rule.no, when)) for when in range(at - COURSE + 1, at + 1)]
    kinds = [colour_pill(one.colour)["pill"] for one in course if one is not None]
    return {
        **colour_pill(light.colour),
        "href": reverse("desk:light_open", args=[light.pk]),
        "values": kinds,
        "label": _("最近 %(count)s 个月") % {"count": len(kinds)},
        "note": _("有说明") if (unit.pk, rule.no) in explained else "",
    }


def _file(one: Regulation, scheme: Scheme, units: list[ReportingUnit], found: Found, at: int) -> HttpResponse:
    heads = (_("地区"), _("条"), _("名称"), _("灯"), _("比较"), _("说明"), _("依据的数"))
    names = Names(one.city, scheme)
    rows: list[list[Value]] = []
    for unit in units:
        for rule in scheme.lights:
            light = found.get((unit.pk, rule.no, at))
            if light is not None:
                inputs = _("；").join(
                    f"{names.name(key)} {given['value'] or '—'}" for key, given in light.inputs.items()
                )
                rows.append(
                    [
                        named(unit),
                        rule.no,
                        rule.name,
                        colour_pill(light.colour)["text"],
                        light.formula,
                        said(light.note),
                        inputs,
                    ]
                )
    columns = [Column(text, width=20) for text in heads]
    notes = [(_("办法"), f"{one.title} {one.document}"), (_("月份"), month(at))]
    return sheet(columns, rows, _("红黄绿灯-%(month)s") % {"month": month_text(at)}, notes)


@desk_page(Can.ASSESS, methods=("POST",))
def light_compute(request: Any) -> HttpResponse:
    """Compute a month's lights from the account as it stands, and keep them."""
    one = _chosen(issued_regulations(request.viewer.city, Purpose.LIGHTS), request.POST.get("regulation", ""))
    if one is None:
        raise Http404
    try:
        at = parse_month(request.POST.get("month", ""))
        made = lighting.compute_lights(regulation=one, month=at, by=request.viewer.user, at=timezone.now())
    except NotAPeriod:
        messages.error(request, _("请写成 2023-01。"))
        return redirect("desk:light_table")
    except lighting.NotInForce as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已计算，%(count)s 盏灯是新的或有变化。") % {"count": len(made)})
    return redirect(reverse("desk:light_table") + f"?regulation={one.code}&month={month_text(at)}")


def found_light(viewer: Viewer, key: UUID) -> Light:
    """The light, or 404."""
    try:
        return light_for(viewer, key)
    except Light.DoesNotExist as absent:
        raise Http404 from absent


@desk_page(Can.READ_FIGURES)
def light_open(request: Any, key: UUID) -> HttpResponse:
    """One light: its article, its inputs, the comparison that decided it, its course, and what the unit says of it."""
    return _light(request, found_light(request.viewer, key))


def _light(request: Any, light: Light, error: str = "") -> HttpResponse:
    scheme = light.regulation.scheme()
    rule = next(rule for rule in scheme.lights if rule.no == light.article)
    names, course = Names(light.city, scheme), course_of(light, Period(light.month - COURSE + 1, light.month))
    current = {one.month: one for one in course}
    mine = [one for one in course if one.month == light.month]
    shown = {
        "light": light,
        "name": named(light.unit),
        "rule": rule,
        "article": clause(rule.no),
        "pill": colour_pill(light.colour),
        "note": said(light.note),
        "rows": [input_row(names, input_key, given, light.unit, False) for input_key, given in light.inputs.items()],
        "drawing": charts.responsive(charts.lamps, [_drawn(one) for one in current.values()], title=_("各月亮灯")),
        "earlier": [
            {"at": moment(one.computed_at), "what": colour_pill(one.colour)["text"], "note": one.formula}
            for one in mine[:-1]
        ],
        "stale": mine[-1].pk != light.pk,
        "now_href": reverse("desk:light_open", args=[mine[-1].pk]),
        "story": [
            {"at": moment(one.written_at), "what": one.text, "who": called(one.written_by)} for one in notes_of(light)
        ],
        "may_explain": request.viewer.can(Can.EXPLAIN_LIGHTS) and request.viewer.sees_unit(light.unit_id),
        "computed": moment(light.computed_at),
        "error": error,
        "back": reverse("desk:light_table") + f"?regulation={light.regulation.code}&month={month_text(light.month)}",
    }
    return render(request, "desk/lights/light.html", shown, status=422 if error else 200)


def _drawn(one: Light) -> charts.Lamp:
    pill = colour_pill(one.colour)
    return charts.Lamp(month_text(one.month)[2:], pill["pill"], pill["text"], reverse("desk:light_open", args=[one.pk]))


@desk_page(Can.EXPLAIN_LIGHTS, methods=("POST",))
def light_explain(request: Any, key: UUID) -> HttpResponse:
    """Attach an explanation to a light of the own unit; the colour stays."""
    light = found_light(request.viewer, key)
    if not request.viewer.sees_unit(light.unit_id):
        raise Http404
    text = request.POST.get("text", "")[:1000]
    try:
        lighting.explain_light(light=light, text=text, by=request.viewer.user, at=timezone.now())
    except lighting.TextMissing as refusal:
        return _light(request, light, say(refusal, request.viewer))
    messages.success(request, _("说明已附上，颜色不变。"))
    return redirect("desk:light_open", key)

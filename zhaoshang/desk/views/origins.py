"""Regions of origin: what came from each, and a page for one with its firms, projects, money, visits and what is next."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.queries import verified_by_project
from zhaoshang.common.periods import Period
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.origins import AreaForm, EndForm
from zhaoshang.desk.lists import address, sheet
from zhaoshang.desk.origin_story import story_of
from zhaoshang.desk.overview_shown import fitting
from zhaoshang.desk.shown import (
    address_of,
    drawn,
    known_months,
    period_asked,
    period_menu,
    titled,
    unit_shown,
    value_shown,
)
from zhaoshang.desk.views.enterprises import form_page
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.figures.overview import NoIndicators, headline_indicator
from zhaoshang.figures.queries import Figure, NoVersion, figure, parts_of
from zhaoshang.lookup.queries import closed
from zhaoshang.lookup.rules import Kind
from zhaoshang.people.rules import Can
from zhaoshang.projects.firms import visible_enterprises
from zhaoshang.projects.models import Project
from zhaoshang.regions import origins
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import OriginArea, OriginPart, Region
from zhaoshang.tenancy.models import City
from zhaoshang.ui import charts
from zhaoshang.ui.filters import date_, named_short, number, wan
from zhaoshang.ui.filters import period as period_words

SHOWN = 50
Parts = Sequence[OriginPart]


def headline(city: City, when: Period) -> Figure | None:
    """The city's headline figure of the period; None where there is no one definition of it."""
    try:
        return figure(city, headline_indicator(city), when)
    except (NoIndicators, NoVersion):
        return None


class Money:
    """The headline figure by region of origin: the sum of its parts whose source lies in the region. They need not add up to it."""

    def __init__(self, city: City, when: Period) -> None:
        self.whole = headline(city, when)
        self.by_source = parts_of(self.whole, "source") if self.whole else {}

    def of(self, parts: Parts) -> int | None:
        """Fen of a region."""
        if self.whole is None:
            return None
        return sum(part.fen for code, part in self.by_source.items() if origins.inside(code, parts))

    def cell(self, parts: Parts) -> dict[str, Any] | None:
        """The figure with the address of what stands behind it."""
        if self.whole is None:
            return None
        codes = sorted(code for code in self.by_source if origins.inside(code, parts))
        behind = f"?part=source:{','.join(codes)}#behind" if codes else ""
        text = value_shown(self.of(parts), self.whole.indicator)
        return {"text": text, "href": f"{address_of(self.whole)}{behind}", "drawer": True}


@desk_page(Can.READ_FIGURES)
def origin_list(request: Any) -> HttpResponse:
    """The regions of the period's end with what came from each, ``?period=``; ``xlsx=1`` for the file."""
    viewer: Viewer = request.viewer
    months = known_months(viewer.city)
    when = period_asked(request, months)
    areas, money = origins.areas_on(viewer.city, when.last_day()), Money(viewer.city, when)
    firms, projects = _counts(viewer)
    rows = [_row(area, parts, money, firms, projects, when) for area, parts in areas]
    if request.GET.get("xlsx"):
        return _file(rows, money, when)
    shown = {
        "rows": rows,
        "when": when,
        "drawing": _drawing(areas, money, when),
        "unit_word": unit_shown(money.whole.indicator) if money.whole else _("亿元"),
        "indicator": titled(money.whole.indicator) if money.whole else "",
        "whole": money.whole,
        "whole_value": value_shown(money.whole.value, money.whole.indicator) if money.whole else None,
        "whole_href": address_of(money.whole) if money.whole else None,
        "may_keep": viewer.can(Can.KEEP_ROSTERS),
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(
        request, "desk/origins/list.html", period_menu(months, when, lambda one: address(request, period=one)) | shown
    )


def _counts(viewer: Viewer) -> tuple[dict[str, int], dict[str, int]]:
    """Firms by seat and projects by source, of those that the viewer may see. Two queries."""
    firms = visible_enterprises(viewer).exclude(pk__in=closed(viewer.city, Kind.ENTERPRISE)).exclude(region_code="")
    projects = Project.objects.visible_to(viewer).counted(viewer.city)
    return (
        dict(firms.order_by().values_list("region_code").annotate(Count("id"))),
        dict(projects.order_by().values_list("source_code").annotate(Count("id"))),
    )


def _row(
    area: OriginArea, parts: Parts, money: Money, firms: dict[str, int], projects: dict[str, int], when: Period
) -> dict[str, Any]:
    href = f"{reverse('desk:origin', args=[area.code])}?period={when}"
    return {
        "_href": href,
        "name": {"text": named(area), "href": href, "note": _("示例") if area.is_sample else None},
        "money": money.cell(parts),
        "firms": number(sum(count for code, count in firms.items() if origins.inside(code, parts))),
        "projects": number(sum(count for code, count in projects.items() if origins.inside(code, parts))),
    }


def _drawing(areas: Sequence[tuple[OriginArea, Parts]], money: Money, when: Period) -> Any:
    whole = money.whole
    if whole is None or not areas:
        return ""
    points = []
    for area, parts in areas:
        fen = money.of(parts) or 0
        text = f"{value_shown(fen, whole.indicator)} {unit_shown(whole.indicator)}"
        href = f"{reverse('desk:origin', args=[area.code])}?period={when}"
        points.append(charts.Point(named(area), drawn(fen, whole.indicator), text, href))
    return fitting(None, charts.bars, points, title=_("到位资金来自哪里"))


def _file(rows: Sequence[dict[str, Any]], money: Money, when: Period) -> HttpResponse:
    unit = unit_shown(money.whole.indicator) if money.whole else _("亿元")
    heads = [
        Column(_("来源区域"), width=24),
        Column(f"{_('到位资金')}（{unit}）"),
        Column(_("企业")),
        Column(_("项目")),
    ]
    lines: list[list[Value]] = [
        [one["name"]["text"], one["money"]["text"] if one["money"] else "", one["firms"], one["projects"]]
        for one in rows
    ]
    return sheet(heads, lines, _("来源区域"), [(_("时期"), period_words(when))])


def _area(city: City, code: str, day: date) -> tuple[OriginArea, list[OriginPart]]:
    found = next(((area, parts) for area, parts in origins.areas_on(city, day) if area.code == code), None)
    if found is None:
        raise Http404
    return found


@desk_page(Can.READ_FIGURES)
def origin_open(request: Any, code: str) -> HttpResponse:
    """One region: money, firms, projects, meetings, what is next."""
    viewer: Viewer = request.viewer
    months = known_months(viewer.city)
    when = period_asked(request, months)
    area, parts = _area(viewer.city, code, when.last_day())
    money, today = Money(viewer.city, when), timezone.localdate()
    lines = story_of(parts, viewer) if viewer.can(Can.READ_PAYMENTS) else []
    shown = {
        "area": area,
        "when": when,
        "money": money.cell(parts),
        "unit_word": unit_shown(money.whole.indicator) if money.whole else _("亿元"),
        "indicator": titled(money.whole.indicator) if money.whole else "",
        "part_rows": _parts(parts),
        "project_rows": _projects(viewer, parts),
        "firm_rows": _firms(viewer, parts),
        "coming": [_line(one) for one in reversed(lines) if one.promised and one.on >= today],
        "story": [_line(one) for one in lines if not (one.promised and one.on >= today)],
        "may_keep": viewer.can(Can.KEEP_ROSTERS) and area.valid_to is None,
    }
    return render(
        request, "desk/origins/origin.html", period_menu(months, when, lambda one: address(request, period=one)) | shown
    )


def _line(line: Any) -> dict[str, Any]:
    what = f"{line.kind}{_('：')}{line.text}"
    kind = "wait" if line.promised else "todo"
    return {"at": date_(line.on), "what": what, "who": line.who, "href": line.href or None, "kind": kind}


def _parts(parts: Parts) -> list[dict[str, Any]]:
    codes = [part.region_code for part in parts]
    names = {one.code: named(one) for one in Region.objects.filter(code__in=codes, valid_to__isnull=True)}
    return [
        {"code": part.region_code, "name": names.get(part.region_code, ""), "note": part.note or None} for part in parts
    ]


def _projects(viewer: Viewer, parts: Parts) -> list[dict[str, Any]]:
    rows = Project.objects.visible_to(viewer).counted(viewer.city).filter(origins.begins_inside("source_code", parts))
    projects = list(rows.select_related("unit").order_by("-contract_fen", "-id")[:SHOWN])
    arrived = verified_by_project(viewer.city, projects)
    found = []
    for one in projects:
        href = reverse("desk:project", args=[one.code])
        row = {"name": {"text": one.name, "href": href, "note": one.code}, "unit": named_short(one.unit), "_href": href}
        found.append(row | {"contract": wan(one.contract_fen), "arrived": wan(arrived.get(one.pk, 0))})
    return found


def _firms(viewer: Viewer, parts: Parts) -> list[dict[str, Any]]:
    rows = visible_enterprises(viewer).filter(origins.begins_inside("region_code", parts))
    firms: list[Enterprise] = list(rows.order_by("-id")[:SHOWN])
    return [
        {
            "name": {"text": one.name, "href": reverse("desk:enterprise", args=[one.pk])},
            "uscc": one.uscc,
            "seat": one.region_code,
            "_href": reverse("desk:enterprise", args=[one.pk]),
        }
        for one in firms
    ]


@desk_page(Can.KEEP_ROSTERS, methods=("GET", "POST"))
def origin_new(request: Any) -> HttpResponse:
    """Draw a region by a document."""
    form = AreaForm(request.POST or None)

    def act() -> None:
        origins.draw_area(city=request.viewer.city, new=form.area(), by=request.viewer.user, at=timezone.now())

    lead = _("按文件划定；划定后不改，要变的先停用，再按新文件另划。")
    refusals = (origins.AreaTaken, origins.BadArea)
    return form_page(request, form, act, _("划定来源区域"), reverse("desk:origin_list"), refusals=refusals, lead=lead)


@desk_page(Can.KEEP_ROSTERS, methods=("GET", "POST"))
def origin_end(request: Any, code: str) -> HttpResponse:
    """Say until when a region is used."""
    city = request.viewer.city
    area = OriginArea.objects.of(city).filter(code=code, valid_to__isnull=True).first()
    if area is None:
        return redirect("desk:origin_list")
    form = EndForm(request.POST or None)

    def act() -> None:
        origins.end_area(area=area, valid_to=form.cleaned_data["valid_to"], by=request.viewer.user, at=timezone.now())

    title = _("停用：%(name)s") % {"name": named(area)}
    return form_page(request, form, act, title, reverse("desk:origin_list"), refusals=(origins.BadArea,))

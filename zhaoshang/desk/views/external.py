"""External figures: other cities' and the province's word, each with source and date; and the rank that follows from them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.external import ExternalForm
from zhaoshang.desk.lists import address, page_of, sheet
from zhaoshang.desk.provenance import place_names
from zhaoshang.desk.shown import figure_address, titled, unit_shown, value_shown
from zhaoshang.figures import actions
from zhaoshang.figures.models import ExternalFigure, Indicator
from zhaoshang.figures.plain import value_text
from zhaoshang.figures.province import ProvinceRank, province_rank
from zhaoshang.figures.queries import versions_of
from zhaoshang.people.rules import Can
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import called, period


def _chosen(request: Any) -> tuple[list[Indicator], Indicator | None]:
    indicators = list(Indicator.objects.of(request.viewer.city))
    code = request.GET.get("indicator")
    if code and not any(one.code == code for one in indicators):
        raise Http404
    return indicators, next((one for one in indicators if not code or one.code == code), None)


def _period(request: Any) -> Period | None:
    try:
        return Period.parse(request.GET.get("period", ""))
    except NotAPeriod:
        return None


@desk_page(Can.READ_FIGURES)
def external(request: Any) -> HttpResponse:
    """The list, ``?indicator= &period=``; with a period also the rank in the province."""
    indicators, indicator = _chosen(request)
    if indicator is None:
        return render(request, "desk/external/list.html", {"indicator": None, "indicators": []})
    rows = ExternalFigure.objects.of(request.viewer.city).filter(indicator=indicator)
    when = _period(request)
    rows = rows.filter(first_month=when.first, last_month=when.last) if when else rows
    if request.GET.get("xlsx"):
        return _file(indicator, list(rows.select_related("version")[:5_000]))
    page = page_of(request, rows.select_related("version", "entered_by"))
    names = place_names(one.place_code for one in page.rows)
    shown = {
        "indicator": indicator,
        "indicators": indicators,
        "name": titled(indicator),
        "unit_word": unit_shown(indicator),
        "rows": [_row(indicator, one, names) for one in page.rows],
        "page": page,
        "when": when,
        "rank": _rank(request.viewer.city, indicator, when, names) if when else None,
        "xlsx_url": address(request) + "&xlsx=1",
        "new_url": reverse("desk:external_new") + f"?indicator={indicator.code}",
        "can_write": request.viewer.can(Can.ENTER_EXTERNAL),
    }
    return render(request, "desk/external/list.html", shown)


def _row(indicator: Indicator, one: ExternalFigure, names: dict[str, str]) -> dict[str, Any]:
    when = Period(one.first_month, one.last_month)
    said = [str(one.dated), *([_("示例")] if one.is_sample else []), called(one.entered_by)]
    return {
        "place": names.get(one.place_code, one.place_name),
        "period": {"text": period(when), "href": f"?indicator={indicator.code}&period={when}"},
        "value": {"text": value_shown(one.value, indicator), "state": "external"} if one.value is not None else "",
        "rank": f"{_(one.scope) if one.scope else ''} {one.rank}".strip() if one.rank is not None else "",
        "standing": {"text": _("正式"), "pill": "ok"} if one.is_official else {"text": _("非官方"), "pill": "warn"},
        "source": {
            "text": one.source,
            "note": _("；").join(said),
        },
    }


def _rank(city: City, indicator: Indicator, when: Period, names: dict[str, str]) -> dict[str, Any] | None:
    found = province_rank(city, indicator.code, when)
    if found is None:
        return None
    return {"found": found, "rows": _places(indicator, when, found, names), "told": found.told, "agrees": found.agrees}


def _places(indicator: Indicator, when: Period, found: ProvinceRank, names: dict[str, str]) -> list[dict[str, Any]]:
    own = figure_address(indicator.code, None, when)
    return [
        {
            "rank": {"text": place.rank},
            "place": names.get(place.code, place.name),
            "value": {"text": value_shown(place.value, indicator)}
            | ({"href": own, "state": "live"} if place.is_own else {"state": "external"}),
            "source": place.source or _("本市账本"),
            "_kind": "own" if place.is_own else "",
        }
        for place in found.places
    ]


@desk_page(Can.ENTER_EXTERNAL, methods=("GET", "POST"))
def external_new(request: Any) -> HttpResponse:
    """Enter one. A later entry for the same place and period stands above the earlier, which stays on record."""
    _indicators, indicator = _chosen(request)
    if indicator is None:
        raise Http404
    form = ExternalForm(
        request.POST or None, indicator=indicator, versions=versions_of(request.viewer.city, indicator.code)
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        code, name = given.pop("place")
        actions.enter_external(
            indicator=indicator, place_code=code, place_name=name, by=request.viewer.user, at=timezone.now(), **given
        )
        messages.success(request, _("已记录 %(place)s 的数据，来源和日期一并在册。") % {"place": name})
        return redirect(reverse("desk:external") + f"?indicator={indicator.code}&period={given['period']}")
    return render(request, "desk/external/form.html", {"form": form, "name": titled(indicator), "indicator": indicator})


def _file(indicator: Indicator, rows: list[ExternalFigure]) -> HttpResponse:
    columns = [
        Column(text, width=18)
        for text in (
            _("省或市"),
            _("时期"),
            _("数值（元或个）"),
            _("位次"),
            _("范围"),
            _("来源"),
            _("来源日期"),
            _("正式通报"),
        )
    ]
    lines: list[list[Any]] = [
        [
            one.place_name,
            str(Period(one.first_month, one.last_month)),
            value_text(one.value, indicator.unit_of_value) if one.value is not None else "",
            str(one.rank or ""),
            one.scope,
            one.source,
            str(one.dated),
            _("是") if one.is_official else _("否"),
        ]
        for one in rows
    ]
    return sheet(columns, lines, _("外部数据-%(name)s") % {"name": titled(indicator)}, [(_("指标"), titled(indicator))])

"""Cities side by side, for an office of a province or the nation; each value opens what it rests on."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import Period
from zhaoshang.common.rounding import round_half_even
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import address, sheet
from zhaoshang.desk.shown import growth_shown, period_asked, period_menu, periods_offered, refusal_shown, titled
from zhaoshang.figures.cities import (
    CityLeague,
    CityRow,
    capital_indicators,
    city_figure,
    city_league,
    is_upper,
    months_within,
)
from zhaoshang.figures.queries import Growth
from zhaoshang.people.rules import Can
from zhaoshang.regions.rules import MONTH_STATE_LABELS, MonthState
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import month, number, period, yi


@desk_page(Can.READ_FIGURES)
def city_table(request: Any) -> HttpResponse:
    """The table; ``?indicator= &period=``, ``xlsx=1`` for the file."""
    city, asked = request.viewer.city, request.GET
    english = (get_language() or "").startswith("en")
    offered = [
        {"code": code, "name": english_name if english else name}
        for code, name, english_name in capital_indicators(city)
    ]
    months = months_within(city)
    when = period_asked(request, months)
    code = asked.get("indicator") or (offered[0]["code"] if offered else "")
    chosen = next((one for one in offered if one["code"] == code), None)
    if offered and chosen is None:
        raise Http404
    page = {
        "indicators": offered,
        "code": code,
        "when": when,
        "upper": is_upper(city),
        "name": chosen and chosen["name"],
    }
    page |= period_menu(months, when, lambda one: address(request, period=one))
    page |= {"offered": periods_offered(months, when)}
    if chosen is None:
        return render(request, "desk/cities/table.html", page | {"rows": []})
    found = city_league(city, code, when)
    if asked.get("xlsx"):
        return _file(found, chosen["name"])
    shown = {"columns": _columns(chosen["name"]), "rows": [_shown(found, row) for row in found.rows]}
    return render(
        request,
        "desk/cities/table.html",
        page | shown | {"notes": _notes(found), "xlsx_url": address(request) + "&xlsx=1"},
    )


@desk_page(Can.READ_FIGURES)
def city_figure_open(request: Any, code: str, indicator: str, when: Period) -> HttpResponse:
    """What a city's value rests on: meaning, months, chain. Its payments stay in the city."""
    try:
        found = city_figure(request.viewer.city, code, indicator, when)
    except City.DoesNotExist:
        raise Http404 from None
    version = found.row.version
    assert version is not None
    page = {
        "found": found,
        "name": titled(version.indicator),
        "version_title": titled(version),
        "place": named(found.row.city),
        "when": when,
        "state": _state(found.row),
        "refused": refusal_shown(found.row.growth)
        if not isinstance(found.row.growth, Growth) and found.row.growth
        else "",
        "growth": growth_shown(found.row.growth) if found.row.growth else None,
        "columns": [
            {"key": "month", "label": _("月份"), "head": True},
            {"key": "value", "label": titled(version.indicator), "unit": _("亿元"), "kind": "number"},
            {"key": "state", "label": _("账期")},
        ],
        "rows": [
            {
                "month": month(one),
                "value": yi(fen, 2),
                "state": _(MONTH_STATE_LABELS[MonthState(state)]) if state else _("未设"),
            }
            for one, fen, state in found.months
        ],
    }
    return render(request, "desk/cities/figure.html", page)


def _state(row: CityRow) -> str:
    return "frozen" if row.closed else "live"


def _columns(name: str) -> list[dict[str, Any]]:
    return [
        {"key": "rank", "label": _("名次"), "kind": "rank"},
        {"key": "city", "label": _("城市"), "head": True},
        {"key": "value", "label": name, "unit": _("亿元"), "kind": "figure"},
        {"key": "growth", "label": _("同比"), "unit": "%", "kind": "percent"},
        {"key": "payments", "label": _("笔数"), "kind": "number"},
        {"key": "version", "label": _("口径")},
    ]


def _shown(found: CityLeague, row: CityRow) -> dict[str, Any]:
    if row.version is None:
        missing = refusal_shown(row.refusal) if row.refusal else ""
        return {"rank": "", "city": named(row.city), "value": None, "growth": None, "payments": "", "version": missing}
    href = reverse("desk:city_figure", args=[row.city.code, found.indicator, found.period])
    return {
        "rank": {"text": row.rank},
        "city": named(row.city),
        "value": {"text": yi(row.value, 2), "href": href, "state": _state(row)},
        "growth": growth_shown(row.growth) if row.growth else None,
        "payments": number(row.payments),
        "version": titled(row.version),
    }


def _notes(found: CityLeague) -> list[str]:
    notes = [_("只用各市汇总，不取各市明细；名次按总量从高到低，相同者并列。")]
    if not found.one_meaning:
        notes.append(_("各市口径不尽相同（见“口径”一栏），名次只供参考。"))
    if any(not row.closed for row in found.rows):
        notes.append(_("有的城市还有账期没有关账，其数还会变。"))
    return notes


def _file(found: CityLeague, name: str) -> HttpResponse:
    """The same table as a file; money in 万元 to the fen."""
    columns = [
        Column(_("名次"), "integer", width=8),
        Column(_("城市"), width=20),
        Column(_("代码"), width=10),
        Column(name + _("（万元）"), "amount", 6, 22),
        Column(_("同比（%）"), "percent", 2, 12),
        Column(_("笔数"), "integer", width=10),
        Column(_("口径"), width=40),
        Column(_("账期"), width=10),
    ]
    notes = [(_("指标"), name), (_("时期"), period(found.period)), *((_("说明"), note) for note in _notes(found))]
    return sheet(columns, [_file_row(row) for row in found.rows], f"{name}-{_('各市')}", notes)


def _file_row(row: CityRow) -> list[Value]:
    return [
        row.rank,
        named(row.city),
        row.city.gb_code,
        None if row.value is None else in_unit(row.value, "万元"),
        round_half_even(row.growth.percent, 2) if isinstance(row.growth, Growth) else None,
        row.payments,
        titled(row.version) if row.version else "",
        _(MONTH_STATE_LABELS[MonthState.CLOSED if row.closed else MonthState.OPEN]),
    ]

"""The cockpit (驾驶舱): the whole quarter on one wall, which renews itself. Every number on it opens, as on every other page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.assessments.lighting import current_lights
from zhaoshang.assessments.models import Light
from zhaoshang.assessments.queries import issued_regulations
from zhaoshang.assessments.rules.scheme import Colour
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.common.periods import Period
from zhaoshang.desk import forecast_shown
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.assessed import colour_pill
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import address
from zhaoshang.desk.overview_shown import fitting, leading, map_of, rank, sources, trend
from zhaoshang.desk.shown import (
    address_of,
    known_months,
    period_asked,
    period_menu,
    titled,
    unit_shown,
    value_shown,
)
from zhaoshang.desk.views.campaigns import picture
from zhaoshang.desk.views.overview import nothing_to_show
from zhaoshang.figures import forecasting
from zhaoshang.figures.campaigns import campaign_table
from zhaoshang.figures.flows import flows
from zhaoshang.figures.forecast import forecast
from zhaoshang.figures.overview import NoIndicators, Overview, headline_indicator, overview
from zhaoshang.figures.queries import Figure, NoVersion
from zhaoshang.figures.rules import Refusal
from zhaoshang.people.rules import Can
from zhaoshang.projects.queries import newest_reached
from zhaoshang.projects.rules import Milestone
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City
from zhaoshang.ui import charts
from zhaoshang.ui.charts.svg import NARROW
from zhaoshang.ui.filters import wan

NEWEST = 5
WALL = 520  # how wide the drawings of a third of the wall are drawn
WORST_FIRST = (Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.NONE)


@desk_page(Can.READ_FIGURES)
def cockpit(request: Any) -> HttpResponse:
    """``?period=``; ``look=paper`` in daylight. Asked again each minute by the page itself."""
    viewer: Viewer = request.viewer
    months = known_months(viewer.city)
    when = period_asked(request, months)
    menu = period_menu(months, when, lambda one: address(request, period=one))
    try:
        found = overview(viewer.city, when, rows_of=())
    except (NoIndicators, NoVersion) as refusal:
        return nothing_to_show(request, menu | {"when": when}, refusal)
    shown = {
        **leading(found),
        **_districts(viewer.city, found),
        **trend(found, WALL),
        **sources(found, WALL),
        **_campaigns(viewer.city, found),
        "flows": _flows(flows(viewer.city, when)),
        "rank": rank(found),
        "landed": _landed(viewer, when),
        "look": "paper" if request.GET.get("look") == "paper" else "cockpit",
        "renew_url": request.get_full_path(),
        "renewed_at": timezone.now(),
    }
    return render(request, "desk/cockpit/cockpit.html", menu | shown)


def _districts(city: City, found: Overview) -> dict[str, Any]:
    """Map and rows of the districts, each row with its light of the period's last month."""
    shown, lights = map_of(city.gb_code, found), _lights(city, found.headline.period.last)
    units = [row.unit for row in found.league.rows if row.unit]
    for row, unit in zip(shown["unit_rows"], units, strict=True):
        row["light"] = _lamp(lights[unit.pk]) if unit.pk in lights else None
    return shown | {"has_lights": bool(lights)}


def _lights(city: City, month: int) -> dict[Any, list[Light]]:
    """The month's lights of every unit, by the first regulation that holds for it."""
    regulation = next((one for one in issued_regulations(city, Purpose.LIGHTS) if one.holds_for(month)), None)
    found: dict[Any, list[Light]] = {}
    if regulation is not None:
        for (unit, _article, _month), light in current_lights(regulation, Period(month, month)).items():
            found.setdefault(unit, []).append(light)
    return found


def _lamp(lights: list[Light]) -> dict[str, Any]:
    """The worst of a unit's lights, which opens, with the others beside it."""
    worst = min(lights, key=lambda one: WORST_FIRST.index(Colour(one.colour)))
    kinds = [colour_pill(one.colour)["pill"] for one in lights] if len(lights) > 1 else []
    label = _("%(count)s 项中最重的一项") % {"count": len(lights)}
    return {
        **colour_pill(worst.colour),
        "href": reverse("desk:light_open", args=[worst.pk]),
        "values": kinds,
        "label": label,
    }


def _campaigns(city: City, found: Overview) -> dict[str, Any]:
    table = campaign_table(city, found.headline.period, found.headline.indicator.code)
    drawing = picture(table, NARROW) if table.lines and table.version else ""
    return {"campaigns": drawing, "in_several": table.in_several, "campaigns_href": reverse("desk:campaigns")}


def _flows(counts: tuple[Figure, ...]) -> Any:
    points = []
    for one in counts:
        text = f"{value_shown(one.value, one.indicator)} {unit_shown(one.indicator)}"
        points.append(charts.Point(titled(one.indicator), one.value, text, address_of(one)))
    return fitting(WALL, charts.bars, points, title=_("项目储备、签约和落地")) if points else ""


def _landed(viewer: Viewer, when: Period) -> list[dict[str, Any]]:
    """The projects that landed last by the period's end, of those that the viewer may see."""
    return [
        {
            "project": {"text": one.name, "href": reverse("desk:project", args=[one.code])},
            "unit": named(one.unit),
            "contract": wan(one.contract_fen, 0),
            "on": one.landed_on,
        }
        for one in newest_reached(viewer, Milestone.LANDED, when.last_day())[:NEWEST]
    ]


@desk_page(Can.READ_FIGURES)
def cockpit_forecast(request: Any) -> HttpResponse:
    """The band of the year's forecast, which the wall asks for by itself: the first computation takes longer than a page may."""
    city = request.viewer.city
    when = period_asked(request, known_months(city))
    try:
        found = forecast(city, headline_indicator(city), when.last)
    except (NoIndicators, NoVersion):
        found = None
    shown: dict[str, Any] = {"found": None}
    if found is not None and not isinstance(found, Refusal):
        indicator, total = found.version.indicator, found.total
        shown = {
            "found": found,
            "band": forecast_shown.band(found, total, WALL)["drawing"],
            "expected": value_shown(total.mean, indicator, 0),
            "interval": forecast_shown.interval(found, total.low, total.high),
            "level": round(100 * forecasting.LEVEL),
            "unit_word": unit_shown(indicator),
            "href": forecast_shown.open_address(found, None),
            "record": forecast_shown.record_shown(found.city, found),
        }
    return render(request, "desk/cockpit/forecast.html", shown)

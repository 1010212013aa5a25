"""The cockpit (驾驶舱): the whole quarter on one wall, which renews itself. Every number on it opens, as on every other page."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import address
from zhaoshang.desk.overview_shown import leading, map_of, rank, sources, trend
from zhaoshang.desk.shown import address_of, known_months, period_asked, period_menu, titled, unit_shown, value_shown
from zhaoshang.desk.views.overview import nothing_to_show
from zhaoshang.figures.flows import flows
from zhaoshang.figures.overview import NoIndicators, overview
from zhaoshang.figures.queries import Figure, NoVersion
from zhaoshang.people.rules import Can
from zhaoshang.projects.queries import newest_reached
from zhaoshang.projects.rules import Milestone
from zhaoshang.regions.access import Viewer
from zhaoshang.ui import charts
from zhaoshang.ui.charts.svg import NARROW
from zhaoshang.ui.filters import wan

NEWEST = 6


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
        **map_of(viewer.city.gb_code, found),
        **trend(found),
        **sources(found),
        **_flows(flows(viewer.city, when)),
        "rank": rank(found),
        "landed": _landed(viewer, when.last_day()),
        "look": "paper" if request.GET.get("look") == "paper" else "cockpit",
        "renew_url": request.get_full_path(),
        "renewed_at": timezone.now(),
    }
    return render(request, "desk/cockpit/cockpit.html", menu | shown)


def _flows(counts: tuple[Figure, ...]) -> dict[str, Any]:
    points = [
        charts.Point(
            titled(one.indicator),
            one.value,
            f"{value_shown(one.value, one.indicator)} {unit_shown(one.indicator)}",
            address_of(one),
        )
        for one in counts
    ]
    return {"flows": charts.bars(points, title=_("项目储备、签约和落地"), width=NARROW) if points else ""}


def _landed(viewer: Viewer, day: date) -> list[dict[str, Any]]:
    """The newest landed projects that the viewer may see, up to a day."""
    rows = newest_reached(viewer, Milestone.LANDED, day)[:NEWEST]
    return [
        {
            "project": {"text": one.name, "href": reverse("desk:project", args=[one.code])},
            "unit": named(one.unit),
            "contract": wan(one.contract_fen, 0),
            "on": one.landed_on,
        }
        for one in rows
    ]

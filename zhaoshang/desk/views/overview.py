"""The overview: what a leader sees first, on a desk or a phone. Every number opens."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import address
from zhaoshang.desk.overview_shown import arrived, leading, map_of, origins, rank, sources, trend
from zhaoshang.desk.shown import known_months, period_asked, period_menu
from zhaoshang.figures.overview import NoIndicators, overview
from zhaoshang.figures.queries import NoVersion
from zhaoshang.people.rules import Can


@desk_page(Can.READ_FIGURES)
def overview_page(request: Any) -> HttpResponse:
    """``?period=``."""
    city = request.viewer.city
    months = known_months(city)
    when = period_asked(request, months)
    menu = period_menu(months, when, lambda one: address(request, period=one))
    try:
        found = overview(city, when, rows_of=None if request.viewer.sees_all_units else request.viewer.unit_ids)
    except (NoIndicators, NoVersion) as refusal:
        return nothing_to_show(request, menu | {"when": when}, refusal)
    shown = {
        **leading(found),
        **map_of(city.gb_code, found),
        **trend(found),
        **origins(found),
        **sources(found),
        "rank": rank(found),
        "newest": [arrived(payment) for payment in found.newest],
        "months": found.months,
    }
    return render(request, "desk/overview/overview.html", menu | shown)


def nothing_to_show(request: Any, context: dict[str, Any], refusal: Exception) -> HttpResponse:
    """The page that says why there is no overview of the period and where to go."""
    return render(request, "desk/overview/none.html", context | {"empty_dictionary": isinstance(refusal, NoIndicators)})

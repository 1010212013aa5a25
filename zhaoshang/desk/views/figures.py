"""A figure answers for itself: definition, rule, growth, progress, parts, what was published, and the payments behind it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.behind import behind_it, export
from zhaoshang.desk.provenance import parts, published, unit_rows, versions_beside
from zhaoshang.desk.shown import (
    CITY,
    address_of,
    countings_shown,
    figure_address,
    growth_shown,
    missing_shown,
    place_shown,
    refusal_shown,
    titled,
    unit_shown,
    value_shown,
)
from zhaoshang.figures.freezing import head_of
from zhaoshang.figures.queries import (
    Figure,
    Growth,
    NotKept,
    NoVersion,
    UnknownIndicator,
    against_target,
    figure,
    growth,
    recomputed,
    to_date,
    year_to_date,
)
from zhaoshang.figures.rules import BASIS_LABELS, Refusal, Unit
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


def _unit_named(city: City, code: str) -> ReportingUnit | None:
    """The unit; None for the city itself. A wrong code is a 404."""
    if code in (CITY, city.code):
        return None
    unit = ReportingUnit.objects.of(city).filter(code=code).first()
    if unit is None:
        raise Http404
    return unit  # type: ignore[no-any-return]


def _asked(request: Any, indicator: str, unit: str, when: Period) -> Figure:
    city = request.viewer.city
    return figure(city, indicator, when, _unit_named(city, unit), request.GET.get("version") or None)


@desk_page(Can.READ_FIGURES)
def figure_open(request: Any, indicator: str, unit: str, when: Period) -> HttpResponse:
    """The provenance of a figure, in the drawer or as a page; ``xlsx=1`` for the payments behind it."""
    try:
        now = _asked(request, indicator, unit, when)
    except UnknownIndicator as unknown:
        raise Http404 from unknown
    except NoVersion as refusal:
        return render(request, "desk/figures/none.html", _none(request, indicator, unit, when, refusal))
    if request.GET.get("xlsx"):
        return export(request, now)
    return render(request, "desk/figures/figure.html", _shown(request, now))


def _none(request: Any, indicator: str, unit: str, when: Period, refusal: NoVersion) -> dict[str, Any]:
    """Why there is no one number, and the versions that can be asked for."""
    place = _unit_named(request.viewer.city, unit)
    beside = versions_beside(request.viewer.city, indicator, place, when, None)
    return {"when": when, "code": indicator, "not_kept": isinstance(refusal, NotKept), "beside": beside}


def _shown(request: Any, now: Figure) -> dict[str, Any]:
    city, rate, held = request.viewer.city, growth(now), against_target(now)
    page = {
        "figure": now,
        "name": titled(now.indicator),
        "version_title": titled(now.version),
        "countings": countings_shown(now.version if now.version.spans else to_date(now.version, now.period)),
        "place": place_shown(city, now.unit),
        "value": value_shown(now.value, now.indicator),
        "unit_word": unit_shown(now.indicator),
        "is_money": now.indicator.unit_of_value == Unit.FEN,
        "rate_text": growth_shown(rate),
        "refused": refusal_shown(rate) if isinstance(rate, Refusal) else "",
        "progress": held.progress if held else None,
        "missing": missing_shown(now.indicator, held, year_to_date(now.period)) if held else "",
        "parts": parts(request, now),
        "units": unit_rows(now) if now.unit is None else [],
        "published": published(now),
        "beside": versions_beside(city, now.indicator.code, now.unit, now.period, now.version.pk),
        "recount_url": _recount_address(now),
        "head": head_of(city),
    }
    return page | _base(now, rate) | behind_it(request, now)


def _recount_address(now: Figure) -> str:
    address, _mark, query = address_of(now).partition("?")
    return f"{address}recount/" + (f"?{query}" if query else "")


def _base(now: Figure, rate: Any) -> dict[str, Any]:
    """The growth rate's base as a figure of its own."""
    if not isinstance(rate, Growth):
        return {"base": None}
    href = figure_address(now.indicator.code, now.unit, rate.base_period, now.version.code)
    return {
        "base": {
            "value": value_shown(rate.base_value, now.indicator),
            "period": rate.base_period,
            "href": href if rate.basis != "published" else None,
            "state": "external" if rate.basis == "published" else "live",
            "basis": _(BASIS_LABELS[rate.basis]),
            "note": rate.note,
        }
    }


@desk_page(Can.READ_FIGURES)
def figure_recount(request: Any, indicator: str, unit: str, when: Period) -> HttpResponse:
    """Count the figure again from the ledger itself and say whether the roll-up agrees."""
    try:
        now = _asked(request, indicator, unit, when)
    except (UnknownIndicator, NoVersion) as unknown:
        raise Http404 from unknown
    seq, digest = head_of(request.viewer.city)
    again = recomputed(now.version, now.period, now.unit, seq)
    page = {
        "same": (again.fen, again.payments) == (now.value, now.payments),
        "value": value_shown(again.fen, now.indicator),
        "unit_word": unit_shown(now.indicator),
        "exact_fen": again.fen if now.indicator.unit_of_value == Unit.FEN else None,
        "payments": again.payments,
        "seq": seq,
        "head_digest": digest,
        "at": timezone.now(),
        "back": address_of(now),
    }
    return render(request, "desk/figures/recount_piece.html" if request.htmx else "desk/figures/recount.html", page)

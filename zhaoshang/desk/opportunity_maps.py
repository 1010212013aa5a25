"""Entries on the map of the city, and one entry's plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.opportunities_shown import title_of
from zhaoshang.opportunities.editions import entries_in
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.places import place_of, rings_of
from zhaoshang.opportunities.rules import KIND_LABELS, Kind
from zhaoshang.regions.models import ReportingUnit, UnitRegion
from zhaoshang.tenancy.models import City
from zhaoshang.ui import charts
from zhaoshang.ui.filters import named_short

KINDS = tuple(Kind)


def spot_of(entry: Opportunity) -> charts.Spot | None:
    """Where the entry lies; None when nobody said."""
    place = place_of(entry.outline, entry.fields.get("point"))
    if place is None:
        return None
    href = reverse("desk:opportunity", args=[entry.code])
    return charts.Spot(*place, title_of(entry), KINDS.index(Kind(entry.kind)), href)


def city_picture(city: City, spots: Sequence[charts.Spot]) -> Any:
    """The map for page and phone."""
    kinds = [_(KIND_LABELS[kind]) for kind in KINDS]
    return charts.responsive(
        charts.places, city.gb_code, spots, kinds, areas=districts(city), title=_("招商地图"), width=760
    )


def districts(city: City) -> list[charts.Area]:
    """The parts of the map by the unit that reports for the whole of them. Two queries."""
    units = {unit.pk: unit for unit in ReportingUnit.objects.of(city)}
    rows = UnitRegion.objects.of(city).filter(partly=False, valid_to__isnull=True)
    return [charts.Area(named_short(units[row.unit_id]), [row.region_code], None) for row in rows]


def plan_picture(entry: Opportunity) -> Any:
    """The plan of its outline."""
    return charts.plan(
        rings_of(entry.outline), title=_("四至图：%(title)s") % {"title": title_of(entry)}, north=_("北")
    )


def printed_map(gb_code: str, frozen: Mapping[str, Any], areas: Sequence[charts.Area]) -> str:
    """The map of a frozen edition, for paper."""
    spots = [
        charts.Spot(*place, str(row["title"]), KINDS.index(Kind(row["kind"])))
        for row in entries_in(frozen)
        if (place := place_of(row["outline"], row["fields"].get("point")))
    ]
    kinds = [_(KIND_LABELS[kind]) for kind in KINDS]
    return str(charts.places(gb_code, spots, kinds, areas=areas, title=_("招商地图"), width=640))

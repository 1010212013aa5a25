"""The parts of a figure's provenance that take looking up: its parts, its units, its published states, its other versions."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.capital.rules import KIND_LABELS, ORIGIN_LABELS, Kind, Origin
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import address
from zhaoshang.desk.shown import figure_address, titled, unit_shown, value_shown
from zhaoshang.figures.freezing import later_correction
from zhaoshang.figures.models import FrozenFigure
from zhaoshang.figures.queries import Figure, keeps, of_version, parts_of, values_by_unit, versions_of
from zhaoshang.figures.rules import share_percent
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.models import Region, ReportingUnit
from zhaoshang.regions.rules import FOREIGN_CODE
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import number, percent

FACETS = {"origin": N_("新建与续建"), "source": N_("来源地"), "kind": N_("资金类型"), "industry": N_("行业门类")}
PART_ROWS = 40


def parts(request: Any, now: Figure) -> list[dict[str, Any]]:
    """The figure split by each facet, largest first; every part opens to its own payments, and the parts add up to the figure."""
    found = []
    for facet, label in FACETS.items():
        values = parts_of(now, facet)
        if not values:
            continue
        words = part_words(facet, values)
        rows = [
            {
                "name": {
                    "text": words.get(value, value),
                    "href": f"{request.path}{address(request, part=f'{facet}:{value}')}#behind",
                },
                "value": value_shown(part.fen, now.indicator),
                "share": percent(share_percent(part.fen, now.value), unit=False),
                "payments": number(part.payments),
            }
            for value, part in sorted(values.items(), key=lambda item: (-item[1].fen, item[0]))[:PART_ROWS]
        ]
        found.append(
            {
                "facet": facet,
                "label": _(label),
                "rows": rows,
                "adds_up": sum(one.fen for one in values.values()) == now.value,
            }
        )
    return found


def part_words(facet: str, values: Iterable[str]) -> dict[str, str]:
    """The names of a facet's values."""
    match facet:
        case "origin":
            return {value: _(ORIGIN_LABELS[Origin(value)]) for value in values}
        case "kind":
            return {value: _(KIND_LABELS[Kind(value)]) for value in values}
        case "industry":
            return {value: _(INDUSTRIES[value]) for value in values}
    return place_names(values)


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of places by six-digit code; one query."""
    wanted = set(codes)
    rows = Region.objects.filter(code__in=wanted).order_by("valid_from")
    english = (get_language() or "").startswith("en")
    names = {row.code: (row.name_en if english else "") or row.short_name for row in rows}
    return names | {FOREIGN_CODE: _("国外")}


def published(now: Figure) -> list[dict[str, Any]]:
    """Every frozen state of this figure, with what changed since."""
    rows = FrozenFigure.objects.of(now.version.city).filter(
        version=now.version, unit=now.unit, first_month=now.period.first, last_month=now.period.last
    )
    frozen = list(
        rows.select_related("version__rule_set", "version__indicator", "unit", "city").order_by("-frozen_at")[:5]
    )
    return [
        {
            "frozen": one,
            "value": value_shown(one.value, now.indicator),
            "later": later_correction(one),
            "difference": value_shown(now.value - one.value, now.indicator),
        }
        for one in frozen
    ]


def versions_beside(
    city: City, code: str, unit: ReportingUnit | None, when: Period, but: UUID | None
) -> list[dict[str, Any]]:
    """The same figure under every other version that keeps totals for the period."""
    found = []
    for version in versions_of(city, code):
        if version.pk == but or not keeps(version, when):
            continue
        version.city = city
        one = of_version(version, when, unit)
        found.append(
            {
                "title": titled(version),
                "value": value_shown(one.value, version.indicator),
                "unit_word": unit_shown(version.indicator),
                "href": figure_address(code, unit, when, version.code),
                "official": version.official_for(when),
            }
        )
    return found


def unit_rows(now: Figure) -> list[dict[str, Any]]:
    """A city figure by unit, in the units' order; each opens to its own provenance."""
    values = values_by_unit(now.version, now.period)
    other = None if now.version.official_for(now.period) else now.version.code
    return [
        {
            "unit": named(unit),
            "value": {
                "text": value_shown(values[unit.pk].fen, now.indicator),
                "href": figure_address(now.indicator.code, unit, now.period, other),
            },
            "share": percent(share_percent(values[unit.pk].fen, now.value), unit=False),
        }
        for unit in ReportingUnit.objects.of(now.version.city)
        if unit.pk in values
    ]

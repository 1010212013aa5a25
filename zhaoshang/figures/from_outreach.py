"""Figures counted from outreach: leaders' trips by the definitions in force, and what was signed at activities, each project once."""

from uuid import UUID

from zhaoshang.capital.queries import Counted
from zhaoshang.common.periods import Period
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.rules import EVENTS, TRIPS, Measure
from zhaoshang.outreach.counting import counts_by_unit_and_month
from zhaoshang.outreach.signings import signed_by_unit_and_month
from zhaoshang.tenancy.models import City

FROM_OUTREACH = frozenset({*TRIPS, *EVENTS})


def definition_code(measure: str) -> str:
    """The code, in the rules of outreach, of what a measure of trips counts."""
    return measure.removeprefix("trips_")


def outreach_by_unit_and_month(version: IndicatorVersion, period: Period) -> dict[tuple[UUID | None, int], int]:
    """Trips, signings or their amount in fen, by unit (none: the city's own) and month number."""
    if version.measure in TRIPS:
        return counts_by_unit_and_month(version.city, definition_code(version.measure), period)
    signed = signed_by_unit_and_month(version.city, period)
    money = version.measure == Measure.EVENT_AMOUNT
    return {key: one.fen if money else one.projects for key, one in signed.items()}


def signings_by_unit_and_month(city: City, period: Period) -> dict[tuple[UUID | None, int], int]:
    """Projects signed at activities, by unit (none: the city's own) and month number."""
    return {key: one.projects for key, one in signed_by_unit_and_month(city, period).items()}


def outreach_by_unit(version: IndicatorVersion, period: Period) -> dict[UUID | None, Counted]:
    """The same by unit alone; a count stands in both places."""
    found: dict[UUID | None, Counted] = {}
    for (unit, _month), value in outreach_by_unit_and_month(version, period).items():
        before = found.get(unit, Counted(0, 0)).fen
        found[unit] = Counted(before + value, before + value)
    return found

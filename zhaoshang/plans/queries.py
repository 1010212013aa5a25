"""Targets in force."""

from uuid import UUID

from zhaoshang.plans.models import Target
from zhaoshang.tenancy.models import City


def targets_in_force(city: City, indicator: str, year: int) -> dict[UUID | None, Target]:
    """The last issued target by unit id; None is the city's own. One query."""
    rows = Target.objects.of(city).filter(indicator=indicator, year=year).order_by("issued_on", "id")
    return {row.unit_id: row for row in rows}

"""The only writer of targets."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.plans.models import Target
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class DocumentMissing(Exception):
    """A target needs the number of the document that sets it."""


class AlreadySet(Exception):
    """The same document has set this target; a change needs a new document."""


@transaction.atomic
def set_target(
    *,
    city: City,
    indicator: str,
    year: int,
    unit: ReportingUnit | None,
    amount: int,
    document: str,
    issued_on: date,
    by: User,
    at: datetime,
    inferred: bool = False,
) -> Target:
    """Record a target; an earlier document's stays on record. Raises :class:`DocumentMissing`, :class:`AlreadySet`."""
    if not document.strip():
        raise DocumentMissing
    held = (
        Target.objects.of(city)
        .select_for_update()
        .filter(indicator=indicator, year=year, unit=unit, document=document.strip())
    )
    if held.exists():
        raise AlreadySet(document)
    target = Target.objects.create(
        city=city,
        indicator=indicator,
        year=year,
        unit=unit,
        amount=amount,
        document=document.strip(),
        issued_on=issued_on,
        entered_by=by,
        entered_at=at,
        inferred=inferred,
    )
    record(
        "plans.target.set",
        city=city,
        by=by,
        at=at,
        about=target,
        indicator=indicator,
        year=year,
        unit=unit.code if unit else "",
    )
    return target


@transaction.atomic
def set_targets(
    *,
    city: City,
    indicator: str,
    year: int,
    amounts: Mapping[ReportingUnit | None, int],
    document: str,
    issued_on: date,
    by: User,
    at: datetime,
) -> list[Target]:
    """One document's targets for several units (None: the city), all or none. Raises as :func:`set_target`."""
    common = {"city": city, "indicator": indicator, "year": year, "document": document, "issued_on": issued_on}
    return [set_target(unit=unit, amount=amount, by=by, at=at, **common) for unit, amount in amounts.items()]  # type: ignore[arg-type]

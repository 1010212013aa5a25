"""The writer of numbers that the account does not hold, each with its document; a later entry counts, the earlier stays on record."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from zhaoshang.assessments.models import EnteredInput
from zhaoshang.common.periods import Period
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

LARGEST, PLACES = Decimal(10) ** 9, 4


class DocumentMissing(Exception):
    """An entered number needs the document that it stands in."""


class BadNumber(ValueError):
    """The number is too large or has more than four decimals; the message names the unit."""


def checked_number(value: Decimal, about: str) -> str:
    """The number as it is kept, exact. Raises :class:`BadNumber`."""
    exponent = value.normalize().as_tuple().exponent if value.is_finite() else "n"
    if not isinstance(exponent, int) or exponent < -PLACES or abs(value) >= LARGEST:
        raise BadNumber(about)
    return f"{value:f}"


@transaction.atomic
def enter_inputs(
    *,
    city: City,
    code: str,
    period: Period,
    values: Mapping[ReportingUnit, Decimal],
    document: str,
    note: str = "",
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> list[EnteredInput]:
    """One document's numbers for several units, all or none. Raises :class:`DocumentMissing`, :class:`BadNumber`."""
    if not document.strip():
        raise DocumentMissing
    rows = [
        EnteredInput(
            city=city,
            code=code,
            unit=unit,
            first_month=period.first,
            last_month=period.last,
            value=checked_number(value, unit.name),
            document=document.strip(),
            note=note.strip(),
            is_sample=is_sample,
            entered_by=by,
            entered_at=at,
        )
        for unit, value in values.items()
    ]
    EnteredInput.objects.bulk_create(rows)
    said = {unit.code: row.value for unit, row in zip(values, rows, strict=True)}
    record(
        "assessments.input.entered",
        city=city,
        by=by,
        at=at,
        code=code,
        period=str(period),
        document=document.strip(),
        values=said,
    )
    return rows

"""Outreach and the cards of enterprises: which firm is meant, and what is written into the book that every district sees."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.enterprises.touches import Meeting, log_touch
from zhaoshang.lookup.queries import family_of
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

WHO, SAID, WHOM, NEXT = 120, 2000, 120, 400  # as long as the book keeps them; minutes are kept whole in their own room


def firms_named(city: City, names: Collection[str]) -> dict[str, Enterprise]:
    """The enterprises on record by exactly these names; none where several have one. One query."""
    rows = Enterprise.objects.of(city).filter(name__in=[name for name in names if name]).order_by("pk")
    found: dict[str, list[Enterprise]] = {}
    for one in rows:
        found.setdefault(one.name, []).append(one)
    return {name: held[0] for name, held in found.items() if len(held) == 1}


def note_touch(
    *,
    city: City,
    enterprise: UUID | None,
    key: str,
    on: date,
    kind: TouchKind,
    who: str,
    said: str,
    unit: ReportingUnit | None,
    is_sample: bool,
    by: User,
    at: datetime,
    whom: str = "",
    next_step: str = "",
) -> None:
    """Log a meeting that took place, once for each ``key``, on the card that stands for the firm; none without a card."""
    if enterprise is None:
        return
    kept, _closed = family_of(city, enterprise)
    card = Enterprise.objects.of(city).get(pk=kept or enterprise)
    meeting = Meeting(
        on=on, kind=kind, who=who[:WHO], said=said[:SAID], whom=whom[:WHOM], next_step=next_step[:NEXT], key=key
    )
    log_touch(enterprise=card, meeting=meeting, unit=unit, by=by, at=at, is_sample=is_sample)

"""The only writer of targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction

from zhaoshang.capital.models import EvidenceFile
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.plans.models import Target
from zhaoshang.plans.rules import Phases
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class DocumentMissing(Exception):
    """A target needs the number of the document that sets it."""


class AlreadySet(Exception):
    """The same document has set this target; a change needs a new document."""


class PhasesFall(Exception):
    """What is to be reached by a quarter's end is less than by the one before, or more than the year's target."""


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target of one unit (None: the city); ``amount`` and ``phases`` in fen or as counts."""

    indicator: str
    unit: ReportingUnit | None
    amount: int
    phases: Phases | None = None


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
    phases: Phases | None = None,
) -> Target:
    """Record a target; an earlier document's stays on record.

    Raises :class:`DocumentMissing`, :class:`AlreadySet`, :class:`PhasesFall`.
    """
    new = NewTarget(indicator, unit, amount, phases)
    target = _write(city, year, new, document, issued_on, None, inferred, by, at)
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
    phases: Mapping[ReportingUnit | None, Phases] | None = None,
) -> list[Target]:
    """One document's targets for several units (None: the city), all or none. Raises as :func:`set_target`."""
    common = {"city": city, "indicator": indicator, "year": year, "document": document, "issued_on": issued_on}
    steps = phases or {}
    return [
        set_target(unit=unit, amount=amount, phases=steps.get(unit), by=by, at=at, **common)  # type: ignore[arg-type]
        for unit, amount in amounts.items()
    ]


@transaction.atomic
def issue_targets(
    *,
    city: City,
    year: int,
    targets: Sequence[NewTarget],
    document: str,
    issued_on: date,
    file: EvidenceFile | None,
    by: User,
    at: datetime,
) -> list[Target]:
    """A whole sheet of targets of several indicators, as one document issued it, all or none; one line in the diary.

    Raises as :func:`set_target`.
    """
    written = [_write(city, year, new, document, issued_on, file, False, by, at) for new in targets]
    record(
        "plans.targets.issued",
        city=city,
        by=by,
        at=at,
        about=file,
        document=document.strip(),
        year=year,
        targets=len(written),
        indicators=sorted({new.indicator for new in targets}),
    )
    return written


def _write(
    city: City,
    year: int,
    new: NewTarget,
    document: str,
    issued_on: date,
    file: EvidenceFile | None,
    inferred: bool,
    by: User,
    at: datetime,
) -> Target:
    if not document.strip():
        raise DocumentMissing
    if new.phases and any(later < earlier for earlier, later in pairwise((0, *new.phases, new.amount))):
        raise PhasesFall(new.unit.code if new.unit else city.code)
    held = Target.objects.of(city).filter(indicator=new.indicator, year=year, unit=new.unit, document=document.strip())
    City.objects.select_for_update(no_key=True).get(pk=city.pk)  # of two who set the same, the second is told
    if held.exists():
        raise AlreadySet(document)
    by_q1, by_q2, by_q3 = new.phases or (None, None, None)
    target: Target = Target.objects.create(
        city=city,
        indicator=new.indicator,
        year=year,
        unit=new.unit,
        amount=new.amount,
        by_q1=by_q1,
        by_q2=by_q2,
        by_q3=by_q3,
        document=document.strip(),
        issued_on=issued_on,
        file_digest=file.digest if file else "",
        entered_by=by,
        entered_at=at,
        inferred=inferred,
    )
    return target

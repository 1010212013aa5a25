"""The only writer of plans, years, measures and tasks, of reports on them and of their history."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhaoshang.capital.models import EvidenceFile
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.plans.actions.targets import DocumentMissing
from zhaoshang.plans.models import ItemChange, Plan, ProgressReport, WorkItem, YearPlan
from zhaoshang.plans.rules import Standing
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class PlanCodeTaken(Exception):
    """Another plan of the city has this code."""


class YearTaken(Exception):
    """The plan has this year already."""


class YearOutside(Exception):
    """The year is not among the plan's."""


class ReasonMissing(Exception):
    """A change needs its reason."""


class NothingChanged(Exception):
    """The change leaves everything as it was."""


class ReportEmpty(Exception):
    """A report says in words what was done."""


class NotYet(Exception):
    """The day that is reported on has not come."""


class NotOwner(Exception):
    """Only the owner's own people and the bureau report on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """What a measure or task is laid down with; ``target`` in fen or as a count, by its indicator."""

    title: str
    owner_unit: ReportingUnit | None = None
    owner_department: str = ""
    responsible: User | None = None
    starts_on: date | None = None
    due_on: date | None = None
    indicator: str = ""
    target: int | None = None


FIELDS = tuple(NewItem.__dataclass_fields__)


@transaction.atomic
def add_plan(
    *,
    city: City,
    code: str,
    title: str,
    years: tuple[int, int],
    document: str,
    issued_on: date,
    by: User,
    at: datetime,
    file: EvidenceFile | None = None,
    is_sample: bool = False,
) -> Plan:
    """Lay down a plan for ``years`` (first, last). Raises :class:`DocumentMissing`, :class:`PlanCodeTaken`, :class:`YearOutside`."""
    if not document.strip():
        raise DocumentMissing
    if years[0] > years[1]:
        raise YearOutside(years[1])
    if Plan.objects.of(city).filter(code=code).exists():
        raise PlanCodeTaken(code)
    plan: Plan = Plan.objects.create(
        city=city,
        code=code,
        title=title,
        first_year=years[0],
        last_year=years[1],
        document=document.strip(),
        issued_on=issued_on,
        file=file,
        is_sample=is_sample,
        entered_by=by,
        entered_at=at,
    )
    record("plans.plan.added", city=city, by=by, at=at, about=plan, document=plan.document)
    return plan


@transaction.atomic
def add_year(
    *,
    plan: Plan,
    year: int,
    title: str,
    document: str,
    issued_on: date,
    by: User,
    at: datetime,
    file: EvidenceFile | None = None,
) -> YearPlan:
    """Lay down a plan's year. Raises :class:`DocumentMissing`, :class:`YearOutside`, :class:`YearTaken`."""
    if not document.strip():
        raise DocumentMissing
    if not plan.first_year <= year <= plan.last_year:
        raise YearOutside(year)
    if YearPlan.objects.of(plan.city_id).filter(plan=plan, year=year).exists():
        raise YearTaken(year)
    made: YearPlan = YearPlan.objects.create(
        city=plan.city,
        plan=plan,
        year=year,
        title=title,
        document=document.strip(),
        issued_on=issued_on,
        file=file,
        entered_by=by,
        entered_at=at,
    )
    record("plans.year.added", city=plan.city, by=by, at=at, about=made, document=made.document, year=year)
    return made


@transaction.atomic
def add_item(*, year_plan: YearPlan, above: WorkItem | None, new: NewItem, by: User, at: datetime) -> WorkItem:
    """Add a measure or, ``above`` given, a task of it, at the end of its list."""
    # Held, so that two find different ends of its list: its last row alone would tell both the same.
    YearPlan.objects.of(year_plan.city_id).select_for_update(no_key=True).get(pk=year_plan.pk)
    rows = WorkItem.objects.of(year_plan.city_id).filter(year_plan=year_plan, above=above)
    last = rows.order_by("-position").values_list("position", flat=True).first()
    item: WorkItem = WorkItem.objects.create(
        city=year_plan.city,
        year_plan=year_plan,
        above=above,
        position=(last or 0) + 1,
        entered_by=by,
        entered_at=at,
        **{name: getattr(new, name) for name in FIELDS},
    )
    record("plans.item.added", city=year_plan.city, by=by, at=at, about=item, kind=str(item.kind), year=year_plan.year)
    return item


@transaction.atomic
def change_item(*, item: WorkItem, new: NewItem, reason: str, by: User, at: datetime) -> ItemChange:
    """Change a measure or task; what it was before stays in its history. Raises :class:`ReasonMissing`, :class:`NothingChanged`."""
    if not reason.strip():
        raise ReasonMissing
    held: WorkItem = WorkItem.objects.of(item.city_id).select_for_update().get(pk=item.pk)
    before, after = _told(held), _told(new)
    changes = {name: [before[name], after[name]] for name in FIELDS if before[name] != after[name]}
    if not changes:
        raise NothingChanged
    for name in FIELDS:
        setattr(held, name, getattr(new, name))
    held.save(update_fields=list(changes))
    change: ItemChange = ItemChange.objects.create(
        city=held.city, item=held, changes=changes, reason=reason.strip(), changed_by=by, changed_at=at
    )
    record("plans.item.changed", city=held.city, by=by, at=at, about=held, fields=sorted(changes), reason=change.reason)
    return change


def hand_over_item(*, item: WorkItem, responsible: User, reason: str, by: User, at: datetime) -> ItemChange:
    """Make another person responsible for a measure or task; the rest stays. Raises as :func:`change_item`."""
    new = NewItem(**{name: getattr(item, name) for name in FIELDS} | {"responsible": responsible})
    return change_item(item=item, new=new, reason=reason, by=by, at=at)


def _told(item: WorkItem | NewItem) -> dict[str, Any]:
    """The fields as the history keeps them: names of units and people, days and numbers as text."""
    values = {name: getattr(item, name) for name in FIELDS}
    return {name: "" if value is None else str(value) for name, value in values.items()}


@transaction.atomic
def report_progress(
    *,
    item: WorkItem,
    reported_on: date,
    standing: Standing,
    text: str,
    by: User,
    at: datetime,
    percent: int | None = None,
    units: frozenset[Any] | None = None,
) -> ProgressReport:
    """Report on a measure or task. ``units``: the ids of the units that ``by`` speaks for; None: the bureau.

    Raises :class:`ReportEmpty`, :class:`NotYet`, :class:`NotOwner`.
    """
    if not text.strip():
        raise ReportEmpty
    if reported_on > timezone.localdate(at):
        raise NotYet(reported_on.isoformat())
    if units is not None and item.owner_unit_id not in units:
        raise NotOwner(str(item))
    report: ProgressReport = ProgressReport.objects.create(
        city=item.city,
        item=item,
        reported_on=reported_on,
        standing=standing,
        percent=percent,
        text=text.strip(),
        reported_by=by,
        reported_at=at,
    )
    record("plans.item.reported", city=item.city, by=by, at=at, about=item, standing=str(standing))
    return report

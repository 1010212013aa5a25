"""The only writer of payment schedules and of what older books tell; and how both are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.projects.models import EarlierArrival, Instalment, Project
from zhaoshang.projects.rules import ScheduleFault, schedule_fault
from zhaoshang.regions.models import ReportMonth
from zhaoshang.tenancy.models import City


class BadSchedule(Exception):
    """The schedule cannot stand; ``fault`` says why, ``project`` which one."""

    def __init__(self, fault: ScheduleFault, project: Project) -> None:
        self.fault, self.project = fault, project
        super().__init__(f"{project.code}: {fault}")


class InsideLedger(Exception):
    """The month is kept by the ledger; only months before its first can come from older books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What a document agreed for one project: month number → fen."""

    project: Project
    months: Mapping[int, int]
    document: str
    agreed_on: date
    is_sample: bool = False


@transaction.atomic
def set_schedules(*, city: City, schedules: Sequence[Schedule], by: User, at: datetime) -> int:
    """Record schedules, all or none, each as the project's next revision; one that says what is in force already adds nothing.

    Returns how many were new. Raises :class:`BadSchedule`.
    """
    held = schedules_in_force(city, [one.project.pk for one in schedules])
    rows: list[Instalment] = []
    fresh = 0
    for one in schedules:
        before = held.get(one.project.pk, [])
        if before and _says(before) == _said(one):
            continue
        fault = schedule_fault(
            one.months, one.document, one.agreed_on, one.project.contract_fen, before[0].agreed_on if before else None
        )
        if fault is not None:
            raise BadSchedule(fault, one.project)
        fresh += 1
        rows += _rows(city, one, before[0].revision + 1 if before else 1, by, at)
    Instalment.objects.bulk_create(rows, batch_size=500)
    if fresh:
        about = schedules[0].project if len(schedules) == 1 else None
        record("projects.schedule.set", city=city, by=by, at=at, about=about, projects=fresh, instalments=len(rows))
    return fresh


def _says(rows: Sequence[Instalment]) -> tuple[dict[int, int], str, date]:
    return {row.month: row.amount_fen for row in rows}, rows[0].document, rows[0].agreed_on


def _said(one: Schedule) -> tuple[dict[int, int], str, date]:
    return dict(one.months), one.document.strip(), one.agreed_on


def _rows(city: City, one: Schedule, revision: int, by: User, at: datetime) -> list[Instalment]:
    return [
        Instalment(
            city=city,
            project=one.project,
            revision=revision,
            month=month,
            amount_fen=fen,
            document=one.document.strip(),
            agreed_on=one.agreed_on,
            is_sample=one.is_sample,
            entered_by=by,
            entered_at=at,
        )
        for month, fen in sorted(one.months.items())
    ]


def schedules_in_force(city: City, projects: Sequence[UUID]) -> dict[UUID, list[Instalment]]:
    """The last revision of each of these projects, by month. One query."""
    rows = Instalment.objects.of(city).filter(project_id__in=projects).order_by("revision", "month")
    found: dict[UUID, list[Instalment]] = {}
    for row in rows:
        kept = found.setdefault(row.project_id, [])
        if kept and kept[0].revision != row.revision:
            kept.clear()
        kept.append(row)
    return found


@transaction.atomic
def record_earlier(
    *,
    city: City,
    arrivals: Mapping[tuple[Project, int], int],
    source: str,
    by: User,
    at: datetime,
    is_sample: bool = False,
) -> int:
    """Copy from older books what reached a project in a month, (project, month number) → fen. Raises :class:`InsideLedger`."""
    first = ReportMonth.objects.of(city).order_by("number").values_list("number", flat=True).first()
    if first is not None and any(month >= first for _, month in arrivals):
        raise InsideLedger
    common = {"city": city, "source": source, "is_sample": is_sample, "entered_by": by, "entered_at": at}
    rows = [
        EarlierArrival(project=project, month=month, amount_fen=fen, **common)
        for (project, month), fen in arrivals.items()
    ]
    EarlierArrival.objects.bulk_create(rows, batch_size=500)
    record("projects.earlier.recorded", city=city, by=by, at=at, rows=len(rows), source=source)
    return len(rows)

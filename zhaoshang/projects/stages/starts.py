"""Simultaneous starts: called by a notice, each listed project with its evidence, and the days on which work is looked for again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import chinese_calendar
from django.db import transaction
from django.db.models import QuerySet

from zhaoshang.common.periods import Period, month_number
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project, StageProof, StartedProject, StartEvent
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.tenancy.models import City

_SPRING = "Spring Festival"


class StartCodeTaken(Exception):
    """Another start of the city has this code."""


class NotStarted(Exception):
    """No evidence of the stage «started» is held for this project; attach it first."""


class UnknownYear(Exception):
    """The State Council's calendar of that year is not known here."""


def first_working_day_after_spring_festival(year: int) -> date:
    """By the State Council's holiday notices as ``chinesecalendar`` holds them (2023: 28 January). Raises :class:`UnknownYear`."""
    try:
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(80)]
        holidays = [day for day in days if chinese_calendar.get_holiday_detail(day) == (True, _SPRING)]
    except NotImplementedError:
        raise UnknownYear(year) from None
    day = max(holidays) + timedelta(days=1)
    while not chinese_calendar.is_workday(day):
        day += timedelta(days=1)
    return day


@transaction.atomic
def call_start(
    *,
    city: City,
    code: str,
    day: date,
    title: str,
    document: str,
    beside: Iterable[str] = (),
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> StartEvent:
    """Lay down a simultaneous start. Raises :class:`StartCodeTaken`, ``NotAllowed``."""
    viewer_of(by, city).require(Can.CALL_STARTS)
    if StartEvent.objects.of(city).filter(code=code).exists():
        raise StartCodeTaken(code)
    event: StartEvent = StartEvent.objects.create(
        city=city,
        code=code,
        day=day,
        title=title,
        document=document,
        beside=sorted(beside),
        is_sample=is_sample,
        entered_by=by,
        entered_at=at,
    )
    record("projects.start.called", city=city, by=by, at=at, about=event, day=str(day), document=document)
    return event


@transaction.atomic
def list_starts(*, event: StartEvent, projects: Iterable[Project], by: User, at: datetime) -> int:
    """List projects in a start, all or none, each by the file that shows it began. Returns how many are new.

    Raises :class:`NotStarted` naming the project, ``NotAllowed``.
    """
    viewer = viewer_of(by, event.city)
    wanted = {project.pk: project for project in projects}
    if not (viewer.can(Can.ADVANCE_STAGE) and all(viewer.sees_unit(one.unit_id) for one in wanted.values())):
        raise NotAllowed(Can.ADVANCE_STAGE)
    listed = StartedProject.objects.of(event.city_id).filter(event=event, project_id__in=list(wanted))
    held = set(listed.values_list("project_id", flat=True))
    rows = StageProof.objects.of(event.city_id).filter(project_id__in=list(wanted), stage="started")
    proofs = {proof.project_id: proof for proof in rows.order_by("-stored_at", "-id")}
    new = [project for key, project in wanted.items() if key not in held]
    for project in new:
        if project.pk not in proofs:
            raise NotStarted(project.code)
    common = {"city": event.city, "event": event, "listed_by": by, "listed_at": at}
    StartedProject.objects.bulk_create(
        [StartedProject(project=one, proof=proofs[one.pk], **common) for one in new], batch_size=500
    )
    if new:
        codes = sorted(one.code for one in new)
        record("projects.start.listed", city=event.city, by=by, at=at, about=event, projects=codes[:500])
    return len(new)


def started_by_unit_and_month(city: City, period: Period) -> dict[tuple[UUID, int], int]:
    """1 for every unit and month number of a start in which it has a listed project; units named beside the districts left out.

    Two queries.
    """
    after = Period(period.last + 1, period.last + 1).first_day()
    held = StartEvent.objects.of(city).filter(day__gte=period.first_day(), day__lt=after)
    events = {one.pk: one for one in held}
    rows = StartedProject.objects.of(city).filter(event_id__in=list(events)).order_by()
    found = rows.values_list("event_id", "project__unit_id", "project__unit__code").distinct()
    return {
        (unit, month_number(events[event].day.year, events[event].day.month)): 1
        for event, unit, code in found
        if code not in events[event].beside
    }


def started_by_unit(city: City, period: Period) -> dict[UUID, int]:
    """1 for every unit with a listed start in the period; their sum is the number of units that started together. Two queries."""
    return {unit: 1 for unit, _ in started_by_unit_and_month(city, period)}


def started_projects(city: City, period: Period) -> "QuerySet[Project]":
    """The projects listed in the period's starts, newest registered first, with their units."""
    after = Period(period.last + 1, period.last + 1).first_day()
    listed = StartedProject.objects.of(city).filter(event__day__gte=period.first_day(), event__day__lt=after)
    rows: QuerySet[Project] = Project.objects.of(city).filter(pk__in=listed.values("project_id"))
    return rows.select_related("unit").order_by("-id")

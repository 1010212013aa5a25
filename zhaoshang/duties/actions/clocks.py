"""Clocks: started by what happens in any room above, stopped by an answer."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhaoshang.duties.actions.refusals import AlreadyAnswered, AlreadyRunning, ReasonMissing, UnknownKind
from zhaoshang.duties.models import Clock
from zhaoshang.duties.queries import DUTIES, running
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.tenancy.models import City


@transaction.atomic
def start_clock(
    *,
    city: City,
    kind: str,
    subject: str,
    href_name: str,
    subject_id: str,
    unit: ReportingUnit,
    handler: User | None = None,
    project: Project | None = None,
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> Clock:
    """Let a clock of this kind run for a subject that ``unit`` is to answer; ``href_name`` with ``subject_id`` is its address.

    Who may start it is asked by the act that does. Raises :class:`UnknownKind`, :class:`AlreadyRunning`, :class:`ReasonMissing`.
    """
    if not subject.strip():
        raise ReasonMissing
    today = timezone.localdate(at)
    rules = DUTIES.on(city, today)
    wanted = rules.read.clocks.get(kind)
    if wanted is None:
        raise UnknownKind(kind)
    if running(city, kind, href_name, subject_id):
        raise AlreadyRunning(subject)
    due_on, assumed = workdays_of(city).after(today, wanted.days)
    clock: Clock = Clock.objects.create(
        city=city,
        kind=kind,
        subject=subject.strip()[:200],
        href_name=href_name,
        subject_id=subject_id,
        project=project,
        unit=unit,
        handler=handler,
        started_on=today,
        days=wanted.days,
        due_on=due_on,
        assumed=assumed,
        rules=rules.code,
        is_sample=is_sample,
        started_by=by,
        started_at=at,
    )
    record("duties.clock.started", city=city, by=by, at=at, about=clock, kind=kind, due_on=str(due_on), unit=unit.code)
    return clock


@transaction.atomic
def answer_clock(*, clock: Clock, answer: str, by: User, at: datetime) -> Clock:
    """Stop a clock by an answer. Raises :class:`ReasonMissing`, :class:`AlreadyAnswered`, ``NotAllowed``."""
    viewer = viewer_of(by, clock.city)
    if not viewer.can(Can.WORK_DUTIES) or not viewer.sees_unit(clock.unit_id):
        raise NotAllowed(Can.WORK_DUTIES)
    if not answer.strip():
        raise ReasonMissing
    held: Clock = Clock.objects.of(clock.city_id).select_for_update().select_related("city").get(pk=clock.pk)
    if held.answered_on is not None:
        raise AlreadyAnswered(str(held))
    held.answer, held.answered_on, held.answered_by, held.answered_at = answer.strip(), timezone.localdate(at), by, at
    held.save(update_fields=["answer", "answered_on", "answered_by", "answered_at"])
    record("duties.clock.answered", city=held.city, by=by, at=at, about=held, in_time=held.answered_on <= held.due_on)
    return held

"""Problems and orders: raised, answered by who is responsible, closed by who raised the problem or by a leader for the order."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhaoshang.duties.actions.refusals import (
    AlreadyAnswered,
    BadDue,
    NotAnswered,
    NotClosed,
    NotOurPage,
    NotRaiser,
    OwnMatter,
    ReasonMissing,
    UnknownKind,
)
from zhaoshang.duties.models import Matter, MatterEntry
from zhaoshang.duties.queries import rules_on
from zhaoshang.duties.rules import MatterKind, Said, State
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.workdays import workdays_of


@transaction.atomic
def raise_problem(
    *,
    project: Project,
    text: str,
    level: str,
    department: str = "",
    for_firm: str = "",
    due_on: date | None = None,
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> Matter:
    """Put a problem of a project on the list, for the project's unit and a department; due by ``due_on``, else as its level says.

    ``for_firm``: the enterprise that an officer raises it for. Raises :class:`ReasonMissing`, :class:`UnknownKind`, :class:`BadDue`,
    ``NotAllowed``.
    """
    viewer, today = viewer_of(by, project.city), timezone.localdate(at)
    if not viewer.can(Can.WORK_DUTIES) or not viewer.sees_unit(project.unit_id):
        raise NotAllowed(Can.WORK_DUTIES)
    days = {one.code: one.days for one in rules_on(project.city, today).levels}
    if level not in days:
        raise UnknownKind(level)
    due = due_on or workdays_of(project.city).after(today, days[level])[0]
    told = {"about": str(project), "project": project, "unit_id": project.unit_id, "level": level}
    matter = _raised(project.city, MatterKind.PROBLEM, text, due, by, at, is_sample=is_sample, department=department.strip(),
                     for_firm=for_firm.strip(), **told)  # fmt: skip
    record("duties.problem.raised", city=project.city, by=by, at=at, about=matter, project=project.code, level=level)
    return matter


@transaction.atomic
def write_order(
    *,
    unit: ReportingUnit,
    text: str,
    due_on: date,
    about: str = "",
    href: str = "",
    project: Project | None = None,
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> Matter:
    """A leader's instruction to a unit, with the page it was written on. It changes nothing but itself: no figure, no project.

    Raises :class:`ReasonMissing`, :class:`BadDue`, :class:`NotOurPage`, ``NotAllowed``.
    """
    viewer_of(by, unit.city).require(Can.SUPERVISE)
    if href and not (href.startswith("/desk/") and href.isprintable() and "\\" not in href):
        raise NotOurPage(href)
    told = {"about": about.strip()[:200], "href": href, "project": project, "unit_id": unit.pk, "is_sample": is_sample}
    matter = _raised(unit.city, MatterKind.ORDER, text, due_on, by, at, **told)
    record("duties.order.written", city=unit.city, by=by, at=at, about=matter, unit=unit.code, due_on=str(due_on))
    return matter


def _raised(city: Any, kind: MatterKind, text: str, due_on: date, by: User, at: datetime, **fields: Any) -> Matter:
    if not text.strip():
        raise ReasonMissing
    if due_on < timezone.localdate(at):
        raise BadDue(str(due_on))
    said = {"kind": kind, "text": text.strip(), "due_on": due_on, "raised_by": by, "raised_at": at}
    matter: Matter = Matter.objects.create(city=city, **said, **fields)
    _say(matter, Said.RAISED, text, by, at)
    return matter


def _say(matter: Matter, said: Said, text: str, by: User, at: datetime) -> None:
    if not text.strip():
        raise ReasonMissing
    MatterEntry.objects.create(city_id=matter.city_id, matter=matter, said=said, text=text.strip(), by=by, at=at)


def _locked(matter: Matter, *states: State, refusal: type[Exception]) -> Matter:
    rows = Matter.objects.of(matter.city_id).select_for_update().select_related("city")
    held: Matter = rows.get(pk=matter.pk)
    if held.state not in states:
        raise refusal(str(held))
    return held


@transaction.atomic
def answer_matter(*, matter: Matter, text: str, by: User, at: datetime) -> Matter:
    """Say what was done: the unit's people or the bureau, never who raised it.

    Raises :class:`AlreadyAnswered`, :class:`OwnMatter`, :class:`ReasonMissing`, ``NotAllowed``.
    """
    viewer = viewer_of(by, matter.city)
    if not viewer.can(Can.WORK_DUTIES) or not viewer.sees_unit(matter.unit_id):
        raise NotAllowed(Can.WORK_DUTIES)
    held = _locked(matter, State.OPEN, refusal=AlreadyAnswered)
    if same_person(held.raised_by_id, by):
        raise OwnMatter(str(held))
    held.state, held.answered_by = State.ANSWERED, by
    held.save(update_fields=["state", "answered_by"])
    _say(held, Said.ANSWERED, text, by, at)
    record("duties.matter.answered", city=held.city, by=by, at=at, about=held, kind=held.kind)
    return held


def _judge(held: Matter, by: User) -> None:
    """A problem's answer is judged by who raised it or took that over, an order's by a leader or the bureau, not by who answered."""
    if held.kind == MatterKind.PROBLEM and held.confirmer_key != by.pk:
        raise NotRaiser(str(held))
    if held.kind == MatterKind.ORDER:
        viewer_of(by, held.city).require(Can.ACCEPT_ANSWERS)
    if same_person(held.answered_by_id, by):
        raise OwnMatter(str(held))


@transaction.atomic
def send_back(*, matter: Matter, text: str, by: User, at: datetime) -> Matter:
    """The answer does not do. Raises as :func:`close_matter`."""
    held = _locked(matter, State.ANSWERED, refusal=NotAnswered)
    _judge(held, by)
    held.state = State.OPEN
    held.save(update_fields=["state"])
    _say(held, Said.SENT_BACK, text, by, at)
    record("duties.matter.sent_back", city=held.city, by=by, at=at, about=held, kind=held.kind)
    return held


@transaction.atomic
def close_matter(*, matter: Matter, text: str, by: User, at: datetime) -> Matter:
    """Settled: an order after its answer; a problem also when its raiser says so without one.

    Raises :class:`NotAnswered`, :class:`NotRaiser`, :class:`OwnMatter`, :class:`ReasonMissing`, ``NotAllowed``.
    """
    from_states = (State.ANSWERED, State.OPEN) if matter.kind == MatterKind.PROBLEM else (State.ANSWERED,)
    held = _locked(matter, *from_states, refusal=NotAnswered)
    _judge(held, by)
    held.state, held.closed_by, held.closed_at = State.CLOSED, by, at
    held.save(update_fields=["state", "closed_by", "closed_at"])
    _say(held, Said.CLOSED, text, by, at)
    record("duties.matter.closed", city=held.city, by=by, at=at, about=held, kind=held.kind)
    return held


@transaction.atomic
def reopen_matter(*, matter: Matter, text: str, by: User, at: datetime) -> Matter:
    """It was not settled after all, and why. Raises :class:`NotClosed`, :class:`NotRaiser`, :class:`ReasonMissing`, ``NotAllowed``."""
    held = _locked(matter, State.CLOSED, refusal=NotClosed)
    _judge(held, by)
    held.state, held.closed_by, held.closed_at = State.OPEN, None, None
    held.save(update_fields=["state", "closed_by", "closed_at"])
    _say(held, Said.REOPENED, text, by, at)
    record("duties.matter.reopened", city=held.city, by=by, at=at, about=held, kind=held.kind)
    return held

"""Duties: who answers for a project, notes and standing, clocks, working days, rules, and what was lost."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Page, Strict
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import Period
from zhaoshang.duties.actions.clocks import answer_clock, start_clock
from zhaoshang.duties.actions.refusals import WrongHandler
from zhaoshang.duties.actions.responsibility import Team, lead_of, reassign
from zhaoshang.duties.actions.ruling import set_day
from zhaoshang.duties.losses import losses
from zhaoshang.duties.models import Clock
from zhaoshang.duties.queries import (
    DUTIES,
    candidates,
    clocks_of,
    in_force,
    leaders,
    orphaned,
    punctuality,
)
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import close_project, note_progress, reopen_project
from zhaoshang.projects.stages.rules import Cause, Standing
from zhaoshang.regions.access import all_there
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.review.leaving import KINDS, hand_over, holdings, leavers
from zhaoshang.tenancy.models import City

router = Router(tags=["duties"])
PAGE = 50
MOST_DAYS = 400
Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1000)]
Reason = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=400)]
Code = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40, pattern=r"^[-A-Za-z0-9_]*$")]
Person = Annotated[str, StringConstraints(strict=True, max_length=40)]


def project_of(request: ApiRequest, code: str) -> Project:
    """A project that the caller may see; a hidden one is absent."""
    rows = Project.objects.visible_to(request.viewer).select_related("unit", "enterprise", "city")
    return rows.get(code=code)  # type: ignore[no-any-return]


def page_of(rows: Any, after: UUID | None, told: Any) -> dict[str, Any]:
    """A page by key, newest first."""
    found = list((rows.filter(pk__lt=after) if after else rows).order_by("-id")[: PAGE + 1])
    following = str(found[PAGE - 1].pk) if len(found) > PAGE else None
    return {"rows": [told(one) for one in found[:PAGE]], "next": following}


@router.get(
    "/responsibilities",
    auth=needs(Can.READ_PAYMENTS),
    response={200: Page},
    summary="Who answers for which project",
)
def responsibilities(
    request: ApiRequest, unit: str = "", who: Literal["", "me", "left"] = "", after: UUID | None = None
) -> Any:
    """Today's, newest first; ``who`` ``left``: orphans, whose handler or lead official has left."""
    viewer = request.viewer
    rows = in_force(viewer)
    rows = orphaned(viewer.city, rows) if who == "left" else rows.filter(handler=viewer.user) if who == "me" else rows
    return page_of(rows.filter(unit__code=unit) if unit else rows, after, _served)


def _served(one: Any) -> dict[str, Any]:
    return {
        "project": one.project.code,
        "unit": one.unit.code,
        "leader": lead_of(one),
        "handler": one.handler.username,
        "since": one.since,
        "reason": one.reason,
    }


class Reassignment(Strict):
    """Projects and their new people: user names, or the name of a lead official without an account; empty: as it is."""

    projects: Annotated[list[Name], Field(min_length=1, max_length=500)]
    handler: Person = ""
    leader: Person = ""
    leader_name: Person = ""
    reason: Reason


@router.post(
    "/reassignments",
    auth=needs(Can.ASSIGN_DUTIES),
    response={200: dict[str, int]},
    summary="Give projects to other people",
)
def new_reassignment(request: ApiRequest, body: Reassignment) -> Any:
    """All or none; whom they had before stays in their history."""
    city = request.viewer.city
    rows = Project.objects.visible_to(request.viewer).select_related("city", "unit").filter(code__in=body.projects)
    found = list(rows)
    all_there(body.projects, {one.code for one in found})
    team = team_named(city, body.handler, body.leader, body.leader_name)
    said: dict[str, Any] = {"reason": body.reason, "by": caller(request), "at": timezone.now()}
    return {"changed": reassign(city=city, projects=found, team=team, **said)}


def team_named(city: City, handler: str, leader: str, leader_name: str) -> Team:
    """By user names, which may be empty. Raises ``WrongHandler`` for one who may not be chosen."""
    handlers = [user for user, _unit in candidates(city)]
    return Team(handler=_person(handlers, handler), leader=_person(leaders(city), leader), leader_name=leader_name)


def _person(people: list[User], name: str) -> User | None:
    found = next((user for user in people if user.username == name), None)
    if name and found is None:
        raise WrongHandler(name)
    return found


@router.get(
    "/holdings",
    auth=needs(Can.ASSIGN_DUTIES),
    response={200: dict[str, Any]},
    summary="What a person holds; without one, who has left with things in their name",
)
def held(request: ApiRequest, person: str = "") -> Any:
    """``person``: a login. Kinds as in ``review/leaving.py``; of each thing its name and day."""
    viewer = request.viewer
    if not person:
        gone = leavers(viewer)
        names = dict(User.objects.filter(pk__in=list(gone)).values_list("pk", "username"))
        return {"left": {names[key]: number for key, number in gone.items()}}
    found = holdings(viewer, _held_person(request, person))
    return {
        "held": {
            code: [{"name": KINDS[code].name(one), "due": getattr(one, "due_on", None)} for one in rows]
            for code, rows in found.items()
        }
    }


class Handover(Strict):
    """All that ``person`` holds goes to ``to``; projects they lead to ``leader`` or ``leader_name``, else they stay."""

    person: Person
    to: Person
    leader: Person = ""
    leader_name: Person = ""
    reason: Reason


@router.post(
    "/handovers",
    auth=needs(Can.ASSIGN_DUTIES),
    response={200: dict[str, dict[str, int]]},
    summary="Give all that a person holds to another, all or nothing",
)
def new_handover(request: ApiRequest, body: Handover) -> Any:
    """How many of each kind moved."""
    city = request.viewer.city
    to = _person([user for user, _unit in candidates(city)], body.to)
    if to is None:
        raise WrongHandler(body.to)
    moved = hand_over(
        city=city,
        person=_held_person(request, body.person),
        to=to,
        leader=_person(leaders(city), body.leader),
        leader_name=body.leader_name,
        reason=body.reason,
        by=caller(request),
        at=timezone.now(),
    )
    return {"moved": moved}


def _held_person(request: ApiRequest, name: str) -> User:
    known = Membership.objects.of(request.viewer.city).values("user_id")
    return User.objects.filter(pk__in=known).get(username=name)


class Note(Strict):
    """What was seen on a day."""

    on: date
    text: Reason


@router.post(
    "/projects/{code}/notes",
    auth=needs(Can.ADVANCE_STAGE),
    response={201: dict[str, int]},
    summary="Note a project's progress",
)
def new_note(request: ApiRequest, code: str, body: Note) -> Any:
    """A line of the stage log; it ends a stall."""
    entry = note_progress(project=project_of(request, code), by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"number": entry.number})


class StandingChange(Strict):
    """``open`` takes the project back to the pool; a lost one names the city that it went to."""

    standing: Standing
    reason: Reason
    cause: Cause = Cause.OTHER
    lost_to: Annotated[str, StringConstraints(strict=True, max_length=60)] = ""


@router.post(
    "/projects/{code}/standing",
    auth=needs(Can.ADVANCE_STAGE),
    response={201: dict[str, int]},
    summary="Pause, lose, withdraw or take back a project",
)
def new_standing(request: ApiRequest, code: str, body: StandingChange) -> Any:
    """Told in the stage log; the loss report counts by ``cause`` and ``lost_to``."""
    said: dict[str, Any] = {"project": project_of(request, code), "by": caller(request), "at": timezone.now()}
    if body.standing == Standing.OPEN:
        return Status(201, {"number": reopen_project(reason=body.reason, **said).number})
    return Status(201, {"number": close_project(**body.dict(), **said).number})


@router.get("/losses", auth=needs(Can.READ_PAYMENTS), response={200: list[dict[str, Any]]}, summary="Losses")
def loss_list(request: ApiRequest, period: str) -> Any:
    """Projects lost or withdrawn in a period, latest first, as far as the caller may see them."""
    return [
        {
            "project": one.entry.project.code,
            "unit": one.entry.project.unit.code,
            "at": one.entry.entered_at,
            "standing": one.entry.standing,
            "cause": str(one.cause),
            "reason": one.entry.reason,
            "lost_to": one.entry.lost_to,
            "contract": yuan_text(one.entry.project.contract_fen),
            "back": one.back,
        }
        for one in losses(request.viewer, Period.parse(period))
    ]


def _clock(one: Clock) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "kind": one.kind,
        "subject": one.subject,
        "project": one.project.code if one.project else None,
        "unit": one.unit.code,
        "handler": one.handler.username if one.handler else None,
        "started_on": one.started_on,
        "days": one.days,
        "due_on": one.due_on,
        "assumed": one.assumed,
        "answered_on": one.answered_on,
        "answer": one.answer,
    }


@router.get("/clocks", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Clocks, newest first")
def clocks(
    request: ApiRequest,
    state: Literal["", "running", "late", "answered"] = "",
    unit: str = "",
    kind: str = "",
    after: UUID | None = None,
) -> Any:
    """``late``: past their day without an answer. ``assumed``: a day on the way was only assumed to be worked."""
    rows = clocks_of(request.viewer)
    if state:
        rows = rows.filter(answered_on__isnull=state != "answered")
    rows = rows.filter(due_on__lt=timezone.localdate()) if state == "late" else rows
    rows = rows.filter(unit__code=unit) if unit else rows
    return page_of(rows.filter(kind=kind) if kind else rows, after, _clock)


class NewClock(Strict):
    """A kind of the rules in force, and what is to be answered about a project."""

    project: Name
    kind: Code
    subject: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]


@router.post("/clocks", auth=needs(Can.WORK_DUTIES), response={201: dict[str, Any]}, summary="Start a clock")
def new_clock(request: ApiRequest, body: NewClock) -> Any:
    """One of a kind runs for a project at once."""
    project = project_of(request, body.project)
    clock = start_clock(
        city=project.city, kind=body.kind, subject=body.subject, href_name="desk:project", subject_id=project.code,
        unit=project.unit, project=project, by=caller(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, _clock(clock))


class ClockAnswer(Strict):
    """What was done, or said."""

    text: Text


@router.post(
    "/clocks/{key}/answer",
    auth=needs(Can.WORK_DUTIES),
    response={200: dict[str, Any]},
    summary="Stop a clock",
)
def clock_answer(request: ApiRequest, key: UUID, body: ClockAnswer) -> Any:
    """By an answer, which stays."""
    clock = clocks_of(request.viewer).select_related("unit", "handler", "project", "city").get(pk=key)
    answer_clock(clock=clock, answer=body.text, by=caller(request), at=timezone.now())
    return _clock(clocks_of(request.viewer).get(pk=key))


@router.get(
    "/punctuality",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="How punctual units answer",
)
def punctual(request: ApiRequest, since: date | None = None) -> Any:
    """Clocks started on or after ``since`` (a year ago); the rate is ``in_time`` over the three that were due."""
    today = timezone.localdate()
    return [
        {
            "unit": one.unit.code,
            "in_time": one.in_time,
            "late": one.late,
            "running_late": one.running_late,
            "running": one.running,
        }
        for one in punctuality(request.viewer, today, since or today - timedelta(days=365))
    ]


@router.get("/workdays", auth=needs(Can.READ_RULES), response={200: list[dict[str, Any]]}, summary="Working days")
def workdays(request: ApiRequest, first: date, last: date) -> Any:
    """At most 400 days. ``source``: ``package`` (the State Council's notices), ``overridden`` by the city, or ``assumed``."""
    known = workdays_of(request.viewer.city)
    number = max(0, min((last - first).days + 1, MOST_DAYS, date.max.toordinal() - first.toordinal()))
    days = [first + timedelta(days=place) for place in range(number)]
    return [{"day": day, "works": works, "source": str(source)} for day in days for works, source in [known.of(day)]]


class DayIn(Strict):
    """A day as the city sets it; ``works`` null: by the package again."""

    day: date
    works: bool | None
    document: Name


@router.post("/workdays", auth=needs(Can.WRITE_RULES), response={201: dict[str, int]}, summary="Set a working day")
def new_day(request: ApiRequest, body: DayIn) -> Any:
    """Running clocks are due anew; ``moved`` says how many."""
    moved = set_day(city=request.viewer.city, by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"moved": moved})


@router.get(
    "/duty-rules",
    auth=needs(Can.READ_RULES),
    response={200: dict[str, Any]},
    summary="The duty rules in force",
)
def duty_rules(request: ApiRequest) -> Any:
    """Code, document and numbers as issued; without an issued set the sample that comes with the system."""
    city, today = request.viewer.city, timezone.localdate()
    held = DUTIES.on(city, today)
    rules = held.read
    return {
        "code": held.code,
        "document": held.told["document"],
        "is_sample": held.told["is_sample"],
        "clocks": [{"code": one.code, "days": one.days, "source": one.source} for one in rules.clocks.values()],
        "overdue": [{"days": one.days, "to": str(one.to)} for one in rules.overdue],
        "levels": [{"code": one.code, "days": one.days} for one in rules.levels],
        "findings": {code: {"days": one.days, **one.numbers} for code, one in rules.findings.items()},
    }


def unit_of(request: ApiRequest, code: str) -> ReportingUnit:
    """A unit of the city."""
    return ReportingUnit.objects.of(request.viewer.city).select_related("city").get(code=code)  # type: ignore[no-any-return]

"""The same done to many projects (``projects/bulk.py``): each through its own gate, each with its own outcome in the answer; a list that
names one which is not the caller's is refused whole."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from zhaoshang.api.duties import Person, Reason, team_named
from zhaoshang.api.errors import told
from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import MonthText, Name, Refused, Strict
from zhaoshang.common.periods import parse_month
from zhaoshang.duties.actions.responsibility import reassign_each
from zhaoshang.people.rules import Can
from zhaoshang.projects import bulk

router = Router(tags=["projects"])
Codes = Annotated[list[Name], Field(min_length=1, max_length=bulk.MOST)]
Why = Annotated[str, StringConstraints(strict=True, max_length=200)]


class Row(Schema):
    """How it went with one project: ``done``, or refused and left as it was."""

    project: str
    done: bool
    refused: Refused | None = None


class Outcomes(Schema):
    """A line a project, in the order asked; how many were done."""

    done: int
    rows: list[Row]


class Many(Strict):
    """Codes of projects; one named twice is done once."""

    projects: Codes


class Moves(Many):
    """``promotion`` and ``construction`` enter the chain's next stage ``on`` a day, by the document ``why``; ``paused`` and ``open``
    (back to the pool) are done for the reason ``why``."""

    act: bulk.Act
    on: date | None = None
    why: Why = ""


@router.post(
    "/bulk/moves",
    auth=needs(Can.ADVANCE_STAGE),
    response={200: Outcomes},
    summary="Move, pause or take back many projects, each for itself",
)
def bulk_moves(request: ApiRequest, body: Moves) -> Any:
    """Each goes through its own gate; one that is refused stays as it was and does not hinder the others."""
    said: dict[str, Any] = {"on": body.on, "why": body.why, "by": caller(request), "at": timezone.now()}
    found = bulk.each(request.viewer, body.projects, lambda one: bulk.move(one, body.act, **said))
    return _outcomes(body.projects, found)


class Assignments(Many):
    """The new people: user names, or the name of a lead official without an account; empty: as each project has it."""

    handler: Person = ""
    leader: Person = ""
    leader_name: Person = ""
    reason: Reason


@router.post(
    "/bulk/assignments",
    auth=needs(Can.ASSIGN_DUTIES),
    response={200: Outcomes},
    summary="Hand many projects over, each for itself",
)
def bulk_assignments(request: ApiRequest, body: Assignments) -> Any:
    """Unlike ``/reassignments``, which is all or none."""
    team = team_named(request.viewer.city, body.handler, body.leader, body.leader_name)
    said: dict[str, Any] = {"reason": body.reason, "by": caller(request), "at": timezone.now()}
    return _outcomes(body.projects, reassign_each(request.viewer, body.projects, team, **said))


class Schedules(Many):
    """What a document of a day agreed: the whole contract by ``month``, or what is in force ``later`` by so many months."""

    document: Name
    agreed_on: date
    month: MonthText | None = None
    later: Annotated[int, Field(strict=True, ge=1, le=bulk.MOST_LATER)] | None = None


@router.post(
    "/bulk/schedules",
    auth=needs(Can.SET_SCHEDULES),
    response={200: Outcomes},
    summary="Give many projects a payment schedule, or put theirs off",
)
def bulk_schedules(request: ApiRequest, body: Schedules) -> Any:
    """Each as the project's next revision; one that is in force already counts as done and adds nothing."""
    said: dict[str, Any] = {
        "month": parse_month(body.month) if body.month else None,
        "later": body.later,
        "document": body.document.strip(),
        "agreed_on": body.agreed_on,
        "by": caller(request),
        "at": timezone.now(),
    }
    return _outcomes(
        body.projects, bulk.each(request.viewer, body.projects, lambda one: bulk.put_schedule(one, **said))
    )


def _outcomes(codes: Sequence[str], found: Sequence[bulk.Outcome]) -> dict[str, Any]:
    by_code = {one.project.code: one.refusal for one in found}
    refusals = {code: by_code[code] for code in codes}
    rows = [
        {"project": code, "done": refusal is None, "refused": told(refusal)[1] if refusal else None}
        for code, refusal in refusals.items()
    ]
    return {"done": sum(one["done"] for one in rows), "rows": rows}

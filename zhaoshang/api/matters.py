"""Problems and orders: raised or written, answered, closed by who raised the problem or by another than who answered the order."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.duties import ClockAnswer, Code, Text, page_of, project_of, unit_of
from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Page, Strict
from zhaoshang.duties.actions.handing import hand_over_matter
from zhaoshang.duties.actions.matters import (
    answer_matter,
    close_matter,
    raise_problem,
    reopen_matter,
    send_back,
    write_order,
)
from zhaoshang.duties.actions.refusals import WrongHandler
from zhaoshang.duties.models import Matter, MatterEntry
from zhaoshang.duties.queries import candidates, matters_of
from zhaoshang.duties.rules import MatterKind
from zhaoshang.people.rules import Can

router = Router(tags=["duties"])
State = Literal["", "open", "answered", "closed", "late"]
_JUDGED = {"accept": close_matter, "send_back": send_back, "reopen": reopen_matter}


def _matter(one: Matter) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "kind": one.kind,
        "text": one.text,
        "about": one.about,
        "project": one.project.code if one.project else None,
        "unit": one.unit.code,
        "department": one.department,
        "level": one.level,
        "for_firm": one.for_firm,
        "due_on": one.due_on,
        "state": one.state,
        "raised_by": one.raised_by.username,
        "raised_at": one.raised_at,
    }


def _list(request: ApiRequest, kind: MatterKind, state: str, unit: str, after: UUID | None) -> Any:
    rows = matters_of(request.viewer).filter(kind=kind)
    if state == "late":
        rows = rows.filter(state="open", due_on__lt=timezone.localdate())
    elif state:
        rows = rows.filter(state=state)
    return page_of(rows.filter(unit__code=unit) if unit else rows, after, _matter)


def _whole(request: ApiRequest, key: UUID, kind: MatterKind) -> dict[str, Any]:
    one = matters_of(request.viewer).filter(kind=kind).get(pk=key)
    said = MatterEntry.objects.of(request.viewer.city).filter(matter=one).select_related("by").order_by("id")
    lines = [{"said": line.said, "text": line.text, "by": line.by.username, "at": line.at} for line in said]
    return {**_matter(one), "said": lines}


@router.get("/problems", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Problems, newest first")
def problems(request: ApiRequest, state: State = "", unit: str = "", after: UUID | None = None) -> Any:
    """Problems of projects that the caller may see."""
    return _list(request, MatterKind.PROBLEM, state, unit, after)


@router.get("/problems/{key}", auth=needs(Can.READ_PAYMENTS), response={200: dict[str, Any]}, summary="One problem")
def problem(request: ApiRequest, key: UUID) -> Any:
    """With all that was said of it."""
    return _whole(request, key, MatterKind.PROBLEM)


class ProblemIn(Strict):
    """A problem; ``level``: one of the duty rules', which also says by when it is due unless ``due_on`` does."""

    text: Text
    level: Code
    department: Annotated[str, StringConstraints(strict=True, max_length=60)] = ""
    for_firm: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    due_on: date | None = None


@router.post(
    "/projects/{code}/problems",
    auth=needs(Can.WORK_DUTIES),
    response={201: dict[str, str]},
    summary="Raise a problem",
)
def new_problem(request: ApiRequest, code: str, body: ProblemIn) -> Any:
    """Only the caller will be able to close it."""
    raised = raise_problem(project=project_of(request, code), by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"id": str(raised.pk)})


class Judgement(Strict):
    """``accept`` closes it, ``send_back`` and ``reopen`` open it again."""

    verdict: Literal["accept", "send_back", "reopen"]
    text: Text


def _answered(request: ApiRequest, key: UUID, kind: MatterKind, body: ClockAnswer) -> Any:
    one = matters_of(request.viewer).filter(kind=kind).get(pk=key)
    answer_matter(matter=one, text=body.text, by=caller(request), at=timezone.now())
    return _whole(request, key, kind)


def _judged(request: ApiRequest, key: UUID, kind: MatterKind, body: Judgement) -> Any:
    one = matters_of(request.viewer).filter(kind=kind).get(pk=key)
    _JUDGED[body.verdict](matter=one, text=body.text, by=caller(request), at=timezone.now())
    return _whole(request, key, kind)


@router.post(
    "/problems/{key}/answer",
    auth=needs(Can.WORK_DUTIES),
    response={200: dict[str, Any]},
    summary="ClockAnswer a problem",
)
def problem_answer(request: ApiRequest, key: UUID, body: ClockAnswer) -> Any:
    """Never by who raised it."""
    return _answered(request, key, MatterKind.PROBLEM, body)


@router.post(
    "/problems/{key}/judgement",
    auth=needs(Can.WORK_DUTIES),
    response={200: dict[str, Any]},
    summary="Close a problem, or send its answer back",
)
def problem_judgement(request: ApiRequest, key: UUID, body: Judgement) -> Any:
    """Only by who raised it."""
    return _judged(request, key, MatterKind.PROBLEM, body)


class HandedOver(Strict):
    """Who says from now on whether it is solved, by login, and why."""

    confirmer: Annotated[str, Field(min_length=1, max_length=40)]
    reason: Annotated[str, Field(min_length=1, max_length=400)]


@router.post(
    "/problems/{key}/confirmer",
    auth=needs(Can.WORK_DUTIES),
    response={200: dict[str, Any]},
    summary="Let another person confirm a problem",
)
def problem_confirmer(request: ApiRequest, key: UUID, body: HandedOver) -> Any:
    """By who confirmed it until now, or by who assigns duties; never to who answered it."""
    matter = matters_of(request.viewer).filter(kind=MatterKind.PROBLEM).get(pk=key)
    people = {user.username: user for user, _unit in candidates(request.viewer.city)}
    if body.confirmer not in people:
        raise WrongHandler(body.confirmer)
    said: dict[str, Any] = {"reason": body.reason, "by": caller(request), "at": timezone.now()}
    hand_over_matter(matter=matter, confirmer=people[body.confirmer], **said)
    return _whole(request, key, MatterKind.PROBLEM)


@router.get("/orders", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Orders, newest first")
def orders(request: ApiRequest, state: State = "", unit: str = "", after: UUID | None = None) -> Any:
    """Leaders' orders to units that the caller may see."""
    return _list(request, MatterKind.ORDER, state, unit, after)


@router.get("/orders/{key}", auth=needs(Can.READ_PAYMENTS), response={200: dict[str, Any]}, summary="One order")
def order(request: ApiRequest, key: UUID) -> Any:
    """With all that was said of it."""
    return _whole(request, key, MatterKind.ORDER)


class OrderIn(Strict):
    """An instruction to a unit."""

    unit: Name
    text: Text
    due_on: date
    project: Annotated[str, StringConstraints(strict=True, max_length=30)] = ""


@router.post("/orders", auth=needs(Can.SUPERVISE), response={201: dict[str, str]}, summary="Write an order")
def new_order(request: ApiRequest, body: OrderIn) -> Any:
    """A leader's; it changes nothing but itself."""
    project = project_of(request, body.project) if body.project else None
    said: dict[str, Any] = {"about": project.name if project else "", "project": project}
    unit = unit_of(request, body.unit)
    written = write_order(unit=unit, text=body.text, due_on=body.due_on, by=caller(request), at=timezone.now(), **said)
    return Status(201, {"id": str(written.pk)})


@router.post(
    "/orders/{key}/answer",
    auth=needs(Can.WORK_DUTIES),
    response={200: dict[str, Any]},
    summary="ClockAnswer an order",
)
def order_answer(request: ApiRequest, key: UUID, body: ClockAnswer) -> Any:
    """By the unit or the bureau."""
    return _answered(request, key, MatterKind.ORDER, body)


@router.post(
    "/orders/{key}/judgement",
    auth=needs(Can.ACCEPT_ANSWERS),
    response={200: dict[str, Any]},
    summary="Accept an order's answer, or send it back",
)
def order_judgement(request: ApiRequest, key: UUID, body: Judgement) -> Any:
    """By a leader or the bureau, never by who answered."""
    return _judged(request, key, MatterKind.ORDER, body)

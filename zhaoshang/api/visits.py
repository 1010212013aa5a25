"""Follow-up visits and the demands that they bring home."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.activities import Reason
from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.outreach import Text, paged, unit_named
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Name, Page, Strict
from zhaoshang.outreach.actions.visits import (
    answer_demand,
    cancel_visit,
    open_demand,
    plan_visit,
    rate_answer,
    take_demand,
    tell_visit,
)
from zhaoshang.outreach.models import Demand, Visit
from zhaoshang.outreach.rules import Satisfaction, demand_state
from zhaoshang.outreach.touching import firms_named
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project

router = Router(tags=["outreach"])


@router.get("/visits", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Follow-up visits")
def visits(request: ApiRequest, unit: str = "", state: str = "", after: UUID | None = None) -> Any:
    """The latest entered first."""
    rows = Visit.objects.visible_to(request.viewer).select_related("unit", "project")
    rows = rows.filter(unit__code=unit) if unit else rows
    held, following = paged(rows.filter(state=state) if state else rows, after)
    told = [
        {
            "id": str(one.pk),
            "firm": one.firm,
            "unit": one.unit.code if one.unit else None,
            "project": one.project.code if one.project else None,
            "planned_on": one.planned_on,
            "visited_on": one.visited_on,
            "state": one.state,
            "visitors": one.visitors,
            "told": one.told,
        }
        for one in held
    ]
    return {"rows": told, "next": following}


class VisitBody(Strict):
    """A visit to be; ``unit`` absent: the city's own."""

    firm: Name
    unit: Annotated[str, Field(max_length=30)] | None = None
    project: Annotated[str, Field(max_length=30)] | None = None
    planned_on: date
    place: Annotated[str, Field(max_length=120)] = ""
    visitors: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
    purpose: Line = ""


@router.post("/visits", auth=needs(Can.OUTREACH), response={201: dict[str, str]}, summary="Plan a visit")
def new_visit(request: ApiRequest, body: VisitBody) -> Any:
    """A unit's people plan their unit's."""
    viewer = request.viewer
    project = Project.objects.visible_to(viewer).get(code=body.project) if body.project else None
    firm = firms_named(viewer.city, [body.firm]).get(body.firm)
    fields = body.dict() | {"unit": unit_named(viewer, body.unit), "project": project, "enterprise": firm}
    visit = plan_visit(city=viewer.city, by=caller(request), at=timezone.now(), **fields)
    return Status(201, {"id": str(visit.pk)})


def _visit(request: ApiRequest, key: UUID) -> Visit:
    return Visit.objects.visible_to(request.viewer).select_related("city").get(pk=key)  # type: ignore[no-any-return]


class Told(Strict):
    """What a visit found, and on which day."""

    on: date
    told: Text


@router.post(
    "/visits/{key}/told",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Tell of a visit",
)
def told_visit(request: ApiRequest, key: UUID, body: Told) -> Any:
    """Demands are taken from then on."""
    return {
        "state": tell_visit(
            visit=_visit(request, key), on=body.on, told=body.told, by=caller(request), at=timezone.now()
        ).state
    }


@router.post(
    "/visits/{key}/cancel",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Cancel a visit",
)
def cancelled_visit(request: ApiRequest, key: UUID, body: Reason) -> Any:
    """One that has not taken place."""
    return {
        "state": cancel_visit(
            visit=_visit(request, key), reason=body.reason, by=caller(request), at=timezone.now()
        ).state
    }


class DemandBody(Strict):
    """What the firm asks for; ``due_on`` absent: by the rules' days."""

    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1000)]
    department: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=60)]
    due_on: date | None = None


@router.post(
    "/visits/{key}/demands",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, str]},
    summary="Take a demand",
)
def new_demand(request: ApiRequest, key: UUID, body: DemandBody) -> Any:
    """Of a visit that took place."""
    demand = take_demand(visit=_visit(request, key), by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"id": str(demand.pk)})


@router.get("/demands", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Demands")
def demands(request: ApiRequest, answered: bool = False, after: UUID | None = None) -> Any:
    """Those without an answer unless the others are asked for; ``state`` is today's."""
    rows = Demand.objects.visible_to(request.viewer).filter(answered_on__isnull=not answered).select_related("visit")
    held, following = paged(rows, after)
    today = timezone.localdate()
    told = [
        {
            "id": str(one.pk),
            "visit": str(one.visit_id),
            "firm": one.visit.firm,
            "text": one.text,
            "department": one.department,
            "due_on": one.due_on,
            "answered_on": one.answered_on,
            "answer": one.answer,
            "satisfaction": one.satisfaction or None,
            "state": str(demand_state(one.answered_on, bool(one.satisfaction), one.due_on, today)),
        }
        for one in held
    ]
    return {"rows": told, "next": following}


def _demand(request: ApiRequest, key: UUID) -> Demand:
    return Demand.objects.visible_to(request.viewer).select_related("city").get(pk=key)  # type: ignore[no-any-return]


class DemandAnswer(Strict):
    """The department's answer."""

    answer: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=2000)]


@router.post(
    "/demands/{key}/answer",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, bool]},
    summary="Answer a demand",
)
def answered_demand(request: ApiRequest, key: UUID, body: DemandAnswer) -> Any:
    """Once; it stays as it was given."""
    answer_demand(demand=_demand(request, key), answer=body.answer, by=caller(request), at=timezone.now())
    return {"answered": True}


class Rating(Strict):
    """What the firm told us."""

    satisfaction: Literal["content", "partly", "not_content"]


@router.post(
    "/demands/{key}/rating",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, bool]},
    summary="Note what the firm thinks",
)
def rated_demand(request: ApiRequest, key: UUID, body: Rating) -> Any:
    """Not once the firm itself has said it."""
    rate_answer(
        demand=_demand(request, key),
        satisfaction=Satisfaction(body.satisfaction),
        by=caller(request),
        at=timezone.now(),
    )
    return {"rated": True}


@router.post(
    "/demands/{key}/link",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, Any]},
    summary="Make a link by which the firm sees its demand",
)
def demand_link(request: ApiRequest, key: UUID) -> Any:
    """One made before is closed; only a digest of it is kept."""
    demand = _demand(request, key)
    told = open_demand(demand=demand, by=caller(request), at=timezone.now())
    held = Demand.objects.visible_to(request.viewer).get(pk=key)
    return {"path": reverse("portal:demand", args=[told]), "until": held.link_until}

"""Leads: those that the caller may see, taking one in, and what is done to it."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.once import each_time
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Name, Page, PositiveYuan, SourceCode, Strict, fen
from zhaoshang.leads import actions
from zhaoshang.leads.likeness import likely
from zhaoshang.leads.models import Lead
from zhaoshang.leads.queries import leads_seen, overdue, steps_of
from zhaoshang.leads.rules import CameBy, m2_of_mu, masked, mu_of_m2, without_phones
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.ui.filters import yuan

router = Router(tags=["leads"])
PAGE = 50


def _lead(lead: Lead) -> dict[str, Any]:
    return {
        "id": str(lead.pk),
        "came_by": lead.came_by,
        "origin": lead.origin_label,
        "investor": lead.investor,
        "subject": lead.subject,
        "industry": lead.industry,
        "amount": yuan(lead.amount_fen).replace(",", "") if lead.amount_fen is not None else None,
        "land_mu": str(mu_of_m2(lead.land_m2)) if lead.land_m2 is not None else None,
        "source_code": lead.source_code,
        "contact": lead.contact,
        "phone": masked(lead.phone),
        "state": lead.state,
        "public_state": str(lead.public_state),
        "unit": lead.unit.code if lead.unit else None,
        "handler": lead.handler.username if lead.handler else None,
        "reason": lead.reason,
        "project": lead.project.code if lead.project else None,
        "registered_at": lead.registered_at,
        "triage_due_on": lead.triage_due_on,
        "answer_due_on": lead.answer_due_on,
        "answered_at": lead.answered_at,
    }


def _found(request: ApiRequest, key: UUID) -> Lead:
    return leads_seen(request.viewer).get(pk=key)  # type: ignore[no-any-return]


@router.get("/leads", auth=needs(Can.READ_LEADS), response={200: Page}, summary="Leads, newest first")
def leads(
    request: ApiRequest,
    state: str | None = None,
    came_by: str | None = None,
    unit: str | None = None,
    late: bool = False,
    after: UUID | None = None,
) -> Any:
    """Those that the caller may see; ``late``: whose referrer waits past the day. Telephone numbers are masked."""
    given = {"state": state, "came_by": came_by, "unit__code": unit}
    rows = leads_seen(request.viewer).filter(**{name: value for name, value in given.items() if value})
    rows = overdue(rows, timezone.localdate()) if late else rows
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return {"rows": [_lead(one) for one in shown], "next": str(shown[-1].pk) if len(found) > PAGE else None}


@router.get(
    "/leads/{key}",
    auth=needs(Can.READ_LEADS),
    response={200: dict[str, Any]},
    summary="One lead, and what happened to it",
)
def one_lead(request: ApiRequest, key: UUID) -> Any:
    """With the text as it was received, telephone numbers masked."""
    lead = _found(request, key)
    steps = [
        {"kind": one.kind, "text": one.text, "by": one.by.username if one.by else None, "at": one.at}
        for one in steps_of(lead)
    ]
    return _lead(lead) | {
        "received_text": without_phones(lead.received_text),
        "readings": lead.readings,
        "steps": steps,
    }


class LeadFields(Strict):
    """The eight fields; ``amount`` in yuan, ``land_mu`` in 亩."""

    investor: Name
    subject: Annotated[str, StringConstraints(strict=True, max_length=200)] = ""
    industry: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-T]?$")] = ""
    amount: PositiveYuan | None = None
    land_mu: Decimal | None = Field(None, ge=0, le=1_000_000, decimal_places=1)
    source_code: SourceCode | Literal[""] = ""
    contact: Annotated[str, StringConstraints(strict=True, max_length=60)] = ""
    phone: Annotated[str, StringConstraints(strict=True, max_length=30)] = ""

    def as_given(self) -> dict[str, Any]:
        """By the actions' names."""
        return {
            "investor": self.investor,
            "subject": self.subject,
            "industry": self.industry,
            "amount_fen": fen(self.amount) if self.amount is not None else None,
            "land_m2": m2_of_mu(self.land_mu) if self.land_mu is not None else None,
            "source_code": self.source_code,
            "contact": self.contact,
            "phone": self.phone,
        }


class LeadIn(LeadFields):
    """A new lead; ``text``: the message that it was read from, if there is one."""

    text: Annotated[str, StringConstraints(strict=True, max_length=5_000)] = ""


@router.post("/leads", auth=needs(Can.TAKE_IN_LEADS), response={201: dict[str, Any]}, summary="Take a lead in")
def new_lead(request: ApiRequest, body: LeadIn) -> Any:
    """The same text by the same caller is the lead that stands. ``likely`` names what may be the same."""
    by, city, now = caller(request), request.viewer.city, timezone.now()
    way = CameBy.CHAT if body.text else CameBy.OFFICER
    lead = actions.take_in(city=city, came_by=way, text=body.text, **body.as_given(), by=by, at=now)
    found = [
        {
            "why": list(one.why),
            "lead": str(one.lead.pk) if one.lead else None,
            "project": one.project.code if one.project else None,
        }
        for one in likely(request.viewer, lead, timezone.localdate(now))
    ]
    return Status(201, _lead(_found(request, lead.pk)) | {"likely": found})


@router.put(
    "/leads/{key}",
    auth=needs(Can.HANDLE_LEADS),
    response={200: dict[str, Any]},
    summary="Put a lead's fields right",
)
def amend_lead(request: ApiRequest, key: UUID, body: LeadFields) -> Any:
    """What was received stays as it is."""
    actions.amend(lead=_found(request, key), changes=body.as_given(), by=caller(request), at=timezone.now())
    return _lead(_found(request, key))


class Triage(Strict):
    """``keep`` it, ``reject`` or ``close`` it with a reason, ``duplicate`` of a lead or a project, or ``reopen`` it with a reason."""

    verdict: Literal["keep", "reject", "duplicate", "reopen"]
    reason: Line = ""
    lead: UUID | None = None
    project: Annotated[str, StringConstraints(strict=True, max_length=30)] = ""


@router.post(
    "/leads/{key}/triage",
    auth=needs(Can.TRIAGE_LEADS),
    response={200: dict[str, Any]},
    summary="Triage a lead",
)
def triage(request: ApiRequest, key: UUID, body: Triage) -> Any:
    """What the bureau makes of it."""
    lead, by, now = _found(request, key), caller(request), timezone.now()
    if body.verdict == "keep":
        actions.keep(lead=lead, by=by, at=now)
    elif body.verdict == "reject":
        actions.reject(lead=lead, reason=body.reason, by=by, at=now)
    elif body.verdict == "reopen":
        actions.reopen(lead=lead, reason=body.reason, by=by, at=now)
    else:
        other = _found(request, body.lead) if body.lead else None
        project = Project.objects.visible_to(request.viewer).get(code=body.project) if body.project else None
        actions.find_duplicate(lead=lead, other=other, project=project, reason=body.reason, by=by, at=now)
    return _lead(_found(request, key))


class Assignment(Strict):
    """A unit, by its code, and one of its people, by user name."""

    unit: Name
    handler: Name


@router.post(
    "/leads/{key}/assignment",
    auth=needs(Can.TRIAGE_LEADS),
    response={200: dict[str, Any]},
    summary="Assign a lead",
)
def assign(request: ApiRequest, key: UUID, body: Assignment) -> Any:
    """404 when that person has no standing role in that unit."""
    lead = _found(request, key)
    held = (
        actions.handlers(lead.city)
        .select_related("user", "unit")
        .get(unit__code=body.unit, user__username=body.handler)
    )
    actions.assign(lead=lead, unit=held.unit, handler=held.user, by=caller(request), at=timezone.now())
    return _lead(_found(request, key))


class Said(Strict):
    """A text of one's own."""

    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1000)]


@router.post(
    "/leads/{key}/answers",
    auth=needs(Can.HANDLE_LEADS),
    response={201: dict[str, Any]},
    summary="Keep what the referrer was answered",
)
def new_answer(request: ApiRequest, key: UUID, body: Said) -> Any:
    """The first one stops the referrer's clock."""
    actions.answer(lead=_found(request, key), text=body.text, by=caller(request), at=timezone.now())
    return Status(201, _lead(_found(request, key)))


@router.post(
    "/leads/{key}/closing",
    auth=needs(Can.HANDLE_LEADS),
    response={200: dict[str, Any]},
    summary="Stop following a lead",
)
def close_lead(request: ApiRequest, key: UUID, body: Said) -> Any:
    """With the reason."""
    actions.close(lead=_found(request, key), reason=body.text, by=caller(request), at=timezone.now())
    return _lead(_found(request, key))


class Becoming(Strict):
    """The code of a project that stands: register it first (``POST /projects``)."""

    project: Name


@router.post(
    "/leads/{key}/project",
    auth=needs(Can.HANDLE_LEADS),
    response={200: dict[str, Any]},
    summary="Link the project that a lead became",
)
def link(request: ApiRequest, key: UUID, body: Becoming) -> Any:
    """Who brought the lead and when stays with it."""
    project = Project.objects.visible_to(request.viewer).get(code=body.project)
    actions.link_project(lead=_found(request, key), project=project, by=caller(request), at=timezone.now())
    return _lead(_found(request, key))


@router.post(
    "/leads/{key}/phone",
    auth=needs(Can.READ_LEADS),
    response={200: dict[str, str]},
    summary="See a lead's telephone number",
)
@each_time
def phone(request: ApiRequest, key: UUID) -> Any:
    """The diary keeps who saw it."""
    return {"phone": actions.see_phone(lead=_found(request, key), by=caller(request), at=timezone.now())}

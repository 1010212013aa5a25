"""Appraisals of projects: the calculator, revisions, the committee's decision; and the standards of the room of contracts."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.projects import Industry
from zhaoshang.api.schemas import Line, Page, Strict
from zhaoshang.api.stages import project_seen
from zhaoshang.contracts.actions.appraising import draft_appraisal, record_decision
from zhaoshang.contracts.models import Appraisal, Decision
from zhaoshang.contracts.queries import appraisals_of, appraisals_seen, decisions_on
from zhaoshang.contracts.rules.sheets import Outcome, Site, compute, read_inputs
from zhaoshang.contracts.standards import APPRAISAL, CLAUSES
from zhaoshang.people.rules import Can

router = Router(tags=["contracts"])
PAGE = 50
Number = Annotated[str, Field(max_length=30)]


class Sheet(Strict):
    """Inputs by their names (``total``, ``fixed``, ``land_mu``, …) as decimal strings; amounts in 万元, areas in m² or mu."""

    site: Literal["land", "rented"]
    inputs: dict[Annotated[str, Field(max_length=20)], Number]


class Trial(Sheet):
    """The same, for an industry (GB/T 4754 section)."""

    industry: Industry


class Looked(Strict):
    """Whether a veto is so, and where that was looked up."""

    answer: Literal["yes", "no", "unknown"]
    evidence: Line = ""


class Draft(Sheet):
    """A revision to be kept."""

    vetoes: dict[Annotated[str, Field(max_length=40)], Looked] = {}
    summary: Annotated[str, Field(max_length=2000)] = ""


class Condition(Strict):
    """What is to be done, who sees to it, by when."""

    text: Annotated[str, Field(min_length=1, max_length=400)]
    owner: Annotated[str, Field(min_length=1, max_length=80)]
    due_on: date


class Decided(Strict):
    """The committee's outcome."""

    outcome: Literal["pass", "conditional", "defer"]
    met_on: date
    members: list[Annotated[str, Field(max_length=40)]]
    conditions: list[Condition] = []
    remarks: Annotated[str, Field(max_length=1000)] = ""


def appraisal_json(one: Appraisal, decision: Decision | None) -> dict[str, Any]:
    """A revision with what was decided on it."""
    return {
        "id": str(one.pk),
        "project": one.project.code,
        "revision": one.revision,
        "site": one.site,
        "industry": one.industry,
        "inputs": one.inputs,
        "lines": one.lines,
        "vetoes": one.vetoes,
        "standard": one.standard,
        "reply": one.reply,
        "summary": one.summary,
        "is_sample": one.is_sample,
        "drafted_by": one.drafted_by.username,
        "drafted_at": one.drafted_at,
        "decision": decision
        and {
            "outcome": decision.outcome,
            "met_on": decision.met_on,
            "members": decision.members,
            "conditions": decision.conditions,
            "remarks": decision.remarks,
            "recorded_by": decision.recorded_by.username,
            "recorded_at": decision.recorded_at,
        },
    }


@router.post(
    "/appraisals/calculate",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="Compute a sheet without keeping it",
)
def calculate(request: ApiRequest, body: Trial) -> Any:
    """Every measure with its formula's inputs, threshold, article and verdict, by the standard in force today."""
    standard = APPRAISAL.on(request.viewer.city, timezone.localdate())
    lines = compute(standard.content, Site(body.site), body.industry, read_inputs(body.inputs))
    return {"standard": standard.told, "lines": [line.plain() for line in lines]}


@router.get("/appraisals", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Appraisals, newest first")
def appraisals(
    request: ApiRequest,
    unit: str = "",
    outcome: Literal["", "pass", "conditional", "defer", "none"] = "",
    q: str = "",
    after: UUID | None = None,
) -> Any:
    """The newest revision of each project; ``outcome=none``: not decided yet."""
    rows = appraisals_seen(request.viewer, {"unit": unit, "outcome": outcome, "q": q})
    found = list((rows.filter(pk__lt=after) if after else rows).order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    decisions = decisions_on(request.viewer.city, shown)
    following = str(shown[-1].pk) if len(found) > PAGE else None
    return {"rows": [appraisal_json(one, decisions.get(one.pk)) for one in shown], "next": following}


@router.get(
    "/projects/{code}/appraisals",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="A project's appraisals",
)
def project_appraisals(request: ApiRequest, code: str) -> Any:
    """Every revision, newest first."""
    project = project_seen(request, code)
    found = appraisals_of(project)
    decisions = decisions_on(project.city, found)
    return [appraisal_json(one, decisions.get(one.pk)) for one in found]


@router.post(
    "/projects/{code}/appraisals",
    auth=needs(Can.PREPARE_CONTRACT),
    response={201: dict[str, Any]},
    summary="Keep a revision of a project's appraisal",
)
def new_appraisal(request: ApiRequest, code: str, body: Draft) -> Any:
    """By the standard in force today; the industry is the project's."""
    made = draft_appraisal(
        project=project_seen(request, code),
        site=Site(body.site),
        inputs=body.inputs,
        answers={veto: (one.answer, one.evidence) for veto, one in body.vetoes.items()},
        summary=body.summary,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, {"id": str(made.pk), "revision": made.revision, "reply": made.reply})


@router.post(
    "/appraisals/{key}/decision",
    auth=needs(Can.REVIEW_CONTRACT),
    response={201: dict[str, str]},
    summary="Record the committee's decision",
)
def decide_appraisal(request: ApiRequest, key: UUID, body: Decided) -> Any:
    """On the newest revision, once, by another than who drafted it."""
    rows = Appraisal.objects.visible_to(request.viewer).select_related("project__city")
    made = record_decision(
        appraisal=rows.get(pk=key),
        outcome=Outcome(body.outcome),
        met_on=body.met_on,
        members=body.members,
        conditions=[{**one.dict(), "due_on": one.due_on.isoformat()} for one in body.conditions],
        remarks=body.remarks,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, {"id": str(made.pk)})


@router.get(
    "/standards",
    auth=needs(Can.READ_RULES),
    response={200: dict[str, Any]},
    summary="Thresholds and risky clauses in force",
)
def standards(request: ApiRequest, on: date | None = None) -> Any:
    """On a day (today): the city's own, else the samples that come with the system."""
    day = on or timezone.localdate()
    held = {kind.code: kind.on(request.viewer.city, day) for kind in (APPRAISAL, CLAUSES)}
    return {kind: {**one.told, "content": one.content} for kind, one in held.items()}

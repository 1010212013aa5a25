"""Stages of projects: where one stands, what its next gates want, evidence, moves, corrections; and simultaneous starts."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils import timezone
from ninja import File, Query, Router, Status, UploadedFile
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Name, Strict
from zhaoshang.capital.starts import CHECK_AFTER_DAYS, check_starts
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project, StartEvent
from zhaoshang.projects.stages.actions import advance
from zhaoshang.projects.stages.correcting import correct_project
from zhaoshang.projects.stages.log import stages_on
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.projects.stages.queries import kinds_held, log_of, missing_in, proofs_of
from zhaoshang.projects.stages.rules import Chain, next_stage
from zhaoshang.projects.stages.starts import call_start

router = Router(tags=["projects"])


def project_seen(request: ApiRequest, code: str) -> Project:
    """The project, if the caller may see it."""
    rows = Project.objects.open_to(request.viewer).select_related("unit", "enterprise", "city")
    return rows.get(code=code)  # type: ignore[no-any-return]


@router.get(
    "/stages",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="The stages as defined",
)
def stages(request: ApiRequest, on: date | None = None) -> Any:
    """Both chains by the definitions in force on a day (today): what each stage means and what entering it asks for."""
    return [
        {
            "code": one.code,
            "chain": str(one.chain),
            "rank": one.rank,
            "name": one.name,
            "name_en": one.name_en,
            "definition": one.definition,
            "source": one.source,
            "fields": list(one.fields),
            "evidence": list(one.evidence),
        }
        for one in stages_on(request.viewer.city, on or timezone.localdate())
    ]


@router.get(
    "/projects/{code}/stages",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="Where a project stands, and what its next gates want",
)
def project_stages(request: ApiRequest, code: str) -> Any:
    """Both chains' stage, what entering the next ones lacks, and the log from its first line."""
    project = project_seen(request, code)
    defined = stages_on(project.city, timezone.localdate())
    files = proofs_of(project)
    following = [one for chain in Chain if (one := next_stage(defined, chain, getattr(project, chain)))]
    return {
        "promotion": project.promotion,
        "construction": project.construction,
        "standing": project.standing,
        "next": [
            {
                "stage": one.code,
                "missing": [
                    {"kind": lack.kind, "code": lack.code}
                    for lack in missing_in(project, defined, one, kinds_held(files, one.code))
                ],
            }
            for one in following
        ],
        "log": [
            {
                "number": one.number,
                "kind": one.kind,
                "chain": one.chain,
                "stage": one.stage,
                "day": one.day,
                "standing": one.standing,
                "evidence": one.evidence,
                "reason": one.reason,
                "lost_to": one.lost_to,
                "rests_on": one.rests_on,
                "by": one.entered_by.username if one.entered_by else None,
                "at": one.entered_at,
            }
            for one in log_of(project)
        ],
    }


class ProofIn(Strict):
    """The stage that it is for, and as which evidence of it."""

    stage: Annotated[str, Field(min_length=1, max_length=20)]
    kind: Annotated[str, Field(min_length=1, max_length=30)]


@router.post(
    "/projects/{code}/proofs",
    auth=needs(Can.ADVANCE_STAGE, Can.SKIP_STAGE),
    response={201: dict[str, str]},
    summary="Attach a file to a stage",
)
def new_proof(
    request: ApiRequest,
    code: str,
    said: Query[ProofIn],
    file: UploadedFile = File(...),  # type: ignore[type-arg]  # noqa: B008
) -> Any:
    """The file is told by its content and kept under its digest."""
    proof = attach_proof(
        project=project_seen(request, code),
        stage=said.stage,
        kind=said.kind,
        content=file.read(),
        name=file.name or "",
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, {"id": str(proof.pk), "digest": proof.digest})


class Move(Strict):
    """The stage to enter, on which day, by which document."""

    stage: Annotated[str, Field(min_length=1, max_length=20)]
    on: date
    evidence: Annotated[str, Field(max_length=200)] = ""


class Skip(Move):
    """The same past a gate or over stages, and why."""

    skip_reason: Annotated[str, Field(min_length=1, max_length=400)]


@router.post(
    "/projects/{code}/advance",
    auth=needs(Can.ADVANCE_STAGE),
    response={201: dict[str, int]},
    summary="Move a project into a stage",
)
def move(request: ApiRequest, code: str, body: Move) -> Any:
    """Through its gate; refused while something is missing or out of order."""
    entry = advance(project=project_seen(request, code), by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"number": entry.number})


@router.post(
    "/projects/{code}/skip",
    auth=needs(Can.SKIP_STAGE),
    response={201: dict[str, int]},
    summary="Move a project past a gate",
)
def skip(request: ApiRequest, code: str, body: Skip) -> Any:
    """With a reason, which the log shows with what was lacking."""
    entry = advance(project=project_seen(request, code), by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"number": entry.number})


class Correction(Strict):
    """One field that a signing rests on: what it holds, what it is to hold, and why. Amounts in fen, shares in basis points."""

    field: Literal["contract_fen", "outside_share_bp", "industry", "source_code"]
    old: int | Annotated[str, Field(max_length=6)]
    new: int | Annotated[str, Field(max_length=6)]
    reason: Annotated[str, Field(min_length=1, max_length=400)]


@router.post(
    "/projects/{code}/corrections",
    auth=needs(Can.CORRECT_PROJECT),
    response={201: dict[str, int]},
    summary="Correct what a signing rests on",
)
def new_correction(request: ApiRequest, code: str, body: Correction) -> Any:
    """Recorded with its reason."""
    correction = correct_project(
        project=project_seen(request, code), by=caller(request), at=timezone.now(), **body.dict()
    )
    return Status(201, {"number": correction.number})


@router.get(
    "/starts",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="Simultaneous starts",
)
def starts(request: ApiRequest) -> Any:
    """Every simultaneous start, latest first. ``beside``: units that the notice names beside the districts."""
    return [
        {
            "code": one.code,
            "day": one.day,
            "title": one.title,
            "document": one.document,
            "beside": one.beside,
            "is_sample": one.is_sample,
        }
        for one in StartEvent.objects.of(request.viewer.city)
    ]


class NewStart(Strict):
    """A simultaneous start as its notice called it. ``beside``: codes of units that the notice names beside the districts."""

    code: Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,40}$")]
    day: date
    title: Name
    document: Name
    beside: Annotated[list[Line], Field(max_length=100)] = []


@router.post(
    "/starts",
    auth=needs(Can.CALL_STARTS),
    response={201: dict[str, str]},
    summary="Call a simultaneous start",
)
def new_start(request: ApiRequest, body: NewStart) -> Any:
    """Once a code."""
    event = call_start(city=request.viewer.city, by=caller(request), at=timezone.now(), **body.dict())
    return Status(201, {"code": event.code})


@router.get(
    "/starts/{code}",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="A start's projects with evidence and checks",
)
def start(request: ApiRequest, code: str) -> Any:
    """As far as the caller may see them; the checks are computed on today: ``ok``, ``none``; ``not_due`` until their day has come."""
    viewer = request.viewer
    event = StartEvent.objects.of(viewer.city).get(code=code)
    return [
        {
            "project": one.listed.project.code,
            "unit": one.listed.project.unit.code,
            "proof": one.listed.proof.digest,
            **{f"after_{days}_days": str(sign) for days, sign in zip(CHECK_AFTER_DAYS, one.signs, strict=True)},
        }
        for one in check_starts(event, timezone.localdate())
        if viewer.sees_unit(one.listed.project.unit_id)
    ]

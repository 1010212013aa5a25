"""Registering a project, past the question whether the city has it already."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Name, PositiveYuan, SourceCode, Strict, fen
from zhaoshang.people.rules import Can
from zhaoshang.projects.actions import NewProject, next_code
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.registering import (
    Firm,
    LooksAlike,
    deciders,
    likes_of,
    protecting,
    register_at_entry,
    shown_to,
)
from zhaoshang.talks.finding import Holding

router = Router(tags=["projects"])
Industry = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-T]$")]
Code = Annotated[str, StringConstraints(strict=True, max_length=30, pattern=r"^[-A-Za-z0-9_]*$")]


class ProjectIn(Strict):
    """A new project of one of the caller's units. ``source``: the document by which its day is known; ``nevertheless``: why it is
    registered although it looks like others."""

    unit: Name
    name: Name
    code: Code = ""
    enterprise: Name
    uscc: Annotated[str, StringConstraints(strict=True, max_length=18)] = ""
    investor: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    source_code: SourceCode
    industry: Industry
    contract: PositiveYuan
    outside_share_bp: int = Field(10_000, ge=0, le=10_000)
    signed_on: date | None = None
    source: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    site: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    nevertheless: Line = ""


def _new(request: ApiRequest, body: ProjectIn) -> tuple[ReportingUnit, Firm, NewProject]:
    city, today = request.viewer.city, timezone.localdate()
    units = ReportingUnit.objects.of(city).select_related("city").filter(pk__in=request.viewer.unit_ids)
    new = NewProject(
        code=body.code or next_code(city, today.year), name=body.name, source_code=body.source_code, industry=body.industry,
        contract_fen=fen(body.contract), investor=body.investor, outside_share_bp=body.outside_share_bp, signed_on=body.signed_on,
        source=body.source, site=body.site,
    )  # fmt: skip
    return units.get(code=body.unit), Firm(body.enterprise, body.uscc), new


def held_json(viewer: Viewer, held: Sequence[Holding]) -> list[dict[str, Any]]:
    """First talks in the way: who holds them and since when; what they are about only where the viewer may see it."""
    return [
        {
            "claim": str(one.claim.pk),
            "unit": one.unit.code,
            "since": one.claim.claimed_at.isoformat(),
            "protected_until": one.claim.protected_until.isoformat(),
            "same": one.same,
            "about": str(one.claim.talk) if viewer.sees_unit(one.unit.pk) else None,
        }
        for one in held
    ]


def told(request: ApiRequest, likes: Any, held: Sequence[Holding] = ()) -> dict[str, Any]:
    """The likenesses as the caller may see them; of another unit's only the score, and whom to call. ``held``: others' first talks."""
    shown = shown_to(request.viewer, likes)
    rows: list[dict[str, Any]] = []
    for one in shown:
        if one.project is None or one.like is None:
            rows.append({"hidden": True, "score": one.score})
            continue
        project = {"code": one.project.code, "name": one.project.name, "unit": one.project.unit.code}
        rows.append(
            {"hidden": False, "score": one.score, **project, "points": [point.to_json() for point in one.like.points]}
        )
    ask = [str(user) for user in deciders(request.viewer.city)] if any(row["hidden"] for row in rows) else []
    return {"rows": rows, "ask": ask, "held": held_json(request.viewer, held)}


@router.post(
    "/projects/alike",
    auth=needs(Can.DECLARE),
    response={200: dict[str, Any]},
    summary="What the city has that may be this project",
)
def alike(request: ApiRequest, body: ProjectIn) -> Any:
    """Writes nothing. The likest first."""
    unit, firm, new = _new(request, body)
    likes = likes_of(request.viewer.city, unit, firm, new, timezone.localdate())
    held = [one for one in protecting(request.viewer.city, firm, new, timezone.now()) if one.unit.pk != unit.pk]
    return told(request, likes, held)


@router.post(
    "/projects",
    auth=needs(Can.DECLARE),
    response={
        201: dict[str, Any],
        409: dict[str, Any],
    },
    summary="Register a project",
)
def new_project(request: ApiRequest, body: ProjectIn) -> Any:
    """Not yet signed: a contract is a file, attached to the stage ``signed`` before the move into it (422 ``contract_missing``).
    409 ``looks_alike`` with the candidates when the city may have it already and no reason is given."""
    unit, firm, new = _new(request, body)
    try:
        project = register_at_entry(
            unit=unit,
            firm=firm,
            new=new,
            contract=None,
            nevertheless=body.nevertheless,
            by=caller(request),
            at=timezone.now(),
        )
    except LooksAlike as refusal:
        message = _("可能已经登记过。核对后仍要登记的，在 nevertheless 里写明理由。")
        return Status(
            409, {"code": "looks_alike", "message": message, "detail": "", **told(request, refusal.likes, refusal.held)}
        )
    return Status(201, {"code": project.code, "name": project.name, "unit": unit.code})

"""Assessments with every point explained, objections, regulations and lights. Points and inputs are decimal strings."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Strict
from zhaoshang.assessments import objecting
from zhaoshang.assessments.lighting import current_lights
from zhaoshang.assessments.models import Assessment
from zhaoshang.assessments.queries import assessments_for, regulations_for, result_of
from zhaoshang.common.periods import Period, month_text, parse_month
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import ReportingUnit

router = Router(tags=["assessments"])


class Head(Schema):
    """An assessment without its scores. ``state``: draft, shown or final."""

    id: UUID
    title: str
    regulation: str
    period: str
    state: str
    objections_from: date | None
    objections_until: date | None
    final_at: datetime | None
    digest: str
    is_sample: bool


def _head(one: Assessment) -> dict[str, Any]:
    return {
        "id": one.pk,
        "title": one.title,
        "regulation": one.regulation.code,
        "period": str(one.period),
        "state": one.state,
        "objections_from": one.objections_from,
        "objections_until": one.objections_until,
        "final_at": one.final_at,
        "digest": one.digest,
        "is_sample": one.is_sample,
    }


@router.get("/assessments", auth=needs(Can.READ_FIGURES), response={200: list[Head]}, summary="Assessments")
def assessments(request: ApiRequest) -> Any:
    """The latest period first; drafts only for those who run them."""
    return [_head(one) for one in assessments_for(request.viewer)]


@router.get(
    "/assessments/{key}",
    auth=needs(Can.READ_FIGURES),
    response={200: dict[str, Any]},
    summary="An assessment's scores, each point with its formula and inputs",
)
def one_assessment(request: ApiRequest, key: UUID) -> Any:
    """Scores as they count now, and the inputs that they rest on, by unit."""
    one = assessments_for(request.viewer).get(pk=key)
    result = result_of(one)
    lines = [{"no": line.no, "name": line.name, "text": line.text, "kind": line.kind} for line in result.scheme.lines]
    computed = {"number": result.last.number, "ledger_seq": result.last.ledger_seq, "digest": result.last.digest}
    return {
        **Head(**_head(one)).model_dump(),
        "lines": lines,
        "scores": result.last.scores,
        "inputs": result.last.inputs,
        "computation": computed,
    }


class NewObjection(Strict):
    """To one article of a unit's sheet, with reasons."""

    unit: Annotated[str, StringConstraints(strict=True, max_length=30)]
    article: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=20)]
    reason: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1000)]


@router.post(
    "/assessments/{key}/objections",
    auth=needs(Can.OBJECT),
    response={201: dict[str, str]},
    summary="Object to a line while the assessment is shown",
)
def new_objection(request: ApiRequest, key: UUID, body: NewObjection) -> Any:
    """For a unit of the caller; another person decides."""
    viewer = request.viewer
    one = assessments_for(viewer).get(pk=key)
    unit = ReportingUnit.objects.of(viewer.city).get(code=body.unit, pk__in=viewer.unit_ids)
    made = objecting.raise_objection(
        assessment=one, unit=unit, article=body.article, reason=body.reason, today=timezone.localdate(),
        by=caller(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": str(made.pk)})


@router.get(
    "/regulations",
    auth=needs(Can.READ_RULES),
    response={200: list[dict[str, Any]]},
    summary="Regulations of scores and lights with their text",
)
def regulations(request: ApiRequest) -> Any:
    """The text is the rule itself; drafts only for those who write rules."""
    return [
        {
            "code": one.code,
            "purpose": one.purpose,
            "title": one.title,
            "document": one.document,
            "source": one.source,
            "is_sample": one.is_sample,
            "valid_from": month_text(one.valid_from),
            "valid_to": month_text(one.valid_to) if one.valid_to is not None else None,
            "issued_at": one.issued_at,
            "text": one.text,
        }
        for one in regulations_for(request.viewer)
    ]


@router.get(
    "/lights/{regulation}",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="A month's lights with inputs and comparison",
)
def lights(request: ApiRequest, regulation: str, month: str) -> Any:
    """As they were computed and kept; no address sets a colour."""
    city, number = request.viewer.city, parse_month(month)
    one = regulations_for(request.viewer).get(code=regulation)
    codes = {unit.pk: unit.code for unit in ReportingUnit.objects.of(city)}
    return [
        {
            "id": light.pk,
            "unit": codes[light.unit_id],
            "article": light.article,
            "month": month,
            "colour": light.colour,
            "formula": light.formula,
            "note": light.note,
            "inputs": light.inputs,
            "digest": light.digest,
            "computed_at": light.computed_at,
        }
        for light in current_lights(one, Period(number, number)).values()
    ]

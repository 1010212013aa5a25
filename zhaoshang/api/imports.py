"""Imports: send a unit's workbook, look at what became of it."""

from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status, UploadedFile
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import MonthText, Name, Strict
from zhaoshang.common.periods import parse_month
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.intake_once import ImportResult, Settled, import_file, result_of
from zhaoshang.review.intake_words import TEMPLATES
from zhaoshang.review.models import Workbook

router = Router(tags=["imports"])


def _said(problem: dict[str, Any]) -> dict[str, Any]:
    """The problem with its sentence in the caller's language."""
    template = TEMPLATES.get(problem["code"])
    if template is None:
        return problem
    params = {name: _(text) if (text := str(one)) else "" for name, one in problem["params"].items()}
    return problem | {"message": _(template).format(**params)}


def _answer(result: ImportResult, name: str) -> dict[str, Any]:
    result.problems[:] = [_said(problem) for problem in result.problems]
    return result.to_json(name)


class NewImport(Strict):
    """Which unit and month the file is for; the unit of its amounts where the file leaves it open; the row of its
    heading where that is not found (0: find it); whether its doubts are answered for."""

    unit: Name
    month: MonthText
    dry_run: bool = False
    amount_unit: Literal["", "元", "千元", "万元", "百万元", "千万元", "亿元"] = ""
    header_row: int = Field(0, ge=0, le=100_000)
    confirmed: bool = False


@router.post(
    "/imports",
    auth=needs(Can.DECLARE),
    response={200: dict[str, Any], 201: dict[str, Any]},
    summary="Import a unit's workbook",
)
def new_import(request: ApiRequest, body: Form[NewImport], file: File[UploadedFile]) -> Any:
    """All rows or none. 201 when anything was written; else 200 with the problems, the file kept for correction (``import``)."""
    units = ReportingUnit.objects.of(request.viewer.city).filter(pk__in=request.viewer.unit_ids)
    name = file.name or ""
    result = import_file(
        city=request.viewer.city,
        unit=units.get(code=body.unit),
        month=parse_month(body.month),
        content=file.read(),
        filename=name,
        by=caller(request),
        at=timezone.now(),
        dry_run=body.dry_run,
        settled=Settled(amount_unit=body.amount_unit or None, header_row=body.header_row, confirmed=body.confirmed),
    )
    return Status(201 if result.written else 200, _answer(result, name))


@router.get(
    "/imports/{key}",
    auth=needs(Can.DECLARE),
    response={200: dict[str, Any]},
    summary="What became of a workbook",
)
def one_import(request: ApiRequest, key: UUID) -> Any:
    """State, rows and problems as they were shown."""
    workbook = Workbook.objects.visible_to(request.viewer).select_related("unit").get(pk=key)
    return {"state": workbook.state, "unit": workbook.unit.code, **_answer(result_of(workbook), workbook.name)}

"""Projects changed in Excel: the workbook that leaves, and its way back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Router
from ninja.files import UploadedFile

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.common.files import download_header
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.review.models import ChangeSheet
from zhaoshang.review.project_changes import accept_changes, changes_in, receive_changes
from zhaoshang.review.project_sheet import MOST_ROWS, WORDS, change_sheet
from zhaoshang.review.workbooks.messages import MESSAGES

router = Router(tags=["projects"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_json(request: ApiRequest, sheet: ChangeSheet) -> dict[str, Any]:
    """What it changes and what is wrong by cell; once accepted, what it changed."""
    told = {"id": str(sheet.pk), "name": sheet.name, "accepted_at": sheet.accepted_at and sheet.accepted_at.isoformat()}
    if sheet.accepted_at:
        changes, problems, same = sheet.changes, [], 0
    else:
        found = changes_in(sheet, request.viewer)
        changes = [[one.project.code, one.cell, one.field, one.old, one.new] for one in found.changes]
        problems, same = found.problems, found.same
    names = ("project", "cell", "field", "old", "new")
    return {
        **told,
        "changes": [dict(zip(names, one, strict=True)) for one in changes],
        "same": same,
        "problems": [
            {"cell": one.cell, "value": one.value, "code": one.code,
             "message": _((WORDS | MESSAGES)[one.code]).format(**one.params)}
            for one in problems
        ],
    }  # fmt: skip


@router.get(
    "/project-changes/workbook",
    auth=needs(Can.ADVANCE_STAGE),
    response={200: None},
    summary="A workbook of the caller's projects that may come back changed",
)
def changes_workbook(request: ApiRequest, unit: str = "", industry: str = "") -> Any:
    """The newest two thousand; of one unit, of one sector."""
    rows = Project.objects.visible_to(request.viewer).select_related("unit", "enterprise").order_by("-id")
    wanted = {"unit__code": unit, "industry": industry}
    rows = rows.filter(**{name: text for name, text in wanted.items() if text})
    response = HttpResponse(change_sheet(rows[:MOST_ROWS], []), content_type=XLSX)
    response["Content-Disposition"] = download_header("项目改表.xlsx")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@router.post(
    "/project-changes",
    auth=needs(Can.ADVANCE_STAGE),
    response={200: dict[str, Any]},
    summary="Send a changed workbook",
)
def new_changes(request: ApiRequest, file: File[UploadedFile]) -> Any:
    """Writes no project: answers with what it would change. The same file again is the same row."""
    sent = receive_changes(
        city=request.viewer.city, content=file.read(), filename=file.name or "", by=caller(request), at=timezone.now()
    )
    return sheet_json(request, sent)


@router.get(
    "/project-changes/{key}",
    auth=needs(Can.ADVANCE_STAGE),
    response={200: dict[str, Any]},
    summary="What a changed workbook changes",
)
def seen_changes(request: ApiRequest, key: UUID) -> Any:
    """Held against the projects as they are now; another's is absent."""
    return sheet_json(request, ChangeSheet.objects.visible_to(request.viewer).get(pk=key))


@router.post(
    "/project-changes/{key}/accept",
    auth=needs(Can.ADVANCE_STAGE),
    response={200: dict[str, Any]},
    summary="Accept it: all or nothing",
)
def accepted_changes(request: ApiRequest, key: UUID) -> Any:
    """A second time changes nothing."""
    sheet = ChangeSheet.objects.visible_to(request.viewer).select_related("city").get(pk=key)
    return sheet_json(request, accept_changes(sheet=sheet, by=caller(request), at=timezone.now()))

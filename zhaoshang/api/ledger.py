"""The chain: its state, checkpoints and the export for the stand-alone verifier; the diary."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils import timezone
from ninja import Router, Status

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import PAGE, caller
from zhaoshang.api.schemas import Page
from zhaoshang.capital.checkpoints import entries, exported, make_checkpoint
from zhaoshang.capital.hiding import veil_of
from zhaoshang.capital.models import Checkpoint
from zhaoshang.people.diary import looked_up
from zhaoshang.people.models import Event
from zhaoshang.people.rules import Can

router = Router(tags=["ledger"])


@router.get(
    "/checkpoints",
    auth=needs(Can.EXPORT_CHECKPOINT),
    response={200: list[dict[str, Any]]},
    summary="Signed checkpoints",
)
def checkpoints(request: ApiRequest) -> Any:
    """To be kept outside this system."""
    return [exported(point) for point in Checkpoint.objects.of(request.viewer.city).select_related("city")]


@router.post(
    "/checkpoints",
    auth=needs(Can.EXPORT_CHECKPOINT),
    response={201: dict[str, Any]},
    summary="Sign the chain as it stands",
)
def new_checkpoint(request: ApiRequest) -> Any:
    """Returns what to keep."""
    return Status(201, exported(make_checkpoint(city=request.viewer.city, by=caller(request), at=timezone.now())))


@router.get(
    "/ledger/export",
    auth=needs(Can.EXPORT_CHECKPOINT),
    response={200: None},
    summary="The whole chain, a JSON line an entry",
)
def export(request: ApiRequest) -> StreamingHttpResponse:
    """What ``tools/verify_ledger.py`` reads; an entry that names a project confidential to the caller is ``withheld``."""
    city, through = request.viewer.city, veil_of(request.viewer)

    def lines() -> Iterator[bytes]:
        for entry in entries(city):
            yield entry.to_json(through).encode() + b"\n"

    return StreamingHttpResponse(lines(), content_type="application/x-ndjson")


@router.get("/diary", auth=needs(Can.READ_DIARY), response={200: Page}, summary="The diary, newest first")
def diary(request: ApiRequest, after: UUID | None = None, verb: str | None = None) -> Any:
    """Who did what, when, and what was refused. Reading it is written down."""
    sought = {name: str(given) for name, given in (("after", after), ("verb", verb)) if given}
    looked_up(city=request.viewer.city, by=caller(request), at=timezone.now(), sought=sought)
    rows = Event.objects.of(request.viewer.city).select_related("by").order_by("-id")
    rows = rows if after is None else rows.filter(id__lt=after)
    rows = rows if verb is None else rows.filter(verb__startswith=verb)
    found = list(rows[: PAGE + 1])
    told = [
        {
            "at": event.at,
            "by": event.by.username if event.by else None,
            "verb": event.verb,
            "about": event.about_text,
            "about_id": event.about_id,
            "refused": event.refused,
            "detail": event.detail,
        }
        for event in found[:PAGE]
    ]
    return {"rows": told, "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None}

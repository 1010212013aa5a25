"""Jobs: leave a file to the workers, see how far a job is, cancel it, begin it again, fetch what it made."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Router, Status
from pydantic import StringConstraints

from zhaoshang.api.duties import page_of
from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Page, Strict
from zhaoshang.common.files import digest, keeping
from zhaoshang.desk.jobs_shown import why
from zhaoshang.jobs import actions, progress
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.queries import files_of, rights_of
from zhaoshang.jobs.rules import Kind, State
from zhaoshang.people.diary import record
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed

router = Router(tags=["jobs"])
DeskPath = Annotated[str, StringConstraints(strict=True, max_length=2_000, pattern=r"^/desk/[^\s\x00]*$")]


class NewFile(Strict):
    """The desk's address of a list (with ``xlsx=1``) or a paper, as the browser would ask for it."""

    path: DeskPath


def _job(job: Job) -> dict[str, Any]:
    """``why``: the reason of a failure, in the caller's language; ``result``: counts."""
    told = progress.read(job.pk)
    return {
        "id": str(job.pk),
        "kind": job.kind,
        "about": job.about,
        "state": job.state,
        "step": told.step,
        "done": told.done,
        "total": told.total,
        "asked_at": job.asked_at,
        "ended_at": job.ended_at,
        "failure": job.failure,
        "why": why(job) if job.state == State.FAILED else "",
        "result": job.result,
        "has_file": bool(job.file_digest),
    }


def _own(request: ApiRequest, key: UUID) -> Job:
    rows = Job.objects.visible_to(request.viewer).select_related("city", "asked_by")
    return rows.get(pk=key)  # type: ignore[no-any-return]


@router.get("/jobs", auth=needs(*Can), response={200: Page}, summary="One's own jobs, newest first")
def jobs(
    request: ApiRequest,
    state: Literal["", "waiting", "running", "done", "failed", "cancelled"] = "",
    after: UUID | None = None,
) -> Any:
    """All of them, or those in one state."""
    rows = Job.objects.visible_to(request.viewer)
    return page_of(rows.filter(state=state) if state else rows, after, _job)


@router.post("/jobs", auth=needs(*Can), response={202: dict[str, Any]}, summary="Leave a file to the workers")
def new_file(request: ApiRequest, body: NewFile) -> Any:
    """The same address that is still open is answered by the job that there is."""
    by = caller(request)
    given = {"path": body.path, "host": request.get_host(), "secure": request.is_secure()}
    job = actions.begin(
        city=request.viewer.city,
        kind=Kind.FILE,
        key=f"file:{digest(f'{by.pk}:{body.path}'.encode())}",
        given=given,
        about=body.path.partition("?")[0],
        by=by,
        at=timezone.now(),
    )
    return Status(202, _job(job))


@router.get("/jobs/{key}", auth=needs(*Can), response={200: dict[str, Any]}, summary="How far a job is")
def one_job(request: ApiRequest, key: UUID) -> Any:
    """Another's job is absent."""
    return _job(_own(request, key))


@router.get("/jobs/{key}/file", auth=needs(*Can), response={200: Any}, summary="The file that a job made")
def job_file(request: ApiRequest, key: UUID) -> Any:
    """Given out to who still has the rights that it was made with."""
    job = _own(request, key)
    if not job.file_digest:
        raise Http404
    if rights_of(request.viewer) != job.rights:
        raise NotAllowed("jobs.file")
    try:
        content = keeping.kept(files_of(job.city), job.file_digest)
    except keeping.FileDamaged:
        raise Http404 from None
    record("jobs.job.fetched", city=job.city, by=caller(request), at=timezone.now(), about=job)
    return HttpResponse(content, content_type=job.file_mime, headers={"Content-Disposition": job.file_name})


@router.post("/jobs/{key}/cancel", auth=needs(*Can), response={200: dict[str, Any]}, summary="Cancel a job")
def cancel_job(request: ApiRequest, key: UUID) -> Any:
    """A waiting one ends at once, a running one at its next step."""
    return _job(actions.cancel(job=_own(request, key), by=caller(request), at=timezone.now()))


@router.post("/jobs/{key}/again", auth=needs(*Can), response={202: dict[str, Any]}, summary="Begin it again")
def repeat_job(request: ApiRequest, key: UUID) -> Any:
    """Only what failed or was cancelled."""
    return Status(202, _job(actions.again(job=_own(request, key), by=caller(request), at=timezone.now())))

"""A person's jobs: the list, one with its progress and result, cancelled or begun again; and what the installation does by itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.files import keeping
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.jobs_shown import job_shown, list_columns, list_row, rounds_shown
from zhaoshang.desk.lists import page_of
from zhaoshang.desk.refusals import say
from zhaoshang.jobs import actions
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.queries import by_state, files_of, last_seen, rights_of
from zhaoshang.jobs.rules import STATE_LABELS, State
from zhaoshang.jobs.running import our_now
from zhaoshang.machines import scanning
from zhaoshang.people.diary import record
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed
from zhaoshang.ui.filters import moment
from zhaoshang.watch import backups
from zhaoshang.watch.states import newest_backup

REFUSED = (actions.NotEnded, actions.NotOpen, actions.TooManyWaiting)


def found(request: Any, key: UUID) -> Job:
    """The person's own job; another's and none are the same 404."""
    rows = Job.objects.visible_to(request.viewer).select_related("city", "asked_by")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page()
def job_list(request: Any) -> HttpResponse:
    """What the person left to the workers, newest first."""
    page = page_of(request, Job.objects.visible_to(request.viewer), size=30)
    context = {"columns": list_columns(), "rows": [list_row(one) for one in page.rows], "page": page}
    return render(request, "desk/jobs/list.html", context)


@desk_page()
def job_open(request: Any, key: UUID) -> HttpResponse:
    """One job; a page without scripts asks for itself again while it is open."""
    return render(request, "desk/jobs/open.html", {"shown": job_shown(found(request, key))})


@desk_page()
def job_progress(request: Any, key: UUID) -> HttpResponse:
    """Its progress alone, each second; the whole page again once it has ended."""
    shown = job_shown(found(request, key))
    response = render(request, "desk/jobs/progress.html", {"shown": shown})
    if not shown["job"].is_open:
        response["HX-Refresh"] = "true"
    return response


@desk_page()
def job_file(request: Any, key: UUID) -> HttpResponse:
    """The file that it made, to who still has the rights that it was made with; noted in the diary."""
    viewer, job = request.viewer, found(request, key)
    if not job.file_digest:
        raise Http404
    if rights_of(viewer) != job.rights:
        raise NotAllowed("jobs.file")
    try:
        content = keeping.kept(files_of(job.city), job.file_digest)
    except keeping.FileDamaged:
        raise Http404 from None
    record("jobs.job.fetched", city=job.city, by=viewer.user, at=timezone.now(), about=job)
    response = HttpResponse(content, content_type=job.file_mime)
    response["Content-Disposition"] = job.file_name
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _done(request: Any, act: Callable[[], Job], said: str) -> HttpResponse | None:
    try:
        job = act()
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
        return None
    messages.success(request, said)
    return redirect("desk:job", job.pk)


@desk_page(methods=("POST",))
def job_cancel(request: Any, key: UUID) -> HttpResponse:
    """Not wanted any more."""
    job, by = found(request, key), request.viewer.user
    act = lambda: actions.cancel(job=job, by=by, at=timezone.now())  # noqa: E731
    return _done(request, act, _("已取消；正在做的会在下一步停下。")) or redirect("desk:job", job.pk)


@desk_page(methods=("POST",))
def job_again(request: Any, key: UUID) -> HttpResponse:
    """Once more, with the rights of now."""
    job, by = found(request, key), request.viewer.user
    act = lambda: actions.again(job=job, by=by, at=timezone.now())  # noqa: E731
    return _done(request, act, _("已重新排队。")) or redirect("desk:job", job.pk)


@desk_page(Can.WATCH_SYSTEM)
def housekeeping(request: Any) -> HttpResponse:
    """What the installation does by itself, when, and what came of it; how many jobs stand how. No business figure is shown."""
    city = request.viewer.city
    seen, states = last_seen(city), by_state(city)
    columns: list[dict[str, Any]] = [
        {"key": "what", "label": _("任务"), "head": True},
        {"key": "when", "label": _("何时")},
        {"key": "last", "label": _("上次"), "kind": "date"},
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "came", "label": _("结果")},
        {"key": "next", "label": _("下次")},
    ]
    context = {
        "columns": columns,
        "rows": rounds_shown(city),
        "facts": [(_(STATE_LABELS[State(name)]), many) for name, many in states.items()],
        "scanner": scanning.state(),
        "backup": _backup_told(),
        "copy_late": backups.copy_is_late(),
        "seconds": int((our_now() - seen).total_seconds()) if seen else None,
    }
    return render(request, "desk/jobs/housekeeping.html", context)


def _backup_told() -> dict[str, Any]:
    """How the last backup went: ``fault`` empty when it is whole; ``old`` when it is no longer of yesterday."""
    made = max(filter(None, (newest_backup(), backups.ended())), default=None)
    copied = backups.copied()
    facts = [(_("最近一次完好的备份"), moment(made) if made else _("这里没有登记"))]
    if backups.copies_are_due():
        facts.append((_("最近一次送到别处"), moment(copied) if copied else _("还没有")))
    return {"fault": backups.fault(), "old": made is not None and our_now() - made > backups.OLD, "facts": facts}

"""A project on its way: gates, evidence, moves, corrections."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhaoshang.common.problems import Refused
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.local_rules_shown import standing_words
from zhaoshang.desk.refusals import say
from zhaoshang.desk.sent_files import handed_out
from zhaoshang.desk.signings_shown import event_choices
from zhaoshang.desk.stages_shown import log_lines, stage_context
from zhaoshang.desk.views.projects import found_project
from zhaoshang.machines.handing import SentIn
from zhaoshang.outreach.actions.moving import SIGNED
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.projects.models import Project, StageProof
from zhaoshang.projects.stages import actions, proofs
from zhaoshang.projects.stages.log import STAGES, days_of
from zhaoshang.projects.stages.rules import (
    CAUSE_LABELS,
    CHAIN_LABELS,
    EVIDENCE_LABELS,
    STANDING_LABELS,
    Cause,
    Stage,
    Standing,
)
from zhaoshang.ui.filters import named

REFUSED = (
    actions.GateNotMet,
    actions.OutOfOrder,
    actions.BadDay,
    actions.NotOpen,
    actions.AlreadySo,
    actions.ReasonMissing,
    actions.LostToMissing,
    proofs.ByReviewOnly,
    proofs.UnknownEvidence,
    Refused,
)


@desk_page(Can.READ_PAYMENTS)
def project_stages(request: Any, code: str) -> HttpResponse:
    """A project's way: both chains, what the next stages want, the forms to move it, and the log."""
    project = found_project(request, code)
    shown = stage_context(request, project)
    stages, days = shown["stages"], days_of(shown["log"])
    ahead = [one for one in stages if one.rank > _rank(stages, getattr(project, one.chain))]
    shown |= {
        "project": project,
        "today": timezone.localdate().isoformat(),
        "log_lines": log_lines(shown["log"], stages),
        "ahead": [(one.code, f"{_(CHAIN_LABELS[one.chain])} · {named(one)}") for one in ahead],
        "reached": [(one.code, f"{named(one)} {days[one.code]:%Y-%m-%d}") for one in stages if one.code in days],
        "closings": [(str(one), _(STANDING_LABELS[one])) for one in Standing if one not in ("open", project.standing)],
        "causes": [(str(key), _(text)) for key, text in CAUSE_LABELS.items()],
        "evidence": {key: _(text) for key, text in EVIDENCE_LABELS.items()},
        "stage_names": {one.code: named(one) for one in stages},
        "events": event_choices(request.viewer, project, timezone.localdate())
        if shown["may_advance"] and any(one["code"] == SIGNED for one in shown["gates"])
        else [],
        "definitions": standing_words(STAGES.on(project.city, timezone.localdate())),
    }
    return render(request, "desk/stages/project.html", shown)


def _rank(stages: list[Stage], code: str) -> int:
    return next((one.rank for one in stages if one.code == code), 0)


def _done(request: Any, project: Project, act: Any, said: str) -> HttpResponse:
    """Do it, say how it went, and go back to the project's way."""
    try:
        act()
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, said)
    return redirect("desk:project_stages", project.code)


def day_given(request: Any, name: str = "on") -> date:
    try:
        day = parse_date(request.POST.get(name, ""))
    except ValueError:
        day = None
    if day is None:
        raise actions.BadDay(request.POST.get(name, ""))
    return day


@desk_page(Can.ADVANCE_STAGE, Can.SKIP_STAGE, methods=("POST",))
def project_proof(request: Any, code: str) -> HttpResponse:
    """Attach a file to a stage."""
    project, given, file = found_project(request, code), request.POST, request.FILES.get("file")

    def act() -> None:
        content, name = (file.read(), file.name or "") if file else (b"", "")
        stage, kind = given.get("stage", "")[:20], given.get("kind", "")
        told = {"stage": stage, "kind": kind, "by": request.viewer.user, "at": timezone.now()}
        proofs.attach_proof(project=project, content=content, name=name, **told)

    return _done(request, project, act, _("凭证已附上。"))


@desk_page(Can.ADVANCE_STAGE, methods=("POST",))
def project_advance(request: Any, code: str) -> HttpResponse:
    """Move into the next stage through its gate."""
    return _move(request, code, "")


@desk_page(Can.SKIP_STAGE, methods=("POST",))
def project_skip(request: Any, code: str) -> HttpResponse:
    """Move past a gate or over stages, saying why."""
    return _move(request, code, request.POST.get("reason", "")[:400], skips=True)


def _move(request: Any, code: str, reason: str, *, skips: bool = False) -> HttpResponse:
    project, given = found_project(request, code), request.POST

    def act() -> None:
        if skips and not reason.strip():
            raise actions.ReasonMissing
        actions.advance(
            project=project,
            stage=given.get("stage", ""),
            on=day_given(request),
            evidence=given.get("evidence", "")[:200],
            skip_reason=reason,
            by=request.viewer.user,
            at=timezone.now(),
        )

    return _done(request, project, act, _("已进入下一阶段，记入阶段日志。"))


@desk_page(Can.ADVANCE_STAGE, methods=("POST",))
def project_standing(request: Any, code: str) -> HttpResponse:
    """Pause, lose, withdraw, take back to the pool, or note how work goes."""
    project, given = found_project(request, code), request.POST
    common = {"project": project, "by": request.viewer.user, "at": timezone.now()}
    wanted, reason = given.get("standing", ""), given.get("reason", "")[:400]

    def act() -> None:
        if wanted == "note":
            actions.note_progress(on=day_given(request), text=reason, **common)
        elif wanted == Standing.OPEN:
            actions.reopen_project(reason=reason, **common)
        elif wanted in list(Standing):
            lost_to = given.get("lost_to", "")[:60]
            cause = Cause(given["cause"]) if given.get("cause") in list(Cause) else Cause.OTHER
            actions.close_project(standing=Standing(wanted), reason=reason, cause=cause, lost_to=lost_to, **common)
        else:
            raise actions.AlreadySo

    return _done(request, project, act, _("已记入阶段日志。"))


@desk_page(Can.CORRECT_PROJECT, methods=("POST",))
def project_correct_day(request: Any, code: str) -> HttpResponse:
    """Correct the day of a stage, or say that it was never reached."""
    project, given = found_project(request, code), request.POST

    def act() -> None:
        on = None if "never" in given else day_given(request)
        told = {"reason": given.get("reason", "")[:400], "by": request.viewer.user, "at": timezone.now()}
        actions.correct_day(project=project, stage=given.get("stage", ""), on=on, **told)

    return _done(request, project, act, _("已更正并记入阶段日志；统计随之改变。"))


@desk_page(Can.READ_PAYMENTS)
def stage_proof(request: Any, key: UUID) -> HttpResponse:
    """The file, to be saved; its bytes are checked against their digest."""
    viewer = request.viewer
    rows = StageProof.objects.of(viewer.city).filter(project__in=Project.objects.open_to(viewer)).select_related("city")
    rows = rows.exclude(project_id__in=hidden_from(viewer).values("project_id"))
    proof = get_object_or_404(rows, pk=key)
    return handed_out(request, SentIn(proof.city.code, proof.digest, proof.mime, proof.name))

"""A project on its way: gates, evidence, moves, corrections; and the board of many."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhaoshang.common.files.keeping import FileDamaged
from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import Refused
from zhaoshang.common.sheets.writing import Column as SheetColumn
from zhaoshang.common.sheets.writing import Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import address, attachment, chosen, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.stages_shown import log_lines, stage_context
from zhaoshang.desk.views.errors import error_page
from zhaoshang.desk.views.projects import MOST_EXPORTED, found_project
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project, StageProof, StageSet
from zhaoshang.projects.stages import actions, proofs
from zhaoshang.projects.stages.log import days_of, set_on, stages_on
from zhaoshang.projects.stages.queries import Column, board
from zhaoshang.projects.stages.rules import (
    CHAIN_LABELS,
    EVIDENCE_LABELS,
    STANDING_LABELS,
    Chain,
    Stage,
    Standing,
    next_stage,
)
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import english, named, named_short, number, yi

REFUSED = (
    actions.GateNotMet,
    actions.OutOfOrder,
    actions.BadDay,
    actions.NotOpen,
    actions.AlreadySo,
    actions.ReasonMissing,
    actions.LostToMissing,
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
    issued = set_on(project.city, timezone.localdate())
    shown |= {
        "project": project,
        "today": timezone.localdate().isoformat(),
        "log_lines": log_lines(shown["log"], stages),
        "ahead": [(one.code, f"{_(CHAIN_LABELS[one.chain])} · {named(one)}") for one in ahead],
        "reached": [(one.code, f"{named(one)} {days[one.code]:%Y-%m-%d}") for one in stages if one.code in days],
        "closings": [(str(one), _(STANDING_LABELS[one])) for one in Standing if one not in ("open", project.standing)],
        "evidence": {key: _(text) for key, text in EVIDENCE_LABELS.items()},
        "stage_names": {one.code: named(one) for one in stages},
        "definitions": f"{titled(issued)}（{issued.document}）" if issued else _("系统自带的示例定义，本市尚未发布"),
    }
    return render(request, "desk/stages/project.html", shown)


def titled(issued: StageSet) -> str:
    """The set's title in the language of the page."""
    return issued.title_en if english() and issued.title_en else issued.title


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


def _day(request: Any) -> date:
    try:
        day = parse_date(request.POST.get("on", ""))
    except ValueError:
        day = None
    if day is None:
        raise actions.BadDay(request.POST.get("on", ""))
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
            on=_day(request),
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
            actions.note_progress(on=_day(request), text=reason, **common)
        elif wanted == Standing.OPEN:
            actions.reopen_project(reason=reason, **common)
        elif wanted in list(Standing):
            lost_to = given.get("lost_to", "")[:60]
            actions.close_project(standing=Standing(wanted), reason=reason, lost_to=lost_to, **common)
        else:
            raise actions.AlreadySo

    return _done(request, project, act, _("已记入阶段日志。"))


@desk_page(Can.CORRECT_PROJECT, methods=("POST",))
def project_correct_day(request: Any, code: str) -> HttpResponse:
    """Correct the day of a stage, or say that it was never reached."""
    project, given = found_project(request, code), request.POST

    def act() -> None:
        on = None if "never" in given else _day(request)
        told = {"reason": given.get("reason", "")[:400], "by": request.viewer.user, "at": timezone.now()}
        actions.correct_day(project=project, stage=given.get("stage", ""), on=on, **told)

    return _done(request, project, act, _("已更正并记入阶段日志；统计随之改变。"))


@desk_page(Can.READ_PAYMENTS)
def stage_proof(request: Any, key: UUID) -> HttpResponse:
    """The file, to be saved; its bytes are checked against their digest."""
    viewer = request.viewer
    rows = StageProof.objects.of(viewer.city).filter(project__in=Project.objects.open_to(viewer)).select_related("city")
    proof = get_object_or_404(rows, pk=key)
    try:
        return attachment(proofs.content_of(proof), proof.mime, proof.name)
    except FileDamaged:
        return error_page(request, 409, detail=_("这份文件已损坏或丢失，请联系管理员从备份恢复。"))


@desk_page(Can.READ_PAYMENTS)
def project_board(request: Any) -> HttpResponse:
    """Open projects by stage, as columns; ``xlsx=1`` for the same as a table."""
    viewer, wanted = request.viewer, chosen(request, {"chain": "", "unit": ""})
    chain = Chain(wanted["chain"]) if wanted.get("chain") in list(Chain) else Chain.PROMOTION
    stages = stages_on(viewer.city, timezone.localdate())
    rows = Project.objects.visible_to(viewer).counted(viewer.city)
    if "unit" in wanted:
        rows = rows.filter(unit__code=wanted["unit"])
    if request.GET.get("xlsx"):
        return _board_sheet(rows.filter(standing=Standing.OPEN), chain, stages)
    may = viewer.can(Can.ADVANCE_STAGE)
    shown = {
        "columns": [_column(one, chain, stages, wanted.get("unit", ""), may) for one in board(chain, stages, rows)],
        "chains": [
            {"label": _(CHAIN_LABELS[one]), "href": address(request, chain=one), "current": one == chain}
            for one in Chain
        ],
        "chain": chain,
        "wanted": wanted,
        "units": [("", _("全部")), *((one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city))]
        if viewer.sees_all_units
        else [],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/stages/board.html", shown)


def _column(column: Column, chain: Chain, stages: list[Stage], unit: str, may: bool) -> dict[str, Any]:
    follows = next_stage(stages, chain, column.stage.code)
    return {
        "label": named(column.stage),
        "href": f"{reverse('desk:project_list')}?{chain}={column.stage.code}&standing=open"
        + (f"&unit={unit}" if unit else ""),
        "count": number(column.projects),
        "sum": yi(column.contract_fen, 2),
        "unit": _("亿元"),
        "cards": [_card(one, follows if may else None) for one in column.newest],
        "more": _("看全部") if column.projects > len(column.newest) else "",
    }


def _card(project: Project, follows: Stage | None) -> dict[str, Any]:
    card: dict[str, Any] = {
        "label": project.name,
        "href": reverse("desk:project", args=[project.code]),
        "note": f"{project.code} · {named_short(project.unit)}",
        "sum": yi(project.contract_fen, 2),
    }
    if follows is not None:
        card["go"] = reverse("desk:project_stages", args=[project.code]) + f"#gate-{follows.code}"
        card["go_label"] = _("下一阶段：%(stage)s") % {"stage": named(follows)}
        card["says"] = _("%(name)s：下一阶段%(stage)s") % {"name": project.name, "stage": named(follows)}
    return card


def _board_sheet(rows: Any, chain: Chain, stages: list[Stage]) -> HttpResponse:
    names = {one.code: named(one) for one in stages}
    heads = [
        SheetColumn(_(CHAIN_LABELS[chain]), width=16),
        SheetColumn(_("编号"), width=16),
        SheetColumn(_("项目"), width=36),
        SheetColumn(_("地区"), width=18),
        SheetColumn(_("合同额（万元）"), "amount"),
    ]
    lines: list[list[Value]] = [
        [
            names.get(getattr(one, chain), ""),
            one.code,
            one.name,
            named(one.unit),
            in_unit(one.contract_fen, "万元"),
        ]
        for one in rows.select_related("unit").order_by("-id")[:MOST_EXPORTED]
    ]
    return sheet(heads, lines, _("项目看板"), [])

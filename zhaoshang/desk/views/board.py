"""The board: open projects by stage as columns; a card is moved by mouse, by key or by its own form, through the same gate."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.sheets.writing import Column as SheetColumn
from zhaoshang.common.sheets.writing import Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import address, sheet
from zhaoshang.desk.project_filters import NOT_BEGUN, asked, choices, filtered
from zhaoshang.desk.refusals import say
from zhaoshang.desk.stages_shown import lacks_shown
from zhaoshang.desk.views.projects import MOST_EXPORTED, found_project
from zhaoshang.desk.views.stages import REFUSED, day_given
from zhaoshang.people.rules import Can
from zhaoshang.plans.models import Campaign
from zhaoshang.projects.confidence import real_names
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages import actions
from zhaoshang.projects.stages.log import stages_on
from zhaoshang.projects.stages.queries import Column, board
from zhaoshang.projects.stages.rules import CHAIN_LABELS, Chain, Stage, Standing, next_stage
from zhaoshang.ui.filters import named, named_short, number, yi


@desk_page(Can.READ_PAYMENTS)
def project_board(request: Any) -> HttpResponse:
    """Open projects by stage, as columns; ``xlsx=1`` for the same as a table."""
    return _board(request)


@desk_page(Can.ADVANCE_STAGE, methods=("POST",))
def board_move(request: Any) -> HttpResponse:
    """Move the card ``project`` into ``stage`` on a day; what its gate lacks is shown above the board, where the card is as it was."""
    project = found_project(request, request.POST.get("project", "-"))
    stage = request.POST.get("stage", "")
    told = {"by": request.viewer.user, "at": timezone.now()}
    try:
        actions.advance(project=project, stage=stage, on=day_given(request), evidence="", **told)
    except actions.GateNotMet as refusal:
        return _board(request, refused=_refused(project, refusal), status=409)
    except REFUSED as refusal:
        messages.error(request, f"{project.name}{_('：')}{say(refusal, request.viewer)}")
    else:
        messages.success(request, _("%(name)s已进入下一阶段，记入阶段日志。") % {"name": project.name})
    return redirect(f"{reverse('desk:project_board')}?{QueryDict(request.GET.urlencode()).urlencode()}")


def _refused(project: Project, refusal: actions.GateNotMet) -> dict[str, Any]:
    title = _("%(name)s还不能进入%(stage)s") % {"name": project.name, "stage": named(refusal.stage)}
    return {"title": title, "lacks": lacks_shown(project, refusal.stage, refusal.lacks)}


def _board(request: Any, refused: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    viewer, wanted = request.viewer, asked(request)
    chain = Chain(wanted["chain"]) if wanted.get("chain") in list(Chain) else Chain.PROMOTION
    stages = stages_on(viewer.city, timezone.localdate())
    kept = {name: text for name, text in wanted.items() if name not in (*Chain, "standing", "sort", "chain")}
    rows = filtered(viewer, kept).counted(viewer.city)
    if request.GET.get("xlsx"):
        return _board_sheet(rows.filter(standing=Standing.OPEN), chain, stages)
    may = viewer.can(Can.ADVANCE_STAGE)
    held = board(chain, stages, rows)
    real = real_names(viewer, [project for column in held for project in column.newest])
    columns = [_column(one, chain, stages, kept, may, real) for one in held]
    shown = {
        "columns": columns,
        "chains": [
            {"label": _(CHAIN_LABELS[one]), "href": address(request, chain=one), "current": one == chain}
            for one in Chain
        ],
        "chain": chain,
        "wanted": kept,
        "refused": refused,
        "may_move": may,
        "today": timezone.localdate().isoformat(),
        "move_url": f"{reverse('desk:board_move')}?{QueryDict(request.GET.urlencode()).urlencode()}",
        "closed": rows.exclude(standing=Standing.OPEN).order_by().count(),
        "list_url": reverse("desk:project_list"),
        "xlsx_url": f"{reverse('desk:project_board')}{address(request, xlsx='1')}",
        **choices(viewer, list(Campaign.objects.of(viewer.city)), stages),
    }
    return render(request, "desk/stages/board.html", shown, status=status)


def _column(
    column: Column, chain: Chain, stages: list[Stage], kept: dict[str, str], may: bool, real: dict[UUID, str]
) -> dict[str, Any]:
    code = column.stage.code if column.stage else ""
    follows = next_stage(stages, chain, code)
    there = QueryDict(mutable=True)
    there.update({str(chain): code or NOT_BEGUN, "standing": str(Standing.OPEN), **kept})
    shown = len(column.newest)
    told = {"shown": number(shown), "projects": number(column.projects)}
    return {
        "id": f"column-{code or NOT_BEGUN}",
        "stage": code,
        "next": follows.code if follows else "",
        "label": named(column.stage) if column.stage else _("尚未进入"),
        "href": f"{reverse('desk:project_list')}?{there.urlencode()}",
        "count": number(column.projects),
        "sum": yi(column.contract_fen, 2),
        "unit": _("亿元"),
        "cards": [_card(one, follows if may else None, real.get(one.pk, "")) for one in column.newest],
        "more": _("只列最新 %(shown)s 个，看全部 %(projects)s 个") % told if column.projects > shown else "",
    }


def _card(project: Project, follows: Stage | None, real_name: str) -> dict[str, Any]:
    card: dict[str, Any] = {
        "code": project.code,
        "label": project.name,
        "href": reverse("desk:project", args=[project.code]),
        "note": " · ".join(filter(None, [project.code, named_short(project.unit), real_name])),
        "sum": yi(project.contract_fen, 2),
    }
    if follows is not None:
        card["move"] = follows.code
        card["move_label"] = _("移到%(stage)s") % {"stage": named(follows)}
        card["gate"] = reverse("desk:project_stages", args=[project.code]) + f"#gate-{follows.code}"
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
            names.get(getattr(one, chain), _("尚未进入")),
            one.code,
            one.name,
            named(one.unit),
            in_unit(one.contract_fen, "万元"),
        ]
        for one in rows.select_related("unit").order_by("-id")[:MOST_EXPORTED]
    ]
    return sheet(heads, lines, _("项目看板"), [])

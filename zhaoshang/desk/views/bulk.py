"""The same done to many ticked projects: each goes through its own gate in its own transaction, and reports its own outcome."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.periods import NotAPeriod, parse_month
from zhaoshang.common.problems import N_
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.duties_shown import team_typed
from zhaoshang.desk.project_filters import ACTS
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.duties import REFUSED as DUTIES_REFUSED
from zhaoshang.desk.views.stages import REFUSED, day_given
from zhaoshang.duties.actions.responsibility import reassign
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Instalment, Project
from zhaoshang.projects.rules import SCHEDULE_FAULT_LABELS
from zhaoshang.projects.schedules import BadSchedule, Schedule, schedules_in_force, set_schedules
from zhaoshang.projects.stages import actions
from zhaoshang.projects.stages.log import stages_on
from zhaoshang.projects.stages.rules import Chain, Standing, next_stage
from zhaoshang.regions.access import NotAllowed
from zhaoshang.ui.filters import named, number

MOST, MOST_LATER = 200, 36


class LastStage(Exception):
    """The chain has no stage after this one."""


class NoSchedule(Exception):
    """There is no payment schedule that could be put off."""


class NoMonth(Exception):
    """Neither a month nor a number of months was given."""


OWN_WORDS = {
    LastStage: N_("已在最后一个阶段。"),
    NoSchedule: N_("还没有付款计划，不能顺延。请填“全部到齐的月份”，或到项目页登记。"),
    NoMonth: N_("请填全部到齐的月份（如 2023-06），或顺延几个月（1 至 36）。"),
}


@desk_page(Can.ADVANCE_STAGE, methods=("POST",))
def project_bulk(request: Any) -> HttpResponse:
    """``act`` (:data:`ACTS`) on the ticked projects (``project`` codes), on the day ``on``, by one document or for one reason (``why``)."""
    act = request.POST.get("act", "")
    if act not in ACTS:
        return redirect("desk:project_list")
    return _report(request, _(ACTS[act]), lambda project: _do(request, project, act))


@desk_page(Can.ASSIGN_DUTIES, methods=("POST",))
def project_bulk_assign(request: Any) -> HttpResponse:
    """Hand the ticked projects over to a handler or a lead official, each with its own outcome."""
    viewer, given = request.viewer, request.POST

    def handed(project: Project) -> str:
        reassign(
            city=viewer.city, projects=[project], team=team_typed(viewer, given),
            reason=given.get("assign_reason", "")[:400], by=viewer.user, at=timezone.now(),
        )  # fmt: skip
        return _("已交办，原来的任期留在经过里。")

    return _report(request, _("交办"), handed)


@desk_page(Can.SET_SCHEDULES, methods=("POST",))
def project_bulk_schedule(request: Any) -> HttpResponse:
    """Give the ticked projects a payment schedule on one ``document`` of a day: the contract by a ``month``, or what is in force
    ``later`` by so many months."""
    return _report(request, _("改付款计划"), lambda project: _scheduled(request, project))


def _scheduled(request: Any, project: Project) -> str:
    held = schedules_in_force(project.city, [project.pk]).get(project.pk, [])
    schedule = Schedule(
        project=project,
        months=_months(request.POST, project, held),
        document=request.POST.get("document", "").strip()[:120],
        agreed_on=day_given(request, "agreed_on"),
    )
    made = set_schedules(city=project.city, schedules=[schedule], by=request.viewer.user, at=timezone.now())
    return _("已登记付款计划。") if made else _("与在册的计划完全相同，没有改动。")


def _months(given: Any, project: Project, held: list[Instalment]) -> dict[int, int]:
    """Month number → fen. Raises :class:`NoSchedule`, :class:`NoMonth`."""
    text, later = given.get("month", "").strip(), given.get("later", "").strip()
    if text:
        try:
            return {parse_month(text): project.contract_fen}
        except NotAPeriod:
            raise NoMonth from None
    if not (later.isascii() and later.isdigit() and 1 <= int(later) <= MOST_LATER):
        raise NoMonth
    if not held:
        raise NoSchedule
    return {row.month + int(later): row.amount_fen for row in held}


def _report(request: Any, act: str, do: Callable[[Project], str]) -> HttpResponse:
    """Do it to each in its own transaction; a page says of each how it went."""
    codes = request.POST.getlist("project")[:MOST]
    projects = Project.objects.visible_to(request.viewer).filter(code__in=codes).select_related("city", "unit")
    if not codes:
        messages.error(request, _("没有勾选项目。请先勾选，再办理。"))
        return redirect("desk:project_list")
    rows = [_row(request, one, do) for one in projects.order_by("code")]
    done = sum(row["_kind"] == "" for row in rows)
    told = _("%(done)s 个办成，%(left)s 个没有办成、保持原样。")
    shown = {"act": act, "rows": rows, "told": told % {"done": number(done), "left": number(len(rows) - done)}}
    return render(request, "desk/projects/bulk.html", shown)


def _row(request: Any, project: Project, do: Callable[[Project], str]) -> dict[str, Any]:
    href = reverse("desk:project_stages", args=[project.code])
    row = {"name": {"text": project.name, "href": href, "note": project.code}, "_href": href, "_kind": ""}
    try:
        said = do(project)
    except tuple(OWN_WORDS) as refusal:
        return row | {"outcome": _(OWN_WORDS[type(refusal)]), "_kind": "problem"}
    except BadSchedule as refusal:
        return row | {"outcome": _(SCHEDULE_FAULT_LABELS[refusal.fault]), "_kind": "problem"}
    except NotAllowed:
        return row | {"outcome": _("这个项目不由您办理。"), "_kind": "problem"}
    except (*REFUSED, *DUTIES_REFUSED) as refusal:
        return row | {"outcome": say(refusal, request.viewer), "_kind": "problem"}
    return row | {"outcome": said}


def _do(request: Any, project: Project, act: str) -> str:
    told: dict[str, Any] = {"project": project, "by": request.viewer.user, "at": timezone.now()}
    why = request.POST.get("why", "")[:200]
    if act in list(Chain):
        return _advanced(request, Chain(act), why, told)
    moves: dict[str, Callable[..., Any]] = {"open": actions.reopen_project, "paused": actions.close_project}
    more = {"standing": Standing.PAUSED} if act == "paused" else {}
    moves[act](reason=why, **more, **told)
    return _("已记入阶段日志。")


def _advanced(request: Any, chain: Chain, why: str, told: dict[str, Any]) -> str:
    project: Project = told["project"]
    follows = next_stage(stages_on(project.city, timezone.localdate()), chain, getattr(project, chain))
    if follows is None:
        raise LastStage
    actions.advance(stage=follows.code, on=day_given(request), evidence=why, **told)
    return _("已进入%(stage)s。") % {"stage": named(follows)}

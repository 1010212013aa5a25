"""The same done to many ticked projects (``projects/bulk.py``): of each a line on how it went."""

from collections.abc import Callable, Sequence
from functools import partial
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
from zhaoshang.desk.views.stages import day_given
from zhaoshang.duties.actions.refusals import WrongHandler
from zhaoshang.duties.actions.responsibility import reassign_each
from zhaoshang.people.rules import Can
from zhaoshang.projects import bulk
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.rules import SCHEDULE_FAULT_LABELS
from zhaoshang.projects.schedules import BadSchedule
from zhaoshang.projects.stages.log import stages_on
from zhaoshang.regions.access import NotAllowed, NotAllThere, Viewer
from zhaoshang.ui.filters import named, number

OWN_WORDS = {
    bulk.LastStage: N_("已在最后一个阶段。"),
    bulk.NoSchedule: N_("还没有付款计划，不能顺延。请填“全部到齐的月份”，或到项目页登记。"),
    bulk.NoMonth: N_("请填全部到齐的月份（如 2023-06），或顺延几个月（1 至 36）。"),
    NotAllowed: N_("这个项目不由您办理。"),
}


@desk_page(Can.ADVANCE_STAGE, methods=("POST",))
def project_bulk(request: Any) -> HttpResponse:
    """``act`` (:data:`ACTS`) on the ticked projects (``project`` codes), on the day ``on``, by one document or for one reason (``why``)."""
    given, viewer = request.POST, request.viewer
    if (wanted := given.get("act", "")) not in ACTS:
        return redirect("desk:project_list")
    act, told = bulk.Act(wanted), {"why": given.get("why", "")[:200], "by": viewer.user, "at": timezone.now()}
    stages = {one.code: named(one) for one in stages_on(viewer.city, timezone.localdate())}

    def moved(project: Project) -> StageEntry:
        return bulk.move(project, act, on=day_given(request) if act.is_forward else None, **told)

    def said(entry: StageEntry) -> str:
        return _("已进入%(stage)s。") % {"stage": stages[entry.stage]} if act.is_forward else _("已记入阶段日志。")

    return _report(request, _(ACTS[act]), partial(bulk.each, act=moved), said)


@desk_page(Can.ASSIGN_DUTIES, methods=("POST",))
def project_bulk_assign(request: Any) -> HttpResponse:
    """Hand the ticked projects over to a handler or a lead official, each with its own outcome."""
    viewer, given = request.viewer, request.POST
    told = {"reason": given.get("assign_reason", "")[:400], "by": viewer.user, "at": timezone.now()}
    try:
        team = team_typed(viewer, given)
    except WrongHandler as refusal:
        messages.error(request, say(refusal, viewer))
        return redirect("desk:project_list")
    return _report(
        request, _("交办"), partial(reassign_each, team=team, **told), lambda _made: _("已交办，原来的任期留在经过里。")
    )


@desk_page(Can.SET_SCHEDULES, methods=("POST",))
def project_bulk_schedule(request: Any) -> HttpResponse:
    """Give the ticked projects a payment schedule on one ``document`` of a day: the contract by a ``month``, or what is in force
    ``later`` by so many months."""
    given, by, at = request.POST, request.viewer.user, timezone.now()

    def scheduled(project: Project) -> bool:
        return bulk.put_schedule(
            project, month=_month(given), later=_later(given), document=given.get("document", "").strip()[:120],
            agreed_on=day_given(request, "agreed_on"), by=by, at=at,
        )  # fmt: skip

    def said(made: bool) -> str:
        return _("已登记付款计划。") if made else _("与在册的计划完全相同，没有改动。")

    return _report(request, _("改付款计划"), partial(bulk.each, act=scheduled), said)


def _month(given: Any) -> int | None:
    text = given.get("month", "").strip()
    try:
        return parse_month(text) if text else None
    except NotAPeriod:
        raise bulk.NoMonth from None


def _later(given: Any) -> int | None:
    text = given.get("later", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _report(
    request: Any, act: str, do: Callable[[Viewer, Sequence[str]], list[bulk.Outcome]], said: Callable[[Any], str]
) -> HttpResponse:
    """Do it to the ticked ones; a page says of each how it went."""
    codes = request.POST.getlist("project")
    if not codes:
        messages.error(request, _("没有勾选项目。请先勾选，再办理。"))
        return redirect("desk:project_list")
    try:
        outcomes = do(request.viewer, codes)
    except NotAllThere as refusal:
        messages.error(request, say(refusal, request.viewer))
        return redirect("desk:project_list")
    rows = [_row(request.viewer, one, said) for one in outcomes]
    done = sum(row["_kind"] == "" for row in rows)
    told = _("%(done)s 个办成，%(left)s 个没有办成、保持原样。")
    shown = {"act": act, "rows": rows, "told": told % {"done": number(done), "left": number(len(rows) - done)}}
    return render(request, "desk/projects/bulk.html", shown)


def _row(viewer: Viewer, one: bulk.Outcome, said: Callable[[Any], str]) -> dict[str, Any]:
    href = reverse("desk:project_stages", args=[one.project.code])
    row = {"name": {"text": one.project.name, "href": href, "note": one.project.code}, "_href": href}
    if one.refusal is None:
        return row | {"outcome": said(one.made), "_kind": ""}
    return row | {"outcome": _why(one.refusal, viewer), "_kind": "problem"}


def _why(refusal: Exception, viewer: Viewer) -> str:
    if isinstance(refusal, BadSchedule):
        return _(SCHEDULE_FAULT_LABELS[refusal.fault])
    own = OWN_WORDS.get(type(refusal))
    return _(own) if own else say(refusal, viewer)

"""The same done to many ticked projects: each goes through its own gate in its own transaction, and reports its own outcome."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.project_filters import ACTS
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.stages import REFUSED, day_given
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages import actions
from zhaoshang.projects.stages.log import stages_on
from zhaoshang.projects.stages.rules import Chain, Standing, next_stage
from zhaoshang.ui.filters import named, number

MOST = 200


class LastStage(Exception):
    """The chain has no stage after this one."""


@desk_page(Can.ADVANCE_STAGE, methods=("POST",))
def project_bulk(request: Any) -> HttpResponse:
    """``act`` (:data:`ACTS`) on the ticked projects (``project`` codes), on the day ``on``, by one document or for one reason (``why``)."""
    codes, act = request.POST.getlist("project")[:MOST], request.POST.get("act", "")
    projects = Project.objects.visible_to(request.viewer).filter(code__in=codes).select_related("city", "unit")
    if act not in ACTS or not codes:
        return redirect("desk:project_list")
    rows = [_row(request, one, act) for one in projects.order_by("code")]
    done = sum(row["_kind"] == "" for row in rows)
    shown = {
        "act": _(ACTS[act]),
        "rows": rows,
        "told": _("%(done)s 个办成，%(left)s 个没有办成、保持原样。")
        % {"done": number(done), "left": number(len(rows) - done)},
    }
    return render(request, "desk/projects/bulk.html", shown)


def _row(request: Any, project: Project, act: str) -> dict[str, Any]:
    href = reverse("desk:project_stages", args=[project.code])
    row = {"name": {"text": project.name, "href": href, "note": project.code}, "_href": href, "_kind": ""}
    try:
        said = _do(request, project, act)
    except LastStage:
        return row | {"outcome": _("已在最后一个阶段。"), "_kind": "problem"}
    except REFUSED as refusal:
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

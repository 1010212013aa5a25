"""A confidential project's own page: what it is really called, its team, and the forms to hide it, disclose it, change the team."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.projects import found_project
from zhaoshang.people.models import User
from zhaoshang.people.rules import ROLE_LABELS, Can, Role, may
from zhaoshang.projects import confidence
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import aliases_of
from zhaoshang.projects.stages.actions import ReasonMissing
from zhaoshang.regions.models import Membership
from zhaoshang.ui.filters import called, moment

REFUSED = (
    confidence.AlreadyHidden,
    confidence.NotHidden,
    confidence.BadCodeName,
    confidence.BadAlias,
    confidence.NotOnTeam,
    ReasonMissing,
)


@desk_page(Can.READ_PAYMENTS)
def project_confidence(request: Any, code: str) -> HttpResponse:
    """To the team everything; to others that the project is confidential, and whom to ask."""
    viewer, project = request.viewer, found_project(request, code)
    secret = confidence.standing(project)
    reads = secret is not None and confidence.reads_names(viewer, project)
    team = confidence.team_of(project) if secret else []
    shown = {
        "project": project,
        "secret": secret,
        "reads": reads,
        "facts": _facts(secret) if secret and reads else [],
        "team": [(one.user.username, called(one.user)) for one in team],
        "roles": [_(ROLE_LABELS[role]) for role in Role if may(role, Can.READ_CONFIDENTIAL)],
        "candidates": _candidates(project, {one.user_id for one in team}) if reads or not secret else [],
        "may_hide": viewer.can(Can.HIDE_PROJECT) and viewer.sees_unit(project.unit_id) and (reads or secret is None),
    }
    return render(request, "desk/projects/confidence.html", shown)


def _facts(secret: Any) -> list[tuple[str, str]]:
    told = [
        (_("真实名称"), secret.name),
        (_("投资方"), secret.investor),
        (_("落地企业"), secret.enterprise or _("另有其他项目，企业名称不隐去")),
        (_("纳统名称"), secret.statistics_name),
        (_("还要遮住的叫法"), _("、").join(aliases_of(secret.also))),
        (_("保密理由"), secret.reason),
        (_("由谁列为保密"), f"{called(secret.hidden_by)} {moment(secret.hidden_at)}"),
    ]
    return [(name, text) for name, text in told if text]


def _candidates(project: Project, held: set[Any]) -> list[tuple[str, str]]:
    """Who sees the project's unit and does not read the names by role."""
    rows = Membership.objects.of(project.city).filter(withdrawn_at__isnull=True).select_related("user")
    found = {
        row.user.username: called(row.user)
        for row in rows.order_by("user__username")
        if row.user_id not in held
        and may(Role(row.role), Can.READ_PAYMENTS)
        and not may(Role(row.role), Can.READ_CONFIDENTIAL)
        and row.unit_id in (None, project.unit_id)
    }
    return list(found.items())


def _person(request: Any, project: Project) -> User:
    known = dict(_candidates(project, set())).keys() & {request.POST.get("person", "")}
    return get_object_or_404(User, username__in=known)


@desk_page(Can.HIDE_PROJECT, methods=("POST",))
def project_hide(request: Any, code: str) -> HttpResponse:
    """Read the project under a code name from now on."""
    project, given = found_project(request, code), request.POST
    told = {"code_name": given.get("code_name", "")[:80], "reason": given.get("reason", "")[:400]}
    told["also"] = given.get("also", "")[:1000]
    return _done(request, project, confidence.hide_project, _("已列为保密：团队以外只见代号。"), **told)


@desk_page(Can.HIDE_PROJECT, methods=("POST",))
def project_disclose(request: Any, code: str) -> HttpResponse:
    """Give the project its names back."""
    told = {"reason": request.POST.get("reason", "")[:400]}
    return _done(request, found_project(request, code), confidence.disclose_project, _("已解除保密。"), **told)


@desk_page(Can.HIDE_PROJECT, methods=("POST",))
def project_aliases(request: Any, code: str) -> HttpResponse:
    """Hide other names for it too."""
    told = {"also": request.POST.get("also", "")[:1000]}
    return _done(request, found_project(request, code), confidence.change_aliases, _("要遮住的叫法已更新。"), **told)


@desk_page(Can.HIDE_PROJECT, methods=("POST",))
def project_team(request: Any, code: str) -> HttpResponse:
    """Take a person into the team (``belongs=1``) or out of it."""
    project, given = found_project(request, code), request.POST
    told = {
        "user": _person(request, project),
        "belongs": given.get("belongs") == "1",
        "reason": given.get("reason", "")[:400],
    }
    return _done(request, project, confidence.change_team, _("团队已调整。"), **told)


def _done(request: Any, project: Project, act: Any, said: str, **told: Any) -> HttpResponse:
    try:
        act(project=project, by=request.viewer.user, at=timezone.now(), **told)
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, said)
    return redirect("desk:project_confidence", project.code)

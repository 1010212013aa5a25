"""Projects into campaigns and out again: ticked in the list, on a project's page, or as a workbook."""

from typing import Any

from django.contrib import messages
from django.core.validators import slug_re
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.problems import Problem, Refused
from zhaoshang.common.sheets import open_workbook
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.campaigns import TagFileForm
from zhaoshang.desk.lists import query_of
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.campaigns import found_campaign
from zhaoshang.people.rules import Can
from zhaoshang.plans.actions import tag_list, tag_projects, untag_project
from zhaoshang.plans.models import Campaign
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllThere, Viewer, all_there
from zhaoshang.review.workbooks.tags import TAG_MESSAGES, TagSheet, read_tags
from zhaoshang.ui.filters import number

MOST_SHOWN = 100


def _back(request: Any) -> HttpResponse:
    """To the project's own page (its code in ``back``), or to the list with its filters (``?…``)."""
    back = request.POST.get("back", "")
    if slug_re.match(back):
        return redirect("desk:project", back)
    return redirect(f"{reverse('desk:project_list')}?{query_of(QueryDict(back[1:] if back.startswith('?') else ''))}")


@desk_page(Can.TAG_CAMPAIGNS, methods=("POST",))
def campaign_tag(request: Any) -> HttpResponse:
    """Put the ticked projects (``project`` codes) into a campaign (``into``); all, or none if the viewer may not see
    one of them."""
    viewer = request.viewer
    campaign = found_campaign(viewer.city, request.POST.get("into", "") or "-")
    codes = request.POST.getlist("project")
    if not codes:
        messages.warning(request, _("没有勾选项目。"))
        return _back(request)
    projects = list(Project.objects.visible_to(viewer).filter(code__in=codes))
    try:
        all_there(codes, {one.code for one in projects})
    except NotAllThere as refusal:
        messages.error(request, say(refusal, viewer))
        return _back(request)
    new = tag_projects(campaign=campaign, projects=projects, by=viewer.user, at=timezone.now())
    said = {"count": number(new), "name": campaign.name, "held": number(len(projects) - new)}
    if new < len(projects):
        messages.success(request, _("已归入“%(name)s” %(count)s 个项目；%(held)s 个原已归入。") % said)
    else:
        messages.success(request, _("已归入“%(name)s” %(count)s 个项目。") % said)
    return _back(request)


@desk_page(Can.TAG_CAMPAIGNS, methods=("POST",))
def campaign_untag(request: Any) -> HttpResponse:
    """Take one project out of a campaign again."""
    viewer = request.viewer
    campaign = found_campaign(viewer.city, request.POST.get("campaign", "") or "-")
    project = get_object_or_404(Project.objects.visible_to(viewer), code=request.POST.get("project", ""))
    if untag_project(campaign=campaign, project=project, by=viewer.user, at=timezone.now()):
        messages.success(request, _("已从“%(name)s”移出。") % {"name": campaign.name})
    return redirect("desk:project", project.code)


@desk_page(Can.TAG_CAMPAIGNS, methods=("GET", "POST"))
def campaign_import(request: Any) -> HttpResponse:
    """A workbook of tags: all of it, or nothing and what is wrong by cell."""
    form = TagFileForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            found = _read(request.viewer, form.cleaned_data["file"])
        except Refused as refusal:
            form.add_error("file", _(refusal.template).format(**refusal.params))
        else:
            if not found.problems:
                return _taken(request, found)
            problems = found.problems
    shown = {"form": form, "problems": [_problem_row(one) for one in problems[:MOST_SHOWN]]}
    return render(request, "desk/campaigns/import.html", shown, status=422 if form.errors or problems else 200)


def _read(viewer: Viewer, file: Any) -> TagSheet:
    book = open_workbook(file.read(), file.name or "")
    codes = frozenset(Project.objects.visible_to(viewer).values_list("code", flat=True))
    names: dict[str, str] = {}
    for one in Campaign.objects.of(viewer.city).order_by("year"):
        names |= {one.name: one.code, one.code: one.code}
    return read_tags(book, codes, names)


def _taken(request: Any, found: TagSheet) -> HttpResponse:
    viewer = request.viewer
    campaigns = {one.code: one for one in Campaign.objects.of(viewer.city).select_related("city")}
    projects = {
        one.code: one for one in Project.objects.visible_to(viewer).filter(code__in=[c for c, _c in found.tags])
    }
    tags: dict[Campaign, list[Project]] = {}
    for project, campaign in found.tags:
        tags.setdefault(campaigns[campaign], []).append(projects[project])
    new = tag_list(tags=tags, by=viewer.user, at=timezone.now())
    said = {"rows": number(len(found.tags)), "new": number(new)}
    messages.success(request, _("读了 %(rows)s 行，新归入 %(new)s 个；其余原已归入。") % said)
    return redirect("desk:campaigns")


def _problem_row(one: Problem) -> dict[str, Any]:
    return {"cell": one.cell, "value": one.value, "what": _(TAG_MESSAGES[one.code]).format(**one.params)}

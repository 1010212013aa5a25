"""Enterprises: the list, and one with its projects and the money that arrived in them."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.queries import verified_by_project
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import chosen, page_of
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import named_short, wan

SHOWN_PROJECTS = 100


def _seen(viewer: Viewer) -> Any:
    """Enterprises of the city; an officer's are those with a project in their units."""
    rows = Enterprise.objects.of(viewer.city)
    if viewer.sees_all_units:
        return rows
    return rows.filter(pk__in=Project.objects.visible_to(viewer).order_by().values("enterprise_id"))


@desk_page(Can.READ_PAYMENTS)
def enterprise_list(request: Any) -> HttpResponse:
    """Enterprises, newest first, found by name or code."""
    wanted = chosen(request, {"q": ""})
    rows = _seen(request.viewer)
    if text := wanted.get("q"):
        rows = rows.filter(Q(name__icontains=text) | Q(uscc__istartswith=text))
    page = page_of(request, rows)
    projects = Project.objects.visible_to(request.viewer).filter(enterprise_id__in=[one.pk for one in page.rows])
    counts = dict(projects.order_by().values_list("enterprise_id").annotate(Count("id")))
    shown = {
        "page": page,
        "rows": [_row(one, counts.get(one.pk, 0)) for one in page.rows],
        "wanted": wanted,
    }
    return render(request, "desk/enterprises/list.html", shown)


def _row(enterprise: Enterprise, projects: int) -> dict[str, Any]:
    href = reverse("desk:enterprise", args=[enterprise.pk])
    return {
        "_href": href,
        "name": {"text": enterprise.name, "href": href, "note": _("示例") if enterprise.is_sample else None},
        "uscc": enterprise.uscc,
        "projects": projects,
    }


@desk_page(Can.READ_PAYMENTS)
def enterprise_open(request: Any, key: UUID) -> HttpResponse:
    """One enterprise with the projects that the viewer may see."""
    enterprise = get_object_or_404(_seen(request.viewer), pk=key)
    projects = list(
        Project.objects.visible_to(request.viewer)
        .select_related("unit")
        .filter(enterprise=enterprise)
        .order_by("-id")[:SHOWN_PROJECTS]
    )
    arrived = verified_by_project(request.viewer.city, projects)
    rows = [
        {
            "_href": reverse("desk:project", args=[project.code]),
            "name": {"text": project.name, "href": reverse("desk:project", args=[project.code]), "note": project.code},
            "unit": named_short(project.unit),
            "contract": wan(project.contract_fen),
            "arrived": wan(arrived.get(project.pk, 0)),
        }
        for project in projects
    ]
    shown = {"enterprise": enterprise, "rows": rows, "arrived_fen": sum(arrived.values())}
    return render(request, "desk/enterprises/enterprise.html", shown)

"""What a project's page says of its doubles: closed into it, closed into another, or waiting to be decided."""

from typing import Any

from django.urls import reverse

from zhaoshang.capital.queries import verified_by_project
from zhaoshang.lookup.queries import family_of
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.review.deciding import pairs_of
from zhaoshang.review.rules import PairState


def family_shown(viewer: Viewer, project: Project) -> dict[str, Any]:
    """Links to what the viewer may see. Two queries, three more where there is a merger."""
    kept, closed = family_of(project.city, project.pk)
    others = Project.objects.visible_to(viewer).filter(pk__in=[*closed, *([kept] if kept else [])])
    seen = {one.pk: one for one in others} if kept or closed else {}
    merged = [seen[key] for key in closed if key in seen]
    arrived = verified_by_project(project.city, [project, *merged]) if merged else {}
    open_pairs = [pair for pair in pairs_of(project.city, project) if pair.state == PairState.OPEN]
    return {
        "kept": _link(seen[kept]) if kept in seen else None,
        "closed": [_link(one) | {"fen": arrived.get(one.pk, 0)} for one in merged],
        "total_fen": sum(arrived.values()),
        "open": [{"href": reverse("desk:duplicate", args=[one.pk]), "score": one.score} for one in open_pairs[:3]],
    }


def _link(one: Project) -> dict[str, Any]:
    return {"name": f"{one.name} {one.code}", "href": reverse("desk:project", args=[one.code])}

"""What waits for the caller, and the story of one project: what the desk's pages tell."""

from typing import Any

from django.utils import timezone
from ninja import Router

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.desk.story import story_of
from zhaoshang.desk.waiting import waiting_for
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project

router = Router(tags=["people"])


@router.get(
    "/me/waiting",
    auth=needs(*Can),
    response={200: list[dict[str, Any]]},
    summary="What waits for me today",
)
def waiting(request: ApiRequest) -> Any:
    """Most urgent first. ``href``: the desk's page; ``due_on``: none when nothing says until when."""
    today = timezone.localdate()
    return [
        {
            "label": one.label,
            "text": one.text,
            "href": one.href,
            "count": one.count,
            "due_on": one.due_on,
            "overdue": one.due_on is not None and one.due_on < today,
        }
        for one in waiting_for(request.viewer, today)
    ]


@router.get(
    "/projects/{code}/story",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="What happened to a project and what was promised",
    tags=["projects"],
)
def story(request: ApiRequest, code: str) -> Any:
    """The latest first. ``promised``: not yet so, but said for that day."""
    rows = Project.objects.visible_to(request.viewer).select_related("unit", "city")
    return [
        {"on": one.on, "kind": one.kind, "text": one.text, "who": one.who, "href": one.href, "promised": one.promised}
        for one in story_of(rows.get(code=code), request.viewer)
    ]

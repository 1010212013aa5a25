"""The story of one project on one page: a picture over time, and below it everything that happened or was promised."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import address, sheet
from zhaoshang.desk.story import story_of
from zhaoshang.desk.story.line import Line
from zhaoshang.desk.story_shown import picture
from zhaoshang.desk.views.projects import found_project
from zhaoshang.people.rules import Can
from zhaoshang.ui.filters import number


@desk_page(Can.READ_PAYMENTS)
def project_story(request: Any, code: str) -> HttpResponse:
    """``kind``: only lines so called; ``xlsx=1`` for the same as a file."""
    project, today = found_project(request, code), timezone.localdate()
    lines = story_of(project, request.viewer)
    kinds = list(dict.fromkeys(line.kind for line in sorted(lines, key=lambda line: line.kind)))
    chosen = request.GET.get("kind", "")
    wanted = chosen if chosen in kinds else ""
    kept = [line for line in lines if wanted in ("", line.kind)]
    if request.GET.get("xlsx"):
        return _as_sheet(project.name, kept)
    counts = {kind: sum(line.kind == kind for line in lines) for kind in kinds}
    shown = {
        "project": project,
        "picture": picture(project, lines, today),
        "items": [_item(line, today) for line in kept],
        "kinds": [
            {
                "label": _("全部"),
                "href": address(request, kind=None),
                "current": not wanted,
                "count": number(len(lines)),
            },
            *(
                {"label": kind, "href": address(request, kind=kind), "current": kind == wanted, "count": number(count)}
                for kind, count in counts.items()
            ),
        ],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/projects/story.html", shown)


def _item(line: Line, today: Any) -> dict[str, Any]:
    late = line.promised and line.on < today
    kind = "warn" if late else "todo" if line.promised else "ok"
    return {
        "at": line.on.isoformat(),
        "what": f"{line.kind}{_('：')}{line.text}",
        "who": line.who,
        "href": line.href,
        "kind": kind,
    }


def _as_sheet(name: str, lines: list[Line]) -> HttpResponse:
    heads = [
        Column(_("日期"), "date"),
        Column(_("类别")),
        Column(_("内容"), width=60),
        Column(_("谁"), width=20),
        Column(_("承诺"), width=8),
    ]
    rows: list[list[Value]] = [
        [line.on, line.kind, line.text, line.who, _("是") if line.promised else ""] for line in lines
    ]
    return sheet(heads, rows, _("项目全程"), [(_("项目"), name)])

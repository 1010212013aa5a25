"""Editions of the guide and its lists: the list of them and one of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.editions_shown import edition_columns, edition_row, edition_shown
from zhaoshang.opportunities.freezing import content_of
from zhaoshang.opportunities.models import Edition
from zhaoshang.people.rules import Can


@desk_page(Can.READ_OPPORTUNITIES)
def edition_list(request: Any) -> HttpResponse:
    """All editions, latest first; drafts only for those who write or approve them."""
    rows = list(visible_editions(request)[:100])
    now = timezone.now()
    in_force = Edition.objects.issued(request.viewer.city, now).values_list("number", flat=True).first()
    shown = {
        "columns": edition_columns(),
        "rows": [edition_row(one, in_force, now) for one in rows],
        "may_write": request.viewer.can(Can.WRITE_EDITIONS),
    }
    return render(request, "desk/editions/list.html", shown)


def visible_editions(request: Any) -> Any:
    """Issued ones for everybody who reads opportunities, all of them for those who write or approve."""
    viewer = request.viewer
    rows = Edition.objects.of(viewer.city).select_related("city", "asked_by", "approved_by").order_by("-number")
    works = viewer.can(Can.WRITE_EDITIONS) or viewer.can(Can.APPROVE_EDITIONS)
    return rows if works else rows.filter(published_at__lte=timezone.now())


def found_edition(request: Any, number: int) -> Edition:
    """The edition, if the viewer may see it."""
    edition = visible_editions(request).filter(number=number).first()
    if edition is None:
        raise Http404
    return edition  # type: ignore[no-any-return]


@desk_page(Can.READ_OPPORTUNITIES)
def edition_open(request: Any, number: int) -> HttpResponse:
    """One edition as it was frozen, with what has become of its entries since; a draft as it would be."""
    edition, now = found_edition(request, number), timezone.now()
    content = edition.frozen if edition.is_frozen else content_of(edition, now)
    return render(request, "desk/editions/edition.html", edition_shown(request, edition, content, now))

"""Saved views: filters and order of a list under a title, opened, renamed, shared, made the list's beginning, deleted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import query_of
from zhaoshang.desk.refusals import say
from zhaoshang.desk.saved_shown import gone_words, others_row, view_address, with_whom
from zhaoshang.people.rules import Can
from zhaoshang.regions import saved_views as actions
from zhaoshang.regions.kept_lists import LISTS, OPENED_BY
from zhaoshang.regions.models import ReportingUnit, SavedView
from zhaoshang.regions.rules import Shared
from zhaoshang.ui.filters import named

REFUSED = (actions.TitleMissing, actions.TitleTaken, actions.TooMany)


@desk_page(*OPENED_BY)
def saved_views(request: Any) -> HttpResponse:
    """One's own by list, to rename, share and delete; below, what others share."""
    viewer = request.viewer
    rows = list(actions.views_for(viewer).filter(page__in=LISTS))
    own = [one for one in rows if one.owner_id == viewer.user.pk]
    lists = [(page, _(one.label), [row for row in own if row.page == page]) for page, one in LISTS.items()]
    may_share = viewer.can(Can.SHARE_VIEWS)
    units = [(f"unit:{one.code}", named(one)) for one in ReportingUnit.objects.of(viewer.city)] if may_share else []
    shown = {
        "lists": [
            {"label": label, "href": reverse(f"desk:{page}"), "views": [_own_shown(one) for one in found]}
            for page, label, found in lists
            if found
        ],
        "others": [others_row(one) for one in rows if one.owner_id != viewer.user.pk],
        "may_share": may_share,
        "sharing": [("", _("自己看")), ("city", _("全市")), *units],
    }
    return render(request, "desk/saved/views.html", shown)


def _own_shown(saved: SavedView) -> dict[str, Any]:
    return {
        "key": saved.pk,
        "title": saved.title,
        "href": reverse("desk:saved_view", args=[saved.pk]),
        "with_whom": with_whom(saved),
        "shared": f"unit:{saved.unit.code}" if saved.unit else saved.shared,
        "is_default": saved.is_default,
        "gone": gone_words(saved),
    }


@desk_page(*OPENED_BY)
def saved_view(request: Any, key: UUID) -> HttpResponse:
    """Open its list under it; what the list goes by no longer is said."""
    saved = get_object_or_404(actions.views_for(request.viewer), pk=key)
    if lacks := gone_words(saved):
        messages.warning(request, f"{saved.title}{_('：')}{lacks}")
    return redirect(view_address(saved))


@desk_page(*OPENED_BY, methods=("POST",))
def view_save(request: Any) -> HttpResponse:
    """Keep the address ``asked`` of the list ``page`` under a ``title``."""
    viewer, given, asked = request.viewer, request.POST, QueryDict(request.POST.get("asked", ""))
    page = given.get("page", "")
    if page not in LISTS:
        return redirect("desk:saved_views")
    try:
        saved = actions.save_view(
            city=viewer.city, page=page, title=given.get("title", ""), query=[(name, str(text)) for name, text in asked.items()],
            shared=Shared.CITY if given.get("shared") == "city" else Shared.NOBODY,
            is_default=given.get("default") == "1", by=viewer.user, at=timezone.now(),
        )  # fmt: skip
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
        return redirect(f"{reverse(f'desk:{page}')}?{query_of(asked) or 'view='}")
    messages.success(request, _("已存下视图“%(title)s”。") % {"title": saved.title})
    return redirect(view_address(saved))


def _own(request: Any, key: UUID) -> SavedView:
    """One's own; another's looks absent."""
    rows = actions.views_for(request.viewer).filter(owner=request.viewer.user)
    return get_object_or_404(rows, pk=key)


def _told(request: Any, key: UUID) -> dict[str, Any]:
    return {"saved": _own(request, key), "by": request.viewer.user, "at": timezone.now()}


@desk_page(*OPENED_BY, methods=("POST",))
def view_rename(request: Any, key: UUID) -> HttpResponse:
    """Give it another title."""
    told = _told(request, key)
    try:
        actions.rename_view(title=request.POST.get("title", ""), **told)
        messages.success(request, _("已改名。"))
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    return redirect("desk:saved_views")


@desk_page(Can.SHARE_VIEWS, methods=("POST",))
def view_share(request: Any, key: UUID) -> HttpResponse:
    """Share it with ``city``, with ``unit:code``, or take it back."""
    told, (kind, _colon, code) = _told(request, key), request.POST.get("shared", "").partition(":")
    units = ReportingUnit.objects.of(request.viewer.city)
    unit = get_object_or_404(units, code=code) if kind == Shared.UNIT else None
    actions.share_view(shared=Shared(kind) if kind in list(Shared) else Shared.NOBODY, unit=unit, **told)
    messages.success(request, _("已共享。") if kind else _("已收回，只有您自己看得到。"))
    return redirect("desk:saved_views")


@desk_page(*OPENED_BY, methods=("POST",))
def view_prefer(request: Any, key: UUID) -> HttpResponse:
    """Let the list open with it (``preferred=1``), or plainly again."""
    actions.prefer_view(preferred=request.POST.get("preferred") == "1", **_told(request, key))
    messages.success(request, _("已改。"))
    return redirect("desk:saved_views")


@desk_page(*OPENED_BY, methods=("POST",))
def view_delete(request: Any, key: UUID) -> HttpResponse:
    """Take it away."""
    actions.delete_view(**_told(request, key))
    messages.success(request, _("已删除。"))
    return redirect("desk:saved_views")

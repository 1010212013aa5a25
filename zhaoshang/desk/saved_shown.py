"""The bar of saved views over a list, and how a view is opened: by its address, without what its list goes by no longer."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.people.rules import Can
from zhaoshang.regions.kept_lists import gone, kept
from zhaoshang.regions.models import SavedView
from zhaoshang.regions.rules import Shared
from zhaoshang.regions.saved_views import views_for
from zhaoshang.ui.filters import called, named

PLAIN = "?view="  # an address that asks for nothing, and does not open the default view either


@dataclass(frozen=True, slots=True)
class ViewBar:
    """What the bar needs. ``opens_with``: where a bare address leads whose owner has a default view."""

    page: str
    options: list[dict[str, Any]]
    asked: str
    may_share: bool
    opens_with: str = ""


def view_bar(request: Any, page: str) -> ViewBar:
    """The viewer's views of a list, the present one marked. One query."""
    now = kept(page, request.GET.items())
    rows = list(views_for(request.viewer).filter(page=page))
    options = [
        {"label": one.title, "href": reverse("desk:saved_view", args=[one.pk]), "current": _same(one, now)}
        for one in rows
    ]
    default = next((one for one in rows if one.is_default and one.owner_id == request.viewer.user.pk), None)
    bare = not request.META.get("QUERY_STRING") and request.method == "GET"
    return ViewBar(
        page=page,
        options=[{"label": _("全部"), "href": PLAIN, "current": not now}, *options] if options else [],
        asked=urlencode(now),
        may_share=request.viewer.can(Can.SHARE_VIEWS),
        opens_with=view_address(default) if default and bare else "",
    )


def _same(saved: SavedView, now: list[tuple[str, str]]) -> bool:
    return sorted(kept(saved.page, _pairs(saved))) == sorted(now)


def _pairs(saved: SavedView) -> list[tuple[str, str]]:
    return [(str(name), str(text)) for name, text in saved.query]


def view_address(saved: SavedView) -> str:
    """The list under the view's filters and order; what the list goes by no longer is left out."""
    pairs = kept(saved.page, _pairs(saved))
    return reverse(f"desk:{saved.page}") + (f"?{urlencode(pairs)}" if pairs else PLAIN)


def gone_words(saved: SavedView) -> str:
    """What a view asks for and its list no longer has; "" when all still holds."""
    names = gone(saved.page, _pairs(saved))
    return _("条件 %(names)s 已取消，没有用上。") % {"names": _("、").join(names)} if names else ""


def with_whom(saved: SavedView) -> str:
    """Who sees it, in words."""
    if saved.shared == Shared.UNIT and saved.unit:
        return named(saved.unit)
    return _("全市") if saved.shared == Shared.CITY else _("自己看")


def others_row(saved: SavedView) -> dict[str, Any]:
    """A view that somebody else shares."""
    href = reverse("desk:saved_view", args=[saved.pk])
    note = gone_words(saved) or None
    return {
        "_href": href,
        "title": {"text": saved.title, "href": href, "note": note},
        "owner": called(saved.owner),
        "shared": with_whom(saved),
    }

"""What every page of the desk shows around its content: city, person, navigation. ``request.viewer`` stays the way to ask for rights."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext

from zhaoshang.desk.nav import entries_of
from zhaoshang.people.rules import ROLE_LABELS, Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.clock import is_set_back
from zhaoshang.ui.filters import english as english_page
from zhaoshang.ui.filters import named as named


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the base layouts, as ``ui/README.md`` names it. Pages outside the desk get no navigation from here."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    frame: dict[str, Any] = {
        "demo": settings.DEMO,
        "desk_url": settings.DESK_URL,
        "language_url": reverse("desk:language"),
    }
    if is_set_back():
        frame["demo_day"] = timezone.localdate()
    if viewer is not None and viewer.city.name:
        frame |= {"city_name": named(viewer.city), "copy_of": viewer.city.restored_from}
    place = request.resolver_match
    if viewer is None or viewer.user is None or place is None or place.namespace != "desk":
        return frame
    if viewer.can(Can.READ_PAYMENTS) or viewer.can(Can.SEE_ACCOUNTS):
        frame |= {"search_url": reverse("desk:search"), "search_text": request.GET.get("q", "")[:80]}
    if (viewer.city.restored_from or viewer.city.behind_seq) and viewer.can(Can.GRANT):
        frame["copy_url"] = reverse("desk:copy")
    shown = person(viewer)
    if viewer.can(Can.SUPERVISE):
        page = {
            "label": gettext("就此页写督办"),
            "href": f"{reverse('desk:order_new')}?{urlencode({'href': request.path})}",
        }
        shown["links"] = [page, *shown["links"]]
    return frame | {"home_url": reverse("desk:home"), "nav": navigation(request, viewer), "viewer": shown}


def navigation(request: HttpRequest, viewer: Viewer) -> list[dict[str, Any]]:
    """The entries that the viewer's role may open; the current one is marked by the longest address that begins this page's."""
    items: list[dict[str, Any]] = []
    for entry in entries_of(viewer.role):
        try:
            items.append(
                {**entry, "href": reverse(entry["url"]), "label": str(entry["label"]), "group": str(entry["group"])}
            )
        except NoReverseMatch:
            continue
    home = reverse("desk:home")
    begins = {
        item["href"]: item
        for item in items
        if request.path == item["href"] or (item["href"] != home and request.path.startswith(item["href"]))
    }
    if begins:
        begins[max(begins, key=len)]["current"] = True
    return items


def person(viewer: Viewer) -> dict[str, Any]:
    """Who is logged in, for the top bar. One query for an officer's units, none for others."""
    user = viewer.user
    assert user is not None
    english = english_page() and user.display_name_en
    units = ReportingUnit.objects.of(viewer.city).filter(pk__in=viewer.unit_ids) if viewer.unit_ids else []
    return {
        "key": str(user.pk),
        "name": user.display_name_en if english else user.display_name,
        "role": gettext(ROLE_LABELS[viewer.role]) if viewer.role else gettext("尚未授权"),
        "unit": gettext("、").join(named(unit) for unit in units),
        "links": [
            {"label": gettext("修改密码"), "href": reverse("desk:password")},
            {"label": gettext("第二验证"), "href": reverse("desk:second_factor")},
            {"label": gettext("后台任务"), "href": reverse("desk:jobs")},
        ],
        "logout_url": reverse("desk:logout"),
    }

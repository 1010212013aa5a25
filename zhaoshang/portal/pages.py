"""What every public page shares: no login, no cookie, a language in the address, and headers that let caches keep it."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhaoshang.portal.keeping import kept_page
from zhaoshang.publishing.queries import standing_pages
from zhaoshang.publishing.rules import STANDING_PAGES
from zhaoshang.tenancy.models import City

KEPT_SECONDS = 60
FILE_SECONDS = 3600
View = Callable[..., HttpResponse]


def language_asked(request: HttpRequest) -> str:
    """The language in the address; empty when it names none that we have."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def public_page(view: View) -> View:
    """A page that anybody may read and any cache may keep for a minute; ``?lang=en`` is its language."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(language_asked(request) or translation.get_language()):
            response = kept_page(request, lambda: _tagged(view(request, *args, **kwargs)))
        return _same_or(request, response)

    return shown


def _tagged(response: HttpResponse) -> HttpResponse:
    """With its headers for caches."""
    response.headers.setdefault("Cache-Control", f"public, max-age={KEPT_SECONDS}")
    patch_vary_headers(response, ("HX-Target",))
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return response


def _same_or(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 for who has it already."""
    if response.status_code == 200 and request.headers.get("If-None-Match") == response["ETag"]:
        same = HttpResponseNotModified()
        for name in ("ETag", "Cache-Control", "Vary"):
            same[name] = response[name]
        return same
    return response


class Links:
    """Addresses of public pages that keep the language of the page they stand on."""

    def __init__(self, request: HttpRequest) -> None:
        self.asked = language_asked(request)

    def __call__(self, name: str, *args: object) -> str:
        """The address of ``portal:name``."""
        address = reverse(f"portal:{name}", args=args or None)
        return f"{address}?lang={self.asked}" if self.asked and name != "bulletin_file" else address


def _standing(city: City) -> frozenset[str]:
    """The standing pages to be named in the foot, looked up once a minute."""
    if city._state.adding:
        return frozenset()
    name = f"standing:{city.pk}"
    found: frozenset[str] | None = cache.get(name)
    if found is None:
        found = standing_pages(city, timezone.now())
        cache.set(name, found, KEPT_SECONDS)
    return found


def render_public(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Without the request's context processors: nothing of a login or of its cookies can get into a public page."""
    city: City = request.viewer.city  # type: ignore[attr-defined]
    link = Links(request)
    english = (translation.get_language() or "").startswith("en")
    standing = _standing(city)
    other = {"code": "zh-Hans", "label": "中文"} if english else {"code": "en", "label": "English"}
    asked = request.GET.copy()
    asked["lang"] = other["code"].lower()
    shell = {
        "city": city,
        "canonical": f"{settings.PUBLIC_URL}{request.path}",
        "city_name": city.name_en if english and city.name_en else city.name,
        "bureau_name": _("招商数据公开"),
        "home_url": link("home"),
        "demo": settings.DEMO,
        "nav": [
            {
                "label": _("招商机会"),
                "href": link("opportunities"),
                "current": request.path.startswith(reverse("portal:opportunities")),
            },
            {
                "label": _("一指南两清单"),
                "href": link("editions"),
                "current": request.path.startswith(reverse("portal:editions")),
            },
            {"label": _("公开数据"), "href": f"{link('home')}#data"},
            {"label": _("动态与政策"), "href": link("articles"), "current": request.path == reverse("portal:articles")},
            {"label": _("引荐奖励公示"), "href": link("notices"), "current": request.path == reverse("portal:notices")},
        ],
        "other_language": {**other, "href": f"{request.path}?{asked.urlencode()}"},
        "foot": [
            *(
                {"label": _(label), "href": link("article", code)}
                for code, label in STANDING_PAGES.items()
                if code in standing
            ),
            {"label": _("招商日历"), "href": link("calendar")},
            {"label": _("更正与申请"), "href": link("ask")},
            {"label": _("办理记录"), "href": link("log")},
            *([] if settings.PORTAL_ALONE else [{"label": _("工作人员登录"), "href": reverse("desk:home")}]),
        ],
        "feeds": [
            {"type": "application/atom+xml", "title": _("动态与政策"), "href": link("feed")},
            {"type": "text/calendar", "title": _("招商日历"), "href": link("calendar_file")},
        ],
        "link": link,
        "request": request,
        "english": english,
    }
    return HttpResponse(render_to_string(template, shell | context))

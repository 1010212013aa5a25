"""What machines ask of the site: where everything is, and what is not for them."""

from datetime import date
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from zhaoshang.bulletins.queries import published_in
from zhaoshang.opportunities.models import Edition, Opportunity
from zhaoshang.portal.articles import SECTIONS
from zhaoshang.portal.pages import public_page
from zhaoshang.publishing.queries import listed

MOST = 5_000
PAGES = ("home", "opportunities", "opportunity_map", "offer_data", "editions", "articles", "calendar", "notices", "log")
CLOSED = ("/desk/", "/api/", "/ask/", "/join/", "/saved/", "/demand/", "/leads/")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: the public pages are open to all, what a link alone opens is not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {_absolute('sitemap')}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """sitemap.xml: every page that may be found, with its English beside it."""
    city, at = request.viewer.city, timezone.now()  # type: ignore[attr-defined]
    found: list[tuple[str, date | None]] = [(_absolute(name), None) for name in PAGES]
    offers = Opportunity.objects.listed(city, at).order_by("code").values_list("code", "checked_on")[:MOST]
    found += [(_absolute("opportunity", code), on) for code, on in offers]
    issued = Edition.objects.issued(city, at).values_list("number", "published_at")[:MOST]
    found += [(_absolute("edition", number), timezone.localdate(out)) for number, out in issued]
    articles = listed(city, at, *SECTIONS)[:MOST]
    found += [(_absolute("article", row.code), timezone.localdate(row.first_at)) for row in articles]
    found += [
        (_absolute("bulletin", row.pk), timezone.localdate(row.published_at)) for row in published_in(city)[:MOST]
    ]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
        *(_line(href, on) for href, on in found),
        "</urlset>",
    ]
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")


def _absolute(name: str, *args: object) -> str:
    return f"{settings.PUBLIC_URL}{reverse(f'portal:{name}', args=args or None)}"


def _line(href: str, on: date | None) -> str:
    changed = f"<lastmod>{on.isoformat()}</lastmod>" if on else ""
    english = f'<xhtml:link rel="alternate" hreflang="en" href="{escape(href)}?lang=en"/>'
    return f"<url><loc>{escape(href)}</loc>{changed}{english}</url>"

"""The template environment of all own pages; named in the settings as ``zhaoshang.ui.jinja.environment``."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from zhaoshang.ui import charts, tables
from zhaoshang.ui.documents.words import heading_label
from zhaoshang.ui.filters import FILTERS


def url(name: str, *args: object, **kwargs: object) -> str:
    """Address of a page by its name: ``url("desk:league", period="2023Q1")``."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def in_drawer(request: HttpRequest) -> bool:
    """Whether the page was asked for by the drawer, so that only its inside is wanted."""
    return request.headers.get("HX-Target") == "drawer-body"


def csp_nonce(request: HttpRequest) -> str:
    """The request's nonce, for what cannot do without an inline script; own pages have none."""
    return str(getattr(request, "csp_nonce", ""))


def language() -> str:
    """Language of the page being made, as HTML's ``lang`` wants it."""
    return translation.to_locale(translation.get_language() or settings.LANGUAGE_CODE).replace("_", "-")


def environment(**options: Any) -> Environment:
    """Jinja2 with the project's words, filters and functions.

    A name that nobody gave is an error, not an empty place: a page must never show a figure's absence as nothing.
    """
    options.setdefault("undefined", StrictUndefined)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    made = Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 - Django passes autoescape=True  # nosec B701
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.filters.update(FILTERS)
    made.globals.update(
        static=static,
        url=url,
        in_drawer=in_drawer,
        csp_nonce=csp_nonce,
        page_language=language,
        languages=lambda: settings.LANGUAGES,
        lay_out=tables.lay_out,
        next_sort=tables.next_sort,
        sort_direction=tables.direction,
        charts=charts,
        heading_label=heading_label,
    )
    return made

"""The top bar's search: everything that a text finds, in groups; a code or a number leads straight to its page."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Payment
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.nav import entries_of
from zhaoshang.desk.opportunities_shown import title_of
from zhaoshang.desk.questions.examples import saved_address
from zhaoshang.enterprises.models import Contact, Enterprise
from zhaoshang.lookup.rules import initials, plain
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.questions.finding import GROUP_LABELS, LONGEST_CHARACTERS, Finding, find
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called, date_, wan

NEEDS = (Can.READ_PAYMENTS, Can.SEE_ACCOUNTS)


@desk_page(*NEEDS)
def search(request: Any) -> HttpResponse:
    """``?q=``; what the viewer may see, and straight to the page when the text names just one thing."""
    text = request.GET.get("q", "").strip()[:LONGEST_CHARACTERS]
    found, pages = find(request.viewer, text), pages_named(request.viewer, text)
    if (only := _only(found)) is not None and not pages:
        return redirect(only)
    if len(pages) == 1 and not found:
        return redirect(pages[0]["_href"])
    groups: list[dict[str, Any]] = [
        {
            "label": _(GROUP_LABELS[one.group]),
            "columns": _columns(one.group),
            "rows": [_ROWS[one.group](row) for row in one.rows],
        }
        for one in found
    ]
    if pages:
        columns = [
            {"key": "name", "label": _("页面"), "kind": "link", "head": True},
            {"key": "group", "label": _("栏目")},
        ]
        groups.insert(0, {"label": _("页面"), "columns": columns, "rows": pages})
    return render(request, "desk/search.html", {"text": text, "groups": groups})


def pages_named(viewer: Viewer, text: str) -> list[dict[str, Any]]:
    """Entries of the navigation that the viewer may open, by a piece of their name in either language or by pinyin initials."""
    wanted, found = plain(text).lower(), []
    for entry in entries_of(viewer.role) if wanted else ():
        names = {language: _in(language, entry["label"]) for language in ("zh-hans", "en")}
        spelled = initials(plain(names["zh-hans"])).lower()
        if spelled.startswith(wanted) or any(wanted in plain(name).lower() for name in names.values()):
            href = reverse(entry["url"])
            found.append(
                {"name": {"text": str(entry["label"]), "href": href}, "group": str(entry["group"]), "_href": href}
            )
    return found


def _in(language: str, text: Any) -> str:
    with translation.override(language):
        return str(text)


def _only(found: Sequence[Finding]) -> str | None:
    """The address of the one thing that was found; a project and its own enterprise are one thing."""
    groups = {one.group: one.rows for one in found}
    if len(groups) == 2 and len(groups.get("projects", ())) == 1:
        project = groups["projects"][0]
        groups = {"projects": [project]} if groups.get("enterprises") == [project.enterprise] else groups
    if len(groups) != 1:
        return None
    [(group, rows)] = groups.items()
    return str(_ROWS[group](rows[0])["_href"]) if len(rows) == 1 else None


def _columns(group: str) -> list[dict[str, Any]]:
    head = {"key": "name", "label": _(GROUP_LABELS[group]), "kind": "link", "head": True}
    unit = {"key": "unit", "label": _("地区")}
    more: dict[str, list[dict[str, Any]]] = {
        "projects": [{"key": "enterprise", "label": _("企业")}, unit],
        "enterprises": [{"key": "uscc", "label": _("统一社会信用代码")}],
        "contacts": [{"key": "enterprise", "label": _("企业")}],
        "payments": [
            {"key": "amount", "label": _("到账"), "unit": _("万元"), "kind": "number"},
            {"key": "paid_on", "label": _("到账日"), "kind": "date"},
            unit,
        ],
    }
    return [head, *more.get(group, [])]


def _project(one: Project) -> dict[str, Any]:
    href = reverse("desk:project", args=[one.code])
    name = {"text": one.name, "href": href, "note": one.code}
    return {"name": name, "enterprise": one.enterprise.name, "unit": named(one.unit), "_href": href}


def _enterprise(one: Enterprise) -> dict[str, Any]:
    href = reverse("desk:enterprise", args=[one.pk])
    return {"name": {"text": one.name, "href": href}, "uscc": one.uscc, "_href": href}


def _payment(one: Payment) -> dict[str, Any]:
    href = reverse("desk:payment", args=[one.pk])
    return {
        "name": {"text": one.project.name, "href": href, "note": one.bank_serial},
        "amount": wan(one.amount_fen),
        "paid_on": one.paid_on.isoformat(),
        "unit": named(one.unit),
        "_href": href,
    }


def _contact(one: Contact) -> dict[str, Any]:
    href = reverse("desk:contact", args=[one.pk])
    return {
        "name": {"text": one.name, "href": href, "note": one.post},
        "enterprise": one.enterprise.name,
        "_href": href,
    }


def _plain(
    text: Callable[[Any], str], href: Callable[[Any], str], note: Callable[[Any], str]
) -> Callable[[Any], dict[str, Any]]:
    return lambda one: {"name": {"text": text(one), "href": href(one), "note": note(one)}, "_href": href(one)}


_ROWS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "projects": _project,
    "enterprises": _enterprise,
    "payments": _payment,
    "units": _plain(
        named, lambda one: f"{reverse('desk:project_list')}?unit={one.code}", lambda one: _("看这个地区的项目")
    ),
    "opportunities": _plain(title_of, lambda one: reverse("desk:opportunity", args=[one.code]), lambda one: one.code),
    "bulletins": _plain(str, lambda one: reverse("desk:bulletin_open", args=[one.pk]), lambda one: one.number),
    "texts": _plain(str, lambda one: reverse("desk:text_open", args=[one.pk]), lambda one: date_(one.checked_at)),
    "questions": _plain(str, lambda one: saved_address(one), lambda one: called(one.owner)),
    "contacts": _contact,
    "people": _plain(called, lambda one: reverse("desk:people"), lambda one: one.username),
}

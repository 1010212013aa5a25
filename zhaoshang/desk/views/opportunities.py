"""Opportunities: the list, one entry, the map."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.hiding import sought
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.desk.opportunities_shown import (
    PILLS,
    files_shown,
    history_items,
    lacks,
    list_columns,
    list_row,
    outline_note,
    own_facts,
    shared_facts,
    sheet_columns,
    sheet_row,
    summary_of,
    title_of,
)
from zhaoshang.desk.opportunity_maps import city_picture, plan_picture, spot_of
from zhaoshang.desk.saved_shown import view_bar
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.practice import PRACTICE
from zhaoshang.opportunities.queries import due_rows, history_of, reservations_on, statuses_on
from zhaoshang.opportunities.rules import KIND_LABELS, STATUS_LABELS, Kind, State, Status
from zhaoshang.people.rules import Can
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.kept_lists import LISTS
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import named

FILTERS = dict.fromkeys(LISTS["opportunity_list"].filters)
OFFERS = ("listed", "draft", "taken", "expired", "closed", "all")
MOST_EXPORTED = 20_000
MOST_ON_MAP = 500
HISTORY_SHOWN = 50


@desk_page(Can.READ_OPPORTUNITIES)
def opportunity_list(request: Any) -> HttpResponse:
    """Entries, newest first; what is offered unless something else is asked for."""
    viewer, wanted, now = request.viewer, chosen(request, FILTERS), timezone.now()
    views = view_bar(request, "opportunity_list")
    if views.opens_with:
        return redirect(views.opens_with)
    rows = filtered(request, wanted)
    kind = Kind(wanted["kind"]) if wanted.get("kind") in set(Kind) else None
    if request.GET.get("xlsx"):
        return _as_sheet(request, rows, kind)
    page = page_of(request, rows)
    today = timezone.localdate(now)
    statuses, held = statuses_on(viewer.city, page.rows, today), reservations_on(viewer.city, page.rows, today)
    units = [(unit.code, named(unit)) for unit in ReportingUnit.objects.of(viewer.city)]
    shown = {
        "views": views,
        "page": page,
        "columns": list_columns(),
        "rows": [list_row(one, statuses[one.pk], held.get(one.pk)) for one in page.rows],
        "wanted": wanted,
        "kinds": [("", _("全部")), *((str(one), _(text)) for one, text in KIND_LABELS.items())],
        "units": [("", _("全部")), ("city", _("市级")), *units],
        "industries": [("", _("全部")), *((key, f"{key} {_(text)}") for key, text in INDUSTRIES.items())],
        "offers": [(one, _offer_words(one)) for one in OFFERS],
        "may_keep": viewer.can(Can.KEEP_OPPORTUNITIES),
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/opportunities/list.html", shown)


def _offer_words(offer: str) -> str:
    words = {"listed": _("在列"), "all": _("全部")}
    return words.get(offer) or _(STATUS_LABELS[Status(offer)])


def filtered(request: Any, wanted: dict[str, str]) -> "QuerySet[Opportunity]":
    """The viewer's entries under the filters of the address."""
    viewer, now = request.viewer, timezone.now()
    rows = Opportunity.objects.visible_to(viewer).select_related("unit", "steward")
    offer, today = wanted.get("offer", "listed"), timezone.localdate(now)
    if offer == "draft":
        rows = rows.filter(published_at__isnull=True, state__in=[State.AVAILABLE, State.IN_TALKS])
    elif offer == "expired":
        rows = rows.filter(expires_on__lt=today, state__in=[State.AVAILABLE, State.IN_TALKS])
    elif offer in ("taken", "closed"):
        rows = rows.filter(state=offer)
    elif offer != "all":
        rows = rows & Opportunity.objects.listed(viewer.city, now)
    for name in ("kind", "industry"):
        if name in wanted:
            rows = rows.filter(**{name: wanted[name]})
    if unit := wanted.get("unit"):
        rows = rows.filter(unit__isnull=True) if unit == "city" else rows.filter(unit__code=unit)
    if wanted.get("steward") == "me":
        rows = rows.filter(steward=viewer.user)
    if "due" in wanted:
        rows = rows.filter(due_rows(viewer.city, today))
    if text := wanted.get("q"):
        rows = rows.filter(Q(code__istartswith=text) | sought(viewer, text, "title", "title_en"))
    return rows


def _as_sheet(request: Any, rows: "QuerySet[Opportunity]", kind: Kind | None) -> HttpResponse:
    entries = list(rows.order_by("code")[:MOST_EXPORTED])
    statuses = statuses_on(request.viewer.city, entries, timezone.localdate())
    lines = [sheet_row(one, statuses[one.pk], kind) for one in entries]
    return sheet(sheet_columns(kind), lines, _(KIND_LABELS[kind]) if kind else _("招商条目"), [])


def found_entry(request: Any, code: str) -> Opportunity:
    """The entry, if the viewer may see it; hidden and absent are the same 404."""
    rows = Opportunity.objects.visible_to(request.viewer)
    rows = rows.select_related("unit", "steward", "checked_by", "taken_by", "city")
    return get_object_or_404(rows, code=code)  # type: ignore[no-any-return]


@desk_page(Can.READ_OPPORTUNITIES)
def opportunity_open(request: Any, code: str) -> HttpResponse:
    """One entry: how it stands, what it says, what is missing, what happened."""
    entry, today = found_entry(request, code), timezone.localdate()
    reservation = reservations_on(entry.city, [entry], today).get(entry.pk)
    status, practice = statuses_on(entry.city, [entry], today)[entry.pk], PRACTICE.on(entry.city, today).read
    shown = {
        "entry": entry,
        "title": title_of(entry),
        "summary": summary_of(entry),
        "status": status,
        "status_text": _(STATUS_LABELS[status]),
        "status_pill": PILLS[status],
        "reservation": reservation,
        "shared": shared_facts(entry, practice),
        "own": own_facts(entry),
        "lacks": lacks(entry),
        "outline_note": outline_note(entry, practice),
        "plan": plan_picture(entry) if entry.outline else None,
        "files": files_shown(entry),
        "history": history_items(list(history_of(entry)[:HISTORY_SHOWN])),
        "may_keep": entry.may_be_kept_by(request.viewer),
        "stale": practice.check_due(entry.kind, entry.checked_on) < today,
        "today": today,
    }
    return render(request, "desk/opportunities/entry.html", shown)


@desk_page(Can.READ_OPPORTUNITIES)
def opportunity_map(request: Any) -> HttpResponse:
    """What is offered, on the map of the city; the same entries as a list below."""
    wanted = chosen(request, FILTERS)
    entries = list(filtered(request, wanted).order_by("kind", "code")[:MOST_ON_MAP])
    spots = [spot for entry in entries if (spot := spot_of(entry))]
    shown = {
        "picture": city_picture(request.viewer.city, spots),
        "columns": list_columns(),
        "rows": [list_row(one, status) for one, status in zip(entries, _statuses(request, entries), strict=True)],
        "unplaced": len(entries) - len(spots),
        "wanted": wanted,
        "kinds": [("", _("全部")), *((str(one), _(text)) for one, text in KIND_LABELS.items())],
    }
    return render(request, "desk/opportunities/map.html", shown)


def _statuses(request: Any, entries: list[Opportunity]) -> list[Status]:
    found = statuses_on(request.viewer.city, entries, timezone.localdate())
    return [found[one.pk] for one in entries]

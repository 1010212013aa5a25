"""Entries as an edition keeps them, and what stands in the way of freezing it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from zhaoshang.opportunities.editions import difference, entries_in
from zhaoshang.opportunities.models import Edition, EditionEntry, Opportunity
from zhaoshang.opportunities.queries import missing_fields, reservations_on, statuses_on
from zhaoshang.opportunities.rules import LISTED, Status

_WHY = {Status.TAKEN: "taken", Status.EXPIRED: "expired", Status.CLOSED: "closed"}


def chosen_in(edition: Edition) -> dict[str, list[Opportunity]]:
    """The entries of a draft by list, by code. One query."""
    rows = EditionEntry.objects.of(edition.city_id).filter(edition=edition)
    rows = rows.select_related("opportunity__unit").order_by("opportunity__code")
    found: dict[str, list[Opportunity]] = {one["code"]: [] for one in edition.lists}
    for row in rows:
        found.setdefault(row.list_code, []).append(row.opportunity)
    return found


def unfit_entries(edition: Edition, at: datetime) -> list[tuple[Opportunity, str]]:
    """Chosen entries that may not stand in an edition that comes out at the instant, and why: ``not_listed`` or ``incomplete``."""
    on = timezone.localdate(at)
    entries = [entry for some in chosen_in(edition).values() for entry in some]
    return [
        (one, "incomplete" if _listed(one, at, on) else "not_listed")
        for one in entries
        if not _listed(one, at, on) or missing_fields(one)
    ]


def _listed(entry: Opportunity, at: datetime, on: Any) -> bool:
    """As ``OpportunityQuerySet.listed`` has it, of rows at hand."""
    published = entry.published_at is not None and entry.published_at <= at
    return published and entry.state in LISTED and entry.expires_on >= on


def content_of(edition: Edition, at: datetime) -> dict[str, Any]:
    """All that the edition says if it comes out at the instant."""
    chosen = chosen_in(edition)
    held = reservations_on(edition.city, [entry for some in chosen.values() for entry in some], timezone.localdate(at))
    lists = [
        {**one, "entries": [_entry(entry, held.get(entry.pk)) for entry in chosen.get(one["code"], [])]}
        for one in edition.lists
    ]
    before = last_before(edition)
    return {
        "number": edition.number,
        "title": edition.title,
        "title_en": edition.title_en,
        "issuer": edition.issuer,
        "dated": edition.dated.isoformat(),
        "published_at": at.isoformat(),
        "sample": edition.is_sample,
        "sections": edition.sections,
        "lists": lists,
        "difference": difference(before.frozen if before else None, lists, _why(edition, before, at)),
    }


def last_before(edition: Edition) -> Edition | None:
    """The frozen edition with the highest number below."""
    rows = Edition.objects.of(edition.city_id).filter(number__lt=edition.number).exclude(digest="")
    return rows.order_by("-number").first()


def _why(edition: Edition, before: Edition | None, at: datetime) -> dict[str, str]:
    """Why entries of the edition before could not stand in this one."""
    if before is None:
        return {}
    codes = [row["code"] for row in entries_in(before.frozen)]
    entries = list(Opportunity.objects.of(edition.city_id).filter(code__in=codes))
    statuses = statuses_on(edition.city, entries, timezone.localdate(at))
    return {one.code: _WHY.get(statuses[one.pk], "left_out") for one in entries}


def _entry(entry: Opportunity, reservation: Any) -> dict[str, Any]:
    unit = entry.unit
    return {
        "code": entry.code,
        "kind": entry.kind,
        "title": entry.title,
        "title_en": entry.title_en,
        "unit": unit.code if unit else "",
        "unit_name": unit.name if unit else "",
        "unit_name_en": unit.name_en if unit else "",
        "summary": entry.summary,
        "summary_en": entry.summary_en,
        "industry": entry.industry,
        "amount_fen": entry.amount_fen,
        "area_m2": str(entry.area_m2) if entry.area_m2 is not None else None,
        "outline": entry.outline,
        "outline_m2": str(entry.outline_m2) if entry.outline_m2 is not None else None,
        "fields": entry.public_fields,
        "fields_en": entry.public_english,
        "state": entry.state,
        "reserved_until": reservation.until_on.isoformat() if reservation else None,
        "expires_on": entry.expires_on.isoformat(),
        "checked_on": entry.checked_on.isoformat(),
        "sample": entry.is_sample,
    }

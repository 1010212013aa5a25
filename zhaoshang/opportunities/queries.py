"""What is asked of entries: what is missing, how they stand today, which wait for their steward."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from zhaoshang.common.problems import N_
from zhaoshang.opportunities.fields import Field
from zhaoshang.opportunities.models import EntryChange, EntryFile, Opportunity, Reservation
from zhaoshang.opportunities.practice import PRACTICE
from zhaoshang.opportunities.rules import LISTED, WARNING, Kind, Status, status_on
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

_SHARED = {
    "summary": Field("summary", N_("简介")),
    "amount_fen": Field("amount_fen", N_("总投资")),
    "area_m2": Field("area_m2", N_("面积")),
}
_OF_KIND = {
    Kind.PARCEL: ("summary", "area_m2"),
    Kind.KEY_REGION: ("summary", "area_m2"),
    Kind.ZONE: ("summary", "amount_fen"),
    Kind.PLANNED: ("summary", "amount_fen"),
    Kind.SOE: ("summary", "amount_fen"),
    Kind.GOVERNMENT: ("summary", "amount_fen"),
}


def missing_fields(entry: Opportunity) -> list[Field]:
    """What is needed before the entry may be published and is not there."""
    shared = [_SHARED[name] for name in _OF_KIND[Kind(entry.kind)] if getattr(entry, name) in (None, "")]
    return shared + [one for one in entry.declared if one.needed and one.name not in entry.fields]


def reservations_on(city: City, entries: Collection[Opportunity], day: date) -> dict[UUID, Reservation]:
    """Those that hold on the day, by entry. One query."""
    rows = Reservation.objects.of(city).filter(
        opportunity_id__in=[one.pk for one in entries], ended_on__isnull=True, until_on__gte=day
    )
    return {one.opportunity_id: one for one in rows.select_related("project")}


def statuses_on(city: City, entries: Collection[Opportunity], day: date) -> dict[UUID, Status]:
    """How each stands on the day. One query, none without entries."""
    held = reservations_on(city, entries, day) if entries else {}
    return {one.pk: _status(one, held.get(one.pk), day) for one in entries}


def _status(entry: Opportunity, reservation: Reservation | None, day: date) -> Status:
    return status_on(
        entry.state,
        published=entry.published_at is not None,
        expires_on=entry.expires_on,
        reserved_until=reservation.until_on if reservation else None,
        on=day,
    )


def history_of(entry: Opportunity) -> "QuerySet[EntryChange]":
    """What happened to it, latest first."""
    return (
        EntryChange.objects.of(entry.city_id)
        .filter(opportunity=entry)
        .select_related("project", "by")
        .order_by("-at", "-id")
    )


def files_of(city: City, entries: Iterable[Opportunity], *, public: bool = False) -> dict[UUID, list[EntryFile]]:
    """Photos and papers by entry, in the order in which they were added. One query."""
    rows = (
        EntryFile.objects.of(city)
        .filter(opportunity_id__in=[one.pk for one in entries])
        .select_related("file", "opportunity")
    )
    found: dict[UUID, list[EntryFile]] = {}
    for one in rows.filter(is_public=True) if public else rows:
        found.setdefault(one.opportunity_id, []).append(one)
    return found


def due_rows(city: City, today: date) -> Q:
    """The condition of rows that are to be checked again, by what each kind asks. One query."""
    found = Q()
    for kind, days in PRACTICE.on(city, today).read.check_days.items():
        found |= Q(kind=kind, checked_on__lt=today - timedelta(days=days))
    return found


def waiting_for(steward: User, city: City, today: date) -> tuple[list[date], list[Opportunity]]:
    """By when the steward's entries in offer were to be checked again, and those of them that expire soon or did. Two queries."""
    rows = Opportunity.objects.of(city).filter(steward=steward, state__in=list(LISTED), published_at__isnull=False)
    entries, practice = list(rows.order_by("checked_on", "code")), PRACTICE.on(city, today).read
    due = [practice.check_due(one.kind, one.checked_on) for one in entries]
    return [day for day in due if day < today], [one for one in entries if one.expires_on < today + WARNING]

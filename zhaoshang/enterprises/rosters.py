"""The central SOEs as published (国务院国资委央企名录): dated lists, completed by hand or by file, and linked to cards.

A list says how many names its source has; nobody pretends that all of them are entered.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from zhaoshang.enterprises.actions import Card, create_enterprise
from zhaoshang.enterprises.models import Enterprise, Roster, RosterEntry
from zhaoshang.enterprises.notes import TextMissing
from zhaoshang.enterprises.rules import Ownership
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

SHIPPED = Path(__file__).parent / "data" / "rosters.toml"


class DatedAlready(Exception):
    """There is a list of this day."""


class TooManyNames(Exception):
    """More names than the source is said to have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoster:
    """A list as its source prints it."""

    title: str
    source: str
    dated: date
    published: int


def shipped() -> list[tuple[NewRoster, list[str]]]:
    """The lists that come with the program, oldest first, each with the names that are known for certain."""
    told: dict[str, Any] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    return [(NewRoster(**{k: v for k, v in one.items() if k != "names"}), one["names"]) for one in told["roster"]]


@transaction.atomic
def add_roster(*, city: City, new: NewRoster, by: User | None, at: datetime) -> Roster:
    """Enter a list, without its names. Raises :class:`TextMissing`, :class:`DatedAlready`."""
    if not (new.title.strip() and new.source.strip()):
        raise TextMissing
    if Roster.objects.of(city).filter(dated=new.dated).exists():
        raise DatedAlready
    roster: Roster = Roster.objects.create(
        city=city, title=new.title, source=new.source, dated=new.dated, published=new.published, entered_by=by,
        entered_at=at,
    )  # fmt: skip
    record("enterprises.roster.added", city=city, by=by, at=at, about=roster, published=new.published)
    return roster


@transaction.atomic
def complete_roster(*, roster: Roster, names: Sequence[str], by: User | None, at: datetime) -> int:
    """Add names that the list does not have yet, as published; a card known by an earlier list is linked. Returns how many are new.

    Raises :class:`TooManyNames`.
    """
    rows = RosterEntry.objects.of(roster.city_id).filter(roster=roster)
    held = set(rows.values_list("name", flat=True))
    fresh = [name for name in dict.fromkeys(names) if name and name not in held]
    if len(held) + len(fresh) > roster.published:
        raise TooManyNames(len(held) + len(fresh))
    if not fresh:
        return 0
    known = RosterEntry.objects.of(roster.city_id).filter(name__in=fresh, enterprise__isnull=False)
    cards = dict(known.order_by("pk").values_list("name", "enterprise_id"))
    last = rows.aggregate(last=Max("position"))["last"] or 0
    RosterEntry.objects.bulk_create(
        RosterEntry(
            city_id=roster.city_id, roster=roster, name=name, position=last + place, enterprise_id=cards.get(name)
        )
        for place, name in enumerate(fresh, start=1)
    )
    record("enterprises.roster.completed", city=roster.city, by=by, at=at, about=roster, names=len(fresh))
    return len(fresh)


@transaction.atomic
def link_entry(*, entry: RosterEntry, enterprise: Enterprise | None, by: User, at: datetime) -> RosterEntry:
    """Say which card the name is, on every list that has it; with None, a card is made. Raises ``actions.NameHeld``."""
    held: RosterEntry = RosterEntry.objects.of(entry.city_id).select_related("city").get(pk=entry.pk)
    card = enterprise or create_enterprise(
        city=held.city, card=Card(name=held.name, ownership=Ownership.CENTRAL), unit=None, by=by, at=at
    )
    RosterEntry.objects.of(held.city).filter(name=held.name).update(enterprise=card)
    held.enterprise = card
    record("enterprises.roster.linked", city=held.city, by=by, at=at, about=card, name=held.name)
    return held

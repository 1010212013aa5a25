"""Registering enterprises and changing their cards. What else happens to one: ``groups contacts notes merging rosters touches``."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhaoshang.common.uscc import checked
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.lookup.queries import family_of
from zhaoshang.lookup.rules import Kind
from zhaoshang.lookup.writing import Name, keep, keep_anew
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class CodeHeld(Exception):
    """Another card of the city has this code, whichever district it is of. ``holder``: that card."""

    def __init__(self, holder: Enterprise) -> None:
        super().__init__(holder.name)
        self.holder = holder


class NameHeld(CodeHeld):
    """Another card has this name, and nothing tells the two apart."""


class Changed(Exception):
    """Somebody changed the card after it was read."""


class IsMerged(Exception):
    """The card stands for another one, on which things go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says of its enterprise. ``ownership``, ``industry`` and ``established_on`` (成立日期, on its licence) may be unknown."""

    name: str
    uscc: str = ""
    region_code: str = ""
    ownership: str = ""
    industry: str = ""
    established_on: date | None = None


@transaction.atomic
def register_enterprise(
    *,
    city: City,
    name: str,
    uscc: str = "",
    region_code: str = "",
    by: User | None,
    at: datetime,
    is_sample: bool = False,
) -> Enterprise:
    """The enterprise with this code, else with this name, else a new one; for a card that was merged, the one it stands for.

    Raises ``common.uscc.BadCode`` when the code's check character is wrong (GB 32100-2015).
    """
    code = checked(uscc) if uscc else ""
    known = Enterprise.objects.of(city)
    found = (known.filter(uscc=code).first() if code else None) or known.filter(name=name, uscc__in=["", code]).first()
    if found:
        kept, _closed = family_of(city, found.pk)
        return known.get(pk=kept) if kept else found  # type: ignore[no-any-return]
    return _made(city, Card(name=name, uscc=code, region_code=region_code), None, by, at, is_sample)


@transaction.atomic
def create_enterprise(
    *, city: City, card: Card, unit: ReportingUnit | None, by: User, at: datetime, is_sample: bool = False
) -> Enterprise:
    """A new card, of ``unit`` or of the bureau. Raises ``common.uscc.BadCode``, :class:`CodeHeld`, :class:`NameHeld`."""
    return _made(city, _free(city, card), unit, by, at, is_sample)


def _made(
    city: City, card: Card, unit: ReportingUnit | None, by: User | None, at: datetime, is_sample: bool
) -> Enterprise:
    enterprise: Enterprise = Enterprise.objects.create(city=city, unit=unit, is_sample=is_sample, **asdict(card))
    keep(city, [index_name(enterprise)])
    record("enterprises.enterprise.registered", city=city, by=by, at=at, about=enterprise)
    return enterprise


def _free(city: City, card: Card, but: UUID | None = None) -> Card:
    """The card with its code in normal form, once neither code nor name is another's."""
    code = checked(card.uscc) if card.uscc else ""
    others = Enterprise.objects.of(city).exclude(pk=but)
    if code and (holder := others.filter(uscc=code).first()):
        raise CodeHeld(holder)
    namesakes = others.filter(name=card.name)
    if namesake := (namesakes.filter(uscc="") if code else namesakes).first():
        raise NameHeld(namesake)
    return Card(**asdict(card) | {"uscc": code})


@transaction.atomic
def change_enterprise(*, enterprise: Enterprise, revision: int, card: Card, by: User, at: datetime) -> Enterprise:
    """Change what the card says; what it said stays in the diary.

    Raises :class:`Changed`, :class:`IsMerged`, ``common.uscc.BadCode``, :class:`CodeHeld`, :class:`NameHeld`.
    """
    held = locked(enterprise)
    if held.revision != revision:
        raise Changed
    wanted = asdict(_free(held.city, card, but=held.pk))
    told = {
        name: [_plain(getattr(held, name)), _plain(value)]
        for name, value in wanted.items()
        if getattr(held, name) != value
    }
    if not told:
        return held
    for name in told:
        setattr(held, name, wanted[name])
    held.revision += 1
    held.save(update_fields=[*told, "revision"])
    keep_anew(held.city, [index_name(held)])
    record("enterprises.enterprise.changed", city=held.city, by=by, at=at, about=held, changes=told)
    return held


def _plain(value: str | date | None) -> str:
    """As the diary keeps it."""
    return value.isoformat() if isinstance(value, date) else value or ""


def locked(enterprise: Enterprise) -> Enterprise:
    """The row, held for the transaction. Raises :class:`IsMerged` for a card that stands for another."""
    rows = Enterprise.objects.of(enterprise.city_id).select_for_update().select_related("city")
    held: Enterprise = rows.get(pk=enterprise.pk)
    if family_of(held.city, held.pk)[0]:
        raise IsMerged(held.name)
    return held


@transaction.atomic
def register_list(
    *, city: City, enterprises: Sequence[Enterprise], by: User | None, at: datetime
) -> Sequence[Enterprise]:
    """Register a list of enterprises that the city does not hold yet, with one line in the diary.

    Raises ``common.uscc.BadCode``; a code that the city holds is refused by the database.
    """
    for enterprise in enterprises:
        enterprise.city, enterprise.uscc = city, checked(enterprise.uscc) if enterprise.uscc else ""
    Enterprise.objects.bulk_create(enterprises, batch_size=500)
    keep(city, [index_name(enterprise) for enterprise in enterprises])
    record("enterprises.list.registered", city=city, by=by, at=at, enterprises=len(enterprises))
    return enterprises


def index_name(enterprise: Enterprise) -> Name:
    """What the index keeps of an enterprise."""
    keys = (f"uscc:{enterprise.uscc}",) if enterprise.uscc else ()
    return Name(enterprise.pk, Kind.ENTERPRISE, enterprise.name, keys=keys)

"""Adding, amending, checking and publishing entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhaoshang.common.shapes import Outline
from zhaoshang.opportunities.fields import FIELDS, Fault, Field, read_english, read_fields
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.queries import missing_fields
from zhaoshang.opportunities.rules import PREFIXES, Happened, Kind, to_dm2
from zhaoshang.opportunities.telling import locked, tell
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class CodeTaken(Exception):
    """Another entry of the city has this code."""


class BadFields(Exception):
    """Fields that cannot be read; ``faults`` names each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{one.name}: {one.code}" for one in faults))


class Incomplete(Exception):
    """What is needed before it may be published is missing; ``names`` are labels."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        super().__init__("、".join(names))


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What an entry says. ``fields`` are raw, as typed, ``fields_en`` the English of texts (none: as it was); ``amount_fen`` in
    fen, ``area_m2`` in square metres."""

    kind: Kind
    title: str
    steward: User
    expires_on: date
    unit: ReportingUnit | None = None
    code: str = ""
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    region_code: str = ""
    industry: str = ""
    amount_fen: int | None = None
    area_m2: Decimal | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    fields_en: Mapping[str, str] | None = None
    outline: Outline | None = None
    is_sample: bool = False

    @property
    def area_dm2(self) -> int | None:
        """The area as it is kept."""
        return to_dm2(self.area_m2)


_SHARED = (
    "title",
    "title_en",
    "unit",
    "steward",
    "summary",
    "summary_en",
    "region_code",
    "industry",
    "amount_fen",
    "area_dm2",
    "expires_on",
)


def next_code(city: City, kind: Kind, year: int) -> str:
    """The next free code of the year: DK-2023-0007."""
    begin = f"{PREFIXES[kind]}-{year}-"
    rows = Opportunity.objects.of(city).filter(code__startswith=begin).order_by("-code")
    last = next((code for code in rows.values_list("code", flat=True) if code[len(begin) :].isdigit()), None)
    return f"{begin}{int(last[len(begin) :]) + 1 if last else 1:04}"


def _read(declared: Sequence[Field], new: NewEntry) -> tuple[dict[str, Any], dict[str, str]]:
    """Its own fields and their English. Raises :class:`BadFields`."""
    values, faults = read_fields(declared, new.fields)
    english, more = read_english(declared, new.fields_en or {})
    if faults or more:
        raise BadFields([*faults, *more])
    return values, english


@transaction.atomic
def add_entry(*, city: City, new: NewEntry, by: User, at: datetime) -> Opportunity:
    """Register an entry; it counts as checked by whoever enters it. Raises :class:`BadFields`, :class:`CodeTaken`."""
    values, english = _read(FIELDS[new.kind], new)
    today = timezone.localdate(at)
    code = new.code or next_code(city, new.kind, today.year)
    if Opportunity.objects.of(city).filter(code=code).exists():
        raise CodeTaken(code)
    said = {name: getattr(new, name) for name in _SHARED}
    outline = new.outline
    entry: Opportunity = Opportunity.objects.create(
        city=city,
        code=code,
        kind=new.kind,
        fields=values,
        fields_en=english or None,
        outline=outline.geometry if outline else None,
        outline_dm2=to_dm2(outline.area_m2) if outline else None,
        outline_source=outline.source if outline else "",
        checked_on=today,
        checked_by=by,
        is_sample=new.is_sample,
        entered_by=by,
        entered_at=at,
        **said,
    )
    tell(entry, Happened.ADDED, by=by, at=at)
    record("opportunities.entry.added", city=city, by=by, at=at, about=entry, code=code, kind=str(new.kind))
    return entry


@transaction.atomic
def amend_entry(*, entry: Opportunity, revision: int, new: NewEntry, by: User, at: datetime) -> Opportunity:
    """Change what an entry says; kind and code stay. What it said before is kept. Raises :class:`BadFields`, :class:`Changed`."""
    held = locked(entry, revision)
    values, english = _read(held.declared, new)
    before = {name: getattr(held, name) for name in _SHARED} | {
        "fields": held.fields,
        "fields_en": held.fields_en or {},
    }
    for name in _SHARED:
        setattr(held, name, getattr(new, name))
    held.fields = values
    if new.fields_en is not None:
        held.fields_en = english or None
    changes = _changes(before, held)
    if not changes:
        return held
    held.revision += 1
    held.save(update_fields=[*_SHARED, "fields", "fields_en", "revision"])
    tell(held, Happened.AMENDED, by=by, at=at, changes=changes)
    record("opportunities.entry.amended", city=held.city, by=by, at=at, about=held, changes=changes)
    return held


@transaction.atomic
def hand_over_entry(*, entry: Opportunity, steward: User, reason: str, by: User, at: datetime) -> Opportunity:
    """Give an entry to another steward; what it says stays as it is."""
    held = locked(entry)
    changes = {"steward": [str(held.steward), str(steward)]}
    held.steward, held.revision = steward, held.revision + 1
    held.save(update_fields=["steward", "revision"])
    tell(held, Happened.AMENDED, by=by, at=at, text=reason[:400], changes=changes)
    record("opportunities.entry.handed_over", city=held.city, by=by, at=at, about=held, changes=changes)
    return held


@transaction.atomic
def draw_outline(*, entry: Opportunity, revision: int, outline: Outline, by: User, at: datetime) -> Opportunity:
    """Where the entry lies, and its measured area. The same outline again writes nothing. Raises :class:`Changed`."""
    held = locked(entry, revision)
    if outline.geometry == held.outline:
        return held
    changes = {"outline": [_told(held.outline_m2), _told(outline.area_m2)]}
    held.outline, held.outline_dm2, held.outline_source = outline.geometry, to_dm2(outline.area_m2), outline.source
    held.revision += 1
    held.save(update_fields=["outline", "outline_dm2", "outline_source", "revision"])
    tell(held, Happened.OUTLINED, by=by, at=at, text=outline.source, changes=changes)
    record("opportunities.entry.outlined", city=held.city, by=by, at=at, about=held, changes=changes)
    return held


def _changes(before: Mapping[str, Any], held: Opportunity) -> dict[str, list[str]]:
    found = {
        name: [_told(before[name]), _told(getattr(held, name))]
        for name in _SHARED
        if before[name] != getattr(held, name)
    }
    for name in before["fields"].keys() | held.fields.keys():
        old, new = before["fields"].get(name), held.fields.get(name)
        if old != new:
            found[name] = [_told(old), _told(new)]
    english = held.fields_en or {}
    for name in before["fields_en"].keys() | english.keys():
        old, new = before["fields_en"].get(name), english.get(name)
        if old != new:
            found[f"{name}_en"] = [_told(old), _told(new)]
    return found


def _told(value: object) -> str:
    return "" if value is None else str(value)[:400]


@transaction.atomic
def check_entry(
    *, entry: Opportunity, by: User, at: datetime, expires_on: date | None = None, note: str = ""
) -> Opportunity:
    """Somebody confirms that all of it is still true; with ``expires_on`` it also holds until a later day."""
    held = locked(entry)
    changes: dict[str, list[str]] = {}
    held.checked_on, held.checked_by = timezone.localdate(at), by
    if expires_on is not None and expires_on != held.expires_on:
        changes["expires_on"] = [_told(held.expires_on), _told(expires_on)]
        held.expires_on = expires_on
    held.revision += 1
    held.save(update_fields=["checked_on", "checked_by", "expires_on", "revision"])
    tell(held, Happened.CHECKED, by=by, at=at, text=note[:400], changes=changes)
    record("opportunities.entry.checked", city=held.city, by=by, at=at, about=held, changes=changes)
    return held


@transaction.atomic
def publish_entry(*, entry: Opportunity, by: User, at: datetime) -> Opportunity:
    """From now on it stands in the lists. Raises :class:`Incomplete` while something that is needed is missing."""
    held = locked(entry)
    if lacking := missing_fields(held):
        raise Incomplete([one.label for one in lacking])
    if held.published_at is not None:
        return held
    held.published_at, held.revision = at, held.revision + 1
    held.save(update_fields=["published_at", "revision"])
    tell(held, Happened.PUBLISHED, by=by, at=at)
    record("opportunities.entry.published", city=held.city, by=by, at=at, about=held)
    return held


@transaction.atomic
def register_list(*, city: City, new: Sequence[NewEntry], by: User, at: datetime) -> tuple[int, int]:
    """A sheet of entries, all or none: those with a known code are amended, the others added. Returns (added, amended).

    What changes nothing writes nothing, so that the same sheet may come twice. Raises as :func:`add_entry`.
    """
    rows = Opportunity.objects.of(city).select_related("city", "unit", "steward")
    held = {one.code: one for one in rows.filter(code__in=[one.code for one in new if one.code])}
    added = amended = 0
    for one in new:
        entry = held.get(one.code)
        if entry is None:
            add_entry(city=city, new=one, by=by, at=at)
            added += 1
        else:
            after = amend_entry(entry=entry, revision=entry.revision, new=one, by=by, at=at)
            amended += after.revision != entry.revision
    return added, amended

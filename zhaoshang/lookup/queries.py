"""What the index finds. A question costs a few hundred index rows, however many names the city has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from rapidfuzz import fuzz

from zhaoshang.lookup.models import Entry, Piece
from zhaoshang.lookup.rules import GRAM, Kind, gram_range, initials_range, key_number, plain
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City

AT_MOST = 400  # index rows of one piece that are looked at
LEAST_LIKENESS = 60  # percent, of a name that was typed with a slip
SHORTEST_WITH_SLIP = 3  # characters
_FIELDS = {field.name: field for field in Piece._meta.concrete_fields}


@dataclass(frozen=True, slots=True)
class Span:
    """A range of one column: triples, keys (a range of one) or initials."""

    low: int
    high: int
    column: str = "gram"

    @classmethod
    def of_text(cls, text: str) -> "Span":
        """All triples that begin with the text."""
        return cls(*gram_range(text))

    @classmethod
    def of_key(cls, key: str) -> "Span":
        """Exactly the key."""
        number = key_number(key)
        return cls(number, number + 1)


def entries_by_span(
    city: City, kind: Kind, spans: Sequence[Span], unit_ids: frozenset[UUID] | None = None, at_most: int = AT_MOST
) -> list[list[UUID]]:
    """The ids under each span, at most so many of each; only of these units where they are given. One query."""
    return [[_read(key) for key in keys] for keys in _stored_by_span(city, kind, spans, unit_ids, at_most)]


def _stored_by_span(
    city: City, kind: Kind, spans: Sequence[Span], unit_ids: frozenset[UUID] | None = None, at_most: int = AT_MOST
) -> list[list[Any]]:
    """The same ids as the database holds them: of thousands that are counted, few are ever read."""
    found: list[list[Any]] = [[] for _ in spans]
    if not spans or (unit_ids is not None and not unit_ids):
        return found
    units = [_stored("unit", one) for one in unit_ids or ()]
    inside = f' AND "unit_id" IN ({", ".join(["%s"] * len(units))})' if units else ""
    parts, values = [], list[Any]()
    for number, span in enumerate(spans):
        parts.append(
            f'SELECT * FROM (SELECT {number} AS span, "entry_id" FROM "lookup_piece" WHERE "lookup_piece"."city_id" = %s'  # noqa: S608 - our own names  # nosec B608
            f' AND "kind" = %s AND "{span.column}" >= %s AND "{span.column}" < %s{inside} LIMIT {at_most}) AS s{number}'
        )
        values += [_stored("city", city.pk), int(kind), span.low, span.high, *units]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, key in cursor.fetchall():
            found[number].append(key)
    return found


def _read(key: Any) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)


def _stored(name: str, key: UUID) -> Any:
    field: Any = _FIELDS[name]
    return field.get_db_prep_save(key, connection)


def closed(city: City, kind: Kind = Kind.PROJECT) -> "QuerySet[Any]":
    """The ids of what stands for something else; for ``exclude(pk__in=…)``."""
    rows = Entry.objects.of(city).filter(kind=kind, stands_for__isnull=False)
    return rows.order_by().values("pk")


def standing_for(city: City, about: Any) -> "QuerySet[Any]":
    """The ids of what was found to be ``about``, an id or a reference to one, for use inside another query of the same city."""
    return Entry.objects.of(city).filter(stands_for_id=about).order_by().values("pk")


def stands_for(city: City | UUID, abouts: Sequence[UUID]) -> dict[UUID, UUID]:
    """Of these ids, those that stand for something else, with the id of that. One query."""
    rows = Entry.objects.of(city).filter(pk__in=abouts, stands_for__isnull=False)
    return dict(rows.order_by().values_list("pk", "stands_for_id"))


def kept_for(city: City, abouts: Any) -> "QuerySet[Any]":
    """The ids of what one of ``abouts``, ids or a query of them, stands for; for use inside another query of the same city."""
    rows = Entry.objects.of(city).filter(pk__in=abouts, stands_for__isnull=False)
    return rows.order_by().values("stands_for_id")


def stand_ins(city: City) -> dict[UUID, UUID]:
    """The id of everything that stands for something else, with the id of that. One query."""
    rows = Entry.objects.of(city).filter(stands_for__isnull=False)
    return dict(rows.order_by().values_list("pk", "stands_for_id"))


def stand_ins_of(city: City | UUID, abouts: Sequence[UUID]) -> dict[UUID, UUID]:
    """The id of everything that stands for one of ``abouts``, with the id of that. One query."""
    rows = Entry.objects.of(city).filter(stands_for_id__in=abouts)
    return dict(rows.order_by().values_list("pk", "stands_for_id"))


def family_of(city: City | UUID, about: UUID) -> tuple[UUID | None, list[UUID]]:
    """What ``about`` stands for, if anything, and what stands for ``about``. One query."""
    rows = Entry.objects.of(city).order_by("pk")
    pairs = list(rows.filter(pk=about, stands_for__isnull=False).values_list("pk", "stands_for_id"))
    pairs += list(rows.filter(stands_for_id=about).values_list("pk", "stands_for_id"))
    kept = next((other for key, other in pairs if key == about), None)
    return kept, [key for key, other in pairs if other == about]


def search_names(viewer: Viewer, kind: Kind, text: str, shown: int = 20) -> list[UUID]:
    """Ids of names that hold the text, or its letters as initials; best first. Two queries.

    ``viewer``'s own units bound what belongs to a unit; what belongs to none must be bounded by the caller.
    """
    wanted = plain(text)
    if not wanted:
        return []
    units = _units(viewer, kind)
    spans = [Span.of_text(wanted[place : place + GRAM]) for place in range(max(1, len(wanted) - GRAM + 1))]
    letters = wanted.lower()
    spelled = [Span(*initials_range(letters), "initials")] if letters.isascii() and len(letters) > 1 else []
    held = _stored_by_span(viewer.city, kind, [*spans[:16], *spelled], units)
    by_letters = [_read(key) for key in held.pop()] if spelled else []
    rarest = [_read(key) for key in min(held, key=len)]
    names = _names(viewer.city, [*rarest, *by_letters[:AT_MOST]])
    spelled_so = set(by_letters)
    hits = [key for key, name in names.items() if wanted in name or key in spelled_so]
    return sorted(hits, key=lambda key: _rank(names[key], wanted))[:shown]


def _units(viewer: Viewer, kind: Kind) -> frozenset[UUID] | None:
    return None if viewer.sees_all_units or kind != Kind.PROJECT else viewer.unit_ids


def _rank(name: str, wanted: str) -> tuple[bool, bool, int, str]:
    return name != wanted, not name.startswith(wanted), len(name), name


def _names(city: City, keys: Sequence[UUID]) -> dict[UUID, str]:
    if not keys:
        return {}
    rows = Entry.objects.of(city).filter(pk__in=list(dict.fromkeys(keys))[: 2 * AT_MOST])
    return dict(rows.order_by().values_list("pk", "plain"))


def nearly_names(viewer: Viewer, kind: Kind, text: str, shown: int = 20) -> list[UUID]:
    """Ids of names that share pairs of characters with the text, the likest first: 海达装被 finds 海达装备. Two queries."""
    wanted = plain(text)
    if len(wanted) < SHORTEST_WITH_SLIP:
        return []
    pairs = [Span.of_text(wanted[place : place + 2]) for place in range(len(wanted) - 1)][:16]
    hits: Counter[Any] = Counter()
    for keys in _stored_by_span(viewer.city, kind, pairs, _units(viewer, kind)):
        hits.update({key: 1_000 // len(keys) for key in set(keys)})
    names = _names(viewer.city, [_read(key) for key, _ in hits.most_common(200)])
    likes = {key: fuzz.partial_ratio(wanted, name) for key, name in names.items()}
    near = [key for key, like in likes.items() if like >= LEAST_LIKENESS]
    return sorted(near, key=lambda key: (-likes[key], len(names[key]), names[key]))[:shown]

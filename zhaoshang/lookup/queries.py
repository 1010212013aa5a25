"""What the index holds under a piece or a key, and what stands for what. Names by what was typed: ``searching.py``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from zhaoshang.lookup.models import Entry, Piece
from zhaoshang.lookup.rules import Kind, gram_range, key_number
from zhaoshang.tenancy.models import City

AT_MOST = 400  # index rows of one piece that are looked at
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
    found: list[list[UUID]] = [[] for _ in spans]
    if not spans or (unit_ids is not None and not unit_ids):
        return found
    parts, values = [], list[Any]()
    for number, span in enumerate(spans):
        sql, given = pieces_under(city, kind, span, unit_ids, at_most)
        parts.append(f'SELECT {number}, "entry_id" FROM ({sql}) AS s{number}')  # noqa: S608 - our own names  # nosec B608
        values += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, key in cursor.fetchall():
            found[number].append(read(key))
    return found


def entries_by_key(
    city: City, kind: Kind, keys: Sequence[str], unit_ids: frozenset[UUID] | None = None, at_most: int = AT_MOST
) -> list[UUID]:
    """The ids under each key in turn, at most so many of each; only of these units where they are given. One query."""
    if not keys or (unit_ids is not None and not unit_ids):
        return []
    numbers = [key_number(key) for key in keys]
    inside, units = of_units(unit_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT "gram", "entry_id" FROM (SELECT "gram", "entry_id", ROW_NUMBER() OVER (PARTITION BY "gram" ORDER BY "entry_id")'  # noqa: S608 - our own names  # nosec B608
            f' AS place FROM "lookup_piece" WHERE "lookup_piece"."city_id" = %s AND "kind" = %s AND "gram" IN ({_marks(numbers)})'
            f"{inside}) AS placed WHERE place <= {at_most}",
            [stored("city", city.pk), int(kind), *numbers, *units],
        )
        found = cursor.fetchall()
    return [read(key) for number in numbers for gram, key in found if gram == number]


def pieces_under(
    city: City, kind: Kind, span: Span, unit_ids: frozenset[UUID] | None, at_most: int
) -> tuple[str, list[Any]]:
    """A statement for the ``entry_id`` of the pieces under a span, at most so many, with its values.

    In the index's own order, which costs nothing; without it PostgreSQL gathers all pieces of a common word to take the first few.
    """
    inside, units = of_units(unit_ids)
    sql = (
        f'SELECT "entry_id" FROM "lookup_piece" WHERE "lookup_piece"."city_id" = %s AND "kind" = %s'  # noqa: S608 - our own names  # nosec B608
        f' AND "{span.column}" >= %s AND "{span.column}" < %s{inside} ORDER BY "{span.column}" LIMIT {at_most}'
    )
    return sql, [stored("city", city.pk), int(kind), span.low, span.high, *units]


def of_units(unit_ids: frozenset[UUID] | None) -> tuple[str, list[Any]]:
    """The condition that a piece is of these units, with its values; None: of any."""
    if unit_ids is None:
        return "", []
    return f' AND "unit_id" IN ({_marks(unit_ids)})', [stored("unit", one) for one in unit_ids]


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def read(key: Any) -> UUID:
    """An id out of either database."""
    return key if isinstance(key, UUID) else UUID(key)


def stored(name: str, key: UUID) -> Any:
    """An id as the database holds it in the column ``name``."""
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

"""The only writer of the index. What it holds is derived: it leaves no line in the diary, and can be made anew at any time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhaoshang.lookup.models import Entry, Piece
from zhaoshang.lookup.rules import MOST_PIECES, Kind, key_number, piece_hex, piece_id, pieces, plain
from zhaoshang.tenancy.models import City

_AT_ONCE = 500
_COLUMNS = "id, city_id, entry_id, kind, unit_id, gram, initials"


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be found, and the keys under which its owner is found too."""

    about: UUID
    kind: Kind
    text: str
    unit_id: UUID | None = None
    keys: tuple[str, ...] = ()


@transaction.atomic
def keep(city: City, names: Sequence[Name]) -> None:
    """Take names into the index; in the transaction of whoever writes what they name."""
    made = [
        Entry(id=one.about, city=city, kind=one.kind, plain=plain(one.text)[:240], unit_id=one.unit_id) for one in names
    ]
    Entry.objects.bulk_create(made, batch_size=_AT_ONCE)
    _write_pieces(city, names)


def _write_pieces(city: City, names: Sequence[Name]) -> None:
    """The pieces of many names, many in one statement: a dozen rows a name are too many to be objects first."""
    rows = [row for one in names for row in _pieces(city, one)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) > _AT_ONCE:
            with cursor.copy(f"COPY lookup_piece ({_COLUMNS}) FROM STDIN") as stream:
                for start in range(0, len(rows), _AT_ONCE):
                    stream.write("".join(map(_line, rows[start : start + _AT_ONCE])))
            return
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(some))
            values = [value for row in some for value in row]
            cursor.execute(f"INSERT INTO lookup_piece ({_COLUMNS}) VALUES {marks}", values)  # noqa: S608 - our own names  # nosec B608


def _line(row: tuple[Any, ...]) -> str:
    """COPY's text form of digits and numbers, which need no escape."""
    return "\t".join([r"\N" if value is None else str(value) for value in row]) + "\n"


def _pieces(city: City, one: Name) -> Iterable[tuple[Any, ...]]:
    """Ids as digits, which both databases take."""
    about = one.about.hex
    same = (city.pk.hex, about, int(one.kind), one.unit_id.hex if one.unit_id else None)
    found: list[tuple[int, int | None]] = list(dict.fromkeys(pieces(plain(one.text)[:240])))
    found += [(key_number(key), None) for key in dict.fromkeys(one.keys)]
    for place, (gram, letters) in enumerate(found):
        yield piece_hex(about, place), *same, gram, letters


@transaction.atomic
def keep_anew(city: City, names: Sequence[Name]) -> None:
    """Bring entries that may stand already to what their owners are called now; who stands for whom is kept."""
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        keys = [one.about for one in some]
        _drop_pieces(city, keys)
        standing = set(Entry.objects.of(city).filter(pk__in=keys).values_list("pk", flat=True))
        keep(city, [one for one in some if one.about not in standing])
        for one in some:
            if one.about in standing:
                Entry.objects.of(city).filter(pk=one.about).update(plain=plain(one.text)[:240], unit_id=one.unit_id)
                _write_pieces(city, [one])


def stand_for(city: City, about: UUID, other: UUID | None) -> None:
    """From now on ``about`` is counted as ``other``; None: as itself again."""
    Entry.objects.of(city).filter(pk=about).update(stands_for_id=other)


@transaction.atomic
def forget(city: City, abouts: Sequence[UUID]) -> None:
    """Take names that nothing stands for out of the index, with every piece of them."""
    _drop_pieces(city, abouts)
    rows = Entry.objects.of(city).filter(pk__in=abouts)
    rows._raw_delete(rows.db)


def _drop_pieces(city: City, abouts: Sequence[UUID]) -> None:
    for about in abouts:
        rows = Piece.objects.of(city).filter(pk__gte=piece_id(about, 0), pk__lte=piece_id(about, MOST_PIECES))
        rows._raw_delete(rows.db)

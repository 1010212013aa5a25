"""The only writer of the index. What it holds is derived: it leaves no line in the diary, and can be made anew at any time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from zhaoshang.lookup.models import Entry, Piece
from zhaoshang.lookup.rules import Kind, key_number, pieces, plain
from zhaoshang.tenancy.models import City

_AT_ONCE = 500


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
    rows = [piece for one in names for piece in _pieces(city, one)]
    Piece.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _pieces(city: City, one: Name) -> Iterable[Piece]:
    same = {"city": city, "entry_id": one.about, "kind": one.kind, "unit_id": one.unit_id}
    for gram, letters in dict.fromkeys(pieces(plain(one.text)[:240])):
        yield Piece(gram=gram, initials=letters, **same)
    for key in dict.fromkeys(one.keys):
        yield Piece(gram=key_number(key), **same)


@transaction.atomic
def keep_anew(city: City, names: Sequence[Name]) -> None:
    """Bring entries that may stand already to what their owners are called now; who stands for whom is kept."""
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        keys = [one.about for one in some]
        pieces_ = Piece.objects.of(city).filter(entry_id__in=keys)
        pieces_._raw_delete(pieces_.db)
        standing = set(Entry.objects.of(city).filter(pk__in=keys).values_list("pk", flat=True))
        keep(city, [one for one in some if one.about not in standing])
        for one in some:
            if one.about in standing:
                Entry.objects.of(city).filter(pk=one.about).update(plain=plain(one.text)[:240], unit_id=one.unit_id)
                Piece.objects.bulk_create(list(_pieces(city, one)))


def stand_for(city: City, about: UUID, other: UUID | None) -> None:
    """From now on ``about`` is counted as ``other``; None: as itself again."""
    Entry.objects.of(city).filter(pk=about).update(stands_for_id=other)

"""Names by what was typed: a piece, initials, or a name with a slip. Several kinds in one statement, since each statement has its price.

A search costs some hundred index rows, however many names the city has.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from rapidfuzz import fuzz

from zhaoshang.lookup.queries import AT_MOST, Span, of_units, pieces_under, read, stored
from zhaoshang.lookup.rules import GRAM, Kind, initials_range, plain
from zhaoshang.regions.access import Viewer

LEAST_LIKENESS = 60  # percent, of a name that was typed with a slip
SHORTEST_WITH_SLIP = 3  # characters
LIKELY = 200  # names of a kind that are compared letter by letter
_SPANS = 16  # of a long text the first ones do


@dataclass(frozen=True, slots=True)
class Hit:
    """A name that was found: whose it is, and what that was found to be, if it was registered twice."""

    about: UUID
    plain: str
    stands_for: UUID | None

    @property
    def counts_as(self) -> UUID:
        """Itself, or what it stands for."""
        return self.stands_for or self.about


Hits = dict[Kind, list[Hit]]
_Part = tuple[str, list[Any]]  # a statement with its values


def search_names(viewer: Viewer, kinds: Sequence[Kind], text: str, shown: int = 20) -> Hits:
    """Names that hold the text, or its letters as initials, by kind, best first. One query, two for more than three characters.

    ``viewer``'s own units bound what belongs to a unit; what belongs to none must be bounded by the caller.
    """
    wanted = plain(text)
    kinds = [kind for kind in kinds if _bounds(viewer, kind)] if wanted else []
    if not kinds:
        return {}
    spans = [Span.of_text(wanted[place : place + GRAM]) for place in range(max(1, len(wanted) - GRAM + 1))][:_SPANS]
    letters = wanted.lower()
    spelled = Span(*initials_range(letters), "initials") if letters.isascii() and len(letters) > 1 else None
    parts = [
        _named(viewer, kind, *pieces_under(viewer.city, kind, span, _units(viewer, kind), AT_MOST), by_letters)
        for kind, rarest in _rarest(viewer, kinds, spans).items()
        for by_letters, span in enumerate((rarest, spelled))
        if span
    ]
    found: dict[Kind, dict[UUID, Hit]] = {kind: {} for kind in kinds}
    for kind, by_letters, hit in _hits(parts):
        if by_letters or wanted in hit.plain:
            found[kind][hit.about] = hit
    return {
        kind: sorted(hits.values(), key=lambda hit: _rank(hit.plain, wanted))[:shown] for kind, hits in found.items()
    }


def nearly_names(viewer: Viewer, kinds: Sequence[Kind], text: str, shown: int = 20) -> Hits:
    """Names that share pairs of characters with the text, by kind, the likest first: 海达装被 finds 海达装备. Two queries.

    A pair that hundreds of names share tells nothing, unless there is no other.
    """
    wanted = plain(text)
    kinds = [kind for kind in kinds if _bounds(viewer, kind)] if len(wanted) >= SHORTEST_WITH_SLIP else []
    if not kinds:
        return {}
    pairs = [Span.of_text(wanted[place : place + 2]) for place in range(len(wanted) - 1)][:_SPANS]
    parts = []
    for kind, held in _counts(viewer, kinds, pairs).items():
        some = {span: many for span, many in zip(pairs, held, strict=True) if many}
        telling = {span: many for span, many in some.items() if many < AT_MOST} or some
        if telling:
            parts.append(_named(viewer, kind, *_sharing(viewer, kind, telling)))
    found: Hits = {kind: [] for kind in kinds}
    for kind, _, hit in _hits(parts):
        found[kind].append(hit)
    return {kind: _likest(hits, wanted)[:shown] for kind, hits in found.items()}


def _bounds(viewer: Viewer, kind: Kind) -> bool:
    units = _units(viewer, kind)
    return units is None or bool(units)


def _units(viewer: Viewer, kind: Kind) -> frozenset[UUID] | None:
    return None if viewer.sees_all_units or kind != Kind.PROJECT else viewer.unit_ids


def _rank(name: str, wanted: str) -> tuple[bool, bool, int, str]:
    return name != wanted, not name.startswith(wanted), len(name), name


def _likest(hits: Iterable[Hit], wanted: str) -> list[Hit]:
    likes = [(fuzz.partial_ratio(wanted, hit.plain), hit) for hit in hits]
    near = [(like, hit) for like, hit in likes if like >= LEAST_LIKENESS]
    return [hit for _, hit in sorted(near, key=lambda one: (-one[0], len(one[1].plain), one[1].plain))]


def _rarest(viewer: Viewer, kinds: Sequence[Kind], spans: Sequence[Span]) -> dict[Kind, Span | None]:
    """Of each kind the span with the fewest names; None where one has none at all."""
    if len(spans) == 1:
        return dict.fromkeys(kinds, spans[0])
    found: dict[Kind, Span | None] = {}
    for kind, counts in _counts(viewer, kinds, spans).items():
        fewest = min(counts)
        found[kind] = spans[counts.index(fewest)] if fewest else None
    return found


def _counts(viewer: Viewer, kinds: Sequence[Kind], spans: Sequence[Span]) -> dict[Kind, list[int]]:
    """How many pieces of each kind lie under each span, counted no further than :data:`AT_MOST`. One query."""
    lines = [(number, span.low, span.high) for number, span in enumerate(spans)]
    parts: list[str] = []
    values: list[Any] = []
    for kind in kinds:
        inside, units = of_units(_units(viewer, kind))
        parts.append(
            f'SELECT {int(kind)}, v.column1, (SELECT COUNT(*) FROM (SELECT 1 FROM "lookup_piece" WHERE "lookup_piece"."city_id" = %s'  # noqa: S608 - our own names  # nosec B608
            f' AND "kind" = {int(kind)} AND "gram" >= v.column2 AND "gram" < v.column3{inside} LIMIT {AT_MOST}) AS few)'
            f" FROM (VALUES {', '.join(['(%s, %s, %s)'] * len(lines))}) AS v"
        )
        values += [stored("city", viewer.city.pk), *units, *(value for line in lines for value in line)]
    found = {kind: [0] * len(spans) for kind in kinds}
    for kind, number, many in _rows(parts, values):
        found[Kind(kind)][number] = many
    return found


def _sharing(viewer: Viewer, kind: Kind, pairs: Mapping[Span, int]) -> _Part:
    """The likely ``entry_id``: those that share most, a pair weighing the more the fewer names have it."""
    parts: list[str] = []
    values: list[Any] = []
    for span, many in pairs.items():
        sql, given = pieces_under(viewer.city, kind, span, _units(viewer, kind), AT_MOST)
        parts.append(f'SELECT DISTINCT {1_000 // many} AS weight, "entry_id" FROM ({sql}) AS s{len(parts)}')  # noqa: S608 - our own names  # nosec B608
        values += given
    return (
        f'SELECT "entry_id" FROM ({" UNION ALL ".join(parts)}) AS shared GROUP BY "entry_id" ORDER BY SUM(weight) DESC LIMIT {LIKELY}',  # noqa: S608 - our own names  # nosec B608
        values,
    )


def _named(viewer: Viewer, kind: Kind, held: str, values: list[Any], mark: int = 0) -> _Part:
    """The names of the ``entry_id`` in ``held``, with the kind and a mark. A cross join, which SQLite takes from left to right:
    without statistics it would go through all the city's names to look each up in ``held``."""
    sql = (
        f'SELECT {int(kind)}, {mark}, "lookup_entry"."id", "lookup_entry"."plain", "lookup_entry"."stands_for_id"'  # noqa: S608 - our own names  # nosec B608
        f' FROM ({held}) AS held CROSS JOIN "lookup_entry" WHERE "lookup_entry"."city_id" = %s AND "lookup_entry"."id" = held."entry_id"'
    )
    return sql, [*values, stored("city", viewer.city.pk)]


def _hits(parts: Sequence[_Part]) -> Iterator[tuple[Kind, int, Hit]]:
    rows = _rows([sql for sql, _ in parts], [value for _, values in parts for value in values])
    for kind, mark, key, name, other in rows:
        yield Kind(kind), mark, Hit(read(key), name, read(other) if other else None)


def _rows(parts: Sequence[str], values: Sequence[Any]) -> list[Any]:
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows: list[Any] = cursor.fetchall()
        return rows

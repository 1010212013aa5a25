"""What the site tells of figures: the values that bulletins print, and what a printed rate, share or part lets everybody work out.

A growth rate beside its value tells the base, a share the whole, progress the year so far. None of these need be printed, so each is looked
at as if it were. The reason with which a bulletin prints a figure of too few firms is a reason for that paper: there it is read with the
words round it. The pages of figures, the home page and open data set all figures side by side, to be compared and subtracted; they go by
the rule alone, and lead to the paper.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from zhaoshang.bulletins.blocks import Token, parse
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.common.periods import Period
from zhaoshang.figures.models import FrozenFigure
from zhaoshang.figures.queries import Figure, year_to_date
from zhaoshang.figures.rules import Basis
from zhaoshang.tenancy.models import City

Printed = dict[str, Any]
FACETS = {"part_origin": "origin", "part_source": "source"}


class Key(NamedTuple):
    """A sum by whatever version it is counted: codes of indicator and unit (``*``: the city), and the period."""

    indicator: str
    unit: str
    period: str


class PartKey(NamedTuple):
    """A part of the figure with this ref, by ``origin`` or ``source``."""

    ref: str
    facet: str
    code: str


@dataclass(frozen=True, slots=True)
class Part:
    """A printed part of a figure."""

    of: FrozenFigure | Figure
    facet: str
    code: str

    @property
    def key(self) -> PartKey:
        """By what it is known."""
        return PartKey(self.of.ref, self.facet, self.code)


@dataclass(frozen=True, slots=True)
class Told:
    """``values``: every printed value with its newest bulletin; ``implied``: sums that other prints give away; ``parts``: printed parts.

    ``beside``: a frozen figure whose own page is read, as it was frozen there; ``newest``: the same as of its newest publication.
    """

    values: list[tuple[FrozenFigure, Bulletin]]
    implied: list[FrozenFigure]
    parts: list[Part]

    beside: FrozenFigure | None = None
    newest: FrozenFigure | None = None

    @property
    def printed(self) -> list[FrozenFigure]:
        """All that can be read, each once."""
        return [*(one for one, _bulletin in self.values), *([self.beside] if self.beside else [])]

    @property
    def sums(self) -> list[FrozenFigure]:
        """All that can be read or worked out, each once."""
        return [*self.printed, *self.implied]


def told_in(city: City, beside: FrozenFigure | None = None, without: Bulletin | None = None) -> Told:
    """What the bulletins in force tell, ``without`` one; ``beside``: a frozen figure as of its own, which may be withdrawn. Two queries."""
    asked = Q(state=BulletinState.PUBLISHED)
    asked |= Q(snapshot=beside.snapshot) if beside is not None else Q()
    rows = Bulletin.objects.of(city).filter(asked).exclude(state=BulletinState.DRAFT).order_by("published_at", "id")
    rows = rows if without is None else rows.exclude(pk=without.pk)
    bulletins = list(rows.only("figures", "title", "published_at", "city_id", "snapshot", "state"))
    frozen = FrozenFigure.objects.of(city).filter(snapshot__in=[one.snapshot for one in bulletins])
    frozen = frozen.select_related("version__indicator", "version__rule_set", "unit").order_by("ledger_seq", "id")
    by_key = {str(one.pk): one for one in frozen}
    by_sum: dict[tuple[UUID, Key], list[FrozenFigure]] = defaultdict(
        list
    )  # of several versions, where several are printed
    for one in by_key.values():
        by_sum[one.snapshot, key_of(one.ref)].append(one)
    values: dict[str, tuple[FrozenFigure, Bulletin]] = {}
    implied: dict[str, FrozenFigure] = {}
    parts: dict[PartKey, Part] = {}
    for bulletin in bulletins:
        for printed in bulletin.figures:
            one = by_key[printed["frozen"]]
            if printed["aspect"] == "value" and bulletin.state == BulletinState.PUBLISHED:
                values[one.ref] = one, bulletin
            implied |= {row.ref: row for key in implied_by(printed) for row in by_sum[one.snapshot, key]}
            parts |= {part.key: part for part in parts_in(printed, one)}
    printed_refs = {*values, beside.ref} if beside is not None else values.keys()
    return Told(
        [values[ref] for ref in sorted(values) if beside is None or ref != beside.ref],
        [implied[ref] for ref in sorted(implied) if ref not in printed_refs],
        [parts[key] for key in sorted(parts)],
        beside,
        values[beside.ref][0] if beside is not None and beside.ref in values else None,
    )


def key_of(ref: str) -> Key:
    """The sum that a ref names."""
    head, unit, period = ref.split(":")
    return Key(head.partition("@")[0], unit, period)


def implied_by(printed: Printed) -> Iterator[Key]:
    """The sums that a print gives away to whoever reads the figure's value as well."""
    own = key_of(printed["ref"])
    if "refused" in printed:
        return
    match printed["aspect"]:
        case "growth" if printed["basis"] != Basis.PUBLISHED:
            yield own._replace(period=printed["base_period"])
        case "share":
            yield own._replace(unit="*")
        case "of_year" | "ahead":
            yield own._replace(period=str(year_to_date(Period.parse(own.period))))


def parts_in(printed: Printed, of: FrozenFigure) -> Iterable[Part]:
    """The part that a print is, if it is one."""
    if facet := FACETS.get(printed["aspect"]):
        yield Part(of, facet, part_code(printed))


def part_code(printed: Printed) -> str:
    """The code of a printed part."""
    return next(token.of for token in parse(printed["token"]) if isinstance(token, Token))

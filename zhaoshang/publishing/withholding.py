"""Which published figures the site does not give away, and which a draft would: by ``figures.withholding``."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.capital.queries import firms_by_part, firms_by_unit_and_month
from zhaoshang.common.periods import Period
from zhaoshang.figures.freezing import head_of, later_correction
from zhaoshang.figures.from_outreach import signings_by_unit_and_month
from zhaoshang.figures.meanings import meaning_of, spans_of
from zhaoshang.figures.models import FrozenFigure, IndicatorVersion
from zhaoshang.figures.queries import Figure
from zhaoshang.figures.rules import Measure
from zhaoshang.figures.withholding import WHOLE, Monthly, held_back_before, parts_held_back
from zhaoshang.publishing.queries import terms_on
from zhaoshang.publishing.told import FACETS, Key, Part, PartKey, Printed, Told, implied_by, key_of, part_code, told_in
from zhaoshang.tenancy.models import City

Stated = FrozenFigure | Figure
COUNTS = (Measure.RESERVED, Measure.SIGNED, Measure.LANDED, Measure.EVENT_SIGNED)
ENOUGH = 30  # cells of more firms are not told apart: enough to see which of them are the smallest


@dataclass(frozen=True, slots=True)
class Withheld:
    """What stays back of what is told. ``known``: the sums looked at; one that a bulletin of an older version did not freeze stays back.

    ``least``: how few firms are too few.
    """

    refs: frozenset[str]
    known: frozenset[Key]
    least: int
    parts: frozenset[PartKey] = frozenset()

    def holds(self, printed: Printed) -> bool:
        """Whether a print stays back: by its figure, by what it gives away, or as a part of too few firms."""
        held = {key_of(ref) for ref in self.refs}
        if printed["ref"] in self.refs or any(key in held or key not in self.known for key in implied_by(printed)):
            return True
        facet = FACETS.get(printed["aspect"])
        return facet is not None and PartKey(printed["ref"], facet, part_code(printed)) in self.parts


def withheld(city: City, told: Told) -> Withheld:
    """What stays back of sums. What is frozen never changes, so it is worked out once for the same figures."""
    least = terms_on(city, timezone.localdate()).least_firms
    asked = [*(str(one.pk) for one in told.printed), "implied", *(str(one.pk) for one in told.implied)]
    refs = _once(city, least, asked, lambda: _of_few(city, told.printed, told.implied, least))
    return Withheld(frozenset(refs), frozenset(key_of(one.ref) for one in told.sums), least)


def withheld_of(city: City, told: Told, frozen: FrozenFigure) -> Withheld:
    """As :func:`withheld`, and the parts of one figure, looked at beside all parts whose months meet its own.

    A figure that was published again otherwise stays back as it was before, where only a few firms made the difference.
    """
    found = withheld(city, told)
    if told.newest is not None and _few_between(frozen, told.newest.value, told.newest.ledger_seq, found.least):
        found = replace(found, refs=found.refs | {frozen.ref})
    mine = [part for part in told.parts if part.of.ref == frozen.ref]
    if not mine:
        return found
    least = found.least
    met = [
        part
        for part in told.parts
        if part.of.period.first <= frozen.last_month and frozen.first_month <= part.of.period.last
    ]
    asked = ["parts", *("|".join(part.key) for part in met), *(str(one.pk) for one in told.sums)]
    return replace(found, parts=frozenset(_once(city, least, asked, lambda: _parts_of_few(city, met, least))))


def _once(city: City, least: int, asked: Sequence[str], work_out: Callable[[], set[Any]]) -> set[Any]:
    name = f"few:{city.pk}:{least}:{hashlib.sha256(','.join(asked).encode()).hexdigest()}"
    found: set[Any] | None = cache.get(name)
    if found is None:
        found = work_out()
        cache.set(name, found, None)
    return found


@dataclass(frozen=True, slots=True)
class Few:
    """What a draft would print, or give away by what it prints, that rests on too few firms; ``least``: how few are too few."""

    figures: list[Figure]
    parts: list[Part]
    least: int

    def __bool__(self) -> bool:
        return bool(self.figures or self.parts)


def would_give_away(bulletin: Bulletin, figures: Sequence[Figure], parts: Sequence[Part]) -> Few:
    """What of the figures and parts that a bulletin prints rests on too few firms beside what the others have told already."""
    city = bulletin.city
    least, by_ref = terms_on(city, timezone.localdate()).least_firms, {one.ref: one for one in figures}
    told = told_in(city, without=bulletin)
    held = _of_few(city, [*(one for one in told.sums if one.ref not in by_ref), *figures], (), least)
    again = [one for one, _bulletin in told.values if one.ref in by_ref]
    held |= {one.ref for one in again if _few_between(one, by_ref[one.ref].value, None, least)}
    mine = {part.key: part for part in parts}
    held_parts = (
        _parts_of_few(city, [*(part for part in told.parts if part.key not in mine), *parts], least) if parts else set()
    )
    return Few(
        [one for ref, one in by_ref.items() if ref in held],
        [part for key, part in mine.items() if key in held_parts and part.of.ref not in held],
        least,
    )


def _of_few(city: City, printed: Sequence[Stated], implied: Sequence[Stated], least: int) -> set[str]:
    by_meaning: dict[tuple[UUID, str], list[tuple[IndicatorVersion, Stated]]] = defaultdict(list)
    for one in (*printed, *implied):
        version = meaning_of(one) if isinstance(one, FrozenFigure) else one.version
        by_meaning[version.pk, version.code].append((version, one))
    only_implied = {one.ref for one in implied}
    return {
        ref
        for rows in by_meaning.values()
        for ref in _in_version(city, rows[0][0], [one for _version, one in rows], only_implied, least)
    }


def _in_version(
    city: City, version: IndicatorVersion, rows: Sequence[Stated], implied: Set[str], least: int
) -> set[str]:
    if version.measure in COUNTS:  # so many projects are of no more firms
        return {one.ref for one in rows if 0 < one.value < least}
    if version.measure == Measure.EVENT_AMOUNT:
        monthly = _signings(version, _span(rows))
    elif version.measure == Measure.CAPITAL and version.rule_set is not None:
        monthly = _firms(city, version, rows, least)
    else:
        return set()
    refs = {_cell(one): one.ref for one in rows}
    worked_out = {cell for cell, ref in refs.items() if ref in implied}
    return {refs[cell] for cell in held_back_before(monthly, refs.keys() - worked_out, worked_out, least)}


def _firms(city: City, version: IndicatorVersion, rows: Sequence[Stated], least: int) -> Monthly:
    seq = _seq(city, rows)
    return {
        (str(unit), month): who
        for part, months in spans_of(version, _span(rows))
        if part.rule_set is not None
        for (unit, month), who in firms_by_unit_and_month(
            city, part.rule_set, part.classes, months, seq, part.at_least_fen, max(ENOUGH, least)
        ).items()
    }


def _signings(version: IndicatorVersion, period: Period) -> Monthly:
    """So many signings are of no more firms; what the city signed itself stands as a unit of its own."""
    signed = signings_by_unit_and_month(version.city, period)
    return {(str(unit), month): {(unit, month, n) for n in range(count)} for (unit, month), count in signed.items()}


def _parts_of_few(city: City, parts: Sequence[Part], least: int) -> set[PartKey]:
    by_meaning: dict[tuple[UUID, str, str], list[tuple[IndicatorVersion, Part]]] = defaultdict(list)
    for part in parts:
        version = meaning_of(part.of) if isinstance(part.of, FrozenFigure) else part.of.version
        if version.measure == Measure.CAPITAL:
            by_meaning[version.pk, version.code, part.facet].append((version, part))
    return {
        key
        for rows in by_meaning.values()
        for key in _parts_in_version(city, rows[0][0], [part for _version, part in rows], least)
    }


def _parts_in_version(city: City, version: IndicatorVersion, parts: Sequence[Part], least: int) -> set[PartKey]:
    figures, facet = [part.of for part in parts], parts[0].facet
    keys = {(part.code, *_cell(part.of)): part.key for part in parts}
    seq, monthly = _seq(city, figures), defaultdict[str, dict[tuple[str, int], set[UUID]]](dict)
    for of, months in spans_of(version, _span(figures)):
        if of.rule_set is None:
            continue
        found = firms_by_part(
            city, of.rule_set, of.classes, months, seq, of.at_least_fen, max(ENOUGH, least), facet=facet
        )
        for code, cells in found.items():
            monthly[code] |= {(str(unit), month): who for (unit, month), who in cells.items()}
    return {keys[cell] for cell in parts_held_back(monthly, keys.keys(), least)}


def _few_between(before: FrozenFigure, value: int, seq: int | None, least: int) -> bool:
    """Whether too few firms stand between a frozen figure and the same up to a later entry of the ledger (None: up to now)."""
    correction = later_correction(before) if value != before.value else None
    entries = correction.inside if correction else ()
    firms = {one.project.enterprise_id for one in entries if seq is None or (one.seq or 0) <= seq}
    return 0 < len(firms) < least


def _cell(one: Stated) -> tuple[str, Period]:
    return str(one.unit.pk) if one.unit else WHOLE, one.period


def _span(rows: Sequence[Stated]) -> Period:
    return Period(min(one.period.first for one in rows), max(one.period.last for one in rows))


def _seq(city: City, rows: Sequence[Stated]) -> int:
    """Up to which entry of the ledger: the newest that a frozen figure rests on, or all where one is not frozen yet."""
    frozen = [one.ledger_seq for one in rows if isinstance(one, FrozenFigure)]
    return max(frozen) if len(frozen) == len(rows) else head_of(city)[0]

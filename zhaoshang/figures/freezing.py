"""Freezing figures for a publication, and giving them again identically when the ledger has moved on.

A frozen figure is counted from the payments themselves, not from roll-ups, and says on which entry of the chain it rests. Counts of
projects come from the register of projects, which keeps no earlier states: their recomputation says what the register gives now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhaoshang.capital.models import ChainHead, Payment
from zhaoshang.capital.queries import Counted, ruling
from zhaoshang.capital.rules import GENESIS, digest
from zhaoshang.common.ids import uuid7
from zhaoshang.common.periods import Period
from zhaoshang.figures.meanings import meaning_of
from zhaoshang.figures.models import FrozenFigure, IndicatorVersion
from zhaoshang.figures.queries import (
    Figure,
    keeps,
    of_version,
    payments_behind,
    recomputed,
    recounted_by_unit,
    taken_back,
)
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

SHOWN = 50


class Drifted(Exception):
    """The roll-up and the payments disagree: nothing is published until the totals are rebuilt. Names the figure."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A frozen figure counted again. ``faults`` names what is no longer as it was: ``value``, ``rule``, ``ledger``, ``record``."""

    value: int
    payments: int
    faults: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether everything is as it was frozen."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Correction:
    """What happened to a frozen figure's period since. ``inside``: entries added to its own months (reopened since);
    ``carried``: opposite entries of later months that take back payments of its months, ``carried_value`` their counted sum.
    """

    value_now: int
    difference: int
    inside: tuple[Payment, ...]
    carried: tuple[Payment, ...]
    carried_value: int


def head_of(city: City) -> tuple[int, str]:
    """Length and last digest of the city's chain."""
    head = ChainHead.objects.of(city).first()
    return (head.seq, head.digest) if head else (0, GENESIS)


def rule_digest(version: IndicatorVersion) -> str:
    """SHA-256 over everything that decides what counts: definition, measure, classes, threshold and the rule set's content;
    of several countings over each and its months."""
    if version.spans:
        each = {f"{months} {one.code}": rule_digest(one) for one, months in version.spans}
        return digest(each, [])
    rules = version.rule_set
    said = {
        "definition": version.definition,
        "measure": version.measure,
        "classes": ",".join(version.classes),
        "at_least_fen": version.at_least_fen,
        "rules": digest({"content": _plain(rules.content)}, []) if rules else None,
    }
    return digest(said, [])


def _plain(content: Any) -> str:
    """A rule set's content as one text that does not depend on the order of its keys."""
    if isinstance(content, dict):
        return "{" + ",".join(f"{key!r}:{_plain(content[key])}" for key in sorted(content)) + "}"
    if isinstance(content, list):
        return "[" + ",".join(_plain(item) for item in content) + "]"
    return repr(content)


@transaction.atomic
def freeze(*, city: City, figures: Iterable[Figure], by: User, at: datetime) -> UUID:
    """Freeze figures together; returns the snapshot's id. The same figure named twice is frozen once.

    Raises :class:`Drifted` when a roll-up is not what the payments give.
    """
    head = ChainHead.objects.of(city).select_for_update().first()
    seq, last = (head.seq, head.digest) if head else (0, GENESIS)
    wanted = {figure.ref: figure for figure in figures}
    counted = _counted(city, wanted.values(), seq)
    snapshot = uuid7()
    rows = [_row(snapshot, figure, counted[ref], (seq, last), by, at) for ref, figure in wanted.items()]
    FrozenFigure.objects.bulk_create(rows, batch_size=200)
    record("figures.snapshot.frozen", city=city, by=by, at=at, snapshot=str(snapshot), figures=len(rows), seq=seq)
    return snapshot


def _counted(city: City, figures: Iterable[Figure], seq: int) -> dict[str, Counted]:
    """Each figure from the payments, one walk for each version and period."""
    walks: dict[tuple[UUID, str, Period], dict[UUID, Counted]] = {}
    found = {}
    for figure in figures:
        version = figure.version
        if version.rule_set is None:
            found[figure.ref] = Counted(figure.value, figure.payments)
            continue
        key = (version.pk, version.code, figure.period)
        if key not in walks:
            walks[key] = recounted_by_unit(version, figure.period, seq)
        parts = walks[key]
        mine = parts.values() if figure.unit is None else [parts.get(figure.unit.pk, Counted(0, 0))]
        found[figure.ref] = Counted(sum(one.fen for one in mine), sum(one.payments for one in mine))
        if found[figure.ref] != Counted(figure.value, figure.payments):
            raise Drifted(figure.ref)
    return found


def _row(
    snapshot: UUID, figure: Figure, counted: Counted, head: tuple[int, str], by: User, at: datetime
) -> FrozenFigure:
    row = FrozenFigure(
        city=figure.version.city,
        snapshot=snapshot,
        ref=figure.ref,
        version=figure.version,
        unit=figure.unit,
        first_month=figure.period.first,
        last_month=figure.period.last,
        value=counted.fen,
        payments=counted.payments,
        ledger_seq=head[0],
        ledger_digest=head[1],
        rule_digest=rule_digest(figure.version),
        frozen_by=by,
        frozen_at=at,
    )
    row.digest = seal_of(row)
    return row


def seal_of(frozen: FrozenFigure) -> str:
    """SHA-256 over every column of a frozen figure but the digest itself."""
    columns = {
        field.attname: getattr(frozen, field.attname)
        for field in frozen._meta.concrete_fields
        if field.attname != "digest"
    }
    columns["frozen_at"] = int(frozen.frozen_at.timestamp() * 1_000_000)
    return digest(columns, [])


def frozen_in(city: City, snapshot: UUID) -> list[FrozenFigure]:
    """The snapshot's figures with versions, rules and units. One query."""
    rows = FrozenFigure.objects.of(city).filter(snapshot=snapshot)
    return list(rows.select_related("version__indicator", "version__rule_set", "unit", "city"))


def recompute(frozen: FrozenFigure) -> Recomputed:
    """Count a frozen figure again from the ledger as it stood, and check what it rests on."""
    version = meaning_of(frozen)
    again = recomputed(version, frozen.period, frozen.unit, frozen.ledger_seq)
    standing = (
        Payment.objects.of(frozen.city_id).filter(seq=frozen.ledger_seq).values_list("digest", flat=True).first()
        or GENESIS
    )
    faults = {
        "value": (again.fen, again.payments) != (frozen.value, frozen.payments),
        "rule": rule_digest(version) != frozen.rule_digest,
        "ledger": standing != frozen.ledger_digest,
        "record": seal_of(frozen) != frozen.digest,
    }
    return Recomputed(again.fen, again.payments, tuple(name for name, wrong in faults.items() if wrong))


def later_correction(frozen: FrozenFigure) -> Correction | None:
    """What changed for the figure's months since it was frozen; None when nothing did. The frozen figure itself never changes."""
    value_now = _value_now(frozen)
    inside, carried = _since(frozen)
    if value_now == frozen.value and not inside and not carried:
        return None
    rules = meaning_of(frozen).rule_set
    taken = sum(ruling(rules, payment).counted_fen for payment in carried) if rules else 0
    return Correction(value_now, value_now - frozen.value, inside, carried, taken)


def _value_now(frozen: FrozenFigure) -> int:
    """From the roll-up, or from the payments where a later rule set has ended the totals of these months."""
    version, period, unit = meaning_of(frozen), frozen.period, frozen.unit
    if keeps(version, period):
        return of_version(version, period, unit).value
    return recomputed(version, period, unit, head_of(frozen.city)[0]).fen


def _since(frozen: FrozenFigure) -> tuple[tuple[Payment, ...], tuple[Payment, ...]]:
    """Entries newer than the snapshot: in the figure's months, and in later months against payments of its months."""
    version, period = meaning_of(frozen), frozen.period
    if version.rule_set is None:
        return (), ()
    inside = payments_behind(version, period, frozen.unit_id).filter(seq__gt=frozen.ledger_seq)
    carried = taken_back(Payment.objects.of(frozen.city_id).filter(seq__gt=frozen.ledger_seq), version, period)
    carried = carried if frozen.unit_id is None else carried.filter(unit_id=frozen.unit_id)
    return tuple(inside[:SHOWN]), tuple(carried[:SHOWN])

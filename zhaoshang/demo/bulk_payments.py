"""Verified payments by the hundred thousand for one new city, written around the models: the chain, the rows, the roll-ups.

The ledger's own actions write some hundred payments a second; a load test needs thirty thousand. The guards stay on, and
``verify-ledger`` walks what was made like any other account. Most columns of a payment are its project's or everybody's: they are
made ready once for each project, as the database takes them and as the chain hashes them. A row is what its database takes it as: a line
of COPY's text form on PostgreSQL, a tuple on SQLite.
"""

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date
from itertools import islice
from random import Random, SystemRandom
from typing import Any, cast
from uuid import UUID

from django.db import connection

from zhaoshang.capital import rollup
from zhaoshang.capital.ledger import sealed
from zhaoshang.capital.models import ChainHead, Payment, RuleSet, Total
from zhaoshang.capital.rules import GENESIS, YI_FEN, Facts, Kind, Origin, Standing, judge
from zhaoshang.common.periods import Period
from zhaoshang.demo.clock import after
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.rules import SourceClass, source_class
from zhaoshang.tenancy.models import City

LEAST_FEN = 1_000_000
_KINDS = [
    (kind, str(kind))
    for kind in (Kind.FIXED_ASSETS, Kind.FIXED_ASSETS, Kind.EQUIPMENT, Kind.EQUITY, Kind.LAND, Kind.WORKING_CAPITAL)
]
_FIELDS = {field.attname: field for field in Payment._meta.concrete_fields}
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_OF_ITS_PROJECT = ("project_id", "unit_id", "source_code", "source_class", "industry", "contract_fen", "payer")
_HASHED_ITS_OWN = (
    "amount_fen", "decided_at", "declared_at", "id", "kind", "paid_on", "previous_digest", "report_month", "seq",
)  # fmt: skip
_ITS_OWN = (*_HASHED_ITS_OWN, "digest")
_LINES_AT_ONCE = 500
_PROBE_FEN = 10_000
_Row = Any  # a line for COPY, or the values for a prepared statement


@dataclass(frozen=True, slots=True)
class Ground:
    """A city made ready for payments."""

    city: City
    officer: User
    verifier: User
    rules: RuleSet
    projects: list[Project]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the roll-ups ask of a payment, or of a sum of payments that differ in nothing else."""

    report_month: int
    project_id: UUID
    unit_id: UUID
    source_code: str
    source_class: SourceClass
    kind: Kind
    origin: Origin
    industry: str
    contract_fen: int
    facts: Facts


def write_payments(ground: Ground, months: Sequence[int], payments: int, chance: Random) -> None:
    """``payments`` verified payments from the chain's beginning, spread evenly over ``months``, with their roll-ups and the
    chain's head. In the caller's transaction, for a city that has none."""
    writer = _Writer(ground, chance)
    _insert(Payment, writer.columns, writer.rows(months, payments))
    _insert(Total, _TOTAL, _total_rows(ground.city, writer.cells()))
    ChainHead.objects.create(city=ground.city, seq=writer.seq, digest=writer.digest)


class _Writer:
    """Makes rows in the order of ``columns``, hashes them into the chain, remembers what the roll-ups need."""

    def __init__(self, ground: Ground, chance: Random) -> None:
        self.ground, self.chance, self.seq, self.digest = ground, chance, 0, GENESIS
        same = Payment(
            city=ground.city, kind=Kind.OTHER, origin=Origin.CONTINUED, outside_share_bp=10_000, standing=Standing.VERIFIED,
            declared_by=ground.officer, decided_by=ground.verifier,
        )  # fmt: skip
        rest = [name for name in _FIELDS if name not in _ITS_OWN and name not in _OF_ITS_PROJECT]
        self.columns = [str(_FIELDS[name].column) for name in (*_ITS_OWN, *_OF_ITS_PROJECT, *rest)]
        self.shared = {name: getattr(same, name) for name in rest}
        self.projects = [self._ready(project) for project in ground.projects]
        self.sums: dict[int, dict[tuple[int, Kind], list[int]]] = defaultdict(lambda: defaultdict(list))
        self.probes: dict[tuple[UUID, Kind], list[tuple[rollup.Key, int]]] = {}

    def _ready(self, project: Project) -> tuple[str, _Row]:
        """The text to be hashed with places for a payment's own values, and the end of its row."""
        told = self.shared | {
            "project_id": project.pk, "unit_id": project.unit_id, "source_code": project.source_code,
            "source_class": str(source_class(project.source_code, self.ground.city.gb_code)), "industry": project.industry,
            "contract_fen": project.contract_fen, "payer": project.investor,
        }  # fmt: skip
        text = {name: None if value is None else str(value) for name, value in told.items()}
        body = _ENCODE({"columns": sealed(text) | {name: f"@{name}@" for name in _HASHED_ITS_OWN}, "evidence": []})
        body = body.replace("%", "%%")
        for name in _HASHED_ITS_OWN:
            body = body.replace(f"@{name}@", "%s")
        stored = {name: _FIELDS[name].get_db_prep_save(value, connection) for name, value in told.items()}
        return body, _row(tuple(stored[name] for name in (*_OF_ITS_PROJECT, *self.shared)))

    def rows(self, months: Sequence[int], payments: int) -> Iterator[_Row]:
        """Each payment's own columns and those that it shares with all of its project."""
        for place, month in enumerate(months):
            yield from self._month(month, payments * (place + 1) // len(months))

    def _month(self, month: int, until: int) -> Iterator[_Row]:
        (declared, declared_text), (decided, decided_text) = (_moment(month, days) for days in (3, 6))
        days = [_day(Period(month, month).first_day().replace(day=day)) for day in range(1, 29)]
        random, projects, ids, sums = self.chance.random, self.projects, _ids(), self.sums[month]
        copied, head = _copies(), "%s\t" * len(_ITS_OWN)
        while self.seq < until:
            place = int(random() * len(projects))
            template, shared = projects[place]
            (kind, kind_text), (day, day_text) = _KINDS[int(random() * 6)], days[int(random() * 28)]
            amount, key, previous = LEAST_FEN + int(random() * YI_FEN), next(ids), self.digest
            self.seq += 1
            hashed = template % (
                amount, decided_text, declared_text, key, kind_text, day_text, previous, month, self.seq,
            )  # fmt: skip
            self.digest = hashlib.sha256(hashed.encode()).hexdigest()
            sums[place, kind].append(amount)
            if not copied:
                key = key.replace("-", "")
            own = (amount, decided, declared, key, kind_text, day, previous, month, self.seq, self.digest)
            yield head % own + shared if copied else own + shared

    def cells(self) -> Mapping[rollup.Key, Sequence[int]]:
        """The roll-ups of all that was made. Which cells a payment moves is asked once for each project and kind."""
        cells: dict[rollup.Key, list[int]] = defaultdict(lambda: [0, 0])
        for month, sums in self.sums.items():
            for (place, kind), amounts in sums.items():
                self._add(cells, month, self.ground.projects[place], kind, amounts)
        return cells

    def _add(
        self, cells: dict[rollup.Key, list[int]], month: int, project: Project, kind: Kind, amounts: list[int]
    ) -> None:
        if (probe := self.probes.get((project.pk, kind))) is None:
            probe = self.probes[project.pk, kind] = self._moved(month, project, kind, _PROBE_FEN)
        fen, count = sum(amounts), len(amounts)
        if any(counted != _PROBE_FEN for _, counted in probe):  # counted in part: each is rounded for itself
            facts = self._entry(month, project, kind, _PROBE_FEN).facts
            content = self.ground.rules.content
            fen = sum(judge(content, replace(facts, amount_fen=amount)).counted_fen for amount in amounts)
        for (rules, facet, _, unit, source, value), _ in probe:
            cell = cells[rules, facet, month, unit, source, value]
            cell[0] += fen
            cell[1] += count

    def _moved(self, month: int, project: Project, kind: Kind, amount: int) -> list[tuple[rollup.Key, int]]:
        entry = cast("Payment", self._entry(month, project, kind, amount))
        return list(rollup.cells_of(entry, [self.ground.rules]))

    def _entry(self, month: int, project: Project, kind: Kind, amount: int) -> Entry:
        source, industry = source_class(project.source_code, self.ground.city.gb_code), project.industry
        facts = Facts(amount, source, kind, Origin.CONTINUED, industry, project.contract_fen, 10_000)
        return Entry(
            month, project.pk, project.unit_id, project.source_code, source, kind, Origin.CONTINUED, industry,
            project.contract_fen, facts,
        )  # fmt: skip


def _moment(month: int, days: int) -> tuple[Any, str]:
    """As stored, and as ``capital.ledger.written`` has it."""
    when = after(month, days)
    hashed = when.astimezone(UTC).isoformat(timespec="microseconds")
    return _FIELDS["declared_at"].get_db_prep_save(when, connection), hashed


def _day(day: date) -> tuple[Any, str]:
    return _FIELDS["paid_on"].get_db_prep_save(day, connection), day.isoformat()


def _ids() -> Iterator[str]:
    """UUIDs of version 7 as text, without a call to the system for each."""
    chance = Random(SystemRandom().getrandbits(128))  # noqa: S311 - load data, not secrets
    variants = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
    while True:
        stamp, bits = f"{time.time_ns() // 1_000_000:012x}", chance.randbytes(64 * 10).hex()
        head = f"{stamp[:8]}-{stamp[8:]}-7"
        for at in range(0, 64 * 20, 20):
            yield f"{head}{bits[at : at + 3]}-{variants[bits[at + 3]]}{bits[at + 4 : at + 7]}-{bits[at + 7 : at + 19]}"


_TOTAL = (
    "id",
    "city_id",
    "rule_set_id",
    "facet",
    "month",
    "unit_id",
    "source_class",
    "value",
    "amount_fen",
    "payments",
)


def _total_rows(city: City, cells: Mapping[rollup.Key, Sequence[int]]) -> Iterator[_Row]:
    native, ids = connection.features.has_native_uuid_field, _ids()
    known = {one: one if native else one.hex for key in cells for one in (key[0], key[3])}
    own, copied = city.pk if native else city.pk.hex, _copies()
    for (rules, facet, month, unit, source, value), (fen, count) in cells.items():
        if copied:  # of these only a value is text that could need escaping
            shown = f"{facet}\t{month}\t{known[unit]}\t{source!s}\t{_escaped(value)}\t{fen}\t{count}\n"
            yield f"{next(ids)}\t{own}\t{known[rules]}\t{shown}"
        else:
            key = next(ids) if native else next(ids).replace("-", "")
            yield (key, own, known[rules], facet, month, known[unit], str(source), value, fen, count)


def _copies() -> bool:
    return connection.vendor == "postgresql"


def _row(values: tuple[Any, ...]) -> _Row:
    """A row, or the end of one, as the database takes it."""
    return "\t".join(map(_escaped, values)) + "\n" if _copies() else values


def _insert(model: Any, columns: Sequence[str], rows: Iterable[_Row]) -> None:
    """COPY on PostgreSQL, one prepared statement on SQLite."""
    named = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if _copies():
            lines = iter(rows)
            with cursor.cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
                while some := "".join(islice(lines, _LINES_AT_ONCE)):
                    copy.write(some)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f'INSERT INTO "{table}" ({named}) VALUES ({marks})',  # noqa: S608 - our own column names  # nosec B608
                cast("Any", rows),
            )


def _escaped(value: object) -> str:
    """A value in COPY's text form."""
    if value is None:
        return "\\N"
    text = str(value)
    for sign, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, written)
    return text

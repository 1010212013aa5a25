"""The monthly reconciliation with the statistics bureau: its return as it came, the differences, and what people said of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from zhaoshang.capital.bureau import BureauEntry, DifferenceNote
from zhaoshang.capital.matching import Difference, Held, Ours, Theirs, hold
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class SourceMissing(Exception):
    """An entry must say from which file or letter it comes."""


class ExplanationMissing(Exception):
    """A note needs words."""


class NoSuchDifference(Exception):
    """The month has no such difference (any more)."""


class NamedTwice(Exception):
    """The return names one project of one enterprise twice; the argument is the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRow:
    """A line of the bureau's return: 纳统名称, code if known, unit if known, whole fen of the month and of the year so far if stated."""

    name: str
    uscc: str = ""
    unit: ReportingUnit | None = None
    month_fen: int | None = None
    total_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """One difference: what it is about, the two sides, and the newest note (None: still open)."""

    kind: Difference
    subject: str
    ours: Ours | None
    theirs: Theirs | None
    note: DifferenceNote | None


@dataclass(frozen=True, slots=True)
class Account:
    """A month's reconciliation. ``entries``: lines of the bureau's return; 0 when it has not come yet."""

    month: int
    entries: int
    held: Held
    differences: tuple[Open, ...]

    @property
    def open_count(self) -> int:
        """Differences that nobody has explained."""
        return sum(1 for one in self.differences if one.note is None)

    def of_kind(self, kind: Difference) -> list[Open]:
        """The differences of a kind, open ones first, then by our amount."""
        found = [one for one in self.differences if one.kind == kind]
        return sorted(found, key=lambda one: (one.note is not None, -one.ours.amount_fen if one.ours else 0))


@transaction.atomic
def record_return(*, city: City, month: int, rows: Sequence[ReturnRow], source: str, by: User, at: datetime) -> int:
    """Take in the bureau's return of a month, in place of what was held for it; the same return again changes nothing.

    Returns the number of lines that differ from what was held. Raises :class:`SourceMissing`, :class:`NamedTwice`.
    """
    if not source.strip():
        raise SourceMissing
    wanted: dict[tuple[str, str], ReturnRow] = {}
    for row in rows:
        if (row.name, row.uscc) in wanted:
            raise NamedTwice(row.name)
        wanted[row.name, row.uscc] = row
    City.objects.select_for_update(no_key=True).get(pk=city.pk)  # two returns of a month come one after the other
    held = {(one.name, one.uscc): one for one in BureauEntry.objects.of(city).filter(month=month)}
    gone = [one.pk for key, one in held.items() if key not in wanted or _said(one) != _said(wanted[key])]
    fresh = [row for key, row in wanted.items() if key not in held or _said(held[key]) != _said(row)]
    BureauEntry.objects.of(city).filter(pk__in=gone).delete()
    BureauEntry.objects.bulk_create([_entry(city, month, row, source, by, at) for row in fresh], batch_size=500)
    dropped = sum(1 for key in held if key not in wanted)
    if fresh or dropped:
        record(
            "capital.bureau.received",
            city=city,
            by=by,
            at=at,
            month=month,
            source=source,
            lines=len(rows),
            changed=len(fresh),
            dropped=dropped,
        )
    return len(fresh) + dropped


@transaction.atomic
def enter_line(*, city: City, month: int, row: ReturnRow, source: str, by: User, at: datetime) -> BureauEntry:
    """Enter or correct one line by hand. Raises :class:`SourceMissing`."""
    if not source.strip():
        raise SourceMissing
    City.objects.select_for_update(no_key=True).get(pk=city.pk)
    BureauEntry.objects.of(city).filter(month=month, name=row.name, uscc=row.uscc).delete()
    entry = _entry(city, month, row, source, by, at)
    entry.save(force_insert=True)
    record("capital.bureau.line_entered", city=city, by=by, at=at, about=entry, month=month)
    return entry


@transaction.atomic
def explain(
    *, city: City, month: int, kind: Difference, subject: str, text: str, by: User, at: datetime
) -> DifferenceNote:
    """Say why a difference stands. Raises :class:`ExplanationMissing`, :class:`NoSuchDifference`."""
    if not text.strip():
        raise ExplanationMissing
    if not any(one.kind == kind and one.subject == subject for one in reconcile(city, month).differences):
        raise NoSuchDifference(subject)
    note = DifferenceNote.objects.create(
        city=city, month=month, kind=kind, subject=subject, text=text.strip(), written_by=by, written_at=at
    )
    record(
        "capital.difference.explained",
        city=city,
        by=by,
        at=at,
        about=note,
        month=month,
        kind=str(kind),
        subject=subject,
    )
    return note


def _said(line: BureauEntry | ReturnRow) -> tuple[object, ...]:
    unit = line.unit_id if isinstance(line, BureauEntry) else line.unit.pk if line.unit else None
    return line.name, line.uscc, unit, line.month_fen, line.total_fen


def _entry(city: City, month: int, row: ReturnRow, source: str, by: User, at: datetime) -> BureauEntry:
    return BureauEntry(
        city=city,
        month=month,
        name=row.name,
        uscc=row.uscc,
        unit=row.unit,
        month_fen=row.month_fen,
        total_fen=row.total_fen,
        source=source.strip(),
        entered_by=by,
        entered_at=at,
    )


def reconcile(city: City, month: int) -> Account:
    """The month's two lists held against each other, with the notes. Three queries."""
    theirs = [
        Theirs(str(one.pk), one.name, one.uscc, one.unit.code if one.unit else "", one.month_fen)
        for one in BureauEntry.objects.of(city).filter(month=month).select_related("unit")
    ]
    held = hold(_ours(city, month), theirs)
    notes = {
        (note.kind, note.subject): note
        for note in DifferenceNote.objects.of(city).filter(month=month).select_related("written_by")
    }
    found: list[tuple[Difference, str, Ours | None, Theirs | None]]
    found = [(Difference.NOT_THERE, f"project:{one.key}", one, None) for one in held.not_there]
    found += [(Difference.NOT_HERE, _subject(one), None, one) for one in held.not_here]
    found += [(Difference.NAMES, f"project:{pair.ours.key}", pair.ours, pair.theirs) for pair in held.renamed]
    differences = [Open(kind, subject, ours, entry, notes.get((kind, subject))) for kind, subject, ours, entry in found]
    return Account(month, len(theirs), held, tuple(differences))


def _subject(entry: Theirs) -> str:
    """An entry by its words, so that a note outlives the return's being sent again."""
    return f"entry:{entry.uscc}:{entry.name}"[:200]


def _ours(city: City, month: int) -> list[Ours]:
    """Projects with verified money in the month; what was taken back whole within the month is no money."""
    rows = Payment.objects.of(city).filter(standing=Standing.VERIFIED, report_month=month).order_by("project__code")
    words = (
        "project__code",
        "project__name",
        "project__statistics_name",
        "project__enterprise__uscc",
        "project__unit__code",
    )
    sums = rows.values_list(*words).annotate(Sum("amount_fen"))
    return [Ours(*line) for line in sums if line[-1] > 0]

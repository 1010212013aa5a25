"""A workbook's way into the account: received, read, corrected, accepted as a whole or not at all, undone as one.

The page, the API and the command line all come through here. Reading is pure (``review.workbooks``); what only the account can tell is
in ``intake_matching``; payments are written by ``capital.actions``.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from zhaoshang.capital import actions as capital
from zhaoshang.capital import evidence
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.common.files import digest, safe_name
from zhaoshang.common.ids import uuid7
from zhaoshang.common.problems import Refused
from zhaoshang.common.sheets import Workbook as Book
from zhaoshang.common.sheets import open_workbook
from zhaoshang.jobs.actions import begin
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import Kind as JobKind
from zhaoshang.jobs.telling import Tell, tell_nobody
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.models import ReportingUnit, ReportMonth
from zhaoshang.review import intake_reading as reading
from zhaoshang.review.intake_projects import Registration, register_from_sheet
from zhaoshang.review.intake_rows import Planned, draft_back, stored_rows
from zhaoshang.review.models import BUSY, STANDING, ColumnMemory, Workbook
from zhaoshang.review.rules import Act, WorkbookState
from zhaoshang.tenancy.models import City

READ_AT_ONCE_BYTES = 100_000


class AlreadyImported(Exception):
    """The same file was accepted for this unit and month. ``workbook`` is that import."""

    def __init__(self, workbook: Workbook) -> None:
        super().__init__(str(workbook))
        self.workbook = workbook


class NotReady(Exception):
    """The workbook is not in the state that the act needs: still being read, or decided already."""


class Faulty(Exception):
    """Problems keep the file out: it is accepted as a whole or not at all."""


class Unconfirmed(Exception):
    """Doubts that a person must answer for were not confirmed."""


class AccountChanged(Exception):
    """The account changed since the rows were shown; they were held against it again. Look again."""


def require_sender(city: City, unit: ReportingUnit, by: User) -> None:
    """The person may declare for the unit, now. Raises ``regions.access.NotAllowed``."""
    viewer = viewer_of(by, city)
    viewer.require(Can.DECLARE)
    if not viewer.sees_unit(unit.pk):
        raise NotAllowed(Can.DECLARE)


def receive(
    *, city: City, unit: ReportingUnit, month: int, content: bytes, filename: str, by: User, at: datetime
) -> Workbook:
    """Take a unit's file for an open month; the same file again is the same row while that stands.

    Raises ``common.problems.Refused`` for a file that would not be opened (nothing is kept of it but a line in the diary),
    :class:`AlreadyImported`, ``capital.actions.PeriodClosed`` and ``regions.access.NotAllowed``.
    """
    return take_in(city=city, unit=unit, month=month, content=content, filename=filename, by=by, at=at)[0]


def take_in(
    *, city: City, unit: ReportingUnit, month: int, content: bytes, filename: str, by: User, at: datetime
) -> tuple[Workbook, Book]:
    """:func:`receive`, with the opened file for whoever reads it at once."""
    require_sender(city, unit, by)
    _require_open(city, month)
    sha256, name = digest(content), safe_name(filename)
    same = Workbook.objects.of(city).filter(unit=unit, month=month, digest=sha256, state__in=STANDING)
    if (known := same.select_related("unit", "city", "decided_by").first()) and known.state == WorkbookState.ACCEPTED:
        raise AlreadyImported(known)
    try:
        book = open_workbook(content, filename)
    except Refused as refusal:
        record(
            "review.workbook.refused", city=city, by=by, at=at, refused=True,
            name=name, digest=sha256, unit=unit.code, code=refusal.code,
        )  # fmt: skip
        raise
    if known:
        return known, book
    evidence.keep(city.code, sha256, content)
    try:
        with transaction.atomic():
            workbook = Workbook.objects.create(
                city=city, unit=unit, month=month, name=name, digest=sha256, size_bytes=len(content),
                sent_by=by, sent_at=at, moved_at=at,
            )  # fmt: skip
            record("review.workbook.received", city=city, by=by, at=at, about=workbook, digest=sha256, unit=unit.code)
    except IntegrityError:  # the same form sent twice at once
        return same.select_related("unit", "city", "decided_by").get(), book
    return workbook, book


def _require_open(city: City, month: int) -> None:
    found = ReportMonth.objects.of(city).filter(number=month).first()
    if found is None or not found.is_open:
        raise capital.PeriodClosed(str(found or month))


def read_or_enqueue(*, workbook: Workbook, by: User, at: datetime, book: Book | None = None) -> None:
    """Read a small file now, in the request; leave a large one to the worker, with its progress on the page."""
    if workbook.size_bytes <= READ_AT_ONCE_BYTES:
        reading.read_workbook(workbook, book)
    else:
        reading.enqueue(workbook, by, at)


def remap(*, workbook: Workbook, settled: Mapping[str, Any], by: User, at: datetime) -> Workbook:
    """Read the file again with what the person settled: ``mapping`` (letter → column key, empty: not read), ``amount_unit``,
    ``sheets``, ``kind``, ``headers`` (sheet → first and last row of its heading). A reading that stands still begins again.

    Raises :class:`NotReady`, ``NotAllowed``.
    """
    require_sender(workbook.city, workbook.unit, by)
    with transaction.atomic():
        held = _held(workbook, WorkbookState.READ, WorkbookState.FAILED, *(BUSY if workbook.is_stalled(at) else ()))
        held.asked = {name: settled[name] for name in reading.SETTLED if settled.get(name)}
        held.state, held.step, held.moved_at, held.failure = WorkbookState.RECEIVED, "", at, ""
        held.save(update_fields=["asked", "state", "step", "moved_at", "failure"])
        record("review.workbook.remapped", city=held.city, by=by, at=at, about=held, settled=held.asked)
    return held


def register_projects(
    *, workbook: Workbook, wanted: Sequence[Registration], nevertheless: str = "", by: User, at: datetime
) -> int:
    """Register projects that the sheet names, then hold its rows against the account again. Returns their number.

    Raises :class:`NotReady`, ``NotAllowed``, ``projects.actions.CodeTaken``, and
    ``registering.LooksAlike`` unless a reason is given nevertheless.
    """
    require_sender(workbook.city, workbook.unit, by)
    with transaction.atomic():
        held = _held(workbook, WorkbookState.READ)
        made = register_from_sheet(
            unit=held.unit, wanted=wanted, year=held.month // 12, nevertheless=nevertheless, by=by, at=at
        )
        reading.match_again(held)
    return len(made)


def _held(workbook: Workbook, *states: WorkbookState) -> Workbook:
    """The row, locked, in one of the states. Raises :class:`NotReady`."""
    rows = Workbook.objects.of(workbook.city_id).select_for_update().select_related("unit", "city")
    held = rows.get(pk=workbook.pk)
    if held.state not in states:
        raise NotReady(held.state)
    return held  # type: ignore[no-any-return]


def accept_or_enqueue(*, workbook: Workbook, by: User, at: datetime, confirmed: bool = False) -> Workbook | Job:
    """Accept a small one now, in the request; leave a large one to the worker. Raises as :func:`accept` and ``jobs.actions.begin``."""
    if workbook.summary.get("rows", 0) <= settings.AT_ONCE_ROWS:
        return accept(workbook=workbook, by=by, at=at, confirmed=confirmed)
    require_sender(workbook.city, workbook.unit, by)
    _require_acceptable(workbook, confirmed)
    return begin(
        city=workbook.city, kind=JobKind.IMPORT_ACCEPT, key=f"import_accept:{workbook.pk}",
        given={"workbook": str(workbook.pk), "confirmed": confirmed}, about=workbook.name, by=by, at=at,
    )  # fmt: skip


def accepting_job(workbook: Workbook) -> Job | None:
    """The worker's last job that was to accept it. One query."""
    jobs = Job.objects.of(workbook.city_id).filter(key=f"import_accept:{workbook.pk}")
    return jobs.order_by("-asked_at", "-id").first()


def hold_anew(workbook: Workbook) -> None:
    """Hold the rows against the account as it is now. Raises :class:`NotReady`."""
    reading.match_again(_held(workbook, WorkbookState.READ))


def accept(
    *, workbook: Workbook, by: User, at: datetime, confirmed: bool = False, tell: Tell = tell_nobody
) -> Workbook:
    """Declare what was shown, all or nothing: new rows in one batch, changed ones amended. ``confirmed``: the doubts were answered for.

    Raises :class:`NotReady`, :class:`Faulty`, :class:`Unconfirmed`, :class:`AccountChanged`, ``NotAllowed``, and what
    ``capital.actions.declare_many`` and ``amend`` raise.
    """
    require_sender(workbook.city, workbook.unit, by)
    try:
        return _accept(workbook, by, at, confirmed, tell)
    except AccountChanged:
        with transaction.atomic():
            hold_anew(workbook)
        raise


@transaction.atomic
def _accept(workbook: Workbook, by: User, at: datetime, confirmed: bool, tell: Tell) -> Workbook:
    held = _held(workbook, WorkbookState.READ)
    capital.lock_open_month(held.city, held.month)
    _require_acceptable(held, confirmed)
    planned = reading.plan_again(held, tell)
    if any(not one.same_as(shown) for one, shown in zip(planned.rows, stored_rows(held), strict=True)):
        raise AccountChanged(str(held))
    batch = uuid7()
    _write(held, planned.rows, batch, by, at, tell)
    _learn(held, at)
    held.state, held.batch, held.decided_by, held.decided_at = WorkbookState.ACCEPTED, batch, by, at
    held.save(update_fields=["state", "batch", "decided_by", "decided_at"])
    counted = {name: held.summary[name] for name in ("new", "update", "unchanged", "new_fen")}
    record("review.workbook.accepted", city=held.city, by=by, at=at, about=held, batch=str(batch), **counted)
    return held


def _require_acceptable(held: Workbook, confirmed: bool) -> None:
    if held.state != WorkbookState.READ:
        raise NotReady(held.state)
    if held.faults or not held.summary.get("rows"):
        raise Faulty(str(held.faults))
    if held.summary["to_confirm"] and not confirmed:
        raise Unconfirmed(str(held.summary["to_confirm"]))


def _write(held: Workbook, planned: Sequence[Planned], batch: UUID, by: User, at: datetime, tell: Tell) -> None:
    drafts = [one.draft for one in planned if one.act == Act.NEW and one.draft]
    if drafts:
        capital.declare_many(city=held.city, drafts=drafts, by=by, at=at, batch=batch, tell=partial(tell, "writing"))
    changed = [
        capital.Amendment(one.standing, one.draft, one.standing.revision)
        for one in planned
        if one.act == Act.UPDATE and one.standing and one.draft
    ]
    capital.amend_many(city=held.city, amendments=changed, by=by, at=at)


def _learn(held: Workbook, at: datetime) -> None:
    """Keep the headings that a person corrected: next time they are known."""
    for heading, key in reading.corrected(held).items():
        ColumnMemory.objects.of(held.city).update_or_create(
            city=held.city, unit=held.unit, heading=heading[:200],
            defaults={"key": key, "learned_from": held, "learned_at": at},
        )  # fmt: skip


def drop(*, workbook: Workbook, by: User, at: datetime) -> None:
    """Put a workbook aside that was not accepted. Raises :class:`NotReady`, ``NotAllowed``."""
    require_sender(workbook.city, workbook.unit, by)
    with transaction.atomic():
        held = _held(workbook, WorkbookState.READ, WorkbookState.FAILED, WorkbookState.RECEIVED)
        held.state, held.decided_by, held.decided_at = WorkbookState.DROPPED, by, at
        held.save(update_fields=["state", "decided_by", "decided_at"])
        record("review.workbook.dropped", city=held.city, by=by, at=at, about=held)


@transaction.atomic
def undo(*, workbook: Workbook, reason: str, by: User, at: datetime) -> int:
    """Take an accepted import back as one: its payments withdrawn, those it changed put back. Returns how many payments it touched.

    Raises :class:`NotReady`, ``NotAllowed``, ``capital.actions.NotDeclared`` when any was verified or changed since,
    ``ReasonMissing``, ``PeriodClosed``.
    """
    require_sender(workbook.city, workbook.unit, by)
    if not reason.strip():
        raise capital.ReasonMissing
    held = _held(workbook, WorkbookState.ACCEPTED)
    capital.lock_open_month(held.city, held.month)
    of_batch = Payment.objects.of(held.city).filter(batch=held.batch)
    if of_batch.filter(standing=Standing.VERIFIED).exists():
        raise capital.NotDeclared(str(held))
    declared = list(of_batch.filter(standing=Standing.DECLARED).select_related("city"))
    touched = capital.withdraw(payments=declared, reason=reason, by=by, at=at) + _put_back(held, by, at)
    held.state, held.reason, held.undone_by, held.undone_at = WorkbookState.UNDONE, reason.strip()[:400], by, at
    held.save(update_fields=["state", "reason", "undone_by", "undone_at"])
    record("review.workbook.undone", city=held.city, by=by, at=at, about=held, payments=touched, reason=held.reason)
    return touched


def _put_back(held: Workbook, by: User, at: datetime) -> int:
    changed = {UUID(row["standing"][0]): row for row in stored_rows(held) if row["act"] == Act.UPDATE}
    payments = Payment.objects.of(held.city).select_related("project__city", "city")
    amendments = []
    for start in range(0, len(changed), 500):
        for payment in payments.filter(pk__in=list(changed)[start : start + 500]):
            row = changed[payment.pk]
            if payment.revision != row["standing"][1] + 1:
                raise capital.NotDeclared(str(payment))
            draft = draft_back(payment.project, payment, row["before"])
            amendments.append(capital.Amendment(payment, draft, payment.revision))
    capital.amend_many(city=held.city, amendments=amendments, by=by, at=at)
    return len(amendments)

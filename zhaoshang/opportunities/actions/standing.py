"""How an entry stands: in talks, reserved for a project, taken by one, closed, available again."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhaoshang.opportunities.models import Opportunity, Reservation
from zhaoshang.opportunities.rules import LISTED, Happened, State
from zhaoshang.opportunities.telling import locked, tell
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project


class NotSo(Exception):
    """The entry stands otherwise by now: this cannot follow."""


class ReasonMissing(Exception):
    """A document or reason is asked for."""


class BadDays(Exception):
    """The last day of a reservation lies before its first or past the entry's expiry."""


class AlreadyReserved(Exception):
    """Another project holds the entry; ``reservation`` says until when."""

    def __init__(self, reservation: Reservation | None = None) -> None:
        self.reservation = reservation
        super().__init__(str(reservation.until_on) if reservation else "")


def current_reservation(entry: Opportunity) -> Reservation | None:
    """The row that is not ended; it may have lapsed."""
    rows = Reservation.objects.of(entry.city_id).select_related("project")
    return rows.filter(opportunity=entry, ended_on__isnull=True).first()


@transaction.atomic
def reserve(
    *, entry: Opportunity, project: Project, until_on: date, document: str, by: User, at: datetime
) -> Reservation:
    """Keep an entry for a project until a day. Raises :class:`NotSo`, :class:`BadDays`, :class:`ReasonMissing`,
    :class:`AlreadyReserved`."""
    held, today = locked(entry), timezone.localdate(at)
    if held.state not in LISTED or held.expires_on < today:
        raise NotSo
    if not document.strip():
        raise ReasonMissing
    if not today <= until_on <= held.expires_on:
        raise BadDays
    earlier = current_reservation(held)
    if earlier is not None:
        if earlier.holds_on(today):
            raise AlreadyReserved(earlier)
        _end(earlier, earlier.until_on, "到期自行解除")
    try:
        with transaction.atomic():
            made: Reservation = Reservation.objects.create(
                city=held.city, opportunity=held, project=project, from_on=today, until_on=until_on, document=document.strip(),
                made_by=by, made_at=at,
            )  # fmt: skip
    except IntegrityError as refused:
        raise AlreadyReserved from refused
    tell(held, Happened.RESERVED, by=by, at=at, project=project, text=f"{until_on}：{document.strip()}")
    record(
        "opportunities.entry.reserved",
        city=held.city,
        by=by,
        at=at,
        about=held,
        project=project.code,
        until=str(until_on),
    )
    return made


def _end(reservation: Reservation, on: date, reason: str) -> None:
    reservation.ended_on, reservation.end_reason = on, reason
    reservation.save(update_fields=["ended_on", "end_reason"])


@transaction.atomic
def release(*, entry: Opportunity, reason: str, by: User, at: datetime) -> None:
    """Give a reserved entry free before its day. Raises :class:`NotSo`, :class:`ReasonMissing`."""
    held, today = locked(entry), timezone.localdate(at)
    reservation = current_reservation(held)
    if reservation is None or not reservation.holds_on(today):
        raise NotSo
    if not reason.strip():
        raise ReasonMissing
    _end(reservation, today, reason.strip()[:200])
    tell(held, Happened.RELEASED, by=by, at=at, project=reservation.project, text=reason.strip()[:400])
    record("opportunities.entry.released", city=held.city, by=by, at=at, about=held, reason=reason.strip())


@transaction.atomic
def enter_talks(*, entry: Opportunity, project: Project | None, text: str, by: User, at: datetime) -> Opportunity:
    """Somebody is negotiating about it; it stays in the lists and says so. Raises :class:`NotSo`."""
    held = locked(entry)
    if held.state != State.AVAILABLE:
        raise NotSo
    _move(held, State.IN_TALKS)
    tell(held, Happened.TALKS, by=by, at=at, project=project, text=text.strip()[:400])
    record(
        "opportunities.entry.in_talks",
        city=held.city,
        by=by,
        at=at,
        about=held,
        project=project.code if project else "",
    )
    return held


@transaction.atomic
def take(*, entry: Opportunity, project: Project | None, text: str, by: User, at: datetime) -> Opportunity:
    """It is sold, let or agreed: from now on it is in no list. A reservation of the same project ends with it.

    Raises :class:`NotSo`, :class:`AlreadyReserved` when it is kept for another project, :class:`ReasonMissing` without project and text.
    """
    held, today = locked(entry), timezone.localdate(at)
    if held.state not in LISTED:
        raise NotSo
    if project is None and not text.strip():
        raise ReasonMissing
    reservation = current_reservation(held)
    if reservation is not None:
        if reservation.holds_on(today) and (project is None or reservation.project_id != project.pk):
            raise AlreadyReserved(reservation)
        _end(reservation, min(today, reservation.until_on), "已落定")
    held.taken_by = project
    _move(held, State.TAKEN)
    tell(held, Happened.TAKEN, by=by, at=at, project=project, text=text.strip()[:400])
    record(
        "opportunities.entry.taken", city=held.city, by=by, at=at, about=held, project=project.code if project else ""
    )
    return held


@transaction.atomic
def make_available(*, entry: Opportunity, reason: str, by: User, at: datetime) -> Opportunity:
    """Talks ended, a sale fell through, or a closed entry is offered again. Raises :class:`NotSo`, :class:`ReasonMissing`."""
    held = locked(entry)
    if held.state == State.AVAILABLE:
        raise NotSo
    if not reason.strip():
        raise ReasonMissing
    project, held.taken_by = held.taken_by, None
    _move(held, State.AVAILABLE)
    tell(held, Happened.AVAILABLE, by=by, at=at, project=project, text=reason.strip()[:400])
    record("opportunities.entry.available", city=held.city, by=by, at=at, about=held, reason=reason.strip())
    return held


@transaction.atomic
def close_entry(*, entry: Opportunity, reason: str, by: User, at: datetime) -> Opportunity:
    """It is offered no longer. Raises :class:`NotSo`, :class:`ReasonMissing`."""
    held = locked(entry)
    if held.state not in LISTED:
        raise NotSo
    if not reason.strip():
        raise ReasonMissing
    reservation = current_reservation(held)
    if reservation is not None:
        today = timezone.localdate(at)
        if reservation.holds_on(today):
            raise AlreadyReserved(reservation)
        _end(reservation, reservation.until_on, "到期自行解除")
    _move(held, State.CLOSED)
    tell(held, Happened.CLOSED, by=by, at=at, text=reason.strip()[:400])
    record("opportunities.entry.closed", city=held.city, by=by, at=at, about=held, reason=reason.strip())
    return held


def _move(held: Opportunity, state: State) -> None:
    held.state, held.revision = state, held.revision + 1
    held.save(update_fields=["state", "taken_by", "revision"])

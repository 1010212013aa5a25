"""Notes of risk: written with their source, answered, and closed with a reason by who wrote them or by the bureau."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhaoshang.enterprises.actions import locked
from zhaoshang.enterprises.models import Enterprise, NoteReply, RiskNote
from zhaoshang.enterprises.rules import Level, Reply
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit


class TextMissing(Exception):
    """A note needs its text and its source; a reply says why."""


class NotYet(Exception):
    """The day has not come."""


class NoteClosed(Exception):
    """The note has been closed."""


class NotTheirs(Exception):
    """A note is closed by who wrote it, or by the bureau."""


@transaction.atomic
def note_risk(
    *,
    enterprise: Enterprise,
    level: Level,
    text: str,
    source: str,
    noted_on: date,
    unit: ReportingUnit | None,
    by: User,
    at: datetime,
    is_sample: bool = False,
) -> RiskNote:
    """Append a note. Raises :class:`TextMissing`, :class:`NotYet`, ``actions.IsMerged``."""
    if not (text.strip() and source.strip()):
        raise TextMissing
    if noted_on > timezone.localdate(at):
        raise NotYet
    held = locked(enterprise)
    note: RiskNote = RiskNote.objects.create(
        city=held.city, enterprise=held, unit=unit, level=level, text=text.strip(), source=source.strip(),
        noted_on=noted_on, by=by, at=at, is_sample=is_sample,
    )  # fmt: skip
    record("enterprises.risk.noted", city=held.city, by=by, at=at, about=held, note=str(note.pk), level=level)
    return note


@transaction.atomic
def reply_to_note(*, note: RiskNote, kind: Reply, text: str, for_the_bureau: bool, by: User, at: datetime) -> NoteReply:
    """Answer a note, or close it. ``for_the_bureau``: the one who acts may close any.

    Raises :class:`TextMissing`, :class:`NoteClosed`, :class:`NotTheirs`.
    """
    if not text.strip():
        raise TextMissing
    rows = RiskNote.objects.of(note.city_id).select_for_update().select_related("city", "enterprise")
    held = rows.get(pk=note.pk)
    if NoteReply.objects.of(held.city).filter(note=held, kind=Reply.CLOSED).exists():
        raise NoteClosed
    if kind == Reply.CLOSED and not for_the_bureau and held.by_id != by.pk:
        raise NotTheirs
    reply: NoteReply = NoteReply.objects.create(city=held.city, note=held, kind=kind, text=text.strip(), by=by, at=at)
    if kind == Reply.CLOSED:
        record("enterprises.risk.closed", city=held.city, by=by, at=at, about=held.enterprise, note=str(held.pk))
    else:
        record("enterprises.risk.answered", city=held.city, by=by, at=at, about=held.enterprise, note=str(held.pk))
    return reply

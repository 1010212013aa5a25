"""Promises of both sides: made by a contract, changed by a supplement, settled with evidence; and what was real, year by year."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zhaoshang.common.files import digest, identify, safe_name
from zhaoshang.common.files.keeping import keep
from zhaoshang.contracts.actions.reading import ReasonMissing, has_come
from zhaoshang.contracts.models import Actual, Promise, PromiseEntry
from zhaoshang.contracts.rules.promises import ENTERED, TERMS, EntryKind, Measure, Side, Status, settled_as
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import BadDay, locked


class PromiseIncomplete(Exception):
    """A promise says what, who sees to it, by which document; a measured one also how much."""


class DocumentMissing(Exception):
    """Name the supplement or other document."""


class NothingChanges(Exception):
    """The supplement leaves the promise as it is."""


class AlreadySettled(Exception):
    """The promise has been settled; it does not change any more."""


class NoEvidence(Exception):
    """A kept promise has a file that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPromise:
    """What is promised. ``document``: the contract; ``agreed_on``: its day; amounts in fen."""

    side: Side
    text: str
    due_on: date
    responsible: str
    document: str
    agreed_on: date
    measure: Measure = Measure.OTHER
    amount_fen: int | None = None
    quantity: str = ""


@transaction.atomic
def make_promise(*, project: Project, new: NewPromise, by: User, at: datetime) -> Promise:
    """Register a promise. Raises :class:`PromiseIncomplete`, ``BadDay``, ``NotAllowed``."""
    held = locked(project, by, Can.PREPARE_CONTRACT)
    said = (new.text.strip(), new.responsible.strip(), new.document.strip())
    _check(new.measure, new.amount_fen, said)
    if not has_come(new.agreed_on, at):
        raise BadDay(str(new.agreed_on))
    last = Promise.objects.of(held.city_id).filter(project_id=held.pk).aggregate(last=Max("number"))["last"] or 0
    promise: Promise = Promise.objects.create(
        city=held.city,
        project=held,
        number=last + 1,
        side=new.side,
        measure=new.measure,
        text=said[0][:400],
        amount_fen=new.amount_fen,
        quantity=new.quantity.strip()[:60],
        due_on=new.due_on,
        responsible=said[1][:120],
        document=said[2][:120],
        is_sample=held.is_sample,
    )
    _entry(promise, 1, EntryKind.MADE, by, at, document=promise.document, day=new.agreed_on)
    told: dict[str, Any] = {"side": promise.side, "due_on": str(promise.due_on)}
    record("contracts.promise.made", city=held.city, by=by, at=at, about=held, text=promise.text, **told)
    return promise


def _check(measure: str, amount_fen: int | None, said: tuple[str, ...]) -> None:
    if not all(said) or (measure and amount_fen is None) or (amount_fen is not None and amount_fen <= 0):
        raise PromiseIncomplete


def _entry(promise: Promise, number: int, kind: EntryKind, by: User, at: datetime, **told: Any) -> PromiseEntry:
    told = {"status": promise.status} | told
    entry: PromiseEntry = PromiseEntry.objects.create(
        city_id=promise.city_id, promise=promise, number=number, kind=kind, entered_by=by, entered_at=at, **told
    )
    return entry


def _held(promise: Promise, by: User, need: Can) -> Promise:
    held = locked(promise.project, by, need)
    rows = Promise.objects.of(held.city_id).select_for_update().select_related("project", "city")
    found: Promise = rows.get(pk=promise.pk)
    if found.status != Status.OPEN:
        raise AlreadySettled
    return found


@transaction.atomic
def amend_promise(
    *, promise: Promise, document: str, agreed_on: date, reason: str = "", by: User, at: datetime, **terms: Any
) -> Promise:
    """Change a promise's terms (``rules.promises.TERMS``) as a supplement says; what it said before stays in its log.

    Raises :class:`AlreadySettled`, :class:`DocumentMissing`, :class:`NothingChanges`, :class:`PromiseIncomplete`, ``BadDay``,
    ``NotAllowed``.
    """
    held = _held(promise, by, Can.PREPARE_CONTRACT)
    if not document.strip():
        raise DocumentMissing
    if not has_come(agreed_on, at):
        raise BadDay(str(agreed_on))
    changed = {name: value for name, value in terms.items() if name in TERMS and getattr(held, name) != value}
    if not changed:
        raise NothingChanges
    told = {name: [_plain(getattr(held, name)), _plain(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(held, name, value)
    _check(held.measure, held.amount_fen, (held.text.strip(), held.responsible.strip()))
    held.document, held.revision = document.strip()[:120], held.revision + 1
    said: dict[str, Any] = {"document": held.document, "day": agreed_on, "reason": reason.strip()[:400]}
    _entry(held, held.revision, EntryKind.AMENDED, by, at, changes=told, **said)
    held.save(update_fields=[*changed, "document", "revision"])
    record("contracts.promise.amended", city=held.city, by=by, at=at, about=held.project, text=held.text, changes=told)
    return held


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) or value is None else str(value)


@transaction.atomic
def settle_promise(
    *,
    promise: Promise,
    status: Status,
    on: date,
    reason: str = "",
    content: bytes = b"",
    name: str = "",
    by: User,
    at: datetime,
) -> Promise:
    """Kept (with a file; after its day: kept late), broken or waived (why; waiving takes ``Can.REVIEW_CONTRACT``).

    Raises :class:`AlreadySettled`, :class:`NoEvidence`, ``ReasonMissing``, ``BadDay``, ``common.files.Refused``, ``NotAllowed``.
    """
    if status == Status.OPEN or not has_come(on, at):
        raise BadDay(str(on))
    held = _held(promise, by, Can.REVIEW_CONTRACT if status == Status.WAIVED else Can.PREPARE_CONTRACT)
    said = settled_as(status, on, held.due_on)
    if said in (Status.KEPT, Status.LATE) and not content:
        raise NoEvidence
    if said in (Status.BROKEN, Status.WAIVED) and not reason.strip():
        raise ReasonMissing
    file: dict[str, Any] = {}
    if content:
        kind, sha256 = identify(content, name), digest(content)
        keep(Path(settings.EVIDENCE_DIR) / held.city.code, sha256, content)
        file = {"digest": sha256, "mime": kind.mime, "name": safe_name(name)}
    held.status, held.settled_on, held.revision = said, on, held.revision + 1
    _entry(held, held.revision, EntryKind.SETTLED, by, at, day=on, reason=reason.strip()[:400], **file)
    held.save(update_fields=["status", "settled_on", "revision"])
    told: dict[str, Any] = {"status": str(said), "on": str(on), "reason": reason.strip()[:400]}
    record("contracts.promise.settled", city=held.city, by=by, at=at, about=held.project, text=held.text, **told)
    return held


@transaction.atomic
def enter_actual(
    *, project: Project, year: int, measure: Measure, amount_fen: int, document: str, by: User, at: datetime
) -> Actual:
    """Enter what a year's tax or output really was, in fen, by a document; entered again, it is the next revision.

    Raises :class:`PromiseIncomplete`, :class:`DocumentMissing`, ``BadDay``, ``NotAllowed``.
    """
    held = locked(project, by, Can.PREPARE_CONTRACT)
    if measure not in ENTERED or amount_fen < 0:
        raise PromiseIncomplete
    if not document.strip():
        raise DocumentMissing
    if not 2000 <= year <= timezone.localdate(at).year:
        raise BadDay(str(year))
    rows = Actual.objects.of(held.city_id).filter(project_id=held.pk, year=year, measure=measure)
    last = rows.aggregate(last=Max("revision"))["last"] or 0
    entered: Actual = Actual.objects.create(
        city=held.city,
        project=held,
        year=year,
        measure=measure,
        revision=last + 1,
        amount_fen=amount_fen,
        document=document.strip()[:200],
        is_sample=held.is_sample,
        entered_by=by,
        entered_at=at,
    )
    told: dict[str, Any] = {"year": year, "measure": str(measure), "amount_fen": amount_fen, "revision": last + 1}
    record("contracts.actual.entered", city=held.city, by=by, at=at, about=held, **told)
    return entered

"""The writers of declared payments. Verifying stands apart in ``verification.py``, which only ``review`` may import."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoshang.capital.currencies import Foreign
from zhaoshang.capital.exchange import refuse_unconverted
from zhaoshang.capital.models import Evidence, EvidenceFile, Payment, ProofUse
from zhaoshang.capital.rules import Kind, Origin, Proof, Standing
from zhaoshang.capital.wording import Wording, refuse_not_in_place
from zhaoshang.common.ids import uuid7
from zhaoshang.lookup.queries import closed
from zhaoshang.people.diary import record, record_each
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportMonth
from zhaoshang.regions.rules import source_class
from zhaoshang.tenancy.models import City

Row = TypeVar("Row")


class PeriodClosed(Exception):
    """The report month is closed, or was never opened."""


class ProjectClosed(Exception):
    """The project was found to be another one and closed into it; money is declared for that one."""


class ProofInUse(Exception):
    """The same file or bank slip supports another payment. ``holder`` is that payment, ``wanted`` what was to use it."""

    def __init__(self, holder: Payment, wanted: str) -> None:
        super().__init__(wanted)
        self.holder, self.wanted = holder, wanted


class RowKeyTaken(Exception):
    """The unit's row key already names a payment of the month."""


class AlreadyDeclared(Exception):
    """A payment with this key exists: the same form was sent twice. ``payment`` is the one it made."""

    def __init__(self, payment: Payment) -> None:
        super().__init__(str(payment))
        self.payment = payment


class SameAgain(Exception):
    """The project has this amount of this day already, and no two slips tell them apart. ``payment`` is that one."""

    def __init__(self, payment: Payment) -> None:
        super().__init__(str(payment))
        self.payment = payment


class NotDeclared(Exception):
    """The payment was decided or withdrawn; it does not change any more."""


class Changed(Exception):
    """The payment was changed since it was looked at; look again."""


class ReasonMissing(Exception):
    """An opposite entry, a return or a withdrawal needs a reason."""


class MoreThanLeft(Exception):
    """An opposite entry takes back more than is left of the original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A payment as declared: whole fen, six-digit source code, the month it is reported for and the day it arrived.

    ``foreign``: the foreign original that ``amount_fen`` was converted from (``exchange.Rates.converted``). ``counts_because``: why it
    counts although its words tell of money that is not in place (``wording``). ``key``: an id made before the payment, by the form that
    declares it; sent twice, it is one payment. ``ask_if_same``: refused when the project has this amount of this day already, unless
    two slips tell them apart; who types asks so until told that it is another one.
    """

    project: Project
    report_month: int
    paid_on: date
    amount_fen: int
    source_code: str
    kind: Kind
    origin: Origin
    payer: str = ""
    bank_serial: str = ""
    row_key: str = ""
    note: str = ""
    counts_because: str = ""
    succeeds: Payment | None = None
    key: UUID | None = None
    foreign: Foreign | None = None
    ask_if_same: bool = False


# What a declaration says of the money itself: all of it may still be changed while the payment waits for its decision.
TOLD_OF_THE_MONEY = (
    "paid_on", "amount_fen", "foreign", "source_code", "kind", "origin", "payer", "bank_serial", "note", "counts_because",
)  # fmt: skip


def lock_open_month(city: City, number: int) -> ReportMonth:
    """Hold the month's row so that a close waits for us. Raises :class:`PeriodClosed`."""
    month = ReportMonth.objects.of(city).select_for_update(no_key=True).filter(number=number).first()
    if month is None or not month.is_open:
        raise PeriodClosed(str(month or number))
    return month  # type: ignore[no-any-return]


def slip_fingerprint(draft: Draft) -> str:
    """What makes two bank slips the same: serial, payer, day and amount, of foreign money as the slip states it. Empty without a serial."""
    if not draft.bank_serial.strip():
        return ""
    amount = f"{draft.foreign.currency}{draft.foreign.minor}" if draft.foreign else str(draft.amount_fen)
    parts = [draft.bank_serial.strip().upper(), draft.payer.strip(), draft.paid_on.isoformat(), amount]
    return "slip:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _payment(draft: Draft, by: User, at: datetime, batch: UUID | None) -> Payment:
    payment = unsaved(draft)
    payment.batch, payment.declared_by, payment.declared_at = batch, by, at
    return payment


def unsaved(draft: Draft) -> Payment:
    """The payment that a draft would be, of nobody yet."""
    project, foreign = draft.project, draft.foreign
    return Payment(
        id=draft.key or uuid7(),
        city_id=project.city_id,
        project=project,
        unit_id=project.unit_id,
        report_month=draft.report_month,
        paid_on=draft.paid_on,
        amount_fen=draft.amount_fen,
        source_code=draft.source_code,
        source_class=source_class(draft.source_code, project.city.gb_code),
        kind=draft.kind,
        origin=draft.origin,
        industry=project.industry,
        contract_fen=project.contract_fen,
        outside_share_bp=project.outside_share_bp,
        payer=draft.payer.strip(),
        bank_serial=draft.bank_serial.strip(),
        row_key=draft.row_key,
        note=draft.note,
        counts_because=draft.counts_because.strip(),
        succeeds=draft.succeeds,
        currency=foreign.currency if foreign else "",
        foreign_minor=foreign.minor if foreign else None,
        rate_e8=foreign.rate_e8 if foreign else None,
        rate_on=foreign.rate_on if foreign else None,
        rate_source=foreign.source if foreign else "",
    )


def _refuse_used(city: City, wanted: dict[str, str]) -> None:
    """Raise :class:`ProofInUse` for the first fingerprint that another payment holds; ``wanted`` names who wants it."""
    use = ProofUse.objects.of(city).filter(fingerprint__in=list(wanted)).select_related("payment__project").first()
    if use:
        raise ProofInUse(use.payment, wanted[use.fingerprint])


def declare(*, draft: Draft, by: User, at: datetime) -> Payment:
    """Declare one payment. Raises :class:`PeriodClosed`, :class:`ProjectClosed`, :class:`ProofInUse`, :class:`RowKeyTaken`,
    :class:`AlreadyDeclared`, :class:`SameAgain`, ``wording.NotInPlace``, ``exchange.NotConverted``, ``exchange.RateMissing``."""
    return declare_many(city=draft.project.city, drafts=[draft], by=by, at=at)[0]


@transaction.atomic
def declare_many(
    *,
    city: City,
    drafts: Sequence[Draft],
    by: User,
    at: datetime,
    batch: UUID | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> list[Payment]:
    """Declare payments, all or none; ``tell`` hears how many are written. Raises as :func:`declare`; the refusal names both
    payments of a used slip."""
    for number in sorted({draft.report_month for draft in drafts}):
        lock_open_month(city, number)
    _refuse_closed(city, drafts)
    _refuse_repeated(city, [draft.key for draft in drafts if draft.key])
    for draft in drafts:
        if draft.ask_if_same:
            _refuse_same(city, draft)
    refuse_unconverted(city, _conversions(drafts))
    payments = [_payment(draft, by, at, batch) for draft in drafts]
    refuse_not_in_place(city, payments, timezone.localdate(at))
    uses = _slip_uses(city, list(zip(drafts, payments, strict=True)))
    _refuse_row_keys(city, payments)
    for start in range(0, len(payments), 500):
        Payment.objects.bulk_create(payments[start : start + 500])
        tell(min(start + 500, len(payments)), len(payments))
    ProofUse.objects.bulk_create(uses, batch_size=500)
    _record_declared(city, payments, by, at, batch)
    return payments


def _conversions(drafts: Iterable[Draft]) -> list[tuple[Foreign, date, int]]:
    return [(draft.foreign, draft.paid_on, draft.amount_fen) for draft in drafts if draft.foreign]


def _slip_uses(city: City, wanted: Sequence[tuple[Draft, Payment]]) -> list[ProofUse]:
    """The uses of the drafts' slips by their payments, unsaved. Raises :class:`ProofInUse` for one that is used, or wanted twice."""
    uses: dict[str, ProofUse] = {}
    names: dict[str, str] = {}
    for draft, payment in wanted:
        if mark := slip_fingerprint(draft):
            if mark in uses:
                raise ProofInUse(uses[mark].payment, draft.project.name)
            uses[mark], names[mark] = ProofUse(city=city, fingerprint=mark, payment=payment), draft.project.name
    for chunk in _chunks(list(uses), 500):
        _refuse_used(city, {mark: names[mark] for mark in chunk})
    return list(uses.values())


def _chunks(rows: list[Row], size: int) -> Iterable[list[Row]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _refuse_closed(city: City, drafts: Sequence[Draft]) -> None:
    projects = {draft.project.pk: draft.project for draft in drafts}
    for chunk in _chunks(list(projects), 500):
        if held := closed(city).filter(pk__in=chunk).first():
            raise ProjectClosed(projects[held["pk"]].name)


def _refuse_repeated(city: City, keys: list[UUID]) -> None:
    known = Payment.objects.of(city).filter(pk__in=keys).select_related("project", "unit").first() if keys else None
    if known:
        raise AlreadyDeclared(known)


def _refuse_same(city: City, draft: Draft) -> None:
    live = Payment.objects.of(city).filter(standing__in=(Standing.DECLARED, Standing.VERIFIED))
    same = live.filter(project=draft.project, paid_on=draft.paid_on, amount_fen=draft.amount_fen)
    if draft.bank_serial.strip():
        same = same.filter(bank_serial="")
    if known := same.select_related("project", "unit", "declared_by").first():
        raise SameAgain(known)


def _refuse_row_keys(city: City, payments: list[Payment]) -> None:
    keyed = [payment for payment in payments if payment.row_key]
    live = Payment.objects.of(city).filter(standing__in=[Standing.DECLARED, Standing.VERIFIED])
    for chunk in _chunks(keyed, 500):
        taken = live.filter(
            unit_id__in={p.unit_id for p in chunk},
            report_month__in={p.report_month for p in chunk},
            row_key__in={p.row_key for p in chunk},
        )
        held = set(taken.values_list("unit_id", "report_month", "row_key"))
        if clash := next((p for p in chunk if (p.unit_id, p.report_month, p.row_key) in held), None):
            raise RowKeyTaken(clash.row_key)


def _record_declared(city: City, payments: list[Payment], by: User, at: datetime, batch: UUID | None) -> None:
    if batch:
        record(
            "capital.batch.declared",
            city=city,
            by=by,
            at=at,
            batch=str(batch),
            payments=len(payments),
            fen=sum(p.amount_fen for p in payments),
        )
        return
    for payment in payments:
        record("capital.payment.declared", city=city, by=by, at=at, about=payment, fen=payment.amount_fen)


def _still_declared(payment: Payment, revision: int | None) -> Payment:
    """The row, locked and still DECLARED, as it was seen. Raises :class:`NotDeclared`, :class:`Changed`."""
    return _all_still_declared(payment.city, [(payment, revision)])[0]


def _all_still_declared(city: City, seen: Sequence[tuple[Payment, int | None]]) -> list[Payment]:
    """The rows, as :func:`_still_declared`."""
    rows = Payment.objects.of(city).select_for_update().select_related("project", "unit", "city")
    found: list[Payment] = []
    for chunk in _chunks(list(seen), 500):
        held = {row.pk: row for row in rows.filter(pk__in=[payment.pk for payment, _ in chunk])}
        found += [_as_seen(held[payment.pk], revision) for payment, revision in chunk]
    return found


def _as_seen(fresh: Payment, revision: int | None) -> Payment:
    if fresh.standing != Standing.DECLARED:
        raise NotDeclared(str(fresh))
    if revision is not None and fresh.revision != revision:
        raise Changed(str(fresh))
    return fresh


_AMENDED = [
    "paid_on",
    "amount_fen",
    "source_code",
    "source_class",
    "kind",
    "origin",
    "industry",
    "contract_fen",
    "outside_share_bp",
    "payer",
    "bank_serial",
    "row_key",
    "note",
    "counts_because",
    "currency",
    "foreign_minor",
    "rate_e8",
    "rate_on",
    "rate_source",
]


@dataclass(frozen=True, slots=True)
class Amendment:
    """A declared payment as it was looked at (``revision``), and what it is to declare from now on."""

    payment: Payment
    draft: Draft
    revision: int


def amend(*, payment: Payment, draft: Draft, revision: int, by: User, at: datetime) -> Payment:
    """Change a payment that nobody has decided yet; month, project and a given row key stay. Raises as :func:`declare`, and
    :class:`NotDeclared`, :class:`Changed` when it is not the ``revision`` that was looked at."""
    return amend_many(city=payment.city, amendments=[Amendment(payment, draft, revision)], by=by, at=at)[0]


@transaction.atomic
def amend_many(*, city: City, amendments: Sequence[Amendment], by: User, at: datetime) -> list[Payment]:
    """Change payments, all or none; each leaves its own line in the diary. Raises as :func:`amend`."""
    for number in sorted({one.payment.report_month for one in amendments}):
        lock_open_month(city, number)
    refuse_unconverted(city, _conversions(one.draft for one in amendments), as_it_was=True)
    payments = _all_still_declared(city, [(one.payment, one.revision) for one in amendments])
    wanted = [_payment(one.draft, by, at, None) for one in amendments]
    refuse_not_in_place(city, wanted, timezone.localdate(at))
    for chunk in _chunks(payments, 500):
        uses = ProofUse.objects.of(city).filter(payment_id__in=[one.pk for one in chunk])
        uses.filter(fingerprint__startswith="slip:").delete()
    slips = _slip_uses(city, [(one.draft, payment) for one, payment in zip(amendments, payments, strict=True)])
    ProofUse.objects.bulk_create(slips, batch_size=500)
    _refuse_row_keys(city, [new for new, payment in zip(wanted, payments, strict=True) if not payment.row_key])
    told = [(payment, {"before": _rewritten(payment, new)}) for payment, new in zip(payments, wanted, strict=True)]
    Payment.objects.of(city).write(city, payments, [*_AMENDED, "revision", "declared_by", "declared_at"])
    record_each("capital.payment.amended", told, city=city, by=by, at=at)
    return payments


def _rewritten(payment: Payment, wanted: Payment) -> dict[str, str]:
    """Put what is wanted onto the payment, unsaved; the columns that change, as they were."""
    wanted.row_key = payment.row_key or wanted.row_key
    changed = [name for name in _AMENDED if getattr(payment, name) != getattr(wanted, name)]
    before = {name: "" if (held := getattr(payment, name)) is None else str(held) for name in changed}
    for name in _AMENDED:
        setattr(payment, name, getattr(wanted, name))
    payment.revision += 1
    # Whoever changes the amounts is who declares them: the verifier must be somebody else.
    payment.declared_by, payment.declared_at = wanted.declared_by, wanted.declared_at
    return before


@transaction.atomic
def withdraw(*, payments: Sequence[Payment], reason: str, by: User, at: datetime) -> int:
    """Take back declared payments, all or none (an import is undone as one). Returns their number.

    Raises :class:`NotDeclared` when any was decided, :class:`PeriodClosed`, :class:`ReasonMissing`.
    """
    if not reason.strip():
        raise ReasonMissing
    if not payments:
        return 0
    city = payments[0].city
    for number in sorted({payment.report_month for payment in payments}):
        lock_open_month(city, number)
    for chunk in _chunks(list(payments), 500):
        ids = [payment.pk for payment in chunk]
        rows = Payment.objects.of(city).filter(pk__in=ids, standing=Standing.DECLARED)
        changed = rows.update(standing=Standing.WITHDRAWN, decided_by=by, decided_at=at, return_reason=reason.strip())
        if changed != len(ids):
            raise NotDeclared
        ProofUse.objects.of(city).filter(payment_id__in=ids).delete()
    record(
        "capital.payments.withdrawn",
        city=city,
        by=by,
        at=at,
        payments=len(payments),
        first=str(payments[0].pk),
        reason=reason.strip(),
    )
    return len(payments)


@transaction.atomic
def attach(*, payment: Payment, file: EvidenceFile, kind: Proof, by: User, at: datetime) -> Evidence:
    """Let a stored file support a payment. Raises :class:`ProofInUse` naming both payments, :class:`NotDeclared`, :class:`PeriodClosed`,
    ``wording.NotInPlace`` for a voucher whose name tells of money that is not in place."""
    lock_open_month(payment.city, payment.report_month)
    fresh = _still_declared(payment, None)
    if kind != Proof.OTHER and (fault := Wording(fresh.city, timezone.localdate(at)).fault_of_file(fresh, file.name)):
        raise fault
    mark = f"file:{file.digest}"
    _refuse_used(fresh.city, {mark: fresh.project.name})
    ProofUse.objects.create(city=fresh.city, fingerprint=mark, payment=fresh)
    evidence = Evidence.objects.create(
        city=fresh.city, payment=fresh, file=file, kind=kind, attached_by=by, attached_at=at
    )
    Payment.objects.of(fresh.city).filter(pk=fresh.pk).update(revision=fresh.revision + 1)
    record("capital.evidence.attached", city=fresh.city, by=by, at=at, about=fresh, file=file.digest, kind=str(kind))
    return evidence


@transaction.atomic
def detach(*, evidence: Evidence, by: User, at: datetime) -> None:
    """Take a file from a payment that nobody has decided yet. Raises :class:`NotDeclared`, :class:`PeriodClosed`."""
    lock_open_month(evidence.city, evidence.payment.report_month)
    fresh = _still_declared(evidence.payment, None)
    ProofUse.objects.of(fresh.city).filter(payment=fresh, fingerprint=f"file:{evidence.file.digest}").delete()
    Evidence.objects.of(fresh.city).filter(pk=evidence.pk).delete()
    Payment.objects.of(fresh.city).filter(pk=fresh.pk).update(revision=fresh.revision + 1)
    record("capital.evidence.detached", city=fresh.city, by=by, at=at, about=fresh, file=evidence.file.digest)


@transaction.atomic
def declare_opposite(
    *, payment: Payment, report_month: int, amount_fen: int, reason: str, by: User, at: datetime
) -> Payment:
    """Declare the opposite entry that takes back ``amount_fen`` (positive) of a verified payment, in an open month.

    It is judged as the original was, needs no evidence of its own but the reason, and is verified by a second person like
    any other. Raises :class:`ReasonMissing`, :class:`MoreThanLeft`, :class:`PeriodClosed`, :class:`NotDeclared` for an unverified original.
    """
    if not reason.strip():
        raise ReasonMissing
    lock_open_month(payment.city, report_month)
    original = Payment.objects.of(payment.city).select_for_update().get(pk=payment.pk)
    if original.standing != Standing.VERIFIED or original.reverses_id:
        raise NotDeclared(str(original))
    if not 0 < amount_fen <= left_of(original):
        raise MoreThanLeft(str(original))
    copied = [
        "project_id", "unit_id", "paid_on", "source_code", "source_class", "kind", "origin", "industry",
        "contract_fen", "outside_share_bp", "payer", "bank_serial",
    ]  # fmt: skip
    opposite = Payment.objects.create(
        **{name: getattr(original, name) for name in copied},
        city_id=original.city_id,
        report_month=report_month,
        amount_fen=-amount_fen,
        reverses=original,
        reason=reason.strip(),
        declared_by=by,
        declared_at=at,
    )
    record(
        "capital.payment.opposite_declared",
        city=payment.city,
        by=by,
        at=at,
        about=opposite,
        original=str(original.pk),
        reason=reason.strip(),
    )
    return opposite


def left_of(original: Payment) -> int:
    """Fen of a verified payment that no declared or verified opposite entry takes back."""
    taken = (
        Payment.objects.of(original.city_id).filter(reverses=original).order_by().values_list("amount_fen", "standing")
    )
    live = (Standing.DECLARED, Standing.VERIFIED)
    return int(original.amount_fen + sum(fen for fen, standing in taken if standing in live))

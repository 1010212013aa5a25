"""Payments: declare, look, decide, correct, and their evidence."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Router, Status, UploadedFile
from pydantic import StringConstraints, model_validator

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.schemas import Line, MonthText, Name, Page, PositiveYuan, SourceCode, Strict, fen
from zhaoshang.api.seen import Revision, looked_at
from zhaoshang.capital import actions, evidence
from zhaoshang.capital.currencies import CURRENCIES, BadAmount, amount_text, minor_of, rate_text
from zhaoshang.capital.exchange import Rates
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.capital.queries import computing_rules, ruling
from zhaoshang.capital.rules import Kind, Origin, Proof, Standing
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import month_text, parse_month
from zhaoshang.machines.handing import SentIn
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.projects.models import Project
from zhaoshang.review.actions import decide

router = Router(tags=["payments"])
PAGE = 100


def caller(request: ApiRequest) -> User:
    """The person behind the request; the gate let nobody else in."""
    user = request.viewer.user
    assert user is not None
    return user


def foreign_json(payment: Payment) -> dict[str, Any]:
    """The foreign original and how it became yuan; nulls for yuan."""
    kept = payment.foreign
    return {
        "currency": kept.currency if kept else None,
        "foreign_amount": amount_text(kept.minor, kept.currency) if kept else None,
        "rate": rate_text(kept.rate_e8) if kept else None,
        "rate_on": kept.rate_on if kept else None,
        "rate_source": kept.source if kept else None,
    }


def payment_json(payment: Payment) -> dict[str, Any]:
    """A row of the ledger."""
    return foreign_json(payment) | {
        "id": str(payment.pk),
        "project": payment.project.code,
        "project_name": payment.project.name,
        "unit": payment.unit.code,
        "month": month_text(payment.report_month),
        "paid_on": payment.paid_on,
        "amount": yuan_text(payment.amount_fen),
        "source_code": payment.source_code,
        "source_class": payment.source_class,
        "kind": payment.kind,
        "origin": payment.origin,
        "payer": payment.payer,
        "bank_serial": payment.bank_serial,
        "row_key": payment.row_key,
        "note": payment.note,
        "counts_because": payment.counts_because,
        "standing": payment.standing,
        "revision": payment.revision,
        "reverses": str(payment.reverses_id) if payment.reverses_id else None,
        "reason": payment.reason,
        "return_reason": payment.return_reason,
        "seq": payment.seq,
        "digest": payment.digest,
    }


def visible(request: ApiRequest, key: UUID) -> Payment:
    """The payment, if the caller may see it; otherwise it is absent."""
    return Payment.objects.visible_to(request.viewer).select_related("project", "unit", "city").get(pk=key)  # type: ignore[no-any-return]


@router.get("/payments", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Payments, newest first")
def payments(
    request: ApiRequest,
    month: str | None = None,
    unit: str | None = None,
    standing: Standing | None = None,
    after: UUID | None = None,
    limit: int = PAGE,
) -> Any:
    """Rows that the caller may see, by key: never counted, never skipped."""
    rows = Payment.objects.visible_to(request.viewer).select_related("project", "unit").order_by("-id")
    if month is not None:
        rows = rows.filter(report_month=parse_month(month))
    if unit is not None:
        rows = rows.filter(unit__code=unit)
    if standing is not None:
        rows = rows.filter(standing=standing)
    if after is not None:
        rows = rows.filter(id__lt=after)
    limit = max(1, min(limit, 500))
    found = list(rows[: limit + 1])
    return {
        "rows": [payment_json(row) for row in found[:limit]],
        "next": str(found[limit - 1].pk) if len(found) > limit else None,
    }


@router.get(
    "/payments/{key}",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="One payment with rulings and evidence",
)
def one_payment(request: ApiRequest, key: UUID) -> Any:
    """What counts of it under each rule set, by which rule, and what supports it."""
    payment = visible(request, key)
    held = Evidence.objects.of(payment.city).filter(payment=payment).select_related("file")
    rulings = []
    for rules in computing_rules(payment.city, payment.report_month):
        found = ruling(rules, payment)
        steps = [
            {
                "rule": step.number,
                "text": step.text,
                "before": yuan_text(step.before_fen),
                "after": yuan_text(step.after_fen),
            }
            for step in found.steps
        ]
        rulings.append({"rule_set": rules.code, "counted": yuan_text(found.counted_fen), "steps": steps})
    files = [
        {"id": str(one.pk), "kind": one.kind, "name": one.file.name, "digest": one.file.digest, "mime": one.file.mime}
        for one in held
    ]
    return {**payment_json(payment), "rulings": rulings, "evidence": files}


ForeignAmount = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{1,15}(\.[0-9]{1,3})?$")]


class NewPayment(Strict):
    """A payment as declared: ``amount`` in yuan, or ``foreign_amount`` in ``currency`` (ISO 4217), which is converted once by the rate on
    record for ``paid_on``; of the two the other may be given as a check. ``counts_because``:
    why it counts although its words tell of a contract, a loan or a deposit; without it such a payment is refused."""

    project: Name
    month: MonthText
    paid_on: date
    amount: PositiveYuan | None = None
    currency: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{3}$")] | None = None
    foreign_amount: ForeignAmount | None = None
    source_code: SourceCode
    kind: Kind
    origin: Origin
    payer: Line = ""
    bank_serial: Line = ""
    row_key: Line = ""
    note: Line = ""
    counts_because: Line = ""

    @model_validator(mode="after")
    def _one_amount(self) -> "NewPayment":
        if (self.currency is None) != (self.foreign_amount is None) or (self.currency is None and self.amount is None):
            raise ValueError("amount, or currency and foreign_amount together")
        if self.currency is not None and self.currency not in CURRENCIES:
            raise ValueError(f"currency: one of {', '.join(CURRENCIES)}")
        try:
            if self.currency and self.foreign_amount:
                minor_of(Decimal(self.foreign_amount), self.currency)
        except BadAmount:
            raise ValueError("foreign_amount: more than zero, no parts smaller than the currency has") from None
        return self


@router.post("/payments", auth=needs(Can.DECLARE), response={201: dict[str, Any]}, summary="Declare a payment")
def new_payment(request: ApiRequest, body: NewPayment) -> Any:
    """Into an open month, for a project of the caller's own unit. ``row_key`` makes a repeated request harmless: it is refused."""
    project = Project.objects.visible_to(request.viewer).select_related("city", "unit").get(code=body.project)
    foreign, counted = None, fen(body.amount) if body.amount is not None else None
    if body.currency and body.foreign_amount:
        minor = minor_of(Decimal(body.foreign_amount), body.currency)
        foreign, converted = Rates(request.viewer.city).converted(body.currency, minor, body.paid_on)
        counted = converted if counted is None else counted
    assert counted is not None  # the body was checked
    draft = actions.Draft(
        project=project,
        report_month=parse_month(body.month),
        paid_on=body.paid_on,
        amount_fen=counted,
        foreign=foreign,
        source_code=body.source_code,
        kind=body.kind,
        origin=body.origin,
        payer=body.payer,
        bank_serial=body.bank_serial,
        row_key=body.row_key,
        note=body.note,
        counts_because=body.counts_because,
    )
    declared = actions.declare(draft=draft, by=caller(request), at=timezone.now())
    return Status(201, payment_json(visible(request, declared.pk)))


class NewDecision(Strict):
    """The second person's word on what they looked at (``revision``, or ``If-Match``)."""

    verdict: Literal["verify", "return"]
    revision: Revision | None = None
    reason: Line = ""


@router.post(
    "/payments/{key}/decision",
    auth=needs(Can.VERIFY),
    response={200: dict[str, Any]},
    summary="Verify or return a payment",
)
def decision(request: ApiRequest, key: UUID, body: NewDecision) -> Any:
    """Refused for the caller's own declaration, for a changed one, and while evidence is missing."""
    payment = visible(request, key)
    with looked_at(request, body.revision, lambda: payment_json(visible(request, key))) as revision:
        decide(
            payment=payment,
            verdict=body.verdict,
            revision=revision,
            reason=body.reason,
            by=caller(request),
            at=timezone.now(),
        )
    return payment_json(visible(request, key))


class NewOpposite(Strict):
    """What is taken back of a verified payment, in which open month, and why."""

    month: MonthText
    amount: PositiveYuan
    reason: Line


@router.post(
    "/payments/{key}/opposite",
    auth=needs(Can.DECLARE),
    response={201: dict[str, Any]},
    summary="Declare an opposite entry",
)
def opposite(request: ApiRequest, key: UUID, body: NewOpposite) -> Any:
    """The only way to correct what is verified."""
    entry = actions.declare_opposite(
        payment=visible(request, key),
        report_month=parse_month(body.month),
        amount_fen=fen(body.amount),
        reason=body.reason,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, payment_json(visible(request, entry.pk)))


@router.post(
    "/payments/{key}/evidence",
    auth=needs(Can.DECLARE),
    response={201: dict[str, Any]},
    summary="Attach a file as evidence",
)
def new_evidence(request: ApiRequest, key: UUID, kind: Proof, file: UploadedFile = File(...)) -> Any:  # type: ignore[type-arg]  # noqa: B008
    """The file is told by its content; one that supports another payment is refused."""
    payment, by, now = visible(request, key), caller(request), timezone.now()
    stored = evidence.store(city=payment.city, content=file.read(), name=file.name or "", by=by, at=now)
    attached = actions.attach(payment=payment, file=stored, kind=kind, by=by, at=now)
    return Status(201, {"id": str(attached.pk), "digest": stored.digest})


@router.get(
    "/evidence/{key}",
    auth=needs(Can.READ_PAYMENTS),
    response={200: None},
    summary="Download a piece of evidence",
)
def evidence_content(request: ApiRequest, key: UUID) -> HttpResponse:
    """The stored bytes, checked against their digest each time."""
    rows = Evidence.objects.of(request.viewer.city).select_related("file__city")
    rows = rows.exclude(payment__project_id__in=hidden_from(request.viewer).values("project_id"))
    held = rows.get(pk=key)
    visible(request, held.payment_id)
    return SentIn(held.file.city.code, held.file.digest, held.file.mime, held.file.digest[:16]).response()

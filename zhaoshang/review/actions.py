"""Decisions about what others declared, and declarations with their evidence. The only door to verification."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from zhaoshang.capital import actions as capital
from zhaoshang.capital import verification
from zhaoshang.capital.models import EvidenceFile, Payment
from zhaoshang.capital.rules import Proof
from zhaoshang.capital.verification import EvidenceMissing, NoRule, OwnPayment
from zhaoshang.people.models import User
from zhaoshang.review.rules import Verdict

__all__ = ["REFUSALS", "EvidenceMissing", "NoRule", "Outcome", "OwnPayment", "decide", "decide_many", "submit"]

# What one row of many may be refused for without stopping the others.
REFUSALS = (
    capital.PeriodClosed,
    capital.NotDeclared,
    capital.Changed,
    capital.ReasonMissing,
    OwnPayment,
    EvidenceMissing,
    NoRule,
)


def decide(*, payment: Payment, verdict: str, revision: int, reason: str = "", by: User, at: datetime) -> Payment:
    """The second person's decision on a declared payment, as it stood at ``revision``.

    Raises what ``capital.verification`` raises (:data:`REFUSALS`), and ``ValueError`` for another verdict.
    """
    if Verdict(verdict) == Verdict.VERIFY:
        return verification.verify(payment=payment, revision=revision, by=by, at=at)
    return verification.return_(payment=payment, revision=revision, reason=reason, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one payment of many: decided, or refused and why."""

    payment: Payment
    refusal: Exception | None = None


def decide_many(
    *, chosen: Sequence[tuple[Payment, int]], verdict: str, reason: str = "", by: User, at: datetime
) -> list[Outcome]:
    """Decide on payments one by one, each with the revision that was looked at: a refused row stops no other."""
    outcomes = []
    for payment, revision in chosen:
        try:
            decided = decide(payment=payment, verdict=verdict, revision=revision, reason=reason, by=by, at=at)
        except REFUSALS as refusal:
            outcomes.append(Outcome(payment, refusal))
        else:
            outcomes.append(Outcome(decided))
    return outcomes


def submit(*, draft: capital.Draft, proofs: Sequence[tuple[EvidenceFile, Proof]], by: User, at: datetime) -> Payment:
    """Declare a payment with its evidence, all or nothing. Raises as ``capital.declare`` and ``capital.attach``.

    Two requests with one key end in one payment, whichever month each names: the slower is told ``AlreadyDeclared``.
    """
    try:
        return _submit(draft, proofs, by, at)
    except IntegrityError:
        known = Payment.objects.of(draft.project.city_id).select_related("project", "unit").filter(pk=draft.key).first()
        if known is None:
            raise
        raise capital.AlreadyDeclared(known) from None


@transaction.atomic
def _submit(draft: capital.Draft, proofs: Sequence[tuple[EvidenceFile, Proof]], by: User, at: datetime) -> Payment:
    payment = capital.declare(draft=draft, by=by, at=at)
    for file, kind in proofs:
        capital.attach(payment=payment, file=file, kind=kind, by=by, at=at)
    payment.revision += len(proofs)
    return payment

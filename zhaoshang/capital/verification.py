"""The second pair of eyes. Only ``review`` imports this room: an architecture test and the import contracts hold it so."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from zhaoshang.capital import rollup
from zhaoshang.capital.actions import Changed, NotDeclared, PeriodClosed, ReasonMissing, left_of, lock_open_month
from zhaoshang.capital.ledger import columns_of
from zhaoshang.capital.models import ChainHead, Evidence, Payment, ProofUse, RuleSet
from zhaoshang.capital.rules import GENESIS, Proof, Standing, digest, missing_evidence
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.tenancy.models import City

__all__ = [
    "Changed",
    "EvidenceMissing",
    "NoRule",
    "NotDeclared",
    "OwnPayment",
    "PeriodClosed",
    "ReasonMissing",
    "return_",
    "verify",
]


class OwnPayment(Exception):
    """Who declared a payment cannot decide on it."""


class EvidenceMissing(Exception):
    """``groups``: for each, one of the kinds of evidence must be attached."""

    def __init__(self, groups: list[list[Proof]]) -> None:
        super().__init__(groups)
        self.groups = groups


class NoRule(Exception):
    """No rule set is issued for the payment's month: nobody could say what counts."""


def _taken(payment: Payment, revision: int, by: User) -> Payment:
    """The payment, locked, still as it was seen, and not the decider's own."""
    fresh = Payment.objects.of(payment.city).select_for_update().get(pk=payment.pk)
    if fresh.standing != Standing.DECLARED:
        raise NotDeclared(str(fresh))
    if fresh.revision != revision:
        raise Changed(str(fresh))
    if same_person(fresh.declared_by_id, by):
        raise OwnPayment(str(fresh))
    fresh.city = payment.city
    return fresh  # type: ignore[no-any-return]


@transaction.atomic
def verify(*, payment: Payment, revision: int, by: User, at: datetime) -> Payment:
    """Confirm a declared payment: it joins the chain and the roll-ups, and never changes again.

    ``revision`` is the one that the decider looked at. Raises :class:`PeriodClosed`, :class:`NotDeclared`, :class:`Changed`,
    :class:`OwnPayment`, :class:`EvidenceMissing`, :class:`NoRule`.
    """
    lock_open_month(payment.city, payment.report_month)
    fresh = _taken(payment, revision, by)
    rule_sets = list(RuleSet.objects.of(fresh.city_id).filter(issued_at__isnull=False))
    held = list(Evidence.objects.of(fresh.city_id).filter(payment=fresh).values_list("kind", "file__digest"))
    _require_evidence(fresh, rule_sets, [kind for kind, _ in held])
    append_to_chain(fresh, held, by, at)
    rollup.add(fresh.city, [fresh], rule_sets)
    if fresh.reverses_id and not left_of(fresh.reverses):
        ProofUse.objects.of(fresh.city_id).filter(payment_id=fresh.reverses_id).delete()
    record("capital.payment.verified", city=fresh.city, by=by, at=at, about=fresh, seq=fresh.seq, digest=fresh.digest)
    return fresh


def _require_evidence(payment: Payment, rule_sets: list[RuleSet], held: list[str]) -> None:
    official = next((rules for rules in rule_sets if rules.official_in(payment.report_month)), None)
    if official is None:
        raise NoRule(payment.report_month)
    groups = [] if payment.reverses_id else missing_evidence(official.content, payment.facts, held)
    if groups:
        raise EvidenceMissing(groups)


@transaction.atomic
def return_(*, payment: Payment, revision: int, reason: str, by: User, at: datetime) -> Payment:
    """Give a declared payment back with a reason; its slips and files are free again.

    Raises as :func:`verify`, and :class:`ReasonMissing`.
    """
    if not reason.strip():
        raise ReasonMissing
    lock_open_month(payment.city, payment.report_month)
    fresh = _taken(payment, revision, by)
    fresh.standing, fresh.return_reason, fresh.decided_by, fresh.decided_at = Standing.RETURNED, reason.strip(), by, at
    fresh.save(update_fields=["standing", "return_reason", "decided_by", "decided_at"])
    ProofUse.objects.of(fresh.city_id).filter(payment=fresh).delete()
    record("capital.payment.returned", city=fresh.city, by=by, at=at, about=fresh, reason=reason.strip())
    return fresh


def append_to_chain(payment: Payment, held: list[Any], by: User, at: datetime) -> None:
    """Write the payment as the chain's next entry. Inside a transaction; the head's row orders everybody."""
    head = chain_head(payment.city)
    payment.standing, payment.decided_by, payment.decided_at = Standing.VERIFIED, by, at
    payment.seq, payment.previous_digest = head.seq + 1, head.digest
    payment.digest = digest(columns_of(payment), held, settings.LEDGER_HASH)
    payment.save(update_fields=["standing", "decided_by", "decided_at", "seq", "previous_digest", "digest"])
    head.seq, head.digest = payment.seq, payment.digest
    head.save(update_fields=["seq", "digest"])


def chain_head(city: City) -> ChainHead:
    """The locked head of the city's chain; made at the first entry."""
    ChainHead.objects.get_or_create(city=city, defaults={"digest": GENESIS})
    return ChainHead.objects.of(city).select_for_update().get()  # type: ignore[no-any-return]

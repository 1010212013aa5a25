"""The dispute docket: opened by the unit that came second, answered by the holder, ruled on by somebody of the city."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import Can
from zhaoshang.projects.following import set_follower
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.talks.claiming import acting_for, end_claim, new_claim, protect_until
from zhaoshang.talks.models import Claim, Dispute, TalkEvidence
from zhaoshang.talks.refusals import (
    AlreadyDecided,
    AlreadyOpen,
    BadShares,
    NotAnswered,
    NotHolder,
    OwnClaim,
    SamePerson,
    TextMissing,
)
from zhaoshang.talks.rules import Ended, Origin, Outcome, due_after
from zhaoshang.talks.terms import terms_for


@transaction.atomic
def open_dispute(*, claim: Claim, unit: ReportingUnit, grounds: str, document: str, by: User, at: datetime) -> Dispute:
    """Object to another unit's claim, on grounds and a document. While it is open the claim stays protected.

    Raises :class:`TextMissing`, :class:`OwnClaim`, :class:`NotHolder` (the claim has ended), :class:`AlreadyOpen`, ``NotAllowed``.
    """
    acting_for(unit, by)
    if not grounds.strip() or not document.strip():
        raise TextMissing
    held, today = _locked(claim), timezone.localdate(at)
    if held.unit_id == unit.pk:
        raise OwnClaim
    if held.ended or held.protected_until < today:
        raise NotHolder
    if Dispute.objects.of(held.city_id).filter(claim=held, unit=unit, outcome=Outcome.OPEN).exists():
        raise AlreadyOpen
    terms = terms_for(held)
    calendar = workdays_of(unit.city)
    due_on = due_after(today, terms.decide_days, terms.dispute_unit, calendar)
    dispute: Dispute = Dispute.objects.create(
        city_id=held.city_id,
        claim=held,
        unit=unit,
        grounds=grounds.strip()[:400],
        document=document.strip()[:200],
        opened_by=by,
        opened_at=at,
        answer_due_on=due_after(today, terms.answer_days, terms.dispute_unit, calendar),
        due_on=due_on,
    )
    protect_until(held, due_on)
    record("talks.dispute.opened", city=unit.city, by=by, at=at, about=held.talk, unit=unit.code, due_on=str(due_on))
    return dispute


def _locked(claim: Claim) -> Claim:
    rows = Claim.objects.of(claim.city_id).select_for_update()
    return rows.select_related("unit__city", "talk__city", "talk__project", "rules").get(pk=claim.pk)  # type: ignore[no-any-return]


def _open(dispute: Dispute) -> Dispute:
    """The dispute, locked. Raises :class:`AlreadyDecided`."""
    rows = Dispute.objects.of(dispute.city_id).select_for_update()
    held: Dispute = rows.select_related("unit__city", "claim__unit__city", "claim__talk__project").get(pk=dispute.pk)
    if held.outcome != Outcome.OPEN:
        raise AlreadyDecided
    return held


@transaction.atomic
def answer_dispute(*, dispute: Dispute, answer: str, document: str = "", by: User, at: datetime) -> Dispute:
    """What the holder says to it, once. Raises :class:`AlreadyDecided`, :class:`TextMissing`, ``NotAllowed``."""
    held = _open(dispute)
    acting_for(held.claim.unit, by)
    if held.answered_at is not None:
        raise AlreadyDecided
    if not answer.strip():
        raise TextMissing
    held.answer, held.answer_document = answer.strip()[:400], document.strip()[:200]
    held.answered_by, held.answered_at = by, at
    held.save(update_fields=["answer", "answer_document", "answered_by", "answered_at"])
    record("talks.dispute.answered", city=held.unit.city, by=by, at=at, about=held.claim.talk)
    return held


@transaction.atomic
def decide_dispute(
    *, dispute: Dispute, outcome: Outcome, ruling: str, shares: str = "", by: User, at: datetime
) -> Dispute:
    """Rule on it, after the answer or the days for it. Given: the talk goes to the second unit, and its project is followed by it.

    Raises :class:`AlreadyDecided`, :class:`NotAnswered`, :class:`SamePerson`, :class:`TextMissing`, :class:`BadShares`, ``NotAllowed``.
    """
    held = _open(dispute)
    if not viewer_of(by, held.unit.city).can(Can.RULE_TALKS):
        raise NotAllowed(Can.RULE_TALKS)
    _check_person(held, by)
    if not ruling.strip() or outcome == Outcome.OPEN:
        raise TextMissing
    if held.answered_at is None and timezone.localdate(at) <= held.answer_due_on:
        raise NotAnswered(day=held.answer_due_on.isoformat())
    claim = _locked(held.claim)
    if outcome == Outcome.SHARED and shares not in (offered := terms_for(claim).shares):
        raise BadShares(offered="、".join(offered))
    if outcome == Outcome.GIVEN:
        _give(claim, held, ruling.strip(), by, at)
    held.outcome, held.ruling, held.decided_by, held.decided_at = outcome, ruling.strip()[:400], by, at
    held.shares = shares if outcome == Outcome.SHARED else ""
    held.save(update_fields=["outcome", "ruling", "shares", "decided_by", "decided_at"])
    told: dict[str, Any] = {"outcome": str(outcome), "shares": held.shares, "unit": held.unit.code}
    record("talks.dispute.decided", city=held.unit.city, by=by, at=at, about=claim.talk, **told)
    return held


def _check_person(dispute: Dispute, by: User) -> None:
    """Nobody rules who acted for a side, or belonged to one of the units since the claim was made."""
    claim = dispute.claim
    units = Membership.objects.of(dispute.city_id).filter(user=by, unit_id__in=[dispute.unit_id, claim.unit_id])
    since = units.exclude(withdrawn_at__lt=claim.claimed_at)
    if (
        any(same_person(one, by) for one in (claim.claimed_by_id, dispute.opened_by_id, dispute.answered_by_id))
        or since.exists()
    ):
        raise SamePerson


def _give(claim: Claim, dispute: Dispute, ruling: str, by: User, at: datetime) -> None:
    """The holder's claim ends, the second unit's begins, protected for a whole period from the ruling."""
    if claim.ended:
        raise AlreadyDecided
    end_claim(claim, Ended.RULED, by=by, at=at, reason=ruling[:400], goes_on=True)
    until = timezone.localdate(at) + timedelta(days=terms_for(claim).protected_days)
    said = {"rules": claim.rules, "origin": Origin.RULED, "protected_until": until}
    fresh = new_claim(claim.talk, dispute.unit, claimed_by=dispute.opened_by, claimed_at=at, **said)
    TalkEvidence.objects.create(
        city_id=claim.city_id, claim=fresh, kind="ruling", document=ruling[:200], stored_by=by, stored_at=at
    )
    if claim.talk.project is not None:
        set_follower(project=claim.talk.project, unit=dispute.unit, by=by, at=at)

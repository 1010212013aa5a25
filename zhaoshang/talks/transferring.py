"""Transfers (流转): offered by the unit that follows a talk or a project, taken or not by another. What counts where never moves."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.following import set_follower
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.talks.claiming import acting_for, end_claim, held_by, new_claim, refuse_unsettled
from zhaoshang.talks.models import Claim, Talk, TalkEvidence, Transfer
from zhaoshang.talks.refusals import AlreadyDecided, AlreadyOpen, BadShares, NotHolder, OtherSide, OwnClaim, TextMissing
from zhaoshang.talks.rules import Ended, Offer, Origin, due_after, offer_on
from zhaoshang.talks.terms import terms_on


def holder_of(project: Project) -> ReportingUnit:
    """The unit that follows a project: the one that took it over, else the one where it lands."""
    holder: ReportingUnit = project.follower or project.unit
    return holder


@transaction.atomic
def offer_transfer(
    *,
    talk: Talk | None = None,
    project: Project | None = None,
    to_unit: ReportingUnit,
    shares: str,
    reason: str,
    terms: str = "",
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> Transfer:
    """Offer a talk, or a project with the unit's own talk on it, to another unit, with the shares of scores: giver : receiver.

    Raises :class:`NotHolder`, :class:`OwnClaim`, :class:`BadShares`, :class:`TextMissing`, :class:`AlreadyOpen`, ``NotAllowed``.
    """
    talk, project, from_unit = _subject(talk, project, by, at)
    if from_unit.pk == to_unit.pk:
        raise OwnClaim
    today = timezone.localdate(at)
    rules = terms_on(from_unit.city, today)
    if shares not in rules.shares:
        raise BadShares(offered="、".join(rules.shares))
    if not reason.strip():
        raise TextMissing
    _make_room(talk, project, at)
    expires_on = due_after(today, rules.offer_days, rules.offer_unit, workdays_of(from_unit.city))
    offer: Transfer = Transfer.objects.create(
        city=from_unit.city,
        talk=talk,
        project=project,
        from_unit=from_unit,
        to_unit=to_unit,
        shares=shares,
        reason=reason.strip()[:400],
        terms=terms.strip()[:400],
        is_sample=is_sample,
        offered_by=by,
        offered_at=at,
        expires_on=expires_on,
    )
    told: dict[str, Any] = {"from_unit": from_unit.code, "to_unit": to_unit.code, "shares": shares}
    record("talks.transfer.offered", city=from_unit.city, by=by, at=at, about=project or talk, **told)
    return offer


def _subject(
    talk: Talk | None, project: Project | None, by: User, at: datetime
) -> tuple[Talk | None, Project | None, ReportingUnit]:
    """What is offered, whole, and by whom: a talk takes its project along, and a project the holder's own talk."""
    if talk is not None:
        claim = held_by(talk, by, at)
        refuse_unsettled(claim)
        project = claim.talk.project
        if project is not None and holder_of(project) != claim.unit:
            project = None  # the talk is this unit's, the project is not
        return claim.talk, project, claim.unit
    assert project is not None
    unit = holder_of(project)
    acting_for(unit, by)
    rows = Claim.objects.of(project.city_id).filter(talk__project=project, ended=Ended.NOT, unit=unit)
    own = rows.filter(protected_until__gte=timezone.localdate(at)).select_related("talk").first()
    if own is not None:
        refuse_unsettled(own)
    return (own.talk if own else None), project, unit


def _make_room(talk: Talk | None, project: Project | None, at: datetime) -> None:
    """An offer that waits is in the way; one whose days have run out is closed."""
    rows = Transfer.objects.none()
    for name, one in (("talk", talk), ("project", project)):
        if one is not None:
            rows = rows | Transfer.objects.of(one.city_id).filter(**{name: one}, state=Offer.OFFERED)
    for offer in rows:
        if offer_on(timezone.localdate(at), offer.state, offer.expires_on) == Offer.OFFERED:
            raise AlreadyOpen
        offer.state, offer.decided_at = Offer.EXPIRED, at
        offer.save(update_fields=["state", "decided_at"])


def _waiting(transfer: Transfer, at: datetime) -> Transfer:
    """The offer, locked. Raises :class:`AlreadyDecided`."""
    rows = Transfer.objects.of(transfer.city_id).select_for_update()
    found = ["from_unit__city", "to_unit__city", "talk__city", "project__unit", "project__follower"]
    found += ["talk__project__unit", "talk__project__follower"]
    held: Transfer = rows.select_related(*found).get(pk=transfer.pk)
    if offer_on(timezone.localdate(at), held.state, held.expires_on) != Offer.OFFERED:
        raise AlreadyDecided
    return held


def _has_the_word(unit: ReportingUnit, by: User) -> None:
    viewer = viewer_of(by, unit.city)
    viewer.require(Can.TALK)
    if unit.pk not in viewer.unit_ids:
        raise OtherSide


def _decided(offer: Transfer, state: Offer, answer: str, by: User, at: datetime) -> None:
    offer.state, offer.answer, offer.decided_by, offer.decided_at = state, answer.strip()[:400], by, at
    offer.save(update_fields=["state", "answer", "decided_by", "decided_at"])


@transaction.atomic
def accept_transfer(*, transfer: Transfer, answer: str = "", by: User, at: datetime) -> Transfer:
    """Take it: the talk and the following are the receiver's from now on. Where the project counts, and every payment, stays.

    Raises :class:`AlreadyDecided`, :class:`NotHolder` (the giver holds it no longer), :class:`OtherSide`, ``NotAllowed``.
    """
    offer = _waiting(transfer, at)
    _has_the_word(offer.to_unit, by)
    if offer.talk is not None:
        _move_claim(offer, by, at)
    if offer.project is not None and holder_of(offer.project) != offer.from_unit:
        raise NotHolder
    project = offer.project or (offer.talk.project if offer.talk else None)  # the talk may have become one meanwhile
    if project is not None and holder_of(project) == offer.from_unit:
        set_follower(project=project, unit=offer.to_unit, by=by, at=at)
    _decided(offer, Offer.ACCEPTED, answer, by, at)
    told: dict[str, Any] = {"from_unit": offer.from_unit.code, "to_unit": offer.to_unit.code, "shares": offer.shares}
    record("talks.transfer.accepted", city=offer.to_unit.city, by=by, at=at, about=offer.project or offer.talk, **told)
    return offer


def _move_claim(offer: Transfer, by: User, at: datetime) -> None:
    """The giver's claim ends, the receiver's begins, with the days that were left."""
    rows = Claim.objects.of(offer.city_id).select_for_update().filter(talk=offer.talk, ended=Ended.NOT)
    claim = (
        rows.filter(unit=offer.from_unit, protected_until__gte=timezone.localdate(at)).select_related("talk").first()
    )
    if claim is None:
        raise NotHolder
    refuse_unsettled(claim)
    words = f"{offer.from_unit.name} → {offer.to_unit.name} {offer.shares}"
    end_claim(claim, Ended.TRANSFERRED, by=by, at=at, reason=words, goes_on=True)
    said = {"rules_id": claim.rules_id, "origin": Origin.TRANSFERRED, "protected_until": claim.protected_until}
    fresh = new_claim(claim.talk, offer.to_unit, claimed_by=by, claimed_at=at, **said)
    TalkEvidence.objects.create(
        city_id=offer.city_id, claim=fresh, kind="transfer", document=words, stored_by=by, stored_at=at
    )


@transaction.atomic
def refuse_transfer(*, transfer: Transfer, answer: str, by: User, at: datetime) -> Transfer:
    """Do not take it, saying why. Raises :class:`AlreadyDecided`, :class:`TextMissing`, :class:`OtherSide`, ``NotAllowed``."""
    offer = _waiting(transfer, at)
    _has_the_word(offer.to_unit, by)
    if not answer.strip():
        raise TextMissing
    _decided(offer, Offer.REFUSED, answer, by, at)
    record("talks.transfer.refused", city=offer.to_unit.city, by=by, at=at, about=offer.project or offer.talk)
    return offer


@transaction.atomic
def withdraw_transfer(*, transfer: Transfer, by: User, at: datetime) -> Transfer:
    """Take an offer back before it is answered. Raises :class:`AlreadyDecided`, :class:`OtherSide`, ``NotAllowed``."""
    offer = _waiting(transfer, at)
    _has_the_word(offer.from_unit, by)
    _decided(offer, Offer.WITHDRAWN, "", by, at)
    record("talks.transfer.withdrawn", city=offer.from_unit.city, by=by, at=at, about=offer.project or offer.talk)
    return offer

"""A claim from its filing to the end of its public notice: confirmed by the investor and the bureau, decided by another person."""

from base64 import b32encode
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoshang.capital.evidence import store
from zhaoshang.leads.models import Lead
from zhaoshang.partners.localrules import REWARD
from zhaoshang.partners.models import Claim, ClaimObjection, ClaimPaper, Partner
from zhaoshang.partners.queries import base_of, credit_of, had_in_year, missing, partner_of
from zhaoshang.partners.rules import (
    PAPER_LABELS,
    WHOLE_BP,
    ClaimState,
    Credit,
    Reward,
    equal_shares,
    reward,
)
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.receipts import receipt_bytes
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.tenancy.models import City

MOST_PAPERS = 40
IN_A_DAY = 30  # objections of the public to one claim
RECEIPT_LENGTH = 26


class NoCredit(Exception):
    """The lead earns this partner no credit; ``credit`` says why."""

    def __init__(self, credit: Credit) -> None:
        super().__init__(credit.code)
        self.credit = credit


class TooLate(Exception):
    """The days in which a landed project can be claimed for are over."""


class AlreadyClaimed(Exception):
    """The lead has been claimed for."""


class WrongState(Exception):
    """The claim is at another step."""


class DocumentMissing(Exception):
    """Name the document, the reason or the text."""


class FileIncomplete(Exception):
    """Papers or confirmations are missing; ``kinds``: which papers, ``confirmations``: ``investor`` or ``bureau``."""

    def __init__(self, kinds: list[str], confirmations: list[str]) -> None:
        super().__init__("、".join([*kinds, *confirmations]))
        self.kinds, self.confirmations = tuple(kinds), tuple(confirmations)


class SamePerson(Exception):
    """Who claimed or confirmed does not decide, who took an objection in does not answer it."""


class BadShares(Exception):
    """Shares belong to all claimants of the project and come to 100 % together."""


class TooManyPapers(Exception):
    """The file holds as many papers as a claim may have."""


class NoticeOver(Exception):
    """The claim is not on public notice now, so nobody can object by the public form."""


class TooManyObjections(Exception):
    """So many objections within a short time are no public but a machine."""


class NoticeOpen(Exception):
    """The notice is still out, or an objection is not answered."""


def _locked(claim: Claim, *states: ClaimState) -> Claim:
    rows = Claim.objects.of(claim.city_id).select_for_update()
    held: Claim = rows.select_related("city", "partner__city", "lead__project__city", "project__unit").get(pk=claim.pk)
    if held.state not in states:
        raise WrongState(held.state)
    return held


def _said(text: str, most: int = 200) -> str:
    if not text.strip():
        raise DocumentMissing
    return text.strip()[:most]


@transaction.atomic
def file_claim(*, lead: Lead, partner: Partner, by: User, at: datetime, is_sample: bool = False) -> Claim:
    """Claim for a lead that became a project; by the partner itself or by the bureau for it.

    Raises :class:`NoCredit`, :class:`TooLate`, :class:`AlreadyClaimed`, ``NotAllowed``.
    """
    viewer = viewer_of(by, partner.city)
    if not viewer.can(Can.APPOINT_PARTNERS) and partner_of(viewer) != partner:
        raise NotAllowed(Can.BE_PARTNER)
    given = credit_of(lead, partner)
    if not given.given:
        raise NoCredit(given)
    if Claim.objects.of(partner.city).filter(lead=lead).exists():
        raise AlreadyClaimed
    landed, formula = lead.project.landed_on, REWARD.on(partner.city, timezone.localdate(at)).read
    if landed is not None and (timezone.localdate(at) - landed).days > formula.claim_within_days:
        raise TooLate(str(landed))
    claim: Claim = Claim.objects.create(
        city=partner.city,
        partner=partner,
        lead=lead,
        project=lead.project,
        claimed_by=by,
        claimed_at=at,
        is_sample=is_sample,
    )
    record("partners.claim.filed", city=claim.city, by=by, at=at, about=claim)
    return claim


@transaction.atomic
def add_paper(
    *, claim: Claim, kind: str, document: str, content: bytes, name: str, by: User, at: datetime
) -> ClaimPaper:
    """Put a paper into the file: its name or number, and the file itself, checked by its content and kept as evidence is.

    Raises ``common.files.Refused`` (type, size, active content), :class:`TooManyPapers`, :class:`DocumentMissing`,
    :class:`WrongState`, ``NotAllowed``.
    """
    held = _locked(claim, ClaimState.CLAIMED)
    viewer = viewer_of(by, held.city)
    if not viewer.can(Can.APPOINT_PARTNERS) and partner_of(viewer) != held.partner:
        raise NotAllowed(Can.BE_PARTNER)
    if kind not in PAPER_LABELS:
        raise DocumentMissing
    said = _said(document)
    if ClaimPaper.objects.of(held.city).filter(claim=held).count() >= MOST_PAPERS:
        raise TooManyPapers
    file = store(city=held.city, content=content, name=name, by=by, at=at)
    paper: ClaimPaper = ClaimPaper.objects.create(
        city=held.city, claim=held, kind=kind, document=said, file=file, by=by, at=at
    )
    record("partners.claim.paper_added", city=held.city, by=by, at=at, about=held, kind=kind)
    return paper


@transaction.atomic
def confirm_claim(*, claim: Claim, investor_document: str, by: User, at: datetime) -> Claim:
    """The bureau confirms that this partner brought the investor, with the investor's own confirmation on paper.

    Raises :class:`DocumentMissing`, :class:`WrongState`, ``NotAllowed``.
    """
    held = _locked(claim, ClaimState.CLAIMED)
    viewer_of(by, held.city).require(Can.APPOINT_PARTNERS)
    held.investor_document, held.bureau_by, held.bureau_at = _said(investor_document), by, at
    held.save(update_fields=["investor_document", "bureau_by", "bureau_at"])
    record("partners.claim.confirmed", city=held.city, by=by, at=at, about=held, document=held.investor_document)
    return held


@transaction.atomic
def agree_shares(*, claim: Claim, shares: Mapping[UUID, int], document: str, by: User, at: datetime) -> None:
    """Keep the shares (basis points by claim) that all claimants of a project agreed on, with the document that says so.

    Raises :class:`BadShares`, :class:`DocumentMissing`, :class:`WrongState`, ``NotAllowed``.
    """
    held = _locked(claim, ClaimState.CLAIMED)
    viewer_of(by, held.city).require(Can.APPOINT_PARTNERS)
    claims = list(claimants(held))
    if {one.pk for one in claims} != set(shares) or sum(shares.values()) != WHOLE_BP or min(shares.values()) < 0:
        raise BadShares
    if any(one.state != ClaimState.CLAIMED for one in claims):
        raise WrongState
    said = _said(document)
    for one in claims:
        one.share_bp, one.share_document = shares[one.pk], said
        one.save(update_fields=["share_bp", "share_document"])
    record("partners.claim.shared", city=held.city, by=by, at=at, about=held, shares=sorted(shares.values()))


def claimants(claim: Claim) -> list[Claim]:
    """All claims of the project that were not refused, the earliest first."""
    rows = Claim.objects.of(claim.city_id).filter(project_id=claim.project_id).exclude(state=ClaimState.REFUSED)
    return list(rows.select_related("city", "partner").order_by("id"))


def computed(claim: Claim, day: date) -> Reward:
    """The reward as it comes out on a day, with every step."""
    formula, all_claims = REWARD.on(claim.city, day).read, claimants(claim)
    agreed = claim.share_bp is not None
    place = next((place for place, one in enumerate(all_claims) if one.pk == claim.pk), 0)
    share = claim.share_bp if claim.share_bp is not None else equal_shares(max(1, len(all_claims)))[place]
    return reward(
        formula,
        base_of(claim.city, claim.project_id, formula),
        share_bp=share,
        claimants=len(all_claims),
        agreed=agreed,
        had_this_year_fen=had_in_year(claim.partner, day.year, claim.pk),
    )


@transaction.atomic
def approve_claim(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Agree to a claim whose file is whole; the reward is computed now and kept with its steps.

    Raises :class:`FileIncomplete`, :class:`SamePerson`, :class:`NoCredit`, :class:`WrongState`, ``NotAllowed``.
    """
    held = _locked(claim, ClaimState.CLAIMED)
    viewer_of(by, held.city).require(Can.DECIDE_CLAIMS)
    if any(same_person(one, by) for one in (held.claimed_by_id, held.bureau_by_id)):
        raise SamePerson
    Partner.objects.of(held.city).select_for_update().get(
        pk=held.partner_id
    )  # two claims of one year are decided one after the other
    day = timezone.localdate(at)
    formula = REWARD.on(held.city, day)
    lacks = missing(held, formula.read)
    unconfirmed = [] if held.bureau_by_id else ["bureau"]
    if lacks or unconfirmed:
        raise FileIncomplete(lacks, unconfirmed)
    given = credit_of(held.lead, held.partner)
    if not given.given:
        raise NoCredit(given)
    found = computed(held, day)
    held.formula, held.base_fen, held.reward_fen, held.steps = (
        formula.code,
        found.steps[0]["fen"],
        found.fen,
        list(found.steps),
    )
    held.state, held.decided_by, held.decided_at = ClaimState.APPROVED, by, at
    held.save(update_fields=["formula", "base_fen", "reward_fen", "steps", "state", "decided_by", "decided_at"])
    record("partners.claim.approved", city=held.city, by=by, at=at, about=held, reward_fen=found.fen)
    return held


@transaction.atomic
def refuse_claim(*, claim: Claim, reason: str, by: User, at: datetime) -> Claim:
    """Do not reward it, for this reason. Raises :class:`DocumentMissing`, :class:`SamePerson`, :class:`WrongState`, ``NotAllowed``."""
    held = _locked(claim, ClaimState.CLAIMED)
    viewer_of(by, held.city).require(Can.DECIDE_CLAIMS)
    if any(same_person(one, by) for one in (held.claimed_by_id, held.bureau_by_id)):
        raise SamePerson
    held.state, held.reason, held.decided_by, held.decided_at = ClaimState.REFUSED, _said(reason, 400), by, at
    held.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record("partners.claim.refused", city=held.city, by=by, at=at, about=held, reason=held.reason)
    return held


@transaction.atomic
def publish_claim(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Show it to the public for the formula's working days, from today. Raises :class:`WrongState`, ``NotAllowed``."""
    held = _locked(claim, ClaimState.APPROVED)
    viewer_of(by, held.city).require(Can.APPOINT_PARTNERS)
    day = timezone.localdate(at)
    held.state, held.notice_from = ClaimState.PUBLISHED, day
    held.notice_until = workdays_of(held.city).after(day, REWARD.on(held.city, day).read.notice_working_days)[0]
    held.save(update_fields=["state", "notice_from", "notice_until"])
    record("partners.claim.published", city=held.city, by=by, at=at, about=held, until=str(held.notice_until))
    return held


@transaction.atomic
def object_to_claim(*, claim: Claim, told_by: str, text: str, by: User, at: datetime) -> ClaimObjection:
    """Keep what somebody said against a published claim. Raises :class:`DocumentMissing`, :class:`WrongState`, ``NotAllowed``."""
    held = _locked(claim, ClaimState.PUBLISHED)
    viewer_of(by, held.city).require(Can.APPOINT_PARTNERS)
    made: ClaimObjection = ClaimObjection.objects.create(
        city=held.city, claim=held, told_by=told_by.strip()[:60], text=_said(text, 1000), due_on=_answer_due(held.city, at),
        taken_by=by, taken_at=at,
    )  # fmt: skip
    record("partners.claim.objected", city=held.city, by=by, at=at, about=held)
    return made


def _answer_due(city: City, at: datetime) -> date:
    day = timezone.localdate(at)
    return workdays_of(city).after(day, REWARD.on(city, day).read.objection_working_days)[0]


@transaction.atomic
def object_in_public(
    *, claim: Claim, told_by: str, contact: str, text: str, key: UUID | None = None, by: None, at: datetime
) -> tuple[ClaimObjection, str]:
    """Keep what a member of the public says against a claim on notice; returns it with its receipt, which is never kept. The same form,
    known by its ``key``, sent again is the same objection.

    Raises :class:`NoticeOver`, :class:`TooManyObjections`, :class:`DocumentMissing`.
    """
    rows = Claim.objects.of(claim.city_id).select_for_update().select_related("city")
    held: Claim = rows.get(pk=claim.pk)
    day = timezone.localdate(at)
    if held.state != ClaimState.PUBLISHED or held.notice_until is None or day > held.notice_until:
        raise NoticeOver
    said = ClaimObjection.objects.of(held.city_id).filter(claim=held, taken_by__isnull=True)
    drawn = receipt_bytes("objection", key, str(held.pk), told_by, contact, text)
    receipt = b32encode(drawn).decode().rstrip("=").lower()
    if again := said.filter(receipt_digest=receipt_digest(receipt)).first():
        return again, receipt
    if said.filter(taken_at__gt=at - timedelta(hours=24)).count() >= IN_A_DAY:
        raise TooManyObjections
    made: ClaimObjection = ClaimObjection.objects.create(
        city=held.city, claim=held, told_by=told_by.strip()[:60], contact=contact.strip()[:120], text=_said(text, 1000),
        receipt_digest=receipt_digest(receipt), due_on=_answer_due(held.city, at), taken_by=by, taken_at=at,
    )  # fmt: skip
    record("partners.claim.objected", city=held.city, by=by, at=at, about=held, public=True)
    return made, receipt


def receipt_digest(receipt: str) -> str:
    """What is kept of a receipt."""
    return sha256(receipt.strip().encode()).hexdigest()


def objection_by_receipt(city: City, receipt: str) -> ClaimObjection | None:
    """The objection that a receipt stands for. One query."""
    if len(receipt) != RECEIPT_LENGTH:
        return None
    rows = ClaimObjection.objects.of(city).select_related("claim__partner", "claim__project")
    found: ClaimObjection | None = rows.filter(receipt_digest=receipt_digest(receipt)).first()
    return found


@transaction.atomic
def answer_objection(*, objection: ClaimObjection, answer: str, by: User, at: datetime) -> ClaimObjection:
    """What was found of it, by another person than who took it in, and than who confirmed the claim.

    Raises :class:`DocumentMissing`, :class:`SamePerson`, :class:`WrongState`, ``NotAllowed``.
    """
    rows = ClaimObjection.objects.of(objection.city_id).select_for_update().select_related("city", "claim")
    held: ClaimObjection = rows.get(pk=objection.pk)
    viewer_of(by, held.city).require(Can.DECIDE_CLAIMS)
    if held.answered_by_id is not None:
        raise WrongState
    if any(same_person(one, by) for one in (held.taken_by_id, held.claim.bureau_by_id)):
        raise SamePerson
    held.answer, held.answered_by, held.answered_at = _said(answer, 1000), by, at
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    record("partners.claim.objection_answered", city=held.city, by=by, at=at, about=held.claim)
    return held


@transaction.atomic
def finish_claim(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Final, once the notice is over and every objection answered. Raises :class:`NoticeOpen`, :class:`WrongState`, ``NotAllowed``."""
    held = _locked(claim, ClaimState.PUBLISHED)
    viewer_of(by, held.city).require(Can.DECIDE_CLAIMS)
    waiting = ClaimObjection.objects.of(held.city).filter(claim=held, answered_by__isnull=True).exists()
    if waiting or held.notice_until is None or timezone.localdate(at) <= held.notice_until:
        raise NoticeOpen(str(held.notice_until))
    held.state, held.final_by, held.final_at = ClaimState.FINAL, by, at
    held.save(update_fields=["state", "final_by", "final_at"])
    record("partners.claim.final", city=held.city, by=by, at=at, about=held)
    return held

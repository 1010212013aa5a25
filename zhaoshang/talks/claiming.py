"""What a unit does with a first talk: claims it, writes about it, renews it, gives it up; and its project when there is one."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Subquery
from django.utils import timezone

from zhaoshang.common.files import digest, identify, safe_name
from zhaoshang.common.files.keeping import keep
from zhaoshang.common.uscc import checked
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.likeness import measure
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.stages.rules import EntryKind
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.talks.finding import Holding, Subject, core_of, holdings
from zhaoshang.talks.models import Claim, Dispute, Renewal, Talk, TalkEvidence, TalkNote, Transfer
from zhaoshang.talks.refusals import (
    AlreadyOpen,
    AlreadyYours,
    EvidenceMissing,
    Held,
    NotHolder,
    NotRenewable,
    NotYet,
    SubjectMissing,
    TextMissing,
    TooSmall,
)
from zhaoshang.talks.rules import (
    WAN_FEN,
    WRITTEN,
    Ended,
    Finding,
    NoteKind,
    Offer,
    Origin,
    Outcome,
    Terms,
    may_renew,
    renewal_findings,
)
from zhaoshang.talks.terms import TALKS, terms_for
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A document on which a claim stands, by kind and name or number, and its file where there is one."""

    kind: str
    document: str
    content: bytes = b""
    name: str = ""


def acting_for(unit: ReportingUnit, by: User) -> None:
    """Raises ``NotAllowed`` unless the person works on talks for the unit."""
    viewer = viewer_of(by, unit.city)
    if not viewer.can(Can.TALK) or unit.pk not in viewer.unit_ids:
        raise NotAllowed(Can.TALK)


def one_at_a_time(city: City) -> None:
    """Claims of a city come one after the other, so that who was first is told to who came second."""
    City.objects.select_for_update(no_key=True).get(pk=city.pk)


@transaction.atomic
def register_claim(
    *,
    unit: ReportingUnit,
    subject: Subject,
    proof: Proof,
    nevertheless: str = "",
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> Claim:
    """Claim the first talk with an investor or on a project of the unit; ``at`` is the server's time and decides.

    ``nevertheless``: why it is not one of those under protection that it looks like. Raises :class:`Held`, :class:`AlreadyYours`,
    :class:`TooSmall`, :class:`EvidenceMissing`, :class:`SubjectMissing`, ``common.uscc.BadCode``, ``common.files.Refused``,
    ``NotAllowed``.
    """
    acting_for(unit, by)
    city, reason = unit.city, nevertheless.strip()[:400]
    subject = _checked(subject, unit)
    rules = TALKS.on(city, timezone.localdate(at))
    terms = rules.read
    if subject.amount_fen < terms.at_least_fen:
        raise TooSmall(wan=terms.at_least_fen // WAN_FEN)
    _check_proof(proof, terms)
    one_at_a_time(city)
    _refuse_held(holdings(city, subject, at), unit, reason)
    taken = measure(city, timezone.localdate(at))
    core = core_of(subject.investor, taken)
    _close_lapsed(city, subject, core, at)
    talk = Talk.objects.create(
        city=city,
        investor=subject.investor,
        uscc=subject.uscc,
        title=subject.title,
        industry=subject.industry,
        amount_fen=subject.amount_fen,
        core=core,
        project=subject.project,
        is_sample=is_sample,
        begun_at=at,
    )
    until = timezone.localdate(at) + timedelta(days=terms.protected_days)
    claim = new_claim(
        talk, unit, rules=rules.issued, protected_until=until, nevertheless=reason, claimed_by=by, claimed_at=at
    )
    _keep_proof(claim, proof, by, at)
    record("talks.claim.registered", city=city, by=by, at=at, about=talk, unit=unit.code, nevertheless=reason)
    return claim


def _checked(subject: Subject, unit: ReportingUnit) -> Subject:
    """The subject with its code in normal form; a project must be one that the unit lands or follows."""
    if not subject.investor.strip() or not subject.title.strip():
        raise SubjectMissing
    project = subject.project
    if project is not None and unit.pk not in (project.unit_id, project.follower_id):
        raise NotAllowed(Can.TALK)
    uscc = checked(subject.uscc) if subject.uscc else ""
    return replace(subject, investor=subject.investor.strip(), title=subject.title.strip(), uscc=uscc)


def _check_proof(proof: Proof, terms: Terms) -> None:
    if proof.kind not in terms.evidence or not proof.document.strip():
        raise EvidenceMissing


def _refuse_held(found: list[Holding], unit: ReportingUnit, reason: str) -> None:
    """What others hold is in the way; what the unit holds itself only when it is the same talk again."""
    if any(one.same for one in found if one.unit == unit):
        raise AlreadyYours
    others = [one for one in found if one.unit != unit]
    if any(one.same for one in others) or (others and not reason):
        raise Held(others)


def _close_lapsed(city: City, subject: Subject, core: str, at: datetime) -> None:
    """Claims on the subject whose days have run out make room; the end is written down on the day that another comes."""
    rows = Claim.objects.of(city).filter(ended=Ended.NOT, protected_until__lt=timezone.localdate(at))
    if subject.project is not None:
        rows = rows.filter(talk__project=subject.project)
    else:
        same = Q(talk__core=core) | (Q(talk__uscc=subject.uscc) & ~Q(talk__uscc=""))
        rows = rows.filter(same, talk__industry=subject.industry, talk__project__isnull=True)
    for claim in rows.select_related("talk"):
        end_claim(claim, Ended.LAPSED, by=None, at=at)


def new_claim(talk: Talk, unit: ReportingUnit, **said: Any) -> Claim:
    """The next claim of a talk."""
    number = Claim.objects.of(talk.city_id).filter(talk=talk).count() + 1
    return Claim.objects.create(city_id=talk.city_id, talk=talk, number=number, unit=unit, **said)


def end_claim(
    claim: Claim, ended: Ended, *, by: User | None, at: datetime, reason: str = "", goes_on: bool = False
) -> None:
    """Write a claim's end down; the talk ends with it unless it ``goes_on`` with another unit."""
    claim.ended, claim.ended_at, claim.ended_by, claim.reason = ended, at, by, reason
    claim.save(update_fields=["ended", "ended_at", "ended_by", "reason"])
    if not goes_on:
        claim.talk.is_open = False
        claim.talk.save(update_fields=["is_open"])


def _keep_proof(claim: Claim, proof: Proof, by: User, at: datetime) -> TalkEvidence:
    said: dict[str, Any] = {"kind": proof.kind, "document": proof.document.strip()[:200]}
    if proof.content:
        found, sha256 = identify(proof.content, proof.name), digest(proof.content)
        keep(Path(settings.EVIDENCE_DIR) / claim.talk.city.code, sha256, proof.content)
        said |= {"digest": sha256, "mime": found.mime, "size_bytes": len(proof.content), "name": safe_name(proof.name)}
    return TalkEvidence.objects.create(city_id=claim.city_id, claim=claim, stored_by=by, stored_at=at, **said)


def held_by(talk: Talk, by: User, at: datetime) -> Claim:
    """The talk's claim in force, locked, for an officer of its unit. Raises :class:`NotHolder`, ``NotAllowed``."""
    rows = Claim.objects.of(talk.city_id).select_for_update().filter(talk=talk, ended=Ended.NOT)
    claim: Claim | None = rows.select_related("unit__city", "talk__city", "talk__project", "rules").first()
    if claim is None or claim.protected_until < timezone.localdate(at):
        raise NotHolder
    acting_for(claim.unit, by)
    return claim


def refuse_unsettled(claim: Claim) -> None:
    """A claim in dispute stays where it is until the ruling. Raises :class:`AlreadyOpen`."""
    if Dispute.objects.of(claim.city_id).filter(claim=claim, outcome=Outcome.OPEN).exists():
        raise AlreadyOpen


@transaction.atomic
def attach_talk_evidence(*, talk: Talk, proof: Proof, by: User, at: datetime) -> TalkEvidence:
    """One more document on which the claim stands. Raises :class:`EvidenceMissing`, :class:`NotHolder`, ``common.files.Refused``."""
    claim = held_by(talk, by, at)
    _check_proof(proof, terms_for(claim))
    kept_ = _keep_proof(claim, proof, by, at)
    record("talks.evidence.attached", city=claim.talk.city, by=by, at=at, about=talk, document=kept_.document)
    return kept_


@transaction.atomic
def write_note(*, talk: Talk, kind: NoteKind, on: date, text: str, by: User, at: datetime) -> TalkNote:
    """A line on how the talk goes, or a visit, on a day that has come. Raises :class:`TextMissing`, :class:`NotYet`, :class:`NotHolder`."""
    claim = held_by(talk, by, at)
    if not text.strip() or kind not in WRITTEN:
        raise TextMissing
    if on > timezone.localdate(at):
        raise NotYet
    note = _note(claim, kind, on, text, by, at)
    record("talks.note.written", city=claim.talk.city, by=by, at=at, about=talk, kind=str(kind), on=str(on))
    return note


def _note(claim: Claim, kind: NoteKind, on: date, text: str, by: User | None, at: datetime, **more: Any) -> TalkNote:
    return TalkNote.objects.create(
        city_id=claim.city_id,
        claim=claim,
        kind=kind,
        day=on,
        text=text.strip()[:400],
        written_by=by,
        written_at=at,
        **more,
    )


def findings_for(claim: Claim, today: date) -> list[Finding]:
    """What the renewal test finds today: the talk's lines, and what its project's log tells of progress. Three queries at most."""
    notes = TalkNote.objects.of(claim.city_id).filter(claim=claim).values_list("kind", "day")
    lines = [(str(kind), day) for kind, day in notes]
    if claim.talk.project_id:
        log = StageEntry.objects.of(claim.city_id).filter(project_id=claim.talk.project_id, day__isnull=False)
        told = log.filter(kind__in=[EntryKind.NOTED, EntryKind.ADVANCED]).values_list("day", flat=True)
        lines += [(str(NoteKind.NOTE), day) for day in told]
    return renewal_findings(terms_for(claim), today, claim.protected_until, _renewals(claim), lines)


def _renewals(claim: Claim) -> int:
    """How often the protection was renewed; a transfer goes on with what was left, and counts on. One query."""
    claims = Claim.objects.of(claim.city_id).filter(talk=claim.talk)
    began = claims.exclude(origin=Origin.TRANSFERRED).order_by("-number").values("number")[:1]
    rows = Renewal.objects.of(claim.city_id).filter(claim__talk=claim.talk, claim__number__gte=Subquery(began))
    return rows.count()


@transaction.atomic
def renew_claim(*, talk: Talk, by: User, at: datetime) -> Renewal:
    """Protect for longer, if the renewal test is met. Raises :class:`NotRenewable`, :class:`NotHolder`, ``NotAllowed``."""
    claim = held_by(talk, by, at)
    found = findings_for(claim, timezone.localdate(at))
    if not may_renew(found):
        raise NotRenewable(found)
    before, until = claim.protected_until, claim.protected_until + timedelta(days=terms_for(claim).renewal_days)
    number = Renewal.objects.of(claim.city_id).filter(claim=claim).count() + 1
    said = {"before": before, "until": until, "findings": [one.to_json() for one in found]}
    renewal: Renewal = Renewal.objects.create(
        city_id=claim.city_id, claim=claim, number=number, renewed_by=by, renewed_at=at, **said
    )
    protect_until(claim, until)
    record("talks.claim.renewed", city=claim.talk.city, by=by, at=at, about=talk, number=number, until=str(until))
    return renewal


def protect_until(claim: Claim, until: date) -> None:
    """Move the last protected day out; never in."""
    if until > claim.protected_until:
        claim.protected_until = until
        claim.save(update_fields=["protected_until"])


@transaction.atomic
def release_claim(*, talk: Talk, reason: str, by: User, at: datetime) -> Claim:
    """Give the first talk up; others may claim it from now on. Raises :class:`TextMissing`, :class:`NotHolder`, :class:`AlreadyOpen`."""
    claim = held_by(talk, by, at)
    if not reason.strip():
        raise TextMissing
    refuse_unsettled(claim)
    if Transfer.objects.of(claim.city_id).filter(talk=talk, state=Offer.OFFERED).exists():
        raise AlreadyOpen
    end_claim(claim, Ended.RELEASED, by=by, at=at, reason=reason.strip()[:400])
    record("talks.claim.released", city=claim.talk.city, by=by, at=at, about=talk, reason=claim.reason)
    return claim


def link_project(*, project: Project, found: list[Holding], reason: str, by: User | None, at: datetime) -> None:
    """What a new project means for the claims that it is, or looks like, one of (``finding.holdings``): the own unit's becomes the
    project's, another's is told that it was registered nevertheless."""
    for one in found:
        claim = one.claim
        if one.unit.pk != project.unit_id:
            _note(claim, NoteKind.PASSED_OVER, timezone.localdate(at), reason, by, at, project=project)
            record("talks.claim.passed_over", city=project.city, by=by, at=at, about=claim.talk, project=project.code)
    own = next((one.claim for one in found if one.same and one.unit.pk == project.unit_id), None)
    if own is not None and own.talk.project_id is None:
        own.talk.project = project
        own.talk.save(update_fields=["project"])
        record("talks.claim.linked", city=project.city, by=by, at=at, about=own.talk, project=project.code)

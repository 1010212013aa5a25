"""First talks: claims with a list, what their holders do, disputes and transfers."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Status, UploadedFile
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.projects import Industry, held_json
from zhaoshang.api.schemas import Name, Page, PositiveYuan, Strict, fen
from zhaoshang.common.money import yuan_text
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.talks import claiming, disputing, transferring
from zhaoshang.talks.finding import Subject, in_force, subject_of
from zhaoshang.talks.models import Claim, Dispute, Talk, Transfer
from zhaoshang.talks.queries import claims, disputes, in_state, lapsing, transfers
from zhaoshang.talks.refusals import Held
from zhaoshang.talks.rules import NoteKind, Outcome, State, offer_on, state_on
from zhaoshang.talks.terms import TALKS

router = Router(tags=["talks"])
PAGE = 100
Reason = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=400)]
Text = Annotated[str, StringConstraints(strict=True, max_length=400)]
Document = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
Kind = Annotated[str, StringConstraints(strict=True, max_length=30)]


def _by(request: ApiRequest) -> dict[str, Any]:
    return {"by": caller(request), "at": timezone.now()}


def _talk(request: ApiRequest, key: UUID) -> Talk:
    rows = Talk.objects.visible_to(request.viewer).select_related("city", "project")
    return rows.get(pk=key)  # type: ignore[no-any-return]


def _unit(request: ApiRequest, code: str) -> ReportingUnit:
    rows = ReportingUnit.objects.of(request.viewer.city).select_related("city")
    return rows.get(code=code)  # type: ignore[no-any-return]


def _claim_json(one: Claim, disputed: bool, today: date) -> dict[str, Any]:
    talk = one.talk
    return {
        "talk": str(talk.pk),
        "claim": str(one.pk),
        "investor": talk.investor,
        "uscc": talk.uscc,
        "title": talk.title,
        "industry": talk.industry,
        "amount": yuan_text(talk.amount_fen),
        "project": talk.project.code if talk.project else None,
        "unit": one.unit.code,
        "claimed_at": one.claimed_at,
        "protected_until": one.protected_until,
        "state": str(state_on(today, one.ended, one.protected_until, disputed)),
    }


@router.get("/talks", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="First talks, newest first")
def talk_rows(
    request: ApiRequest,
    unit: str = "",
    state: State | None = None,
    lapsing_days: Annotated[int, Field(ge=0, le=366)] | None = None,
    after: UUID | None = None,
) -> Any:
    """Claims that the caller may see; ``state`` is computed on today."""
    today, rows = timezone.localdate(), claims(request.viewer)
    rows = rows.filter(unit__code=unit) if unit else rows
    rows = in_state(rows, state, today) if state else rows
    rows = lapsing(rows, today, lapsing_days) if lapsing_days is not None else rows
    rows = rows.filter(id__lt=after) if after else rows
    found: list[Any] = list(rows.order_by("-id")[: PAGE + 1])
    shown = [_claim_json(one, one.disputed, today) for one in found[:PAGE]]
    return {"rows": shown, "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None}


@router.get(
    "/talk-rules",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="The rules in force",
)
def talk_rules(request: ApiRequest, on: date | None = None) -> Any:
    """Thresholds, days, renewal tests and shares on a day (today), as issued; ``code`` is null for the sample of the system."""
    rules = TALKS.on(request.viewer.city, on or timezone.localdate())
    head = {name: getattr(rules.issued, name, None) for name in ("code", "title", "document", "valid_from")}
    return {**head, "is_sample": rules.told["is_sample"], "content": rules.content}


class ClaimIn(Strict):
    """A first talk with an investor, or with ``project`` (its code) on a project of the unit; the proof is a document by kind and name."""

    unit: Name
    project: Annotated[str, StringConstraints(strict=True, max_length=30)] = ""
    investor: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    uscc: Annotated[str, StringConstraints(strict=True, max_length=18)] = ""
    title: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    industry: Industry = "C"
    amount: PositiveYuan = "0"
    evidence_kind: Kind
    evidence_document: Document
    nevertheless: Text = ""


@router.post(
    "/talks",
    auth=needs(Can.TALK),
    response={
        201: dict[str, Any],
        409: dict[str, Any],
    },
    summary="Claim a first talk",
)
def new_claim(request: ApiRequest, body: ClaimIn) -> Any:
    """The server's time decides. 409 ``held`` with who holds it; with ``sure`` no reason helps, only a dispute."""
    unit = _unit(request, body.unit)
    if body.project:
        rows = Project.objects.open_to(request.viewer).select_related("enterprise")
        subject = subject_of(rows.get(code=body.project))
    else:
        said: dict[str, Any] = {
            "investor": body.investor,
            "uscc": body.uscc,
            "title": body.title,
            "industry": body.industry,
        }
        subject = Subject(**said, amount_fen=fen(body.amount))
    proof = claiming.Proof(kind=body.evidence_kind, document=body.evidence_document)
    try:
        claim = claiming.register_claim(
            unit=unit, subject=subject, proof=proof, nevertheless=body.nevertheless, **_by(request)
        )
    except Held as refusal:
        held: dict[str, Any] = {"sure": refusal.sure, "held": held_json(request.viewer, refusal.holdings)}
        return Status(409, {"code": "held", "message": _(refusal.template), "detail": "", **held})
    told: dict[str, Any] = {
        "talk": str(claim.talk_id),
        "claim": str(claim.pk),
        "protected_until": str(claim.protected_until),
    }
    return Status(201, {**told, "claimed_at": claim.claimed_at.isoformat()})


@router.get(
    "/talks/{key}",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="One first talk",
)
def one_talk(request: ApiRequest, key: UUID) -> Any:
    """Its latest claim, and what the renewal test finds today where the caller's unit holds it."""
    found, today = _talk(request, key), timezone.localdate()
    claim: Any = claims(request.viewer).filter(talk=found).select_related("rules").order_by("-number")[0]
    findings = claiming.findings_for(claim, today) if request.viewer.sees_unit(claim.unit_id) else []
    return {
        **_claim_json(claim, claim.disputed, today),
        "renewal": [{"met": one.met, "says": _(one.template).format(**one.params)} for one in findings],
    }


class NoteIn(Strict):
    """How a talk goes, or a visit."""

    kind: Literal["note", "visit"]
    on: date
    text: Reason


@router.post(
    "/talks/{key}/notes",
    auth=needs(Can.TALK),
    response={201: dict[str, str]},
    summary="Write about a first talk",
)
def new_talk_note(request: ApiRequest, key: UUID, body: NoteIn) -> Any:
    """By its holder, of a day that has come."""
    told: dict[str, Any] = {"kind": NoteKind(body.kind), "on": body.on, "text": body.text}
    note = claiming.write_note(talk=_talk(request, key), **told, **_by(request))
    return Status(201, {"id": str(note.pk)})


class EvidenceIn(Strict):
    """Which of the proofs it is, and its name or number."""

    kind: Kind
    document: Document


@router.post(
    "/talks/{key}/evidence",
    auth=needs(Can.TALK),
    response={201: dict[str, str]},
    summary="Attach a file to a first talk",
)
def new_talk_evidence(
    request: ApiRequest,
    key: UUID,
    said: Query[EvidenceIn],
    file: UploadedFile = File(...),  # type: ignore[type-arg]  # noqa: B008
) -> Any:
    """The file is told by its content and kept under its digest."""
    proof = claiming.Proof(**said.dict(), content=file.read(), name=file.name or "")
    kept = claiming.attach_talk_evidence(talk=_talk(request, key), proof=proof, **_by(request))
    return Status(201, {"id": str(kept.pk), "digest": kept.digest})


@router.post(
    "/talks/{key}/renewals",
    auth=needs(Can.TALK),
    response={201: dict[str, Any]},
    summary="Renew a first talk",
)
def new_talk_renewal(request: ApiRequest, key: UUID) -> Any:
    """Refused while the renewal test is not met."""
    renewal = claiming.renew_claim(talk=_talk(request, key), **_by(request))
    return Status(201, {"number": renewal.number, "protected_until": str(renewal.until)})


class ReleaseIn(Strict):
    """Why."""

    reason: Reason


@router.post("/talks/{key}/release", auth=needs(Can.TALK), response={200: dict[str, str]}, summary="Give a talk up")
def release_talk(request: ApiRequest, key: UUID, body: ReleaseIn) -> Any:
    """Others may claim it at once."""
    claim = claiming.release_claim(talk=_talk(request, key), reason=body.reason, **_by(request))
    return {"state": claim.ended}


def _dispute_json(one: Dispute) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "talk": str(one.claim.talk_id),
        "holder": one.claim.unit.code,
        "unit": one.unit.code,
        "grounds": one.grounds,
        "document": one.document,
        "opened_at": one.opened_at,
        "answer_due_on": one.answer_due_on,
        "due_on": one.due_on,
        "answer": one.answer,
        "outcome": one.outcome,
        "shares": one.shares,
        "ruling": one.ruling,
        "decided_at": one.decided_at,
    }


@router.get("/talk-disputes", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="The dispute docket")
def dispute_rows(request: ApiRequest, outcome: Outcome | None = None, after: UUID | None = None) -> Any:
    """Newest first, as far as the caller may see them."""
    rows = disputes(request.viewer)
    rows = rows.filter(outcome=outcome) if outcome else rows
    rows = rows.filter(id__lt=after) if after else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    return {
        "rows": [_dispute_json(one) for one in found[:PAGE]],
        "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None,
    }


class DisputeIn(Strict):
    """An objection to a claim, by its id as it was told to whoever came second."""

    claim: UUID
    unit: Name
    grounds: Reason
    document: Document


@router.post(
    "/talk-disputes",
    auth=needs(Can.TALK),
    response={201: dict[str, Any]},
    summary="Dispute another unit's first talk",
)
def new_dispute(request: ApiRequest, body: DisputeIn) -> Any:
    """The claim stays protected until the ruling's day."""
    claim: Claim = in_force(request.viewer.city, timezone.now()).get(pk=body.claim)
    said: dict[str, Any] = {"grounds": body.grounds, "document": body.document}
    made = disputing.open_dispute(claim=claim, unit=_unit(request, body.unit), **said, **_by(request))
    return Status(201, {"id": str(made.pk), "answer_due_on": made.answer_due_on, "due_on": made.due_on})


def _dispute(request: ApiRequest, key: UUID) -> Dispute:
    return disputes(request.viewer).get(pk=key)


class AnswerIn(Strict):
    """What the holder says."""

    answer: Reason
    document: Annotated[str, StringConstraints(strict=True, max_length=200)] = ""


@router.post(
    "/talk-disputes/{key}/answer",
    auth=needs(Can.TALK),
    response={200: dict[str, Any]},
    summary="Answer a dispute",
)
def dispute_answer(request: ApiRequest, key: UUID, body: AnswerIn) -> Any:
    """Once, by the holder."""
    said: dict[str, Any] = {"answer": body.answer, "document": body.document}
    return _dispute_json(disputing.answer_dispute(dispute=_dispute(request, key), **said, **_by(request)))


class RulingIn(Strict):
    """What the city says; ``shares`` (as ``7:3``) with ``shared`` only."""

    outcome: Literal["upheld", "given", "shared", "dismissed"]
    ruling: Reason
    shares: Annotated[str, StringConstraints(strict=True, max_length=10)] = ""


@router.post(
    "/talk-disputes/{key}/ruling",
    auth=needs(Can.RULE_TALKS),
    response={200: dict[str, Any]},
    summary="Rule on a dispute",
)
def dispute_ruling(request: ApiRequest, key: UUID, body: RulingIn) -> Any:
    """By somebody who is of neither side."""
    said: dict[str, Any] = {"outcome": Outcome(body.outcome), "ruling": body.ruling, "shares": body.shares}
    return _dispute_json(disputing.decide_dispute(dispute=_dispute(request, key), **said, **_by(request)))


def _transfer_json(one: Transfer, today: date) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "talk": str(one.talk_id) if one.talk_id else None,
        "project": one.project.code if one.project else None,
        "from_unit": one.from_unit.code,
        "to_unit": one.to_unit.code,
        "shares": one.shares,
        "reason": one.reason,
        "terms": one.terms,
        "offered_at": one.offered_at,
        "expires_on": one.expires_on,
        "state": str(offer_on(today, one.state, one.expires_on)),
        "answer": one.answer,
        "decided_at": one.decided_at,
    }


@router.get("/transfers", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Transfers")
def transfer_rows(request: ApiRequest, way: Literal["in", "out"] | None = None, after: UUID | None = None) -> Any:
    """From or to the caller's units, for the city all; newest first."""
    rows, own = transfers(request.viewer), request.viewer.unit_ids
    rows = rows.filter(to_unit_id__in=own) if way == "in" else rows
    rows = rows.filter(from_unit_id__in=own) if way == "out" else rows
    rows = rows.filter(id__lt=after) if after else rows
    found, today = list(rows.order_by("-id")[: PAGE + 1]), timezone.localdate()
    return {
        "rows": [_transfer_json(one, today) for one in found[:PAGE]],
        "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None,
    }


class TransferIn(Strict):
    """A talk (its id) or a project (its code) offered to another unit; ``shares`` as ``7:3``, giver : receiver."""

    talk: UUID | None = None
    project: Annotated[str, StringConstraints(strict=True, max_length=30)] = ""
    to_unit: Name
    shares: Annotated[str, StringConstraints(strict=True, max_length=10)]
    reason: Reason
    terms: Text = ""


@router.post("/transfers", auth=needs(Can.TALK), response={201: dict[str, Any]}, summary="Offer a transfer")
def new_transfer(request: ApiRequest, body: TransferIn) -> Any:
    """What counts where never moves; shares change scores only."""
    rows = Project.objects.open_to(request.viewer).select_related("unit__city", "follower__city")
    what: dict[str, Any] = (
        {"talk": _talk(request, body.talk)} if body.talk else {"project": rows.get(code=body.project)}
    )
    said: dict[str, Any] = {"shares": body.shares, "reason": body.reason, "terms": body.terms}
    made = transferring.offer_transfer(**what, to_unit=_unit(request, body.to_unit), **said, **_by(request))
    return Status(201, {"id": str(made.pk), "expires_on": made.expires_on})


def _transfer(request: ApiRequest, key: UUID) -> Transfer:
    return transfers(request.viewer).get(pk=key)


class ReplyIn(Strict):
    """Taken or not; not taking it needs words."""

    accept: bool
    answer: Text = ""


@router.post(
    "/transfers/{key}/answer",
    auth=needs(Can.TALK),
    response={200: dict[str, Any]},
    summary="Answer a transfer",
)
def transfer_reply(request: ApiRequest, key: UUID, body: ReplyIn) -> Any:
    """By the unit to which it is offered."""
    act = transferring.accept_transfer if body.accept else transferring.refuse_transfer
    made = act(transfer=_transfer(request, key), answer=body.answer, **_by(request))
    return {"state": made.state}


@router.post(
    "/transfers/{key}/withdraw",
    auth=needs(Can.TALK),
    response={200: dict[str, Any]},
    summary="Withdraw a transfer",
)
def transfer_withdraw(request: ApiRequest, key: UUID) -> Any:
    """By the unit that offered it, before it is answered."""
    return {"state": transferring.withdraw_transfer(transfer=_transfer(request, key), **_by(request)).state}

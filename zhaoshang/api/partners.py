"""Partners and their claims; and for a partner, its own leads."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import File, Query, Router, Status, UploadedFile
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.leads import LeadFields
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Name, Page, SourceCode, Strict
from zhaoshang.leads.actions import take_in
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import CameBy
from zhaoshang.partners import appointing, claiming
from zhaoshang.partners.localrules import REWARD
from zhaoshang.partners.models import Claim, ClaimObjection, Partner
from zhaoshang.partners.queries import credit_of, in_standing, leads_of, missing, papers_of, partner_of
from zhaoshang.partners.rules import Nature, Outcome, Standing
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed

router = Router(tags=["partners"])
PAGE = 50
Words = Annotated[str, StringConstraints(strict=True, max_length=120)]
Short = Annotated[str, StringConstraints(strict=True, max_length=60)]


def _partner(one: Partner) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "number": one.number,
        "name": one.name,
        "nature": one.nature,
        "term_from": one.term_from,
        "term_to": one.term_to,
        "standing": str(one.standing(timezone.localdate())),
        "territory": one.territory,
        "leads_a_year": one.leads_a_year,
        "document": one.document,
    }


def _found(request: ApiRequest, key: UUID) -> Partner:
    return Partner.objects.of(request.viewer.city).select_related("city").get(pk=key)  # type: ignore[no-any-return]


@router.get("/partners", auth=needs(Can.READ_PARTNERS), response={200: Page}, summary="Partners, newest first")
def partners(request: ApiRequest, standing: Standing | None = None, after: UUID | None = None) -> Any:
    """``standing`` is computed from dates, today."""
    rows = Partner.objects.of(request.viewer.city)
    rows = in_standing(rows, standing, timezone.localdate()) if standing else rows
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return {"rows": [_partner(one) for one in shown], "next": str(shown[-1].pk) if len(found) > PAGE else None}


class PartnerIn(Strict):
    """An appointment. ``declared``: the declarations that were made, ``no_official`` and ``no_relation``."""

    nature: Nature
    name: Name
    document: Name
    term_from: date
    term_to: date
    duties: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=400)]
    leads_a_year: int = Field(1, ge=0, le=1000)
    territory: list[SourceCode] = Field(default_factory=list, max_length=40)
    uscc: Annotated[str, StringConstraints(strict=True, max_length=18)] = ""
    head: Short = ""
    post: Short = ""
    phone: Annotated[str, StringConstraints(strict=True, max_length=30)] = ""
    declared: list[Literal["no_official", "no_relation"]] = Field(default_factory=list, max_length=2)


@router.post(
    "/partners",
    auth=needs(Can.APPOINT_PARTNERS),
    response={201: dict[str, Any]},
    summary="Appoint a partner",
)
def new_partner(request: ApiRequest, body: PartnerIn) -> Any:
    """422 ``forbidden_partner`` names the rules that stand against it."""
    given = body.dict() | {"territory": tuple(body.territory), "declared": tuple(body.declared)}
    new = appointing.NewPartner(**given)
    made = appointing.appoint(city=request.viewer.city, new=new, by=caller(request), at=timezone.now())
    return Status(201, _partner(made))


class ReviewIn(Strict):
    """A year's review; ``term_to`` lengthens the term of one that continues."""

    year: int = Field(ge=2000, le=2100)
    outcome: Outcome
    note: Line = ""
    term_to: date | None = None


@router.post(
    "/partners/{key}/reviews",
    auth=needs(Can.APPOINT_PARTNERS),
    response={201: dict[str, Any]},
    summary="Review a partner's year",
)
def new_partner_review(request: ApiRequest, key: UUID, body: ReviewIn) -> Any:
    """Leads are counted, not typed."""
    made = appointing.review_partner(
        partner=_found(request, key), year=body.year, outcome=body.outcome, note=body.note, term_to=body.term_to, by=caller(request),
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"year": made.year, "leads": made.leads, "duties_met": made.duties_met, "outcome": made.outcome})


class PartnerEndIn(Strict):
    """From when, and why."""

    on: date
    reason: Name


@router.post(
    "/partners/{key}/end",
    auth=needs(Can.APPOINT_PARTNERS),
    response={200: dict[str, Any]},
    summary="End an appointment",
)
def end_partner(request: ApiRequest, key: UUID, body: PartnerEndIn) -> Any:
    """Leads from that day on earn nothing."""
    who = caller(request)
    return _partner(
        appointing.end_partner(partner=_found(request, key), on=body.on, reason=body.reason, by=who, at=timezone.now())
    )


class LoginIn(Strict):
    """The user name of an account with the role of a partner."""

    username: Short


@router.post(
    "/partners/{key}/login",
    auth=needs(Can.APPOINT_PARTNERS),
    response={200: dict[str, Any]},
    summary="Say whose login this is",
)
def partner_login(request: ApiRequest, key: UUID, body: LoginIn) -> Any:
    """The account is opened by the security administrator."""
    who, partner = caller(request), _found(request, key)
    return _partner(appointing.link_login(partner=partner, username=body.username, by=who, at=timezone.now()))


def _claim(one: Claim) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "partner": str(one.partner_id),
        "project": one.project.code,
        "lead": str(one.lead_id),
        "state": one.state,
        "reward": f"{one.reward_fen / 100:.2f}" if one.reward_fen is not None else None,
        "notice_until": one.notice_until,
    }


def _claims(request: ApiRequest) -> Any:
    joined = ("city", "partner__city", "project", "lead__project__city")
    return Claim.objects.of(request.viewer.city).select_related(*joined)


@router.get("/claims", auth=needs(Can.READ_PARTNERS), response={200: Page}, summary="Claims, newest first")
def claims(request: ApiRequest, state: str | None = None, after: UUID | None = None) -> Any:
    """Rewards in yuan."""
    rows = _claims(request).filter(**({"state": state} if state else {}))
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return {"rows": [_claim(one) for one in shown], "next": str(shown[-1].pk) if len(found) > PAGE else None}


@router.get(
    "/claims/{key}",
    auth=needs(Can.READ_PARTNERS),
    response={200: dict[str, Any]},
    summary="One claim, explained",
)
def one_claim(request: ApiRequest, key: UUID) -> Any:
    """Credit, papers held and missing, every step of the reward: as kept, or as it would come out today."""
    claim, today = _claims(request).get(pk=key), timezone.localdate()
    credit = credit_of(claim.lead, claim.partner)
    steps = claim.steps or list(claiming.computed(claim, today).steps)
    papers = {kind: one.document for kind, one in papers_of(claim).items()}
    found = {
        "credit": credit.given,
        "why": credit.code,
        "papers": papers,
        "missing": missing(claim, REWARD.on(claim.city, today).read),
    }
    return _claim(claim) | found | {"steps": steps}


class PartnersClaimIn(Strict):
    """A partner and one of its leads."""

    partner: UUID
    lead: UUID


@router.post(
    "/claims",
    auth=needs(Can.APPOINT_PARTNERS),
    response={201: dict[str, Any]},
    summary="File a claim for a partner",
)
def file_partners_claim(request: ApiRequest, body: PartnersClaimIn) -> Any:
    """409 ``no_credit`` says why a lead earns none."""
    lead = Lead.objects.visible_to(request.viewer).select_related("city", "project__city").get(pk=body.lead)
    made = claiming.file_claim(lead=lead, partner=_found(request, body.partner), by=caller(request), at=timezone.now())
    return Status(201, _claim(made))


class StepIn(Strict):
    """What is done to a claim, and its words: the investor's confirmation, a reason, an objection."""

    act: Literal["confirm", "publish", "object"]
    text: Annotated[str, StringConstraints(strict=True, max_length=1000)] = ""
    told_by: Short = ""


@router.post(
    "/claims/{key}/steps",
    auth=needs(Can.APPOINT_PARTNERS),
    response={200: dict[str, Any]},
    summary="Prepare or publish a claim",
)
def claim_step(request: ApiRequest, key: UUID, body: StepIn) -> Any:
    """Deciding is another person's."""
    claim, by, now = _claims(request).get(pk=key), caller(request), timezone.now()
    if body.act == "confirm":
        claiming.confirm_claim(claim=claim, investor_document=body.text, by=by, at=now)
    elif body.act == "publish":
        claiming.publish_claim(claim=claim, by=by, at=now)
    else:
        claiming.object_to_claim(claim=claim, told_by=body.told_by, text=body.text, by=by, at=now)
    return _claim(_claims(request).get(pk=key))


class PaperIn(Strict):
    """A paper's kind, and its name or number."""

    kind: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    document: Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _put_in(claim: Claim, said: PaperIn, file: Any, request: ApiRequest) -> Any:
    paper = claiming.add_paper(
        claim=claim, kind=said.kind, document=said.document, content=file.read(), name=file.name or "",
        by=caller(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": str(paper.pk), "digest": paper.file.digest})


@router.post(
    "/claims/{key}/papers",
    auth=needs(Can.APPOINT_PARTNERS),
    response={201: dict[str, str]},
    summary="Put a paper into a claim's file",
)
def claim_paper(
    request: ApiRequest,
    key: UUID,
    said: Query[PaperIn],
    file: UploadedFile = File(...),  # type: ignore[type-arg]  # noqa: B008
) -> Any:
    """Told by its content, kept under its digest; the last of a kind counts."""
    return _put_in(_claims(request).get(pk=key), said, file, request)


class SharesIn(Strict):
    """Basis points by claim, together 10000, and the document that says so."""

    shares: dict[UUID, Annotated[int, Field(ge=0, le=10_000)]] = Field(max_length=50)
    document: Name


@router.post(
    "/claims/{key}/shares",
    auth=needs(Can.APPOINT_PARTNERS),
    response={200: dict[str, Any]},
    summary="Keep agreed shares",
)
def claim_shares(request: ApiRequest, key: UUID, body: SharesIn) -> Any:
    """Of all claimants of the project."""
    claim = _claims(request).get(pk=key)
    claiming.agree_shares(
        claim=claim, shares=body.shares, document=body.document, by=caller(request), at=timezone.now()
    )
    return _claim(claim)


class PartnersRulingIn(Strict):
    """``approve``, ``refuse`` with the reason, ``finish`` after the notice, or ``answer`` an objection."""

    act: Literal["approve", "refuse", "finish", "answer"]
    text: Annotated[str, StringConstraints(strict=True, max_length=1000)] = ""
    objection: UUID | None = None


@router.post(
    "/claims/{key}/ruling",
    auth=needs(Can.DECIDE_CLAIMS),
    response={200: dict[str, Any]},
    summary="Decide about a claim",
)
def claim_ruling(request: ApiRequest, key: UUID, body: PartnersRulingIn) -> Any:
    """Whoever claimed or confirmed it is refused."""
    claim, by, now = _claims(request).get(pk=key), caller(request), timezone.now()
    if body.act == "approve":
        claiming.approve_claim(claim=claim, by=by, at=now)
    elif body.act == "refuse":
        claiming.refuse_claim(claim=claim, reason=body.text, by=by, at=now)
    elif body.act == "finish":
        claiming.finish_claim(claim=claim, by=by, at=now)
    else:
        held = ClaimObjection.objects.of(claim.city_id).get(pk=body.objection, claim=claim)
        claiming.answer_objection(objection=held, answer=body.text, by=by, at=now)
    return _claim(_claims(request).get(pk=key))


def _own(request: ApiRequest) -> Partner:
    partner = partner_of(request.viewer)
    if partner is None:
        raise Partner.DoesNotExist
    return partner


def _told(lead: Lead) -> dict[str, Any]:
    return {
        "id": str(lead.pk),
        "receipt": lead.receipt,
        "investor": lead.investor,
        "subject": lead.subject,
        "state": str(lead.public_state),
        "registered_at": lead.registered_at,
    }


@router.get("/own/leads", auth=needs(Can.BE_PARTNER), response={200: Page}, summary="A partner's own leads")
def own_leads(request: ApiRequest, after: UUID | None = None) -> Any:
    """Their public state, nothing else."""
    rows = leads_of(_own(request))
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return {"rows": [_told(one) for one in shown], "next": str(shown[-1].pk) if len(found) > PAGE else None}


@router.post(
    "/own/leads",
    auth=needs(Can.BE_PARTNER),
    response={201: dict[str, Any]},
    summary="A partner tells of an investor",
)
def own_new_lead(request: ApiRequest, body: LeadFields) -> Any:
    """Only in the partner's term."""
    partner, now = _own(request), timezone.now()
    if partner.standing(timezone.localdate(now)) != Standing.STANDING:
        raise NotAllowed(Can.BE_PARTNER)
    lead = take_in(
        city=partner.city, came_by=CameBy.PARTNER, origin_label=partner.name, origin_ref=str(partner.pk), **body.as_given(),
        by=caller(request), at=now,
    )  # fmt: skip
    return Status(201, _told(lead))


class OwnClaimIn(Strict):
    """A lead of the partner's own that became a project."""

    lead: UUID


@router.post(
    "/own/claims",
    auth=needs(Can.BE_PARTNER),
    response={201: dict[str, Any]},
    summary="Claim for one's own lead",
)
def own_new_claim(request: ApiRequest, body: OwnClaimIn) -> Any:
    """409 ``no_credit`` says why a lead earns none."""
    partner = _own(request)
    lead = leads_of(partner).select_related("city", "project__city").get(pk=body.lead)
    return Status(201, _claim(claiming.file_claim(lead=lead, partner=partner, by=caller(request), at=timezone.now())))


def _own_claims(request: ApiRequest) -> Any:
    return _claims(request).filter(partner=_own(request))


@router.get(
    "/own/claims/{key}",
    auth=needs(Can.BE_PARTNER),
    response={200: dict[str, Any]},
    summary="One's own claim, and which papers its file lacks",
)
def own_claim(request: ApiRequest, key: UUID) -> Any:
    """``missing``: kinds of papers."""
    claim = _own_claims(request).get(pk=key)
    return _claim(claim) | {"missing": missing(claim, REWARD.on(claim.city, timezone.localdate()).read)}


@router.post(
    "/own/claims/{key}/papers",
    auth=needs(Can.BE_PARTNER),
    response={201: dict[str, str]},
    summary="Put a paper of one's own into the file of one's own claim",
)
def own_claim_paper(
    request: ApiRequest,
    key: UUID,
    said: Query[PaperIn],
    file: UploadedFile = File(...),  # type: ignore[type-arg]  # noqa: B008
) -> Any:
    """As the bureau's papers are; only while the claim is not decided."""
    return _put_in(_own_claims(request).get(pk=key), said, file, request)

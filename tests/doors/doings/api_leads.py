"""Leads, partners with their claims, and what a partner does itself; by the API."""

from typing import Any

from cast import Cast
from leads.told import told
from partners.appointed import brought, chamber, whole_claim

from doors.doings import PLAIN, Doing, at, doing, on_own, pdf, plainly
from zhaoshang.partners.claiming import file_claim
from zhaoshang.partners.models import Claim, Partner

LEAD = {
    "investor": PLAIN,
    "subject": PLAIN,
    "industry": "C",
    "amount": "1.00",
    "source_code": "310000",
    "contact": PLAIN,
}

plainly("api:new_lead", "statistician", LEAD | {"text": PLAIN})
on_own("api:amend_lead", "officer", LEAD)
on_own("api:new_answer", "officer", {"text": PLAIN})
on_own("api:close_lead", "officer", {"text": PLAIN})
on_own("api:phone", "officer")
plainly(
    "api:new_partner",
    "statistician",
    {
        "nature": "chamber",
        "name": PLAIN,
        "document": PLAIN,
        "term_from": "2023-01-01",
        "term_to": "2024-12-31",
        "duties": PLAIN,
        "territory": ["330000"],
        "head": PLAIN,
        "post": PLAIN,
        "declared": ["no_official", "no_relation"],
    },
)


@doing("api:triage")
def triage(cast: Cast) -> Doing:
    return Doing("statistician", at("api:triage", told(cast).pk), {"verdict": "reject", "reason": PLAIN})


@doing("api:assign")
def assign(cast: Cast) -> Doing:
    return Doing("statistician", at("api:assign", told(cast).pk), {"unit": "east", "handler": "officer"})


@doing("api:link")
def link(cast: Cast) -> Doing:
    from architecture.addresses import OWNED

    return Doing("officer", at("api:link", OWNED["leads"](cast, True)), {"project": cast.plant.code})


@doing("api:end_partner")
def end_partner(cast: Cast) -> Doing:
    return Doing("statistician", at("api:end_partner", chamber(cast).pk), {"on": "2023-06-30", "reason": PLAIN})


@doing("api:partner_login")
def partner_login(cast: Cast) -> Doing:
    return Doing("statistician", at("api:partner_login", chamber(cast).pk), {"username": "partner"})


@doing("api:new_partner_review")
def new_partner_review(cast: Cast) -> Doing:
    said = {"year": 2023, "outcome": "continue", "note": PLAIN}
    return Doing("statistician", at("api:new_partner_review", chamber(cast).pk), said)


@doing("api:file_partners_claim")
def file_partners_claim(cast: Cast) -> Doing:
    partner = chamber(cast)
    said = {"partner": str(partner.pk), "lead": str(brought(cast, partner).pk)}
    return Doing("statistician", at("api:file_partners_claim"), said)


def _filed(cast: Cast, partner: Partner) -> Claim:
    return file_claim(lead=brought(cast, partner), partner=partner, by=cast.statistician, at=cast.now)


def _whole(cast: Cast) -> Claim:
    partner = chamber(cast)
    return whole_claim(cast, partner, brought(cast, partner))


PAPER = {"kind": "contract", "document": PLAIN}


@doing("api:claim_paper")
def claim_paper(cast: Cast) -> Doing:
    claim = _filed(cast, chamber(cast))
    return Doing("statistician", at("api:claim_paper", claim.pk), {"file": pdf()}, asked=PAPER)


@doing("api:claim_shares")
def claim_shares(cast: Cast) -> Doing:
    claim = _whole(cast)
    said: dict[str, Any] = {"shares": {str(claim.pk): 10_000}, "document": PLAIN}
    return Doing("statistician", at("api:claim_shares", claim.pk), said)


@doing("api:claim_step")
def claim_step(cast: Cast) -> Doing:
    claim = _filed(cast, chamber(cast))
    return Doing("statistician", at("api:claim_step", claim.pk), {"act": "confirm", "text": PLAIN})


@doing("api:claim_ruling")
def claim_ruling(cast: Cast) -> Doing:
    return Doing("verifier", at("api:claim_ruling", _whole(cast).pk), {"act": "refuse", "text": PLAIN})


@doing("api:own_new_lead")
def own_new_lead(cast: Cast) -> Doing:
    chamber(cast, login=True)
    return Doing("partner", at("api:own_new_lead"), LEAD)


@doing("api:own_new_claim")
def own_new_claim(cast: Cast) -> Doing:
    lead = brought(cast, chamber(cast, login=True))
    return Doing("partner", at("api:own_new_claim"), {"lead": str(lead.pk)})


@doing("api:own_claim_paper")
def own_claim_paper(cast: Cast) -> Doing:
    claim = _filed(cast, chamber(cast, login=True))
    return Doing("partner", at("api:own_claim_paper", claim.pk), {"file": pdf()}, asked=PAPER)

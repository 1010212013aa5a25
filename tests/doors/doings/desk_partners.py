"""Partners, their own pages, and the course of a claim."""

from datetime import timedelta

from cast import Cast
from django.core.files.base import ContentFile
from partners.appointed import PAPER, brought, chamber, whole_claim
from partners.test_own_papers import filed
from partners.test_papers_and_objections import published, said

from doors.doings import PLAIN, Doing, doing
from zhaoshang.partners import claiming
from zhaoshang.partners.models import Claim


def _own_lead(cast: Cast) -> str:
    return str(brought(cast, chamber(cast, login=True)).pk)


def _claim(cast: Cast) -> Claim:
    partner = chamber(cast)
    return whole_claim(cast, partner, brought(cast, partner))


def _paper() -> dict[str, object]:
    return {"kind": "contract", "document": PLAIN, "file": ContentFile(PAPER, name="a.pdf")}


@doing("desk:partner_new")
def partner_new(cast: Cast) -> Doing:
    term = {"term_from": "2023-01-01", "term_to": "2024-12-31"}
    named = {"nature": "chamber", "name": PLAIN, "document": PLAIN, "duties": PLAIN}
    return Doing(
        "statistician",
        "/desk/partners/new/",
        named | term | {"leads_a_year": "3", "no_official": "on", "no_relation": "on"},
    )


@doing("desk:partner_login")
def partner_login(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/partners/{chamber(cast).pk}/login/", {"username": "partner"})


@doing("desk:partner_review")
def partner_review(cast: Cast) -> Doing:
    sent = {"year": "2023", "outcome": "continue", "note": PLAIN}
    return Doing("statistician", f"/desk/partners/{chamber(cast).pk}/review/", sent)


@doing("desk:partner_end")
def partner_end(cast: Cast) -> Doing:
    sent = {"on": "2023-04-03", "reason": PLAIN}
    return Doing("statistician", f"/desk/partners/{chamber(cast).pk}/end/", sent)


@doing("desk:own_lead_new")
def own_lead_new(cast: Cast) -> Doing:
    chamber(cast, login=True)
    return Doing("partner", "/desk/own/leads/new/", {"investor": PLAIN, "subject": PLAIN, "contact": PLAIN})


@doing("desk:own_claim_new")
def own_claim_new(cast: Cast) -> Doing:
    return Doing("partner", f"/desk/own/leads/{_own_lead(cast)}/claim/")


@doing("desk:own_paper_new")
def own_paper_new(cast: Cast) -> Doing:
    claim = filed(cast, chamber(cast, login=True))
    return Doing("partner", f"/desk/own/claims/{claim.pk}/papers/", _paper())


@doing("desk:claim_file")
def claim_file(cast: Cast) -> Doing:
    partner = chamber(cast)
    return Doing("statistician", f"/desk/partners/{partner.pk}/claims/{brought(cast, partner).pk}/")


@doing("desk:claim_paper")
def claim_paper(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/claims/{filed(cast, chamber(cast)).pk}/paper/", _paper())


@doing("desk:claim_confirm")
def claim_confirm(cast: Cast) -> Doing:
    claim = filed(cast, chamber(cast))
    return Doing("statistician", f"/desk/claims/{claim.pk}/confirm/", {"document": PLAIN})


@doing("desk:claim_shares")
def claim_shares(cast: Cast) -> Doing:
    first, second = chamber(cast), chamber(cast, name="示例第二商会")
    lead = brought(cast, first)
    claims = [whole_claim(cast, first, lead), whole_claim(cast, second, brought(cast, second, code="2023-0103"))]
    Claim.objects.of(cast.city).filter(pk=claims[1].pk).update(project=lead.project)
    shares = dict(zip((f"share-{one.pk}" for one in claims), ("70", "30"), strict=True))
    return Doing("statistician", f"/desk/claims/{claims[0].pk}/shares/", shares | {"document": PLAIN})


@doing("desk:claim_approve")
def claim_approve(cast: Cast) -> Doing:
    return Doing("verifier", f"/desk/claims/{_claim(cast).pk}/approve/")


@doing("desk:claim_refuse")
def claim_refuse(cast: Cast) -> Doing:
    return Doing("verifier", f"/desk/claims/{_claim(cast).pk}/refuse/", {"reason": PLAIN})


@doing("desk:claim_publish")
def claim_publish(cast: Cast) -> Doing:
    claim = _claim(cast)
    claiming.approve_claim(claim=claim, by=cast.verifier, at=cast.now)
    return Doing("statistician", f"/desk/claims/{claim.pk}/publish/")


@doing("desk:claim_object")
def claim_object(cast: Cast) -> Doing:
    sent = {"told_by": PLAIN, "text": PLAIN}
    return Doing("statistician", f"/desk/claims/{published(cast).pk}/object/", sent)


@doing("desk:claim_answer")
def claim_answer(cast: Cast) -> Doing:
    claim = published(cast)
    held, _receipt = said(cast, claim)
    return Doing("verifier", f"/desk/claims/{claim.pk}/objections/{held.pk}/", {"answer": PLAIN})


@doing("desk:claim_finish")
def claim_finish(cast: Cast) -> Doing:
    claim = _claim(cast)
    claiming.approve_claim(claim=claim, by=cast.verifier, at=cast.now)
    claiming.publish_claim(claim=claim, by=cast.statistician, at=cast.now - timedelta(days=30))
    return Doing("verifier", f"/desk/claims/{claim.pk}/finish/")

"""Partners on the desk, their own pages, the portal's notice, the API."""

import json
import re
from typing import Any

import pytest
from architecture.addresses import MISSING, OTHERS
from architecture.query_counts import QUERY_COUNTS, queries_of
from architecture.test_permissions import ROUTES, undone
from cast import YI, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from leads.told import told

from partners.appointed import PAPER, brought, chamber, in_place, whole_claim
from zhaoshang.leads.models import Lead
from zhaoshang.partners.claiming import approve_claim, file_claim, publish_claim
from zhaoshang.partners.models import Claim, Partner
from zhaoshang.people.models import User


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_bureau_appoints_and_prints_the_certificate(cast: Cast) -> None:
    client = _as(cast.statistician)
    given = {
        "nature": "chamber", "name": "示例福建商会", "duties": "推荐线索", "leads_a_year": "3", "document": "示例1号",
        "term_from": "2023-01-01", "term_to": "2024-12-31", "no_official": "on", "no_relation": "on",
    }  # fmt: skip
    assert client.post(reverse("desk:partner_new"), given).status_code == 302
    partner = Partner.objects.of(cast.city).get()
    page = client.get(reverse("desk:partner_certificate", args=[partner.pk]))
    assert (page["Content-Type"], page.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_forbidden_person_is_refused_with_the_rule(cast: Cast) -> None:
    given = {
        "nature": "soe", "name": "示例国有集团", "duties": "推荐线索", "leads_a_year": "3", "document": "示例1号",
        "term_from": "2023-01-01", "term_to": "2024-12-31", "no_official": "on", "no_relation": "on",
    }  # fmt: skip
    page = _as(cast.statistician).post(reverse("desk:partner_new"), given)
    assert (page.status_code, "2 国有独资、国有控股企业" in page.content.decode()) == (422, True)


@pytest.mark.case("B12", "E8")
def test_a_partner_submits_a_lead_and_sees_its_public_state_only(cast: Cast) -> None:
    partner = chamber(cast, login=True, term_to=cast.now.date().replace(year=2099))
    client = _as(cast.partner)
    assert client.get(reverse("desk:home"))["Location"] == reverse("desk:own_home")
    assert client.post(reverse("desk:own_lead_new"), {"investor": "示例投资方甲"}).status_code == 302
    lead = Lead.objects.of(cast.city).get()
    page = client.get(reverse("desk:own_home")).content.decode()
    assert (lead.origin_ref, lead.origin_label) == (str(partner.pk), partner.name)
    assert ("示例投资方甲" in page, "已收到" in page, "待研判" in page) == (True, True, False)


def test_outside_its_term_a_partner_submits_nothing(cast: Cast) -> None:
    chamber(cast, login=True, term_to=cast.now.date())
    client = _as(cast.partner)
    client.post(reverse("desk:own_lead_new"), {"investor": "示例投资方甲"})
    assert not Lead.objects.of(cast.city).exists()
    answer = client.post("/api/own/leads", json.dumps({"investor": "示例"}), content_type="application/json")
    assert answer.status_code == 403


def _anything(pattern: str) -> str:
    """An address of the pattern, with something in every place."""
    return "/" + re.sub(
        r"<(?:(\w+):)?(\w+)>", lambda one: OTHERS.get(one[2], MISSING if one[1] == "uuid" else "x"), pattern
    )


@pytest.mark.case("B12")
def test_a_partner_sees_nothing_but_its_own_by_any_address(cast: Cast) -> None:
    """Every address of desk, portal and API is opened as the partner: of the other one's lead and claim no word is shown."""
    chamber(cast, login=True)
    other = chamber(cast, name="示例秘密商会")
    lead = brought(cast, other, investor="示例秘密投资方")
    claim = whole_claim(cast, other, lead)
    client, shown = _as(cast.partner), []
    keys = {"own_claim": claim.pk, "own_claim_new": lead.pk}
    for route in ROUTES:
        with undone():
            name = route.name.removeprefix("desk:")
            path = reverse(route.name, args=[keys[name]]) if name in keys else _anything(route.pattern)
            if route.verb == "GET":
                page = client.get(path)
                told_of = getattr(page, "content", b"").decode(errors="replace")
                shown += [path] if "秘密" in told_of else []
            elif name in keys:
                shown += [path] if client.post(path).status_code != 404 else []
    assert shown == []


def test_a_claim_is_shown_step_by_step_and_on_public_notice(cast: Cast) -> None:
    partner = chamber(cast, login=True)
    lead = brought(cast, partner)
    in_place(cast, lead, 2 * YI)
    claim = whole_claim(cast, partner, lead)
    desk = _as(cast.verifier)
    assert "180,000.00" in desk.get(reverse("desk:claim", args=[claim.pk])).content.decode()
    assert desk.post(reverse("desk:claim_approve", args=[claim.pk])).status_code == 302
    assert _as(cast.statistician).post(reverse("desk:claim_publish", args=[claim.pk])).status_code == 302
    public = Client().get(reverse("portal:notices")).content.decode()
    assert (partner.name in public, "180,000.00" in public, lead.phone in public) == (True, True, False)
    assert "180,000.00" in _as(cast.partner).get(reverse("desk:own_claim", args=[claim.pk])).content.decode()
    assert desk.get(reverse("desk:claim_docx", args=[claim.pk])).content[:2] == b"PK"


def test_an_incomplete_file_says_what_is_missing(cast: Cast) -> None:
    partner = chamber(cast)
    claim = file_claim(lead=brought(cast, partner), partner=partner, by=cast.statistician, at=cast.now)
    page = _as(cast.verifier).post(reverse("desk:claim_approve", args=[claim.pk]))
    assert (page.status_code, "投资合同或协议" in page.content.decode()) == (422, True)


@pytest.mark.case("I1")
def test_a_receipt_tells_the_public_state_and_nothing_else(cast: Cast) -> None:
    lead = told(cast)
    page = Client().get(reverse("portal:receipt", args=[lead.receipt]))
    assert ("已收到" in page.content.decode(), lead.investor in page.content.decode()) == (True, False)
    assert page["Cache-Control"] == "no-store"
    assert Client().get(reverse("portal:receipt", args=["a" * 26])).status_code == 404


@pytest.mark.parametrize(
    "name", ["desk:partner_list", "desk:partner", "desk:claim_list", "desk:claim", "desk:own_home", "portal:notices"]
)
def test_a_page_asks_the_same_number_of_questions_however_much_there_is(cast: Cast, name: str) -> None:
    partner = chamber(cast, login=True)
    claim = whole_claim(cast, partner, brought(cast, partner))
    approve_claim(claim=claim, by=cast.verifier, at=cast.now)
    publish_claim(claim=claim, by=cast.statistician, at=cast.now)
    told(cast, origin_ref=str(partner.pk))
    key = {"desk:partner": partner.pk, "desk:claim": claim.pk}.get(name)
    client = _as(cast.partner if name == "desk:own_home" else cast.statistician)
    address = reverse(name, args=[key] if key else [])
    few = queries_of(client, address)
    for number in range(4):
        other = chamber(cast, name=f"示例{number}商会")
        told(cast, origin_ref=str(other.pk))
        told(cast, origin_ref=str(partner.pk), subject=f"示例{number}")
        whole_claim(cast, other, brought(cast, other, code=f"2023-02{number}0"))
    assert (few, queries_of(client, address)) == (QUERY_COUNTS[name], QUERY_COUNTS[name])


def test_the_api_takes_a_claim_through(cast: Cast) -> None:
    desk, verifier = _as(cast.statistician), _as(cast.verifier)

    def call(client: Client, verb: str, address: str, **body: Any) -> Any:
        answer = client.generic(verb, f"/api/{address}", json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json()

    given = {
        "nature": "chamber", "name": "示例福建商会", "document": "示例1号", "term_from": "2023-01-01", "term_to": "2024-12-31",
        "duties": "推荐线索", "declared": ["no_official", "no_relation"],
    }  # fmt: skip
    assert call(desk, "POST", "partners", **given | {"nature": "soe"})[1]["code"] == "forbidden_partner"
    status, made = call(desk, "POST", "partners", **given)
    assert (status, made["number"]) == (201, "2023-001")
    partner = Partner.objects.of(cast.city).select_related("city").get()
    lead = brought(cast, partner)
    key = call(desk, "POST", "claims", partner=made["id"], lead=str(lead.pk))[1]["id"]
    assert call(verifier, "POST", f"claims/{key}/ruling", act="approve")[1]["code"] == "file_incomplete"
    for kind in ("contract", "identity"):
        told = {"file": SimpleUploadedFile(f"{kind}.pdf", PAPER)}
        assert desk.post(f"/api/claims/{key}/papers?kind={kind}&document=1", told).status_code == 201
    call(desk, "POST", f"claims/{key}/steps", act="confirm", text="示例确认函")
    assert call(desk, "GET", f"claims/{key}")[1]["missing"] == []
    assert call(verifier, "POST", f"claims/{key}/ruling", act="approve")[1]["state"] == "approved"
    assert call(desk, "POST", f"claims/{key}/steps", act="publish")[1]["state"] == "published"
    assert call(verifier, "POST", f"claims/{key}/ruling", act="finish")[1]["code"] == "notice_open"
    assert call(desk, "GET", "claims?state=published")[1]["rows"][0]["id"] == key
    assert Claim.objects.of(cast.city).get().state == "published"

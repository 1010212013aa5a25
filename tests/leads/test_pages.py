"""Leads on the desk and by the API."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import Cast
from django.test import Client
from django.urls import reverse

from leads.told import told
from zhaoshang.leads.actions import assign
from zhaoshang.leads.models import Lead
from zhaoshang.people.models import Event, User


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _post(client: Client, name: str, lead: Lead, **given: Any) -> int:
    return client.post(reverse(f"desk:{name}", args=[lead.pk]), given).status_code


def test_an_officer_registers_a_lead_and_finds_it_in_the_list(cast: Cast) -> None:
    client = _as(cast.officer)
    page = client.post(reverse("desk:lead_new"), {"investor": "示例新材料公司", "amount_fen": "5亿", "land_m2": "300"})
    lead = Lead.objects.of(cast.city).get()
    assert (page.status_code, lead.amount_fen, lead.land_m2) == (302, 50_000_000_000, 200_000)
    assert "示例新材料公司" in client.get(reverse("desk:lead_list")).content.decode()


def test_what_is_alike_is_shown_before_a_lead_is_registered(cast: Cast) -> None:
    told(cast)
    client, given = _as(cast.statistician), {"investor": "示例远航电池有限公司"}
    first = client.post(reverse("desk:lead_new"), given)
    assert (first.status_code, "可能相同的" in first.content.decode(), Lead.objects.of(cast.city).count()) == (
        422,
        True,
        1,
    )
    assert client.post(reverse("desk:lead_new"), given | {"seen": "1"}).status_code == 302


def test_the_bureau_triages_and_the_handler_answers(cast: Cast) -> None:
    lead, bureau, officer = told(cast), _as(cast.statistician), _as(cast.officer)
    assert _post(bureau, "lead_keep", lead) == 302
    page = bureau.get(reverse("desk:lead", args=[lead.pk])).content.decode()
    choice = page.split('name="handler"')[1].split('value="')[1].split('"')[0]
    assert _post(bureau, "lead_assign", lead, handler=choice) == 302
    assert _post(officer, "lead_answer", lead, text="已对接") == 302
    assert Lead.objects.of(cast.city).get().answered_at is not None


def test_a_lead_becomes_a_project_at_the_desk(cast: Cast) -> None:
    lead = assign(lead=told(cast), unit=cast.east, handler=cast.officer, by=cast.statistician, at=cast.now)
    client, address = _as(cast.officer), reverse("desk:lead_project", args=[lead.pk])
    assert "示例电池生产基地" in client.get(address).content.decode()
    given = {
        "name": "示例电池生产基地", "unit": "east", "enterprise": "示例远航东山公司", "investor": lead.investor, "source_code": "310000",
        "industry": "C", "contract": "5", "contract_unit": "亿元", "share": "100",
    }  # fmt: skip
    assert client.post(address, given).status_code == 302
    held = Lead.objects.of(cast.city).select_related("project").get()
    assert (held.state, held.project.name) == ("project", "示例电池生产基地")


def test_a_pasted_message_becomes_a_draft_and_is_kept_only_when_confirmed(cast: Cast) -> None:
    client = _as(cast.officer)
    text = "王示例 2023-03-06 09:12:33\n上海示例海纳新能源有限公司想做储能电池，投资大概5个亿，要地300亩左右，张总 13800010001"
    page = client.post(reverse("desk:lead_paste"), {"text": text}).content.decode()
    assert ("读自“上海示例海纳新能源有限公司”" in page, "推测自" in page, Lead.objects.of(cast.city).exists()) == (
        True,
        True,
        False,
    )
    given = {
        "investor": "上海示例海纳新能源有限公司",
        "amount_fen": "60000",
        "land_m2": "300.0",
        "text": text,
        "origin": "王示例",
    }
    assert client.post(reverse("desk:lead_new"), given).status_code == 302
    lead = Lead.objects.of(cast.city).get()
    assert (lead.came_by, lead.origin_label, lead.received_text, lead.readings["amount_fen"]) == (
        "chat", "王示例", text, {"passage": "5个亿", "guessed": True, "changed": True},
    )  # fmt: skip


@pytest.mark.case("B2")
def test_another_units_lead_is_a_404(cast: Cast) -> None:
    lead = assign(lead=told(cast), unit=cast.west, handler=cast.other_officer, by=cast.statistician, at=cast.now)
    client = _as(cast.officer)
    assert [
        client.get(reverse("desk:lead", args=[lead.pk])).status_code,
        _post(client, "lead_answer", lead, text="x"),
    ] == [404, 404]


@pytest.mark.case("I5")
def test_a_telephone_is_masked_until_asked_for_and_the_asking_is_written_down(cast: Cast) -> None:
    lead, client = told(cast), _as(cast.statistician)
    before = client.get(reverse("desk:lead", args=[lead.pk])).content.decode()
    after = client.post(reverse("desk:lead_phone", args=[lead.pk])).content.decode()
    assert ("13800000000" in before, "13800000000" in after) == (False, True)
    assert Event.objects.of(cast.city).filter(verb="leads.phone.seen", by=cast.statistician).count() == 1


def test_a_refusal_says_what_to_do(cast: Cast) -> None:
    lead, client = told(cast), _as(cast.statistician)
    page = client.post(reverse("desk:lead_reject", args=[lead.pk]), {"reason": ""})
    assert (page.status_code, "请写明原因" in page.content.decode()) == (422, True)


@pytest.mark.case("I5")
def test_the_list_is_exported_with_telephones_masked(cast: Cast) -> None:
    told(cast)
    page = _as(cast.statistician).get(reverse("desk:lead_list"), {"xlsx": "1"})
    with ZipFile(BytesIO(page.content)) as book:
        texts = b"".join(book.read(name) for name in book.namelist()).decode(errors="replace")
    assert ("示例远航电池有限公司" in texts, "13800000000" in texts) == (True, False)


@pytest.mark.parametrize("name", ["desk:lead_list", "desk:lead"])
def test_a_page_asks_the_same_number_of_questions_however_many_leads_there_are(cast: Cast, name: str) -> None:
    lead, client = told(cast), _as(cast.statistician)
    address = reverse(name, args=[lead.pk] if name == "desk:lead" else [])
    told(cast, origin_ref="partner-1b")
    few = queries_of(client, address)
    for number in range(5):
        told(cast, origin_ref=f"partner-{number + 2}")
    assert (few, queries_of(client, address)) == (QUERY_COUNTS[name], QUERY_COUNTS[name])


def test_the_api_takes_a_lead_through(cast: Cast) -> None:
    client = _as(cast.statistician)

    def call(verb: str, address: str, **body: Any) -> Any:
        answer = client.generic(verb, f"/api/{address}", json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json()

    status, made = call("POST", "leads", investor="示例甲", amount="100.50", land_mu="12.5")
    assert (status, made["amount"], made["land_mu"], made["state"]) == (201, "100.50", "12.5", "unverified")
    key = made["id"]
    assert call("POST", f"leads/{key}/triage", verdict="keep")[1]["state"] == "kept"
    assert call("POST", f"leads/{key}/triage", verdict="keep")[0] == 409
    assert call("POST", f"leads/{key}/assignment", unit="east", handler="officer")[1]["handler"] == "officer"
    assert call("POST", f"leads/{key}/answers", text="已对接")[1]["public_state"] == "answered"
    assert call("PUT", f"leads/{key}", investor="示例甲公司")[1]["investor"] == "示例甲公司"
    assert call("POST", f"leads/{key}/project", project="2023-0001")[1]["project"] == "2023-0001"
    assert [one["kind"] for one in call("GET", f"leads/{key}")[1]["steps"]][-1] == "project"
    assert call("GET", "leads?state=project")[1]["rows"][0]["id"] == key

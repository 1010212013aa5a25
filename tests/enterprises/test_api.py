"""Enterprises, meetings and lists by machine: the same acts, the same refusals."""

from typing import Any

import pytest
from cast import Cast
from dictionary import dictionary
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhaoshang.enterprises.models import Enterprise

from .firms import CODE, card, person

pytestmark = pytest.mark.django_db


def call(client: Client, verb: str, address: str, **body: Any) -> tuple[int, Any]:
    answer = client.generic(verb, f"/api{address}", _json(body), content_type="application/json")
    return answer.status_code, answer.json()


def _json(body: dict[str, Any]) -> bytes:
    import json

    return json.dumps(body, ensure_ascii=False).encode()


def test_a_card_is_made_changed_hung_and_listed(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    status, made = call(client, "POST", "/enterprises", name="示例甲公司", uscc=CODE, ownership="private")
    assert (status, made["uscc"]) == (201, CODE)
    _status, top = call(client, "POST", "/enterprises", name="示例甲集团")
    key = f"/enterprises/{made['id']}"
    assert call(client, "PATCH", key, name="示例甲公司", uscc=CODE, industry="C", revision=1)[1]["industry"] == "C"
    assert call(client, "PATCH", key, name="示例", revision=1)[1]["code"] == "card_changed"
    assert call(client, "POST", f"{key}/parent", parent=top["id"])[0] == 200
    assert call(client, "POST", f"/enterprises/{top['id']}/parent", parent=made["id"])[1]["code"] == "group_circle"
    assert [one["level"] for one in client.get(f"/api{key}").json()["group"]] == [0, 1]
    assert [one["name"] for one in client.get("/api/enterprises?q=示例甲&industry=C").json()["rows"]] == ["示例甲公司"]


def test_a_code_held_elsewhere_a_wrong_one_and_an_unknown_key_are_refused(cast: Cast, client: Client) -> None:
    card(cast, "示例甲公司", cast.west, uscc=CODE)
    client.force_login(cast.officer)
    assert call(client, "POST", "/enterprises", name="示例乙公司", uscc=CODE)[1]["code"] == "code_held"
    assert call(client, "POST", "/enterprises", name="示例乙公司", uscc="1")[1]["code"] == "bad_uscc"
    assert call(client, "POST", "/enterprises", name="示例甲公司")[1]["code"] == "name_held"
    assert call(client, "POST", "/enterprises", name="示例乙公司", unit="west")[0] == 422


def test_merging_parting_and_the_card_that_stands_for_another(cast: Cast, client: Client) -> None:
    kept, closed = card(cast, "示例甲公司", uscc=CODE), card(cast, "示例乙公司")
    client.force_login(cast.statistician)
    status, merger = call(client, "POST", f"/enterprises/{kept.pk}/mergers", closed=str(closed.pk), reason="示例")
    assert (status, client.get(f"/api/enterprises/{closed.pk}").json()["stands_for"]) == (201, str(kept.pk))
    assert call(client, "POST", f"/mergers/{merger['id']}/parting", reason="示例")[0] == 200
    assert call(client, "POST", f"/mergers/{merger['id']}/parting", reason="示例")[1]["code"] == "not_merged"


def test_people_are_masked_shown_one_by_one_and_erased(cast: Cast, client: Client) -> None:
    firm = cast.plant.enterprise
    client.force_login(cast.officer)
    said = {"name": "王示例", "phone": "0411-84000123", "source": "示例名片"}
    _status, made = call(client, "POST", f"/enterprises/{firm.pk}/contacts", **said)
    assert "84000123" not in str(client.get(f"/api/enterprises/{firm.pk}/contacts").json())
    assert call(client, "POST", f"/contacts/{made['id']}/showing")[1]["phone"] == "0411-84000123"
    assert call(client, "PUT", f"/contacts/{made['id']}", name="王二", source="示例")[1]["name"] == "王二"
    assert call(client, "POST", f"/contacts/{made['id']}/erasure", reason="示例")[1]["erased"] is True
    assert client.get(f"/api/enterprises/{firm.pk}/contacts").json() == []


def test_an_officer_cannot_write_the_bureau_s_contact(cast: Cast, client: Client) -> None:
    one = person(cast, cast.plant.enterprise)
    client.force_login(cast.officer)
    assert call(client, "PUT", f"/contacts/{one.pk}", name="李", source="示例")[0] == 404
    assert call(client, "POST", f"/contacts/{one.pk}/erasure", reason="示例")[0] == 404


def test_notes_of_risk_and_their_replies(cast: Cast, client: Client) -> None:
    key = f"/enterprises/{cast.plant.enterprise_id}/risks"
    client.force_login(cast.officer)
    _status, note = call(client, "POST", key, level="grave", text="示例风险", source="示例", noted_on="2023-04-01")
    assert call(client, "POST", f"/risks/{note['id']}/replies", kind="closed", text="示例")[0] == 201
    assert (
        call(client, "POST", f"/risks/{note['id']}/replies", kind="answered", text="示例")[1]["code"] == "note_closed"
    )
    [row] = client.get(f"/api{key}").json()
    assert (row["level"], row["replies"][0]["kind"]) == ("grave", "closed")


def test_meetings_are_logged_once_and_told_to_others_without_their_content(cast: Cast, client: Client) -> None:
    shared = card(cast, "示例央企集团", ownership="central")
    client.force_login(cast.statistician)
    call(client, "POST", "/meeting-rules", days=14, valid_from="2023-01-01", source="示例")
    key = f"/enterprises/{shared.pk}/meetings"
    said = {"on": "2023-03-28", "kind": "visit", "who": "示例区长", "said": "示例谈话", "key": "trip:1"}
    client.force_login(cast.other_officer)
    first, again = (call(client, "POST", key, **said)[1]["id"] for _time in range(2))
    assert first == again
    client.force_login(cast.officer)
    _status, mine = call(client, "POST", key, **{**said, "on": "2023-03-30", "key": ""})
    assert [(one["unit"], one["hidden"]) for one in mine["recent"]] == [("west", True)]
    assert "示例谈话" not in str([one for one in client.get(f"/api{key}").json()["rows"] if one["unit"] == "west"])
    assert call(client, "POST", f"/touches/{first}/withdrawal", reason="示例")[0] == 404
    assert call(client, "POST", f"/touches/{mine['id']}/withdrawal", reason="示例")[0] == 200


def test_lists_names_cards_and_who_keeps_a_relation(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    call(client, "POST", "/soe-lists", title="示例名录", source="示例", dated="2023-01-01", published=2)
    assert call(client, "POST", "/soe-lists/2023-01-01/names", names=["示例央企"])[1] == {"fresh": 1}
    assert call(client, "POST", "/soe-lists/2023-01-01/names", names=["甲", "乙"])[1]["code"] == "too_many_names"
    [row] = client.get("/api/soe-lists/2023-01-01").json()
    linked = call(client, "POST", f"/soe-names/{row['id']}/card")[1]["enterprise"]
    said = {"unit": "west", "document": "示例〔2023〕1号", "valid_from": "2023-02-01"}
    assert call(client, "POST", f"/enterprises/{linked}/relation", **said)[0] == 201
    assert call(client, "POST", f"/enterprises/{linked}/relation", **said)[1]["code"] == "bad_relation"
    assert client.get("/api/soe-lists").json()[0]["entered"] == 1


def test_regions_of_origin_with_their_money(cast: Cast, client: Client) -> None:
    dictionary(cast)
    cast.verified()
    client.force_login(cast.statistician)
    said = {"code": "delta", "name": "示例", "name_en": "Sample", "source": "示例", "valid_from": "2020-01-01"}
    assert call(client, "POST", "/origins", **said, parts=["310000"])[0] == 201
    assert client.get("/api/origins?period=2023Q1").json()[0]["amount"] == "100000000.00"
    assert call(client, "POST", "/origins/delta/end", valid_to="2022-12-31")[0] == 200


def test_a_file_of_enterprises_comes_in_whole_or_with_its_faults(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    for content, status in ((f"企业名称,代码\n示例甲公司,{CODE}\n", 200), ("企业名称,代码\n示例乙公司,1\n", 422)):
        answer = client.post("/api/enterprise-lists", {"file": SimpleUploadedFile("a.csv", content.encode())})
        assert answer.status_code == status, answer.json()
    assert Enterprise.objects.of(cast.city).filter(name__startswith="示例").exclude(uscc="").count() == 1

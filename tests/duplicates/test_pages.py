"""Pairs at the desk and through the API: what each may see and do."""

import json
from dataclasses import replace
from typing import Any

from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.test import Client

from duplicates.alike import AGAIN, FIRST, pair_of, registered
from zhaoshang.lookup.queries import Span, entries_by_span
from zhaoshang.lookup.rules import Kind
from zhaoshang.projects.likeness import index_name, measure
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.correcting import amend_project
from zhaoshang.review.models import DuplicatePair
from zhaoshang.review.rules import PairState

FORM = {
    "name": AGAIN.name, "unit": "west", "enterprise": "示例卓恒瑞船舶配套有限公司", "investor": AGAIN.investor, "source_code": "310000",
    "industry": "C", "contract": "30000", "contract_unit": "万元", "share": "100",
}  # fmt: skip
BODY = {
    "unit": "west", "name": AGAIN.name, "enterprise": "示例卓恒瑞船舶配套有限公司", "investor": AGAIN.investor,
    "source_code": "310000", "industry": "C", "contract": "300000000.00",
}  # fmt: skip


def sent(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json")


def test_another_district_is_told_that_there_is_one_and_whom_to_call_and_nothing_more(
    cast: Cast, client: Client
) -> None:
    registered(cast)
    client.force_login(cast.other_officer)
    page = client.post("/desk/projects/new/", FORM)
    text = page.content.decode()
    assert page.status_code == 422 and "另一地区有相似项目" in text and cast.statistician.display_name in text
    assert FIRST.code not in text and "东山区" not in text.split("可能已经登记过")[1].split("项目名称")[0]
    assert client.post("/desk/projects/new/", FORM | {"nevertheless": "另一块地"}).status_code == 302


def test_one_s_own_district_is_shown_which_and_why(cast: Cast, client: Client) -> None:
    registered(cast)
    client.force_login(cast.officer)
    text = client.post("/desk/projects/new/", FORM | {"unit": "east"}).content.decode()
    assert FIRST.code in text and "投资方相同 +2" in text


def test_a_pair_is_decided_on_its_page_and_taken_back(cast: Cast, client: Client) -> None:
    pair = pair_of(cast)
    client.force_login(cast.statistician)
    address = f"/desk/duplicates/{pair.pk}/"
    assert "投资方相同 +2" in client.get(address).content.decode()
    for verdict in ("same", "open"):
        client.post(f"{address}decide/", {"verdict": verdict, "reason": "看过合同"})
        assert DuplicatePair.objects.of(cast.city).get(pk=pair.pk).state == verdict
        assert ("撤回合并" in client.get(address).content.decode()) == (verdict == "same")
    client.post(f"{address}decide/", {"verdict": "same", "reason": ""})
    assert DuplicatePair.objects.of(cast.city).get(pk=pair.pk).state == PairState.OPEN


def test_the_page_marks_what_differs_and_rules_nothing_by_itself(cast: Cast, client: Client) -> None:
    pair = pair_of(cast)
    client.force_login(cast.statistician)
    page = client.get(f"/desk/duplicates/{pair.pk}/").content.decode()
    rows = {row.split("</th>")[0].rpartition(">")[2]: row for row in page.split("<tr>")[1:]}
    told = {name: [word for word in ("相同</span>", "不同</span>") if word in row] for name, row in rows.items()}
    assert (told["投资方"], told["编号"], told["落地地点"]) == (["相同</span>"], ["不同</span>"], [])
    assert 'id="f-verdict" required><option value="">—</option>' in page


def test_who_registers_nevertheless_is_told_that_the_bureau_decides(cast: Cast, client: Client) -> None:
    registered(cast)
    client.force_login(cast.other_officer)
    asked = client.post("/desk/projects/new/", FORM).content.decode()
    assert "可不填" not in asked.split("仍要登记的理由")[-1].split("</label>")[0]
    done = client.post("/desk/projects/new/", FORM | {"nevertheless": "另一块地"}, follow=True)
    assert "由市局判定是不是同一个" in done.content.decode()


def test_both_pages_say_that_the_two_are_one(cast: Cast, client: Client) -> None:
    pair = pair_of(cast)
    client.force_login(cast.statistician)
    client.post(f"/desk/duplicates/{pair.pk}/decide/", {"verdict": "same", "reason": "看过合同"})
    assert "并入本项目" in client.get(f"/desk/projects/{pair.first.code}/").content.decode()
    merged = client.get(f"/desk/projects/{pair.second.code}/").content.decode()
    assert FIRST.code in merged and "已并入" in merged.split('class="stats"')[0]


def test_an_officer_sees_only_the_own_side(cast: Cast, client: Client) -> None:
    pair = pair_of(cast, cast.west)
    client.force_login(cast.officer)
    for address in (
        "/desk/duplicates/",
        f"/desk/duplicates/{pair.pk}/",
        f"/api/duplicates/{pair.pk}",
        "/api/duplicates",
    ):
        text = client.get(address).content.decode()
        assert AGAIN.code not in text and AGAIN.name not in text and "西海" not in text, address
    assert client.post(f"/desk/duplicates/{pair.pk}/decide/", {"verdict": "same", "reason": "x"}).status_code == 403


def test_the_list_can_be_taken_away_as_a_workbook(cast: Cast, client: Client) -> None:
    pair_of(cast)
    client.force_login(cast.leader)
    assert client.get("/desk/duplicates/", {"xlsx": "1"})["Content-Type"].endswith("spreadsheetml.sheet")


def test_a_sweep_is_asked_for_at_the_desk_and_by_the_api(cast: Cast, client: Client) -> None:
    pair_of(cast)
    client.force_login(cast.statistician)
    assert "1 对达到分数" in client.post("/desk/duplicates/sweep/", follow=True).content.decode()
    answer = sent(client, "/api/duplicate-sweeps", {})
    assert (answer.status_code, answer.json()["found"]) == (202, 1)


def test_the_api_asks_the_same_question(cast: Cast, client: Client) -> None:
    registered(cast)
    client.force_login(cast.other_officer)
    refused = sent(client, "/api/projects", BODY)
    assert (refused.status_code, refused.json()["code"], refused.json()["rows"][0]["hidden"]) == (
        409,
        "looks_alike",
        True,
    )
    assert sent(client, "/api/projects/alike", BODY).json()["rows"] == refused.json()["rows"]
    assert sent(client, "/api/projects", BODY | {"nevertheless": "另一块地"}).status_code == 201
    assert Project.objects.of(cast.city).filter(name=AGAIN.name).count() == 1


def test_the_api_decides(cast: Cast, client: Client) -> None:
    pair = pair_of(cast)
    client.force_login(cast.statistician)
    answer = sent(client, f"/api/duplicates/{pair.pk}/decision", {"verdict": "related", "reason": "同一集团"})
    assert answer.json()["state"] == PairState.RELATED
    assert client.get("/api/duplicates", {"state": "related"}).json()["rows"][0]["id"] == str(pair.pk)


def test_the_list_and_the_search_ask_the_same_of_the_database_however_many_there_are(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.leader)
    for address, name in (("/desk/duplicates/", "desk:duplicate_list"), ("/desk/search/?q=示例", "desk:search")):
        client.get(address)
        assert queries_of(client, address) == QUERY_COUNTS[name], name
    pair_of(cast)
    for number in range(5):
        registered(cast, replace(FIRST, code=f"2023-02{number:02d}"), nevertheless="另一块地")
    for address, name in (("/desk/duplicates/", "desk:duplicate_list"), ("/desk/search/?q=示例", "desk:search")):
        assert queries_of(client, address) == QUERY_COUNTS[name], name


def test_an_amended_investor_is_what_doubles_are_looked_for_by(cast: Cast) -> None:
    project = registered(cast, replace(FIRST, signed_on=None, source=""))
    amended = amend_project(project=project, investor="示例远辰投资有限公司", by=cast.officer, at=NOW)
    name = index_name(amended, measure(cast.city, NOW.date()))
    held = entries_by_span(cast.city, Kind.PROJECT, [Span.of_key(key) for key in name.keys], None, at_most=5)
    assert all(project.pk in found for found in held)

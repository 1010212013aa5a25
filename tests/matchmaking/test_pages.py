"""The board, the suggestions, a pair, the plan and its papers as people meet them; and the same by the API."""

import io
import json
from typing import Any

import openpyxl
import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from matchmaking.meeting import entry, group, held, pair, session
from zhaoshang.matchmaking.actions import arrange
from zhaoshang.matchmaking.models import Appointment, Pair
from zhaoshang.people.models import User


def opened(client: Client, by: User) -> Client:
    client.force_login(by)
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_suggestion_says_every_point_and_goes_onto_the_board(cast: Cast, client: Client) -> None:
    held(cast)
    firm, offer = group(cast), entry(cast)
    opened(client, cast.statistician)
    page = text(client, "/desk/activities/match/matching/suggested/")
    assert firm.name in page and "行业 30" in page and "制造业" in page
    told = {"pair": [f"{firm.pk}/{offer.code}"]}
    client.post("/desk/activities/match/matching/propose/", told)
    board = text(client, "/desk/activities/match/matching/")
    assert firm.name in board and "30 分" in board
    page = text(client, f"/desk/pairs/{Pair.objects.of(cast.city).get().pk}/")
    assert "集团在本市还没有签约项目，无从比较" in page


def test_a_card_is_moved_on_the_board_and_a_pair_on_its_page(cast: Cast, client: Client) -> None:
    one = pair(cast, held(cast), group(cast), entry(cast))
    opened(client, cast.officer)
    client.post(
        "/desk/activities/match/matching/move/", {"project": str(one.pk), "stage": "invited", "on": "2023-04-03"}
    )
    client.post(f"/desk/pairs/{one.pk}/move/", {"state": "project", "on": "2023-04-03", "of_project": cast.plant.code})
    one = Pair.objects.of(cast.city).get()
    assert (one.state, one.project_id) == ("project", cast.plant.pk)


def test_another_district_neither_sees_nor_moves_the_pair(cast: Cast, client: Client) -> None:
    one = pair(cast, held(cast), group(cast), entry(cast))
    opened(client, cast.other_officer)
    assert client.get(f"/desk/pairs/{one.pk}/").status_code == 404
    assert client.post(f"/desk/pairs/{one.pk}/move/", {"state": "met"}).status_code == 404
    assert "示例央企甲集团" not in text(client, "/desk/activities/match/matching/")


def test_the_plan_is_made_on_its_page_and_printed(cast: Cast, client: Client) -> None:
    meeting = held(cast)
    for name in ("示例央企甲集团", "示例央企乙集团"):
        pair(cast, meeting, group(cast, name), entry(cast))
    opened(client, cast.statistician)
    told = {"begins_at": "2023-04-03T10:00", "minutes": 20, "slots": 2, "tables": "1号桌\n2号桌"}
    client.post("/desk/activities/match/plan/session/", told)
    client.post("/desk/activities/match/plan/arrange/")
    page = text(client, "/desk/activities/match/plan/")
    assert "10:00–10:20" in page and "已证明" in page and page.count("示例央企甲集团") >= 1
    paper = client.get("/desk/activities/match/plan/programme/")
    words = "\n".join(one.text for one in Document(io.BytesIO(paper.content)).paragraphs)
    assert "示例央企甲集团" in words and "示例央企乙集团" in words
    assert client.get("/desk/activities/match/plan/programme/?as=pdf").content.startswith(b"%PDF")
    rows = list(
        openpyxl.load_workbook(io.BytesIO(client.get("/desk/activities/match/plan/?xlsx=1").content)).active.values
    )
    assert sum("示例央企" in str(row) for row in rows) == 2


def test_who_cannot_come_is_said_and_the_page_says_why_there_is_no_place(cast: Cast, client: Client) -> None:
    meeting, firm = held(cast), group(cast)
    pair(cast, meeting, firm, entry(cast))
    session(cast, meeting)
    opened(client, cast.statistician)
    client.post("/desk/activities/match/plan/away/", {"who": f"firm:{firm.pk}", "slot": ["0", "1", "2"]})
    client.post("/desk/activities/match/plan/arrange/")
    assert "没有一个时段能到场" in text(client, "/desk/activities/match/plan/")
    client.post("/desk/activities/match/plan/away/", {"who": f"firm:{firm.pk}"})
    one = Pair.objects.of(cast.city).get()
    client.post("/desk/activities/match/plan/fix/", {"pair": str(one.pk), "slot": "2", "table": "1"})
    seat = Appointment.objects.of(cast.city).get()
    assert (seat.slot, seat.table, seat.fixed) == (2, 1, True)


def test_hours_that_cannot_be_are_said_on_the_page(cast: Cast, client: Client) -> None:
    held(cast)
    opened(client, cast.statistician)
    told = {"begins_at": "2023-04-03T10:00", "minutes": 20, "slots": 2, "tables": "一\n一"}
    answer = client.post("/desk/activities/match/plan/session/", told)
    assert (answer.status_code, "桌名不能重复" in answer.content.decode()) == (422, True)


def test_the_same_by_the_api(cast: Cast, client: Client) -> None:
    meeting, firm, offer = held(cast), group(cast), entry(cast)
    opened(client, cast.statistician)

    def call(method: str, path: str, **body: Any) -> Any:
        answer = client.generic(method, f"/api{path}", json.dumps(body), content_type="application/json")
        assert answer.status_code < 300, answer.content
        return json.loads(answer.content)

    [best] = call("GET", "/activities/match/pairs/suggested")
    assert (best["points"], best["reasons"][0]["points"]) == (30, 30)
    made = call("POST", "/activities/match/pairs", enterprise=str(firm.pk), opportunity=offer.code)
    call("POST", "/activities/match/session", begins_at="2023-04-03T02:00:00Z", minutes=20, slots=2, tables=["甲"])
    call("POST", "/activities/match/away", slots=[0], side="east")
    assert call("POST", "/activities/match/arrange") == {"placed": 1, "proven": True, "unserved": []}
    assert call("GET", "/activities/match/plan")["meetings"][0]["side"] == "east"
    call("POST", f"/pairs/{made['id']}/seat", slot=1, table=0)
    call("POST", f"/pairs/{made['id']}/steps", state="met", on=timezone.localdate().isoformat(), note="谈了")
    assert call("GET", "/activities/match/pairs?state=met")[0]["fixed"] is True
    assert arrange(activity=meeting, by=cast.statistician, at=NOW).unserved == {}


@pytest.mark.parametrize("name", ["match_board", "match_suggested", "match_plan"])
def test_a_page_asks_as_much_of_many_pairs_as_of_one(cast: Cast, client: Client, name: str) -> None:
    meeting = held(cast)
    pair(cast, meeting, group(cast), entry(cast))
    session(cast, meeting, slots=6)
    arrange(activity=meeting, by=cast.statistician, at=NOW)
    entry(cast)
    opened(client, cast.statistician)
    address = reverse(f"desk:{name}", args=["match"])
    few = queries_of(client, address)
    for number in range(3):
        pair(cast, meeting, group(cast, f"示例央企{number}集团"), entry(cast))
    arrange(activity=meeting, by=cast.statistician, at=NOW)
    assert (few, queries_of(client, address)) == (QUERY_COUNTS[f"desk:{name}"], QUERY_COUNTS[f"desk:{name}"])


def test_a_pair_s_page_asks_so_much(cast: Cast, client: Client) -> None:
    one = pair(cast, held(cast), group(cast), entry(cast))
    opened(client, cast.statistician)
    assert queries_of(client, reverse("desk:pair", args=[one.pk])) == QUERY_COUNTS["desk:pair"]


def test_the_firm_s_page_says_to_every_district_that_it_is_being_approached(cast: Cast, client: Client) -> None:
    firm = group(cast)
    pair(cast, held(cast), firm, entry(cast))
    opened(client, cast.other_officer)
    page = text(client, f"/desk/soe/{firm.pk}/")
    assert "示例央地对接会" in page and "东山区" in page and "/desk/pairs/" not in page

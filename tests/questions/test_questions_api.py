"""Ask, for machines: the same question, the same numbers, in yuan."""

import json
from typing import Any

import pytest
from cast import YI, Cast
from dictionary import dictionary
from django.test import Client


@pytest.fixture
def api(cast: Cast, client: Client) -> Client:
    """The leader's, over 1 亿元 and 5 fen in the east."""
    dictionary(cast)
    cast.verified(amount_fen=YI + 5)
    client.force_login(cast.leader)
    return client


def test_an_answer_is_in_yuan_with_totals(api: Client) -> None:
    found = api.get("/api/questions/answer?about=payments&rows=unit&columns=month").json()
    assert found["rows"] == [
        {
            "key": [{"dimension": "unit", "value": "east", "name": "东山区"}],
            "cells": ["100000000.05"],
            "total": "100000000.05",
        }
    ]
    assert (found["total"], found["unit"], found["left_out"]) == ("100000000.05", "CNY", {"rows": 0, "columns": 0})


def test_a_question_that_cannot_be_read_says_which_part(api: Client) -> None:
    answer = api.get("/api/questions/answer?rows=colour")
    assert (answer.status_code, answer.json()["code"]) == (422, "unanswerable")
    assert "unknown_dimension" in answer.json()["detail"] and "colour" in answer.json()["detail"]


def test_the_records_of_a_question_come_by_key(api: Client) -> None:
    found = api.get("/api/questions/records?about=payments&unit=east").json()
    assert (found["rows"][0]["amount"], found["rows"][0]["unit"], found["next"]) == ("100000000.05", "east", None)
    assert api.get("/api/questions/records?about=projects&stage=signed").json()["rows"][0]["code"] == "2023-0002"


def test_an_officer_gets_the_own_unit_only(cast: Cast, api: Client) -> None:
    api.force_login(cast.other_officer)
    assert api.get("/api/questions/answer?rows=unit").json()["rows"] == []
    assert api.get("/api/questions/records?about=payments").json()["rows"] == []


def test_what_can_be_asked_is_told(api: Client) -> None:
    told = api.get("/api/questions/vocabulary").json()
    assert [one["about"] for one in told] == ["payments", "projects", "trips"]


def post(client: Client, body: dict[str, Any]) -> Any:
    return client.post("/api/questions", json.dumps(body), content_type="application/json")


def test_a_question_is_saved_listed_and_deleted(api: Client) -> None:
    body = {"title": "各区", "question": [["about", "payments"], ["rows", "unit"]], "shared": True}
    key = post(api, body).json()["id"]
    assert (post(api, body).status_code, post(api, body | {"title": " "}).status_code) == (409, 422)
    assert [one["title"] for one in api.get("/api/questions").json()] == ["各区"]
    assert api.delete(f"/api/questions/{key}").status_code == 200
    assert api.get("/api/questions").json() == []

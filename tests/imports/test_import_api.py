"""The same import by the API."""

from typing import Any

from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from imports.sending import book, declared, line


def post(client: Client, cast: Cast, content: bytes, **more: Any) -> Any:
    client.force_login(cast.officer)
    fields = {"unit": "east", "month": "2023-03", "file": SimpleUploadedFile("三月.xlsx", content), **more}
    return client.post("/api/imports", fields)


def test_the_api_imports_and_tells_amounts_in_yuan(cast: Cast, client: Client) -> None:
    answer = post(client, cast, book(line(1200.55)))
    body = answer.json()
    assert (answer.status_code, [row["amount"] for row in body["accepted"]]) == (201, ["12005500.00"])
    again = client.get(f"/api/imports/{body['import']}").json()
    assert (again["state"], again["accepted"]) == ("accepted", body["accepted"])


def test_the_api_names_problems_by_cell_and_writes_nothing(cast: Cast, client: Client) -> None:
    answer = post(client, cast, book(line("约500")))
    problem = answer.json()["problems"][0]
    assert (answer.status_code, declared(cast)) == (200, [])
    assert (problem["sheet"], problem["row"], problem["column"], problem["value"]) == ("明细", 2, "C", "约500")


def test_the_api_tries_without_keeping(cast: Cast, client: Client) -> None:
    body = post(client, cast, book(line()), dry_run="true").json()
    assert (len(body["accepted"]), body["import"], declared(cast)) == (1, None, [])


def test_the_api_knows_no_unit_but_ones_own(cast: Cast, client: Client) -> None:
    assert post(client, cast, book(line()), unit="west").status_code == 404

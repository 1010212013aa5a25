"""Idempotency keys through the front: one key, one request, one effect, one answer."""

import json
from typing import Any

import pytest
from cast import NOW, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from faults.test_troubled_store import Failing
from outreach import going

from api.asking import body, key_of, post
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.machines.answers import answer_of, erase_answers
from zhaoshang.machines.models import KeptAnswer
from zhaoshang.people.models import Event
from zhaoshang.regions.actions import close_month

ONE = {"HTTP_IDEMPOTENCY_KEY": "4e1c0b9e-one"}


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.officer)
    return client


@pytest.mark.case("E3")
def test_the_same_request_again_is_answered_the_same_and_does_nothing(cast: Cast, officer: Client) -> None:
    first = post(officer, "payments", body(cast), **ONE)
    again = post(officer, "payments", body(cast), **ONE)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert (again["Idempotency-Replayed"], "Idempotency-Replayed" in first) == ("true", False)
    assert Payment.objects.of(cast.city).count() == 1


@pytest.mark.case("E3")
def test_the_key_stands_for_its_request_alone(cast: Cast, officer: Client) -> None:
    post(officer, "payments", body(cast), **ONE)
    other = post(officer, "payments", body(cast, amount="1.00", bank_serial="API-2"), **ONE)
    elsewhere = post(officer, "texts/read", {"text": "到位内资1亿元"}, **ONE)
    assert [(one.status_code, one.json()["code"]) for one in (other, elsewhere)] == [(422, "other_request")] * 2
    assert Payment.objects.of(cast.city).count() == 1


@pytest.mark.case("E3")
def test_another_program_s_key_of_the_same_name_is_another_s(cast: Cast, officer: Client) -> None:
    mine = post(officer, "payments", body(cast), **ONE)
    other = {"HTTP_AUTHORIZATION": f"Bearer {key_of(cast, cast.officer)}"}
    theirs = post(Client(), "payments", body(cast, bank_serial="API-2"), **ONE, **other)
    assert (mine.status_code, theirs.status_code, Payment.objects.of(cast.city).count()) == (201, 201, 2)


@pytest.mark.case("E3")
def test_after_a_refusal_the_same_key_may_do(cast: Cast, officer: Client) -> None:
    close_month(city=cast.city, number=2023 * 12 + 1, by=cast.statistician, at=NOW)
    refused = post(officer, "payments", body(cast, month="2023-02"), **ONE)
    done = post(officer, "payments", body(cast), **ONE)
    assert (refused.json()["code"], done.status_code) == ("month_closed", 201)


@pytest.mark.case("E3")
def test_after_a_fault_nothing_is_left_and_the_same_key_may_do(
    cast: Cast, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(payment: Any) -> Any:
        raise RuntimeError("the server fell between the row and the answer")

    with monkeypatch.context() as patched:
        patched.setattr("zhaoshang.api.payments.payment_json", broken)
        with pytest.raises(RuntimeError):
            post(officer, "payments", body(cast), **ONE)
    assert not Payment.objects.of(cast.city).exists() and not KeptAnswer.objects.of(cast.city).exists()
    assert post(officer, "payments", body(cast), **ONE).status_code == 201


def test_a_refused_file_leaves_its_line_in_the_diary_with_a_key_too(cast: Cast, officer: Client) -> None:
    sent = {"unit": "east", "month": "2023-03", "file": SimpleUploadedFile("a.xlsx", b"\x7fELF no workbook")}
    answer = officer.post("/api/imports", sent, **ONE)
    assert answer.status_code == 422 and not KeptAnswer.objects.of(cast.city).exists()
    assert Event.objects.of(cast.city).filter(verb="review.workbook.refused").exists()


def test_a_file_sent_again_under_another_boundary_is_the_same_request(cast: Cast, officer: Client) -> None:
    payment = cast.declared(with_evidence=False)
    path = f"/api/payments/{payment.pk}/evidence?kind=bank_receipt"
    answers = []
    for boundary, content in (
        ("one", b"%PDF-1.4\n1\n%%EOF\n"),
        ("two", b"%PDF-1.4\n1\n%%EOF\n"),
        ("three", b"%PDF-1.4\n2\n%%EOF\n"),
    ):
        text = b'--%s\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%s\r\n--%s--\r\n'
        form = text % (boundary.encode(), content, boundary.encode())
        sent = officer.generic("POST", path, form, content_type=f"multipart/form-data; boundary={boundary}", **ONE)
        answers.append(sent)
    assert [one.status_code for one in answers] == [201, 201, 422]
    assert answers[0].content == answers[1].content and Evidence.objects.of(cast.city).count() == 1


@pytest.mark.case("E3")
def test_what_an_answer_tells_once_lies_in_no_table(cast: Cast, client: Client, settings: Any) -> None:
    """Of a firm's link only a digest is kept: also when the answer that tells it is kept."""
    client.force_login(cast.officer)
    path = f"demands/{going.demanded(cast).pk}/link"
    first, again = (post(client, path, {}, **ONE) for _time in range(2))
    kept = KeptAnswer.objects.of(cast.city).get()
    link = first.json()["path"].strip("/").rpartition("/")[2]
    assert first.content == again.content and len(link) > 20 and link not in kept.answer
    settings.SECRET_KEY += "-another"
    client.force_login(cast.officer)
    lost = post(client, path, {}, **ONE)
    assert (lost.status_code, lost.json()["code"]) == (409, "answer_lost")


@pytest.mark.case("E3", "H4")
def test_trouble_of_the_store_at_the_key_itself_is_not_called_another_request(cast: Cast, officer: Client) -> None:
    officer.raise_request_exception = False
    with connection.execute_wrapper(Failing(1)):
        failed = post(officer, "payments", body(cast), **ONE)
    assert (failed.status_code, failed.json()["code"]) == (503, "busy")
    assert post(officer, "payments", body(cast), **ONE).status_code == 201


def test_an_answer_that_an_earlier_version_kept_is_said_again(cast: Cast, officer: Client) -> None:
    first = post(officer, "payments", body(cast), **ONE)
    KeptAnswer.objects.of(cast.city).update(answer=first.content.decode())
    assert post(officer, "payments", body(cast), **ONE).content == first.content


@pytest.mark.parametrize("key", ["", " ", "x" * 81, "键"])
def test_a_key_that_no_header_should_carry_is_refused(cast: Cast, officer: Client, key: str) -> None:
    answer = post(officer, "payments", body(cast), HTTP_IDEMPOTENCY_KEY=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_idempotency_key")


def test_who_may_not_is_told_so_under_a_known_key_too(cast: Cast, officer: Client) -> None:
    post(officer, "payments", body(cast), **ONE)
    reading = {"HTTP_AUTHORIZATION": f"Bearer {key_of(cast, cast.officer, can_write=False)}"}
    assert post(Client(), "payments", body(cast), **ONE, **reading).status_code in (401, 403)
    leader = Client()
    leader.force_login(cast.leader)
    assert post(leader, "payments", body(cast), **ONE).status_code == 403
    assert Event.objects.of(cast.city).filter(verb="api.refused").exists()


def test_answers_go_after_their_days(cast: Cast, officer: Client, settings: Any) -> None:
    post(officer, "payments", body(cast), **ONE)
    kept = KeptAnswer.objects.of(cast.city).get()
    assert json.loads(answer_of(kept))["amount"] == body(cast)["amount"]
    assert erase_answers(city=cast.city, at=kept.made_at) == 0
    settings.ANSWERS_KEPT_DAYS = -1
    assert (erase_answers(city=cast.city, at=kept.made_at), KeptAnswer.objects.of(cast.city).count()) == (1, 0)

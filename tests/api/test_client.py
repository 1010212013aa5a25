"""The Python client against the API itself: written from the description, sends again what got no answer, turns pages."""

from collections.abc import Mapping
from typing import Any

import pytest
from cast import Cast
from django.test import Client as Browser
from zhaoshang_client import Answer, Client, NoAnswer, Refused

from api.asking import body, key_of
from tools.write_client import WRITTEN, written
from zhaoshang.capital.models import Evidence, Payment


class Line:
    """The way between the client and the application; ``lost`` answers do not arrive."""

    def __init__(self, lost: int = 0) -> None:
        self.lost, self.browser, self.waited = lost, Browser(enforce_csrf_checks=True), list[float]()

    def send(self, verb: str, url: str, headers: Mapping[str, str], content: bytes | None) -> Answer:
        path = url.removeprefix("https://zhaoshang.example.org")
        kind = headers.get("Content-Type", "application/json")
        told = self.browser.generic(verb, path, content or b"", content_type=kind, headers=dict(headers))
        if self.lost:
            self.lost -= 1
            raise TimeoutError("the line went down")
        return Answer(told.status_code, {name.lower(): text for name, text in told.headers.items()}, told.content)


def client_of(cast: Cast, line: Line, user: Any = None) -> Client:
    key = key_of(cast, user or cast.officer)
    return Client("https://zhaoshang.example.org/", key, send=line.send, sleep=line.waited.append)


def test_the_client_is_what_the_description_makes_of_it() -> None:
    stands = {path.name: path.read_text(encoding="utf-8") for path in WRITTEN.glob("*.py")}
    assert stands == written(), "run tools/write_client.py"


@pytest.mark.case("E3")
def test_what_got_no_answer_is_sent_again_and_done_once(cast: Cast) -> None:
    line = Line(lost=2)
    made = client_of(cast, line).payments_new_payment(body=body(cast))
    assert (made["standing"], line.waited, Payment.objects.of(cast.city).count()) == ("declared", [2.0, 4.0], 1)
    with pytest.raises(NoAnswer):
        client_of(cast, Line(lost=9)).urls_me()


def test_what_was_read_is_changed_by_its_tag(cast: Cast) -> None:
    payment = cast.declared()
    verifier = client_of(cast, Line(), cast.verifier)
    verifier.payments_one_payment(str(payment.pk))
    seen = verifier.last_etag
    with pytest.raises(Refused) as stale:
        verifier.payments_decision(str(payment.pk), body={"verdict": "verify"}, if_match='"99"')
    assert (stale.value.status, stale.value.told["current"]["revision"]) == (412, payment.revision)
    done = verifier.payments_decision(str(payment.pk), body={"verdict": "verify"}, if_match=seen)
    assert done["standing"] == "verified"


def test_pages_are_turned_to_the_end(cast: Cast) -> None:
    made = {str(cast.declared(with_evidence=False).pk) for _ in range(5)}
    client = client_of(cast, Line())
    rows = list(client.pages(client.payments_payments, limit=2, month="2023-03"))
    assert ({row["id"] for row in rows}, len(rows)) == (made, 5)


def test_a_file_is_sent(cast: Cast) -> None:
    payment = cast.declared(with_evidence=False)
    files = {"file": ('回单"1".pdf', b"%PDF-1.4\n1\n%%EOF\n")}
    client_of(cast, Line()).payments_new_evidence(str(payment.pk), kind="bank_receipt", files=files)
    assert Evidence.objects.of(cast.city).get().file.name.endswith(".pdf")

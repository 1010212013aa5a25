"""How long a login holds, and what asks again: idle, at the longest, and before what weighs heavily."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from cast import Cast
from django.conf import settings
from django.test import Client

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.people.models import Event
from zhaoshang.tenancy import clock

LOGIN, PASSWORD = "/desk/login/", "sample-password"


class Time:
    """Our own clock, which a test may move."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._now = clock._real_now

    def __call__(self) -> datetime:
        return self._now() + self.ahead

    def passes(self, **span: float) -> None:
        self.ahead += timedelta(**span)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    moved = Time()
    monkeypatch.setattr(clock, "_real_now", moved)
    return moved


def enter(client: Client, who: str, address: str = LOGIN) -> Any:
    return client.post(address, {"username": who, "password": PASSWORD, "next": "/desk/payments/new/"})


@pytest.mark.case("A10")
def test_after_31_idle_minutes_one_logs_in_again(cast: Cast, client: Client, time: Time) -> None:
    enter(client, "officer")
    time.passes(minutes=28)
    assert client.get("/desk/payments/").status_code == 200
    time.passes(minutes=28)
    assert client.get("/api/payments").status_code == 200
    time.passes(minutes=31)
    assert client.get("/api/payments").status_code == 401
    assert client.get("/desk/payments/")["Location"] == "/desk/login/?next=/desk/payments/"


@pytest.mark.case("A10")
def test_after_twelve_hours_one_logs_in_again_however_busy(cast: Cast, client: Client, time: Time) -> None:
    enter(client, "officer")
    statuses = []
    for _ in range(30):
        time.passes(minutes=25)
        statuses.append(client.get("/desk/payments/").status_code)
    assert statuses == [200] * 28 + [302] * 2


@pytest.mark.case("A10")
def test_a_clock_set_back_lengthens_no_login(cast: Cast, client: Client, time: Time) -> None:
    enter(client, "officer")
    time.passes(days=-1)
    assert client.get("/desk/payments/").status_code == 302


@pytest.mark.case("A10")
def test_who_was_sending_a_form_comes_back_to_it_and_is_told_to_send_again(
    cast: Cast, client: Client, time: Time
) -> None:
    enter(client, "officer")
    time.passes(minutes=31)
    answer = client.post(
        "/desk/payments/new/", {"note": "x"}, headers={"referer": "http://testserver/desk/payments/new/?project=P1"}
    )
    assert answer["Location"] == "/desk/login/?next=/desk/payments/new/%3Fproject%3DP1&over=1"
    assert "太久没有操作" in client.get(answer["Location"]).content.decode()
    back = enter(client, "officer", answer["Location"])
    page = client.get(back["Location"]).content.decode()
    assert "没有提交成功的内容已放回表单" in page and f'data-who="{cast.officer.pk}"' in page


@pytest.mark.case("D4")
def test_a_page_elsewhere_that_sent_something_is_not_come_back_to(cast: Cast, client: Client) -> None:
    sent = client.post("/desk/payments/new/", headers={"referer": "https://evil.example/desk/"})
    assert sent["Location"] == "/desk/login/?next=/desk/&over=1"


def decide(client: Client, payment: Payment, **more: str) -> Any:
    told = {"verdict": "verify", "revision": str(payment.revision), "reason": "  两行\n原样  "}
    return client.post(f"/desk/payments/{payment.pk}/decide/", told | more)


def carried(page: str) -> dict[str, str]:
    found = re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', page, re.S)
    return {name: unescape(text) for name, text in found}


def standing(payment: Payment) -> str:
    return str(Payment.objects.of(payment.city).get(pk=payment.pk).standing)


@pytest.mark.case("A12")
def test_verifying_asks_again_after_a_quarter_of_an_hour_and_then_goes_on(
    cast: Cast, client: Client, time: Time
) -> None:
    first, second, third = cast.declared(), cast.declared(), cast.declared()
    enter(client, "verifier")
    time.passes(minutes=14)
    assert decide(client, first).status_code == 302 and standing(first) == Standing.VERIFIED
    time.passes(minutes=2)
    asking = decide(client, second)
    page = asking.content.decode()
    assert (asking.status_code, standing(second)) == (403, Standing.DECLARED)
    assert carried(page) == {"verdict": "verify", "revision": str(second.revision), "reason": "  两行\n原样  "}
    wrong = client.post(f"/desk/payments/{second.pk}/decide/", carried(page) | {"proof": "wrong"})
    assert (wrong.status_code, carried(wrong.content.decode())) == (403, carried(page))
    client.post(f"/desk/payments/{second.pk}/decide/", carried(page) | {"proof": PASSWORD})
    assert standing(second) == Standing.VERIFIED
    time.passes(minutes=14)
    decide(client, third)
    assert standing(third) == Standing.VERIFIED
    assert Event.objects.of(cast.city).filter(verb="people.session.not_proven").count() == 1


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("verifier", "/desk/queue/decide/"),
        ("statistician", "/desk/months/2023-03/close/"),
        ("statistician", "/desk/months/2023-03/ask/"),
        ("verifier", "/desk/months/changes/00000000-0000-4000-8000-000000000001/"),
        ("security", "/desk/people/{officer}/grant/"),
        ("system", "/desk/people/{officer}/reset/"),
        ("system", "/desk/people/{officer}/switch/"),
        ("system", "/desk/people/new/"),
        ("security", "/desk/people/copy/live/"),
        ("security", "/desk/people/copy/gap/"),
    ],
)
@pytest.mark.case("A12")
def test_what_weighs_heavily_asks_again(cast: Cast, client: Client, time: Time, who: str, path: str) -> None:
    address = path.format(officer=cast.officer.pk)
    enter(client, who)
    time.passes(minutes=16)
    events = Event.objects.of(cast.city).count()
    answer = client.post(address, {"role": "leader"})
    assert (answer.status_code, 'name="proof"' in answer.content.decode()) == (403, True)
    assert Event.objects.of(cast.city).count() == events


@pytest.mark.case("A12")
def test_guessing_the_password_that_is_asked_again_is_braked(cast: Cast, client: Client, time: Time) -> None:
    payment = cast.declared()
    enter(client, "verifier")
    time.passes(minutes=16)
    for _ in range(5):
        decide(client, payment, proof="wrong")
    assert "请 3 分钟后再试" in decide(client, payment, proof=PASSWORD).content.decode()
    assert standing(payment) == Standing.DECLARED


@pytest.mark.case("A12")
def test_the_api_asks_of_a_login_what_the_desk_asks(cast: Cast, client: Client, time: Time) -> None:
    payment = cast.declared()
    enter(client, "verifier")
    time.passes(minutes=16)
    body = {"verdict": "verify", "revision": payment.revision}
    answer = client.post(f"/api/payments/{payment.pk}/decision", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "prove_again")
    client.post("/desk/prove/", {"proof": PASSWORD})
    client.post(f"/api/payments/{payment.pk}/decision", body, content_type="application/json")
    assert standing(payment) == Standing.VERIFIED


@pytest.mark.case("A12")
def test_daily_reading_and_declaring_ask_nothing(cast: Cast, client: Client, time: Time) -> None:
    enter(client, "officer")
    time.passes(minutes=20)
    assert client.post("/desk/payments/new/", {}).status_code == 422
    assert client.get("/desk/payments/").status_code == 200


@pytest.mark.case("A9")
def test_a_one_time_password_opens_for_a_day_once_and_no_longer(cast: Cast, client: Client, time: Time) -> None:
    enter(client, "system")
    page = client.post(f"/desk/people/{cast.officer.pk}/reset/", headers={"host": "localhost"}).content.decode()
    password = re.findall(r"\b(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\b", page)[0]
    entry = {"username": "officer", "password": password}
    time.passes(hours=23)
    officer = Client()
    assert officer.post(LOGIN, entry)["Location"] == "/desk/"
    assert officer.get("/desk/payments/")["Location"] == "/desk/password/"
    time.passes(hours=1.1)
    late = Client().post(LOGIN, entry)
    assert late.status_code == 200 and "用户名或密码不对" in late.content.decode()


@pytest.mark.case("A9")
def test_a_one_time_password_names_the_configured_address_whatever_host_asked(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DESK_URL", "https://desk.example.org")
    enter(client, "system")
    told = client.post(f"/desk/people/{cast.officer.pk}/reset/", headers={"host": "127.0.0.1"})
    assert "https://desk.example.org/desk/login/" in told.content.decode() and b"127.0.0.1" not in told.content
    assert (
        client.post(f"/desk/people/{cast.officer.pk}/reset/", headers={"host": "evil.example.net"}).status_code == 400
    )


@pytest.mark.case("A9")
def test_a_one_time_password_is_worth_nothing_once_it_was_changed(cast: Cast, client: Client) -> None:
    enter(client, "system")
    page = client.post(f"/desk/people/{cast.officer.pk}/reset/").content.decode()
    password = re.findall(r"\b(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\b", page)[0]
    officer = Client()
    officer.post(LOGIN, {"username": "officer", "password": password})
    own = {"present": password, "wanted": "quiet-harbour-47", "again": "quiet-harbour-47"}
    assert officer.post("/desk/password/", own).status_code == 302
    assert Client().post(LOGIN, {"username": "officer", "password": password}).status_code == 200
    assert Client().post(LOGIN, {"username": "officer", "password": "quiet-harbour-47"}).status_code == 302

"""Other programs are told of what happens: once each, signed, and nowhere but where the installation allows."""

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from api.asking import post
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.test import Client

from zhaoshang.desk.diary_words import WORDS
from zhaoshang.machines import outgoing, telling
from zhaoshang.machines.models import Delivery, Subscription
from zhaoshang.machines.outgoing import Destination, NotAllowedThere, destination, looked_up
from zhaoshang.machines.rules import EVENTS, MOST_TRIES, Sending, again_after_s
from zhaoshang.machines.subscribing import UnknownEvent, secret_of, send_again, stop_subscription, subscribe
from zhaoshang.machines.telling import deliver, note_events
from zhaoshang.people.copies import declare_live, mark_restored
from zhaoshang.people.models import Event

URL = "https://hooks.example.org/zhaoshang?a=1"


@pytest.fixture(autouse=True)
def _allowed(settings: Any) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.example.org"]


class Other:
    """The other side: what it received, and what it answers."""

    def __init__(self) -> None:
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.answers = 204


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[Other]:
    """A server of ours that stands in for the public one."""
    there = Other()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.received.append((dict(self.headers), body))
            self.send_response(there.answers)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_told: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()

    def stand_in(wanted: Destination) -> Destination:
        return Destination(wanted.host, server.server_port, wanted.path, "127.0.0.1", tls=False)

    monkeypatch.setattr(telling, "looked_up", stand_in)
    yield there
    server.shutdown()
    server.server_close()


def subscribed(cast: Cast, *verbs: str) -> Subscription:
    wanted = verbs or ("capital.payment.declared",)
    return subscribe(city=cast.city, name="财务系统", url=URL, verbs=wanted, by=cast.security, at=NOW)


def run(cast: Cast, minutes: int = 0) -> Any:
    at = NOW + timedelta(minutes=minutes)
    note_events(city=cast.city, at=at)
    return deliver(city=cast.city, at=at)


def test_what_happens_is_told_once_and_signed(cast: Cast, other: Other) -> None:
    subscription = subscribed(cast)
    payment = cast.declared(with_evidence=False)
    assert [run(cast).sent, run(cast, 1).sent, run(cast, 2).sent] == [1, 0, 0]
    headers, body = other.received[0]
    told = json.loads(body)
    line = Event.objects.of(cast.city).get(pk=told["id"])
    assert (told["event"], told["about"]["id"], line.about_id) == (
        "capital.payment.declared",
        str(payment.pk),
        str(payment.pk),
    )
    stamp, signed = (part.partition("=")[2] for part in headers["Zhaoshang-Signature"].split(","))
    expected = hmac.new(secret_of(subscription).encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert (signed, headers["Zhaoshang-Event"]) == (expected, told["id"])
    assert cast.plant.name not in body.decode()


def test_what_failed_is_tried_again_later_under_the_same_id_and_given_up_at_last(cast: Cast, other: Other) -> None:
    subscribed(cast)
    cast.declared(with_evidence=False)
    other.answers = 503
    assert [run(cast).failed, run(cast).failed, run(cast, 1).failed] == [1, 0, 1]
    for _ in range(MOST_TRIES):
        due = Delivery.objects.of(cast.city).get().next_at
        deliver(city=cast.city, at=due)
    held = Delivery.objects.of(cast.city).get()
    assert (held.state, held.tries, held.status, len(other.received)) == (Sending.FAILED, MOST_TRIES, 503, MOST_TRIES)
    assert Event.objects.of(cast.city).filter(verb="machines.delivery.given_up").count() == 1
    other.answers = 200
    send_again(delivery=held, by=cast.security, at=NOW)
    assert run(cast).sent == 1 and len({headers["Zhaoshang-Event"] for headers, _ in other.received}) == 1


def test_a_redirect_is_not_followed(cast: Cast, other: Other) -> None:
    subscribed(cast)
    cast.declared(with_evidence=False)
    other.answers = 307
    assert (run(cast).failed, len(other.received), Delivery.objects.of(cast.city).get().status) == (1, 1, 307)


def test_a_line_that_was_committed_late_is_told_all_the_same(cast: Cast, other: Other) -> None:
    subscribed(cast)
    run(cast, 30)
    cast.declared(with_evidence=False)  # at NOW, half an hour before the last look
    assert run(cast, 31).sent == 1


def test_nobody_is_told_of_what_was_before_or_after(cast: Cast, other: Other) -> None:
    Event.objects.create(city=cast.city, verb="capital.payment.declared", at=NOW - timedelta(minutes=1))
    subscription = subscribed(cast)
    assert run(cast).sent == 0
    cast.declared(with_evidence=False)
    note_events(city=cast.city, at=NOW)
    stop_subscription(subscription=subscription, by=cast.security, at=NOW)
    cast.declared(with_evidence=False)
    assert (run(cast).sent, other.received) == (0, [])
    assert [one.state for one in Delivery.objects.of(cast.city)] == [Sending.FAILED]


def test_a_restored_copy_tells_nobody_until_it_is_the_live_one(cast: Cast, other: Other) -> None:
    subscribed(cast)
    cast.declared(with_evidence=False)
    note_events(city=cast.city, at=NOW)
    mark_restored(city=cast.city, made_at=NOW, behind_seq=0, erased=0, at=NOW)
    cast.city.refresh_from_db()
    assert (note_events(city=cast.city, at=NOW), run(cast, 1).sent, other.received) == (0, 0, [])
    declare_live(city=cast.city, reason="硬盘损坏", by=cast.security, at=NOW)
    cast.city.refresh_from_db()
    assert (run(cast, 2).sent, len(other.received)) == (1, 1)


@pytest.mark.parametrize(
    "url",
    ["http://hooks.example.org/", "https://other.example.org/", "https://hooks.example.org@evil.example/", "ftp://x",
     "https://a:b@hooks.example.org/", "https://127.0.0.1/", "https://[::1]/", "https://hooks.example.org:x/",
     "https://hooks.example.org/a\r\nHost: x", "https://hooks.example.org/ä", "//hooks.example.org", ""],
)  # fmt: skip
def test_where_the_installation_does_not_allow_it_nothing_is_subscribed(cast: Cast, url: str) -> None:
    with pytest.raises(NotAllowedThere):
        subscribe(city=cast.city, name="x", url=url, verbs=EVENTS[:1], by=cast.security, at=NOW)
    assert not Subscription.objects.of(cast.city).exists()


INSIDE = ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "::1", "fd00::1", "fe80::1%eth0",
          "::ffff:127.0.0.1", "100.64.0.1", "2002:7f00:1::", "224.0.0.1"]  # fmt: skip


@pytest.mark.parametrize("ip", INSIDE)
def test_a_public_name_that_means_an_address_inside_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, ip: str
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("93.184.215.14", ip)]
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", lambda *_asked, **_more: found)
    with pytest.raises(NotAllowedThere):
        looked_up(destination(URL, ["hooks.example.org"]))
    subscribed(cast)
    cast.declared(with_evidence=False)
    assert run(cast).failed == 1
    held = Delivery.objects.of(cast.city).get()
    assert (held.state, held.why) == (Sending.FAILED, "address_not_public")


def test_only_published_events_are_told_and_all_of_them_have_words(cast: Cast) -> None:
    for verbs in ([], ["people.token.issued"]):
        with pytest.raises(UnknownEvent):
            subscribe(city=cast.city, name="x", url=URL, verbs=verbs, by=cast.security, at=NOW)
    assert set(EVENTS) <= set(WORDS)
    assert [again_after_s(tries) for tries in (1, 2, 3, 20)] == [60, 120, 240, 21_600]


def test_the_security_administrator_subscribes_sees_and_sends_again(cast: Cast, client: Client, other: Other) -> None:
    client.force_login(cast.security)
    form = {"name": "财务系统", "url": URL, "verbs": ["capital.payment.declared"]}
    page = client.post("/desk/webhooks/", form)
    subscription = Subscription.objects.of(cast.city).get()
    assert secret_of(subscription) in page.content.decode()
    assert secret_of(subscription) not in client.get("/desk/webhooks/").content.decode()
    Subscription.objects.of(cast.city).update(made_at=NOW, noted_at=NOW)
    cast.declared(with_evidence=False)
    other.answers = 500
    run(cast)
    held = Delivery.objects.of(cast.city).get()
    assert client.post(f"/desk/webhooks/deliveries/{held.pk}/again/").status_code == 409
    Delivery.objects.of(cast.city).update(state=Sending.FAILED, ended_at=NOW)
    assert client.post(f"/desk/webhooks/deliveries/{held.pk}/again/").status_code == 302
    assert Delivery.objects.of(cast.city).get().state == Sending.WAITING
    assert client.post(f"/desk/webhooks/{subscription.pk}/stop/").status_code == 302
    assert Delivery.objects.of(cast.city).get().why == "stopped"


def test_while_it_is_paused_what_happens_waits_and_a_trial_goes_the_way_of_all(
    cast: Cast, client: Client, other: Other
) -> None:
    subscription = subscribed(cast)
    client.force_login(cast.security)
    base = f"/desk/webhooks/{subscription.pk}"
    client.post(f"{base}/pause/", {"paused": "1"})
    assert "已暂停" in client.get("/desk/webhooks/").content.decode()
    cast.declared(with_evidence=False)
    client.post(f"{base}/try/")
    Delivery.objects.of(cast.city).update(next_at=NOW)
    assert (run(cast).sent, other.received) == (0, [])
    client.post(f"{base}/pause/", {"paused": "0"})
    assert run(cast).sent == 2
    told = {json.loads(body)["event"] for _, body in other.received}
    assert told == {"machines.subscription.tried", "capital.payment.declared"}
    stop_subscription(subscription=subscription, by=cast.security, at=NOW)
    assert client.post(f"{base}/try/").status_code == 404


def test_another_program_manages_them_by_the_api(cast: Cast, client: Client, other: Other) -> None:
    client.force_login(cast.security)
    made = post(client, "webhooks", {"name": "财务系统", "url": URL, "events": ["capital.payment.declared"]})
    assert made.status_code == 201 and made.json()["secret"].startswith("whsec_")
    key = made.json()["id"]
    listed = client.get("/api/webhooks").json()["rows"]
    assert [(one["id"], one["state"], "secret" in one) for one in listed] == [(key, "active", False)]
    assert post(client, f"webhooks/{key}/pause", {"paused": True}).json()["state"] == "paused"
    assert post(client, f"webhooks/{key}/pause", {"paused": False}).json()["state"] == "active"
    assert post(client, f"webhooks/{key}/try", {}).status_code == 202
    sent = client.get(f"/api/webhook-deliveries?webhook={key}").json()["rows"]
    assert [(one["state"], one["event"]["event"]) for one in sent] == [("waiting", "machines.subscription.tried")]
    again = f"webhook-deliveries/{sent[0]['id']}/again"
    assert post(client, again, {}).json()["code"] == "not_over"
    Delivery.objects.of(cast.city).update(state=Sending.FAILED, ended_at=NOW)
    assert post(client, again, {}).json()["state"] == "waiting"
    assert client.delete(f"/api/webhooks/{key}").status_code == 204
    assert post(client, f"webhooks/{key}/try", {}).json()["code"] == "webhook_stopped"
    assert client.get("/api/webhook-deliveries?state=failed").json()["rows"][0]["why"] == "stopped"


def test_the_api_refuses_hosts_events_and_roles_that_are_not_let_in(cast: Cast, client: Client) -> None:
    client.force_login(cast.security)
    wanted = {"name": "x", "url": "https://evil.example/", "events": ["capital.payment.declared"]}
    assert post(client, "webhooks", wanted).json()["code"] == "host_not_allowed"
    unknown = wanted | {"url": URL, "events": ["people.token.issued"]}
    assert post(client, "webhooks", unknown).json()["code"] == "unknown_event"
    client.force_login(cast.statistician)
    assert client.get("/api/webhooks").status_code == 403


def test_a_form_for_a_host_that_is_not_allowed_says_what_to_do(cast: Cast, client: Client) -> None:
    client.force_login(cast.security)
    page = client.post("/desk/webhooks/", {"name": "x", "url": "https://evil.example/", "verbs": list(EVENTS[:1])})
    assert page.status_code == 422 and "ZHAOSHANG_WEBHOOK_HOSTS" in page.content.decode()


def test_the_page_asks_the_same_of_the_database_for_many_deliveries(cast: Cast, client: Client) -> None:
    subscribed(cast)
    for _ in range(6):
        cast.declared(with_evidence=False)
    note_events(city=cast.city, at=NOW)
    client.force_login(cast.security)
    client.get("/desk/webhooks/")
    assert queries_of(client, "/desk/webhooks/") == QUERY_COUNTS["desk:webhooks"]
    assert client.get("/desk/webhooks/?xlsx=1")["Content-Type"].endswith("sheet")

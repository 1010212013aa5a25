"""What hangs outside keeps nobody waiting inside: mail servers and other programs that take the line and say nothing, or too slowly."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from cast import NOW, Cast
from django.test import Client

from zhaoshang.machines import outgoing
from zhaoshang.machines.outgoing import Destination, post
from zhaoshang.searches.actions import save_search
from zhaoshang.searches.models import Notice
from zhaoshang.searches.rules import LEASE_MINUTES
from zhaoshang.searches.telling import send_waiting

PATIENCE_S = 0.4


class Hanging:
    """Takes every line and answers nothing; or, ``drop``, a byte now and then, for ever."""

    def __init__(self, drop: bytes = b"") -> None:
        self.over, self.lines = Event(), list[socket.socket]()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.drop = drop
        Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while not self.over.is_set():
            with suppress(OSError):
                line, _ = self.door.accept()
                self.lines.append(line)
                Thread(target=self._drip, args=(line,), daemon=True).start()

    def _drip(self, line: socket.socket) -> None:
        with suppress(OSError):
            for byte in iter(lambda: self.drop[:1], b""):
                if self.over.wait(0.1):
                    return
                line.sendall(byte)

    def close(self) -> None:
        self.over.set()
        for line in (self.door, *self.lines):
            line.close()


@pytest.fixture(params=[b"", b"x"], ids=["silent", "a byte now and then"])
def hanging(request: pytest.FixtureRequest) -> Iterator[Hanging]:
    """Somebody out there who hangs."""
    there = Hanging(request.param)
    yield there
    there.close()


def saved(cast: Cast) -> None:
    given: dict[str, Any] = {"given": {"industry": "C", "land": "10"}, "mail": "who@example.org", "language": "zh-hans"}
    assert save_search(city=cast.city, at=NOW, **given)


@pytest.mark.case("H8")
def test_a_program_that_hangs_costs_a_worker_its_patience_and_no_more(
    hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "TIMEOUT_S", PATIENCE_S)
    monkeypatch.setattr(outgoing, "WHOLE_S", PATIENCE_S)
    began = time.monotonic()
    with pytest.raises(OSError):
        post(Destination("localhost", hanging.port, "/", "127.0.0.1", tls=False), b"{}", {})
    assert time.monotonic() - began < 10 * PATIENCE_S


@pytest.mark.case("H8")
def test_a_mail_server_that_says_nothing_is_given_up_and_the_mail_waits(cast: Cast, settings: Any) -> None:
    there = Hanging()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", there.port, PATIENCE_S
    saved(cast)
    began = time.monotonic()
    send_waiting(city=cast.city, at=NOW)
    assert time.monotonic() - began < 10 * PATIENCE_S
    notice = Notice.objects.of(cast.city).get()
    assert (notice.state, notice.tries, notice.why) == ("waiting", 1, "SMTPServerDisconnected")
    there.close()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting(city=cast.city, at=NOW + timedelta(minutes=LEASE_MINUTES + 1)).sent == 1


@pytest.mark.case("H8")
def test_no_page_waits_for_a_mail(cast: Cast, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for mails gets the page; the mail is noted, and a worker sends it."""

    def never(*_given: Any, **_named: Any) -> None:
        raise AssertionError("a page sends no mail itself")

    monkeypatch.setattr("zhaoshang.searches.telling.get_connection", never)
    monkeypatch.setattr("socket.create_connection", never)
    saved(cast)
    settings.CITY = cast.city.code
    client.force_login(cast.officer)
    assert client.get("/desk/").status_code == 200
    assert Notice.objects.of(cast.city).get().state == "waiting"

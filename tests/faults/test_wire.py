"""What no client of the tests can send: lines on the wire, to the server as ``serve`` starts it. Faulty ones are refused, others served."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from faults.served import Served, ask, laid_out, serving

pytestmark = pytest.mark.thorough
HOST = b"Host: localhost\r\n"
LAST = b"Connection: close\r\n\r\n"
SMUGGLED = b"GET /desk/smuggled/ HTTP/1.1\r\n" + HOST + b"\r\n"
POST = b"POST /desk/login/ HTTP/1.1\r\n" + HOST
GET = b"GET /desk/login/ HTTP/1.1\r\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Iterator[Served]:
    with serving(laid_out(tmp_path_factory.mktemp("wire") / "data", empty)) as running:
        while ask(running.port, "GET", "/desk/login/")[0] != 200:
            time.sleep(0.1)
        yield running


def sent(served: Served, said: bytes, patience: float = 20.0) -> bytes:
    """All that comes back until the server closes the line, or for so long."""
    told = b""
    with socket.create_connection(("127.0.0.1", served.port), timeout=patience) as line:
        try:
            line.sendall(said)
            while part := line.recv(65_536):
                told += part
        except (TimeoutError, ConnectionError):
            pass
    return told


def statuses(told: bytes) -> list[int]:
    """Of each answer on the line."""
    return [int(part[:3]) for part in told.split(b"HTTP/1.1 ")[1:]]


HOSTS = {
    "ours and another": GET + HOST + b"Host: evil.example\r\n" + LAST,
    "another and ours": GET + b"Host: evil.example\r\n" + HOST + LAST,
    "ours twice": GET + HOST + HOST + LAST,
    "another alone": GET + b"Host: evil.example\r\n" + LAST,
    "none": GET + LAST,
}


@pytest.mark.parametrize("how", HOSTS)
@pytest.mark.case("D3")
def test_two_host_lines_are_refused_and_the_other_is_repeated_nowhere(served: Served, how: str) -> None:
    told = sent(served, HOSTS[how])
    assert statuses(told) == [400] and b"evil.example" not in told


@pytest.mark.case("D3")
def test_a_host_in_the_line_itself_is_believed_nowhere(served: Served) -> None:
    told = sent(served, b"GET http://evil.example/desk/payments/ HTTP/1.1\r\n" + HOST + LAST)
    assert b"evil.example" not in told and statuses(told) in ([302], [400])


BROKEN = {
    "a length and chunks": POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunks and a length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + SMUGGLED,
    "a length with a sign": POST + b"Content-Length: +0\r\n\r\n" + SMUGGLED,
    "a coding that is none": POST + b"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n" + SMUGGLED,
    "a space before the colon": POST + b"Content-Length : 0\r\n\r\n" + SMUGGLED,
    "a folded line": POST + b"X-A: 1\r\n 2\r\nContent-Length: 0\r\n\r\n" + SMUGGLED,
    "a NUL in a line": POST + b"X-A: 1\x002\r\nContent-Length: 0\r\n\r\n" + SMUGGLED,
    "a chunk of no number": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n" + SMUGGLED,
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "the preface of another version": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a header of a megabyte": GET + HOST + b"X-A: " + b"a" * 1_000_000 + b"\r\n" + LAST,
    "a thousand headers": GET + HOST + b"".join(b"X-%d: 1\r\n" % n for n in range(1_000)) + LAST,
    "an address of 100 KB": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + LAST,
    "ten thousand parameters": b"GET /?"
    + b"&".join(b"a%d=1" % n for n in range(10_000))
    + b" HTTP/1.1\r\n"
    + HOST
    + LAST,
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.case("D10")
def test_what_two_servers_would_read_differently_or_is_too_long_is_refused_alone(served: Served, how: str) -> None:
    """One refusal, the line is closed, and what stood behind it is never taken for a request."""
    told = sent(served, BROKEN[how])
    assert all(400 <= status < 500 for status in statuses(told)) and len(statuses(told)) <= 1, told[:300]
    assert ask(served.port, "GET", "/desk/login/")[0] == 200


@pytest.mark.case("D10")
def test_those_who_send_drop_by_drop_hold_up_nobody_and_are_shown_out(served: Served) -> None:
    """Two hundred begin a request and do not end it; meanwhile every other visitor is answered as fast as before or within twice that."""
    alone = taken(served)
    with ExitStack() as held:
        slow = []
        for place in range(200):
            line = held.enter_context(socket.create_connection(("127.0.0.1", served.port), timeout=90))
            line.sendall(GET + b"Host: loc" if place % 2 else POST + b"Content-Length: 1000\r\n\r\nusername=")
            slow.append(line)
        assert (
            taken(served) < 2 * alone + 10.0
        )  # they are shown out after far longer; a busy machine takes a second or two
        began = time.monotonic()
        assert slow[1].recv(1_000).partition(b"\r\n")[0][9:12] in (b"", b"408")
        assert time.monotonic() - began < 60


def taken(served: Served) -> float:
    """The slowest of twenty visitors, in seconds."""
    spans: list[Any] = []
    for _ in range(20):
        began = time.monotonic()
        assert ask(served.port, "GET", "/desk/login/")[0] == 200
        spans.append(time.monotonic() - began)
    return float(max(spans))

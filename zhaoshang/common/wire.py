"""Talk over the network that cannot be led elsewhere and cannot last: no redirect, no proxy, bounded in time and size. Plain Python."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

TIMEOUT_S, WHOLE_S = 5, 8
LARGEST = 512 * 1024


def ask(url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """Status and content that ``url`` answers: by POST with a ``body``, else by GET. Raises ``OSError``, also for a broken answer or one
    of more than :data:`LARGEST` bytes."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    connection = HTTPConnection(parts.hostname, parts.port, timeout=TIMEOUT_S)
    if parts.scheme == "https":
        tls = ssl.create_default_context()
        connection = HTTPSConnection(parts.hostname, parts.port, timeout=TIMEOUT_S, context=tls)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.connect()
        with cut_after(connection.sock, WHOLE_S):
            connection.request("GET" if body is None else "POST", path, body, dict(headers or {}))
            answer = connection.getresponse()
            content = answer.read(LARGEST + 1)
    except HTTPException as broken:
        raise OSError(type(broken).__name__) from broken
    finally:
        connection.close()
    if len(content) > LARGEST:
        raise OSError("too large")
    return answer.status, content


@contextmanager
def cut_after(line: socket.socket, seconds: float) -> Iterator[None]:
    """End the talk when it has lasted so long, however much comes: for who answers a byte at a time."""

    def cut() -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

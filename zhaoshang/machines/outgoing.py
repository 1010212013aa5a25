"""Requests that leave the building: only to hosts that the installation allows, to public addresses, over TLS, never redirected."""

import ipaddress
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from zhaoshang.common.wire import cut_after

TIMEOUT_S = 10
WHOLE_S = 30  # for who answers a byte at a time


class NotAllowedThere(ValueError):
    """The address may not be written to; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Destination:
    """A looked-up address: ``ip`` is where the connection goes, so that a name cannot mean another one a moment later."""

    host: str
    port: int
    path: str
    ip: str = ""
    tls: bool = True


def destination(url: str, allowed: Sequence[str]) -> Destination:
    """The parts of ``url``, not looked up yet. Raises :class:`NotAllowedThere`: https, a host of ``allowed``, no password, no fragment."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise NotAllowedThere("bad_url") from None
    if not url.isascii() or not url.isprintable() or " " in url:
        raise NotAllowedThere("bad_url")
    if parts.scheme != "https" or not parts.hostname or parts.username is not None or parts.fragment:
        raise NotAllowedThere("bad_url")
    if parts.hostname.rstrip(".") not in allowed:
        raise NotAllowedThere("host_not_allowed")
    return Destination(parts.hostname, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def looked_up(wanted: Destination) -> Destination:
    """With the address to connect to. Raises :class:`NotAllowedThere` when any address of the name is not a public one, ``OSError``
    when there is none."""
    found = socket.getaddrinfo(wanted.host, wanted.port, type=socket.SOCK_STREAM)
    ips = [str(one[4][0]) for one in found]
    if not ips or not all(_public(ip) for ip in ips):
        raise NotAllowedThere("address_not_public")
    return Destination(wanted.host, wanted.port, wanted.path, ips[0])


def _public(text: str) -> bool:
    ip = ipaddress.ip_address(text.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    return ip.is_global and inner.is_global and not ip.is_multicast


def post(there: Destination, body: bytes, headers: dict[str, str]) -> int:
    """Send it; the status of the answer, whose body is not read. Raises ``OSError``, also for a broken answer."""
    connection = HTTPConnection(there.host, there.port, timeout=TIMEOUT_S)
    if there.tls:
        connection = HTTPSConnection(there.host, there.port, timeout=TIMEOUT_S)
    try:
        plain = socket.create_connection((there.ip, there.port), timeout=TIMEOUT_S)
        tls = ssl.create_default_context()
        connection.sock = tls.wrap_socket(plain, server_hostname=there.host) if there.tls else plain
        with cut_after(connection.sock, WHOLE_S):
            connection.request("POST", there.path, body, headers)
            return connection.getresponse().status
    except HTTPException as broken:
        raise OSError(type(broken).__name__) from broken
    finally:
        connection.close()

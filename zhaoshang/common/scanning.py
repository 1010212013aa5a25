"""A file held against a virus scanner that speaks clamd's protocol (``PING`` and ``INSTREAM``; clamd(8)). Plain Python.

Whatever is not a clear answer in time is :class:`ScannerAway`: who asks must not take the file.
"""

import socket
import struct
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

SIGN_OF_LIFE_S = 1.0
LONGEST_ANSWER = 4096
PIECE = 64 * 1024


class ScannerAway(Exception):
    """The scanner gave no verdict; ``code`` says why: ``unreachable``, ``silent``, ``nonsense``, ``too_large``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadAddress(ValueError):
    """A scanner's address is ``unix:/path/to/socket`` or ``host:port``."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where it listens, and the seconds that looking at one file may take from the first byte to the verdict."""

    address: str
    seconds: float

    def __post_init__(self) -> None:
        """Raises :class:`BadAddress`."""
        host, _, port = self.address.rpartition(":")
        if not self.address.startswith("unix:/") and not (host and port.isdigit()):
            raise BadAddress(self.address)

    def lives(self) -> None:
        """Raises :class:`ScannerAway` unless it says so within :data:`SIGN_OF_LIFE_S`."""
        if self._asked(b"zPING\0", (), SIGN_OF_LIFE_S) != "PONG":
            raise ScannerAway("nonsense")

    def found(self, pieces: Iterable[bytes]) -> str:
        """The name of what it found in the file; empty for a clean one. Raises :class:`ScannerAway`."""
        told = self._asked(b"zINSTREAM\0", pieces, self.seconds)
        if told == "stream: OK":
            return ""
        if told.startswith("stream: ") and told.endswith(" FOUND"):
            return told.removeprefix("stream: ").removesuffix(" FOUND").strip() or "?"
        raise ScannerAway("too_large" if "size limit exceeded" in told else "nonsense")

    def _asked(self, command: bytes, pieces: Iterable[bytes], seconds: float) -> str:
        line = _Line(monotonic() + seconds)
        try:
            with line.to(self.address):
                # Who refuses a file in its midst has said why before closing: what it said is read all the same.
                with suppress(BrokenPipeError, ConnectionResetError):
                    line.send(command)
                    for piece in pieces:
                        line.send(struct.pack(">L", len(piece)) + piece)
                    if command != b"zPING\0":
                        line.send(struct.pack(">L", 0))
                return line.answer()
        except TimeoutError:
            raise ScannerAway("silent") from None
        except OSError:
            raise ScannerAway("unreachable") from None


class _Line:
    """A connection on which all that is sent and heard ends by ``deadline``, however slowly the other side goes."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline

    def to(self, address: str) -> socket.socket:
        if address.startswith("unix:"):
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._wait()
            self.socket.connect(address.removeprefix("unix:"))
        else:
            host, _, port = address.rpartition(":")
            self.socket = socket.create_connection(
                (host.strip("[]"), int(port)), max(0.01, self.deadline - monotonic())
            )
        return self.socket

    def _wait(self) -> None:
        left = self.deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        self.socket.settimeout(left)

    def send(self, told: bytes) -> None:
        self._wait()
        self.socket.sendall(told)

    def answer(self) -> str:
        """Up to the NUL that ends it, or the end of the line."""
        heard = b""
        while b"\0" not in heard and len(heard) < LONGEST_ANSWER:
            self._wait()
            piece = self.socket.recv(LONGEST_ANSWER)
            if not piece:
                break
            heard += piece
        if not heard:
            raise ScannerAway("unreachable")
        return heard.partition(b"\0")[0].decode("utf-8", "replace").strip()

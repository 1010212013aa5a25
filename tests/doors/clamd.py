"""A scanner that speaks clamd's protocol and behaves as a test wants: no part of it is ClamAV's."""

import io
import socket
import struct
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from zhaoshang.common.files.identifying import TEST_VIRUS

HANGS_S = 30.0


class Clamd(threading.Thread):
    """``manner``: ``good``, ``hangs`` (accepts, says nothing), ``slow`` (lives, but gives no verdict), ``cuts``, ``nonsense``, ``small``
    (refuses what is longer than a few bytes, as clamd does by StreamMaxLength), ``drips`` (a byte at a time)."""

    def __init__(self, line: socket.socket, manner: str) -> None:
        super().__init__(daemon=True)
        self.line, self.manner, self.seen = line, manner, 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                caller, _ = self.line.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        with caller:
            try:
                self._answer(caller)
            except OSError:
                return

    def _answer(self, caller: socket.socket) -> None:
        if self.manner == "hangs":
            self.over.wait(HANGS_S)
            return
        command = caller.recv(6 if (head := caller.recv(1, socket.MSG_PEEK)) == b"z" else 1)
        assert head == b"z", command
        if command == b"zPING\0":
            caller.sendall(b"PONG\0")
            return
        caller.recv(4)  # the rest of INSTREAM
        if self.manner == "cuts":
            caller.recv(10)
            return
        if self.manner == "small":
            caller.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
        content = self._content(caller)
        self.seen += 1
        if self.manner == "slow":
            self.over.wait(HANGS_S)
        elif self.manner == "drips":
            for letter in b"stream: OK\0":
                caller.sendall(bytes([letter]))
                sleep(0.2)
        elif self.manner == "nonsense":
            caller.sendall(b"stream: FINE, I THINK\0")
        else:
            caller.sendall(b"stream: Test.Virus FOUND\0" if _is_sick(content) else b"stream: OK\0")

    def _content(self, caller: socket.socket) -> bytes:
        content, reader = b"", caller.makefile("rb")
        while length := struct.unpack(">L", reader.read(4))[0]:
            content += reader.read(length)
        return content


def _is_sick(content: bytes) -> bool:
    if TEST_VIRUS in content:
        return True
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return any(_is_sick(package.read(name)) for name in package.namelist())


@contextmanager
def clamd(manner: str = "good", folder: Path | None = None) -> Iterator[tuple[str, Clamd]]:
    """Its address (a socket in ``folder``, else a port) while it runs, and itself."""
    if folder:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.bind(str(folder / "s"))
        address = f"unix:{folder / 's'}"
    else:
        line = socket.socket()
        line.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{line.getsockname()[1]}"
    line.listen()
    one = Clamd(line, manner)
    one.start()
    try:
        yield address, one
    finally:
        one.over.set()
        line.close()


def zipped(name: str, content: bytes, **others: bytes) -> bytes:
    """A zip with that in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for called, inside in {name: content, **others}.items():
            package.writestr(called, inside)
    return held.getvalue()

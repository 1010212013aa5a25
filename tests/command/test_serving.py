"""``serve`` holds the web server and the worker together: a child that dies comes back, and one signal ends all."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

pytestmark = [pytest.mark.installation, pytest.mark.thorough]
WITHIN_S = 120


@dataclass
class Server:
    """A running ``serve``."""

    folder: Path
    port: int
    process: "subprocess.Popen[str]"

    def answers(self) -> bool:
        """Whether a page comes back, whatever it says."""
        try:
            urlopen(f"http://127.0.0.1:{self.port}/desk/login/", timeout=5).close()
        except HTTPError as error:
            return error.code < 500
        except (URLError, OSError):
            return False
        return True

    def children(self) -> list[int]:
        """The processes that it started."""
        listed = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(line) for line in listed.stdout.split()]


def start(folder: Path, *words: str) -> "subprocess.Popen[str]":
    env = {**os.environ, "ZHAOSHANG_DATA": str(folder), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "zhaoshang.cli", "serve", *words]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + WITHIN_S
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.3)
    return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Iterator[Server]:
    """One server for the tests below."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("serving")
    copyfile(empty, folder / "zhaoshang.sqlite3")
    running = Server(folder, port, start(folder, "--port", str(port), "--workers", "1"))
    assert eventually(running.answers)
    yield running
    running.process.kill()


@pytest.mark.case("H1")
def test_a_killed_web_server_comes_back(server: Server) -> None:
    before = server.children()
    assert len(before) == 3
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: len(server.children()) == 3 and server.children() != before)
    assert eventually(server.answers)


@pytest.mark.case("H11")
def test_a_second_server_on_the_same_folder_is_refused(server: Server) -> None:
    second = start(server.folder, "--port", str(server.port + 1))
    assert second.wait(WITHIN_S) == 2
    assert second.stderr is not None and "已有服务在运行" in second.stderr.read()


def test_one_signal_ends_the_server_and_its_worker(server: Server) -> None:
    children = server.children()
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(WITHIN_S) == 0
    assert not any(Path(f"/proc/{child}").exists() for child in children)


@pytest.mark.case("H1")
def test_who_kills_the_server_frees_its_port_too(server: Server) -> None:
    again = Server(server.folder, server.port, start(server.folder, "--port", str(server.port), "--workers", "1"))
    assert eventually(again.answers)
    children = again.children()
    again.process.kill()
    assert len(children) == 3 and eventually(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    assert not again.answers()

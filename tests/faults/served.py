"""An installation of its own, served as it is run: a folder with the cast's city, ``serve`` on a port, callers over the line.

``python -m faults.served fill`` makes the city in the installation of the environment; ``… look`` tells what stands there.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from typing import Any

ROOT = Path(__file__).parents[2]
WITHIN_S = 180
SAFETY = ROOT / "zhaoshang/people/samples/safety.toml"
HEADERS = {"Content-Type": "application/json"}


def fill() -> None:
    """The cast's city, and keys of those who declare and decide."""
    from api.asking import key_of
    from cast import assemble

    cast = assemble()
    told = {name: key_of(cast, getattr(cast, name)) for name in ("officer", "verifier", "statistician")}
    print(json.dumps(told | {"project": cast.plant.code}))


def look() -> None:
    """What the account holds, and what is wrong with it."""
    from zhaoshang.capital import rollup
    from zhaoshang.capital.checkpoints import walk
    from zhaoshang.capital.models import Payment
    from zhaoshang.people.models import Event
    from zhaoshang.tenancy.models import City

    city = City.objects.get()
    lines = Event.objects.of(city).filter(verb__startswith="capital.payment.").values_list("verb", "about_id")
    rows = dict(Payment.objects.of(city).values_list("id", "standing"))
    noted = [str(key) for verb, key in lines if verb.endswith("declared")]
    wrong = [*map(str, walk(city).faults), *map(str, rollup.drift(city))]
    wrong += [] if sorted(noted) == sorted(map(str, rows)) else ["declarations and their lines in the diary differ"]
    print(json.dumps({"payments": {str(key): standing for key, standing in rows.items()}, "wrong": wrong}))


@dataclass
class Installation:
    """A data folder with the cast's city. ``keys``: of the API, by the name of who holds it; ``also``: what its processes are told more."""

    folder: Path
    keys: dict[str, str]
    address: str = ""
    also: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        own = {"ZHAOSHANG_DATA": str(self.folder), "DATABASE_URL": self.address, "ZHAOSHANG_CITY": "dalian"}
        own |= {"ZHAOSHANG_REQUEST_LOG_LEVEL": "CRITICAL", "ZHAOSHANG_SAFETY": str(self.folder / "safety.toml")}
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests"), str(ROOT / "tools")])
        return {
            **os.environ,
            **own,
            "PYTHONPATH": path,
            "DJANGO_SETTINGS_MODULE": "zhaoshang.config.settings",
            **self.also,
        }

    def told(self, word: str, module: str = "faults.served") -> dict[str, Any]:
        """What a process of its own finds there: ``fill`` or ``look``."""
        command = [sys.executable, "-m", module, word]
        ran = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr[-3000:]
        said: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
        return said


def laid_out(
    folder: Path, empty: Path | None = None, address: str = "", filled_by: str = "faults.served"
) -> Installation:
    """Make one; ``empty``: a database file with all tables, which saves making them; ``filled_by``: the module that makes its city. Its
    brakes let a test through."""
    made = Installation(folder, {}, address)
    folder.mkdir(parents=True, exist_ok=True)
    eased = SAFETY.read_text("utf-8").replace("at_once = 100\n", "at_once = 100000\n")
    (folder / "safety.toml").write_text(eased, "utf-8")
    if empty is not None and empty.exists():
        copyfile(empty, folder / "zhaoshang.sqlite3")
    made.keys = made.told("fill", filled_by)
    return made


@dataclass
class Served:
    """A running ``serve``."""

    installation: Installation
    port: int
    process: "subprocess.Popen[bytes]"

    def workers(self) -> list[int]:
        """The web server's own processes: those that answer."""
        web = [pid for pid in _children(self.process.pid) if "granian" in _command(pid)]
        return [pid for one in web for pid in _children(one)]

    def web(self) -> list[int]:
        """The web server's process that holds the workers, and they."""
        web = [pid for pid in _children(self.process.pid) if "granian" in _command(pid)]
        return [*web, *self.workers()]

    def kill(self, pids: list[int]) -> None:
        """As the kernel does."""
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def answers(self) -> bool:
        """Whether it does."""
        try:
            return ask(self.port, "GET", "/healthz")[0] == 200
        except OSError:
            return False


@contextmanager
def serving(installation: Installation, workers: int = 2) -> Iterator[Served]:
    """``serve`` until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "zhaoshang.cli", "serve", "--port", str(port), "--workers", str(workers)]
    log = (installation.folder / "log").open("ab")
    running = Served(
        installation, port, subprocess.Popen(command, env=installation.environment, stdout=log, stderr=log)
    )
    try:
        assert eventually(running.answers), (installation.folder / "log").read_text("utf-8")[-3000:]
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(WITHIN_S)
        log.close()


def ask(port: int, verb: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """One request on a line of its own. Raises ``OSError`` when the line breaks before the answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        sent = json.dumps(body) if isinstance(body, dict) else body
        line.request(verb, path, sent, HEADERS | {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, answer.read(), _headers(answer)
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        line.close()


def _headers(answer: http.client.HTTPResponse) -> dict[str, str]:
    """By lower-case name; of several the values are lines."""
    told: dict[str, str] = {}
    for name, value in answer.getheaders():
        low = name.lower()
        told[low] = f"{told[low]}\n{value}" if low in told else value
    return told


def eventually(holds: Callable[[], bool], within_s: float = WITHIN_S) -> bool:
    """Whether it comes to hold."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


def _children(pid: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8")
    except OSError:
        return ""


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    if sys.argv[1] == "fill":
        call_command("migrate", verbosity=0)
    {"fill": fill, "look": look}[sys.argv[1]]()

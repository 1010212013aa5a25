"""sqlmap as this suite runs it: installed for the test alone, asked for one address at a time, its own words read for what it tested."""

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[2] / "requirements/sqlmap.lock"
WITHIN_S = 3 * 60 * 60
TESTED = re.compile(r"testing for SQL injection on (.*parameter '[^\n]+')\n")
HARMLESS = re.compile(r"\[WARNING\] (.*parameter '[^\n]+') does not seem to be injectable")
FOUND = re.compile(r"^Parameter: (.+) \(.+\)$", re.M)
CODES = re.compile(r"^(\d{3}) \([\w ’'-]+\) - (\d+) times", re.M)
NONE = "all tested parameters do not appear to be injectable"


@dataclass(frozen=True, slots=True)
class Target:
    """What sqlmap is given. ``expects``: the parameters of it that must be tested, as sqlmap names them. A star in the address says
    where to put things, and nothing else is tried; ``expects`` has ``#1*`` and on then. ``in_headers``: whether the browser's name, the
    page before and each cookie are tried as well."""

    name: str
    url: str
    data: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    expects: tuple[str, ...] = ()
    in_headers: bool = True


@dataclass
class Seen:
    """What it said of one address: parameters that it tried to the end, those that it found open, answers by status."""

    target: Target
    said: str
    tested: list[str] = field(default_factory=list)
    harmless: list[str] = field(default_factory=list)
    injectable: list[str] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)

    @property
    def untested(self) -> list[str]:
        """What it should have tested and did not."""
        names = [one.partition("parameter '")[2].rstrip("'") for one in self.harmless]
        return [one for one in self.target.expects if one not in names]

    @property
    def ended(self) -> bool:
        """Whether it came to a conclusion."""
        return NONE in self.said or bool(self.injectable)


def installed(folder: Path) -> Path:
    """sqlmap of the locked version, in a folder of its own; raises ``CalledProcessError`` where packages cannot be had."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--target", str(folder), "-r", str(LOCK)]
    subprocess.run(command, check=True)
    return folder / "sqlmap/sqlmap.py"


def run(program: Path, target: Target, dbms: str, folder: Path, level: int = 3) -> Seen:
    """All of its techniques at the level, to the end."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(program), "-u", target.url, "--batch", "--level", str(level), "--dbms", dbms]
    command += ["--output-dir", str(folder / "out"), "--disable-coloring", "--ignore-code=*", "--drop-set-cookie"]
    command += [f"--headers={lines}"] if (lines := "\n".join(f"{a}: {b}" for a, b in _plain(target).items())) else []
    command += ["--cookie", target.headers["Cookie"]] if "Cookie" in target.headers else []
    command += [] if target.in_headers else ["--skip", "user-agent,referer,cookie"]
    command += ["--data", target.data] if target.data else []
    environment = {**os.environ, "HOME": str(folder), "TERM": "dumb"}
    ran: Any = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=WITHIN_S,
    )
    (folder / "said").write_text(ran.stdout + ran.stderr, "utf-8")
    return read(target, ran.stdout + ran.stderr)


def read(target: Target, said: str) -> Seen:
    """What its words tell."""
    codes = Counter({int(code): int(times) for code, times in CODES.findall(said)})
    return Seen(target, said, TESTED.findall(said), HARMLESS.findall(said), FOUND.findall(said), codes)


def _plain(target: Target) -> dict[str, str]:
    return {name: value for name, value in target.headers.items() if name != "Cookie"}

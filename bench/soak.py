"""Whether memory, open files and answering times stay flat: fifty users for two hours, or for as many minutes as are asked for.

``.venv/bin/python bench/soak.py [MINUTES [PAYMENTS]]``. Each user reads the main pages and declares a payment now and then, with a pause
after each; the web server's processes are looked at twelve times. Growth is the last quarter against the second: the first fills caches.
"""

import http.client
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.ledger import command, server, told_inside, wait_for
from bench.load import PAGES, Ask, eased, page, write

USERS, PAUSE_S, LOOKS = 50, 4.0, 12


def use(port: int, asks: list[Ask], over: Event, taken: list[tuple[float, float]], wrong: list[str], seed: int) -> None:
    """One user: a page, a pause, another page."""
    chance = Random(seed)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    while not over.wait(chance.uniform(0, 2 * PAUSE_S)):
        began = time.perf_counter()
        try:
            chance.choice(asks)(line, 0)
        except (OSError, RuntimeError, http.client.HTTPException) as error:
            wrong.append(str(error)[:200])
            line.close()
        taken.append((time.monotonic(), time.perf_counter() - began))
    line.close()


@dataclass(frozen=True, slots=True)
class Look:
    """The server's processes at the end of a stretch of time, and what was asked of them in it."""

    minute: float
    megabytes: float
    files: int
    requests: int
    p95_ms: float

    def __str__(self) -> str:
        return f"| {self.minute:.1f} | {self.megabytes:.0f} | {self.files} | {self.requests} | {self.p95_ms:.0f} |"


@dataclass(frozen=True, slots=True)
class Soaked:
    """What was seen, and whatever went wrong for a user."""

    looks: list[Look]
    wrong: list[str]

    def growth(self, of: Callable[[Look], float]) -> float:
        """The mean of the last quarter against that of the second, which is the first with full caches: 0.1 is a tenth more."""
        quarter = len(self.looks) // 4
        late, early = self.looks[-quarter:], self.looks[quarter : 2 * quarter]
        return statistics.mean(map(of, late)) / statistics.mean(map(of, early)) - 1


def looked(process: psutil.Process) -> tuple[float, int]:
    """Memory in MB and open files of the server's processes."""
    every = [process, *process.children(recursive=True)]
    return sum(one.memory_info().rss for one in every) / 1e6, sum(one.num_fds() for one in every)


def soaked(port: int, told: dict[str, Any], minutes: float) -> Soaked:
    """Let the users loose; each look is printed to stderr as it is taken."""
    asks = [page(path, told) for name, path in PAGES.items() if name != "bare page"] * 3 + [
        write(told, [], [], "declare")
    ]
    over, taken, wrong = Event(), list[tuple[float, float]](), list[str]()
    users = [Thread(target=use, args=(port, asks, over, taken, wrong, seed)) for seed in range(USERS)]
    for user in users:
        user.start()
    serving = next(one for one in psutil.Process().children() if "granian" in " ".join(one.cmdline()))
    looks = list[Look]()
    for look in range(1, LOOKS + 1):
        since = time.monotonic()
        time.sleep(minutes * 60 / LOOKS)
        megabytes, files = looked(serving)
        some = [seconds for at, seconds in taken if at >= since] or [0.0, 0.0]
        p95 = statistics.quantiles(some, n=20)[-1] * 1000
        looks.append(Look(look * minutes / LOOKS, megabytes, files, len(some), p95))
        print(looks[-1], file=sys.stderr, flush=True)
    over.set()
    for user in users:
        user.join()
    return Soaked(looks, wrong)


def soak(minutes: float, payments: str) -> Soaked:
    """A server of its own with so many payments, used for so long."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHAOSHANG_SAFETY"], os.environ["ZHAOSHANG_REQUEST_LOG_LEVEL"] = str(eased(folder)), "CRITICAL"
        command(folder, "generate", "--payments", payments)
        told = told_inside(str(Path(__file__).with_name("load.py")), folder)
        with server(folder) as port:
            wait_for(port)
            return soaked(port, told, minutes)


def main(words: list[str]) -> None:
    """Print the table."""
    seen = soak(float(words[0]) if words else 120.0, words[1] if len(words) > 1 else "10000")
    print("| minute | memory MB | open files | requests | p95 ms |", "|---:|---:|---:|---:|---:|", sep="\n")
    print(*seen.looks, sep="\n")
    asked, memory = sum(look.requests for look in seen.looks), seen.growth(lambda look: look.megabytes)
    print(f"\n{USERS} users, {asked:,} requests, {len(seen.wrong)} faults; memory {memory:+.1%}")
    print(*sorted(set(seen.wrong))[:5], sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])

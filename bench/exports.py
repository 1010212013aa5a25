"""How long pages take while fifty exports wait and are made.

``.venv/bin/python bench/exports.py [PAYMENTS]``; on PostgreSQL: ``tools/with_postgres.py -- .venv/bin/python bench/exports.py``. Ten people
read the main pages, a second of pause after each: first alone, then while fifty files of the whole list of payments are asked for at once
and two workers make them, with the server and its workers as ``serve`` runs them. Stops when the last file is made.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.ledger import command, environment, server, told_inside, wait_for
from bench.load import PAGES, eased, own_database, page

READERS, PAUSE_S, ALONE_S, FILES, WORKERS = 10, 1.0, 20.0, 50, 2
PAYMENTS = 20_000
ENDED_WITHIN_S = 3_600


@dataclass(frozen=True, slots=True)
class Seen:
    """Milliseconds of pages, alone and beside the exports; states of the jobs at the end; the most memory of one worker in MB."""

    alone: list[float]
    beside: list[float]
    states: dict[str, int]
    seconds: float
    worker_megabytes: float

    @staticmethod
    def p95(taken: list[float]) -> float:
        """The slowest twentieth begins here."""
        return statistics.quantiles(taken, n=20)[-1]


def read_on(port: int, told: dict[str, Any], over: Event, taken: list[float], seed: int) -> None:
    """One reader. Raises for any answer but 200."""
    chance, asks = Random(seed), [page(path, told) for name, path in PAGES.items() if name != "bare page"]
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    while not over.wait(chance.uniform(0, 2 * PAUSE_S)):
        began = time.perf_counter()
        chance.choice(asks)(line, 0)
        taken.append((time.perf_counter() - began) * 1000)
    line.close()


@contextmanager
def readers(port: int, told: dict[str, Any], taken: list[float]) -> Iterator[None]:
    """Ten of them as long as the block lasts."""
    over = Event()
    every = [Thread(target=read_on, args=(port, told, over, taken, seed)) for seed in range(READERS)]
    for one in every:
        one.start()
    try:
        yield
    finally:
        over.set()
        for one in every:
            one.join()


def asked_for(port: int, told: dict[str, Any], number: int) -> None:
    """The whole list of payments as a file; one of fifty that differ in nothing but their number."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Authorization": f"Bearer {told['statistician']}", "Content-Type": "application/json"}
    line.request("POST", "/api/jobs", json.dumps({"path": f"/desk/payments/?xlsx=1&n={number}"}), headers)
    answer = line.getresponse()
    if answer.status != 202:
        raise RuntimeError(f"{answer.status} {answer.read()[:200]!r}")
    line.close()


def states(port: int, told: dict[str, Any]) -> dict[str, int]:
    """How many jobs are in which state."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    found: dict[str, int] = {}
    after = ""
    while True:
        line.request("GET", f"/api/jobs{after}", headers={"Authorization": f"Bearer {told['statistician']}"})
        some = json.loads(line.getresponse().read())
        for one in some["rows"]:
            found[one["state"]] = found.get(one["state"], 0) + 1
        if not some["next"]:
            line.close()
            return found
        after = f"?after={some['next']}"


def measured(payments: int) -> Seen:
    """On a server of its own with so many payments."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHAOSHANG_SAFETY"], os.environ["ZHAOSHANG_REQUEST_LOG_LEVEL"] = str(eased(folder)), "CRITICAL"
        if given := os.environ.get("DATABASE_URL", ""):
            os.environ["BENCH_DATABASE_URL"] = own_database(given, "bench_exports")
        command(folder, "generate", "--payments", str(payments))
        told = told_inside(str(Path(__file__).with_name("load.py")), folder)
        work = [sys.executable, "-m", "zhaoshang.cli", "work"]
        with server(folder) as port:
            wait_for(port)
            slots = [[*work, "--slot", str(slot)] for slot in range(1, WORKERS + 1)]
            workers = [subprocess.Popen(words, env=environment(folder)) for words in slots]
            try:
                return _watched(port, told, [psutil.Process(one.pid) for one in workers])
            finally:
                for one in workers:
                    one.terminate()
                    one.wait()


def _watched(port: int, told: dict[str, Any], workers: list[psutil.Process]) -> Seen:
    alone, beside, most = list[float](), list[float](), 0.0
    with readers(port, told, []):  # fills caches, and does not count
        time.sleep(ALONE_S / 2)
    with readers(port, told, alone):
        time.sleep(ALONE_S)
    began = time.monotonic()
    with readers(port, told, beside):
        asking = [Thread(target=asked_for, args=(port, told, number)) for number in range(FILES)]
        for one in asking:
            one.start()
        for one in asking:
            one.join()
        found = states(port, told)
        while {"waiting", "running"} & {*found} and time.monotonic() < began + ENDED_WITHIN_S:
            time.sleep(1)
            most = max([most, *(one.memory_info().rss / 1e6 for one in workers)])
            found = states(port, told)
    return Seen(alone, beside, found, time.monotonic() - began, most)


def main(words: list[str]) -> None:
    """Print the table."""
    payments = int(words[0]) if words else PAYMENTS
    seen = measured(payments)
    print(f"| ten readers, {payments:,} payments | pages | median ms | p95 ms |\n|---|---:|---:|---:|")
    for name, taken in (("alone", seen.alone), (f"beside {FILES} exports", seen.beside)):
        print(f"| {name} | {len(taken)} | {statistics.median(taken):.0f} | {seen.p95(taken):.0f} |")
    ratio = seen.p95(seen.beside) / seen.p95(seen.alone)
    print(f"| so many times | | {statistics.median(seen.beside) / statistics.median(seen.alone):.1f}× | {ratio:.1f}× |")
    print(
        f"\nJobs at the end: {seen.states}, {seen.seconds:.0f} s for all; the largest worker took {seen.worker_megabytes:.0f} MB."
    )


if __name__ == "__main__":
    main(sys.argv[1:])

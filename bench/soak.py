"""Whether memory, open files and answering times stay flat: fifty users for two hours, or for as many minutes as are asked for.

``.venv/bin/python bench/soak.py [MINUTES [PAYMENTS]]``. Each user reads the main pages and declares a payment now and then, with a pause
after each; the web server's processes are looked at twelve times. Growth is the last quarter against the second: the first fills caches.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.ledger import command, environment, server, wait_for
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


def looked(process: psutil.Process) -> tuple[float, int]:
    """Memory in MB and open files of the server's processes."""
    every = [process, *process.children(recursive=True)]
    return sum(one.memory_info().rss for one in every) / 1e6, sum(one.num_fds() for one in every)


def soaked(port: int, told: dict[str, Any], minutes: float) -> list[str]:
    """Let the users loose; the table's lines."""
    asks = [page(path, told) for name, path in PAGES.items() if name != "bare page"] * 3 + [
        write(told, [], [], "declare")
    ]
    over, taken, wrong = Event(), list[tuple[float, float]](), list[str]()
    users = [Thread(target=use, args=(port, asks, over, taken, wrong, seed)) for seed in range(USERS)]
    for user in users:
        user.start()
    serving = next(one for one in psutil.Process().children() if "granian" in " ".join(one.cmdline()))
    lines, memory = (
        ["| minute | memory MB | open files | requests | p95 ms |", "|---:|---:|---:|---:|---:|"],
        list[float](),
    )
    for look in range(1, LOOKS + 1):
        since = time.monotonic()
        time.sleep(minutes * 60 / LOOKS)
        megabytes, files = looked(serving)
        memory.append(megabytes)
        some = [seconds for at, seconds in taken if at >= since] or [0.0, 0.0]
        p95 = statistics.quantiles(some, n=20)[-1] * 1000
        lines.append(f"| {look * minutes / LOOKS:.1f} | {megabytes:.0f} | {files} | {len(some)} | {p95:.0f} |")
        print(lines[-1], file=sys.stderr)
    over.set()
    for user in users:
        user.join()
    quarter = LOOKS // 4
    growth = statistics.mean(memory[-quarter:]) / statistics.mean(memory[quarter : 2 * quarter]) - 1
    lines += [
        "",
        f"{USERS} users, {minutes:g} minutes, {len(taken):,} requests, {len(wrong)} faults; memory {growth:+.1%}",
    ]
    return [*lines, *sorted(set(wrong))[:5]]


def main(words: list[str]) -> None:
    """Print the table."""
    minutes, payments = float(words[0]) if words else 120.0, words[1] if len(words) > 1 else "10000"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHAOSHANG_SAFETY"], os.environ["ZHAOSHANG_REQUEST_LOG_LEVEL"] = str(eased(folder)), "CRITICAL"
        command(folder, "generate", "--payments", payments)
        inside = [sys.executable, str(Path(__file__).with_name("load.py")), "--inside"]
        ran = subprocess.run(inside, env=environment(folder), stdout=subprocess.PIPE, text=True, check=True)
        told = json.loads(ran.stdout.splitlines()[-1])
        with server(folder) as port:
            wait_for(port)
            print("\n".join(soaked(port, told, minutes)))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Whether the cost of pages grows with the ledger, and how fast a ledger is made and verified.

Alone: ``.venv/bin/python bench/ledger.py [SIZE …]``. Each size gets a data folder of its own, filled by ``zhaoshang generate`` and
thrown away; pages are asked for over HTTP from the server as it is run (granian, 2 workers, one blocking thread).
"""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000, 1_000_000)
PERIOD = "2024Q4"
TIMES, WARM_UP = 60, 10
VERIFIED = 100_000  # larger ledgers are verified at the same rate: each entry is read and hashed once
PAGES = {
    "league page": f"/desk/league/?indicator=capital_in_place&period={PERIOD}",
    "cockpit page": f"/desk/cockpit/?period={PERIOD}",
    "forecast page": "/desk/forecast/?indicator=capital_in_place&month=2024-10",
    "figure page": f"/desk/figures/capital_in_place/load001/{PERIOD}/",
    "bare page": "/bare/",
}


def environment(folder: str) -> dict[str, str]:
    """The processes' environment: one data folder, the generated city, the bench's addresses."""
    own = {
        "ZHAOSHANG_DATA": folder,
        "ZHAOSHANG_CITY": "load001",
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", ""),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    return {**os.environ, **own, "PYTHONPATH": str(ROOT)}


def command(folder: str, *words: str) -> dict[str, float]:
    """A command of the system with ``--json``; what it said."""
    ran = subprocess.run(
        [sys.executable, "-m", "zhaoshang.cli", *words, "--json"],
        env=environment(folder),
        stdout=subprocess.PIPE,
        check=True,
    )
    said: dict[str, float] = json.loads(ran.stdout)
    return said


def told_inside(script: str, folder: str) -> Any:
    """What ``script --inside`` prints at the end, in JSON, in a process of the installation."""
    words = [sys.executable, script, "--inside"]
    ran = subprocess.run(words, env=environment(folder), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ran.stdout.splitlines()[-1])


def quick_ms(work: Callable[[], object]) -> float:
    """The lower quartile of many calls, in milliseconds, after some that do not count: a busy machine moves it least."""
    for _ in range(WARM_UP):
        work()
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.quantiles(taken, n=4)[0] * 1000


def in_process() -> dict[str, float]:
    """What the pages rest on, asked in one process: ours beside the same question in bare SQL. Run by :func:`measured`."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client

    from zhaoshang.common.periods import Period, parse_month
    from zhaoshang.figures.forecast import forecast
    from zhaoshang.figures.league import league
    from zhaoshang.figures.queries import figure, growth
    from zhaoshang.people.sessions import begin
    from zhaoshang.tenancy.models import City

    city, period = City.objects.get(), Period.parse(PERIOD)
    key = city.pk if connection.features.has_native_uuid_field else city.pk.hex

    def asked(sql: str) -> Callable[[], object]:
        def ask() -> object:
            with connection.cursor() as cursor:
                cursor.execute(sql, [key, period.first, period.last])
                return cursor.fetchall()

        return ask

    rolled = (
        "SELECT unit_id, SUM(amount_fen) FROM capital_total"
        " WHERE city_id = %s AND facet = '' AND month BETWEEN %s AND %s GROUP BY unit_id"
    )
    raw = (
        "SELECT unit_id, SUM(amount_fen) FROM capital_payment"
        " WHERE city_id = %s AND standing = 'verified' AND report_month BETWEEN %s AND %s GROUP BY unit_id"
    )

    def foretold() -> object:
        cache.clear()
        return forecast(city, "capital_in_place", parse_month("2024-10"))

    client = Client()
    client.force_login(get_user_model().objects.get(username="load001-statistician"))
    session = client.session
    begin(session)
    session.save()
    print(client.cookies["zhaoshang_session"].value, file=sys.stderr)
    return {
        "league": quick_ms(lambda: league(city, "capital_in_place", period)),
        "forecast, not kept": quick_ms(foretold),
        "figure": quick_ms(lambda: growth(figure(city, "capital_in_place", period))),
        "SQL over roll-ups": quick_ms(asked(rolled)),
        "SQL over payments": quick_ms(asked(raw)),
    }


@contextmanager
def server(folder: str) -> Iterator[int]:
    """The web server as ``serve`` runs it; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"], env=environment(folder), check=True
    )
    words = [
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "1",
        "--log-level",
        "error",
    ]
    running = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, "zhaoshang.config.wsgi:application"], env=environment(folder)
    )
    try:
        yield port
    finally:
        running.terminate()
        running.wait()


def page(port: int, path: str, session: str) -> Callable[[], object]:
    """One request on a kept connection. Raises for any answer but 200."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask() -> object:
        line.request("GET", path, headers={"Cookie": f"zhaoshang_session={session}"})
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
        return body

    return ask


def wait_for(port: int) -> None:
    """Until the server answers."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            page(port, "/bare/", "")()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def measured(size: int) -> dict[str, float]:
    """Everything at one size of the ledger."""
    with tempfile.TemporaryDirectory() as folder:
        made = command(folder, "generate", "--payments", str(size))
        inner = subprocess.run(
            [sys.executable, __file__, "--inside"], env=environment(folder), capture_output=True, text=True, check=True
        )
        found: dict[str, float] = json.loads(inner.stdout)
        session = inner.stderr.strip().splitlines()[-1]
        with server(folder) as port:
            wait_for(port)
            found |= {name: quick_ms(page(port, path, session)) for name, path in PAGES.items()}
        found["generate rows/s"] = made["rows_per_second"]
        if size <= VERIFIED:
            found["verify-ledger rows/s"] = command(folder, "verify-ledger")["rows_per_second"]
    return found


def table(found: dict[int, dict[str, float]]) -> list[str]:
    """The measurements as a Markdown table; ``growth`` is the last size against the first."""
    sizes = list(found)
    lines = [
        "| ms (lower quartile) | " + " | ".join(f"{size:,} payments" for size in sizes) + " | growth |",
        "|---|" + "---:|" * (len(sizes) + 1),
    ]
    for name in found[sizes[0]]:
        values = [found[size].get(name) for size in sizes]
        shown = ["" if value is None else f"{value:,.0f}" if "rows/s" in name else f"{value:.2f}" for value in values]
        growth = "" if values[-1] is None or values[0] is None else f"{values[-1] / values[0]:.2f}×"
        lines.append(f"| {name} | " + " | ".join(shown) + f" | {growth} |")
    return lines


def main(words: list[str]) -> None:
    """Print the table for the sizes given, or all."""
    if words == ["--inside"]:
        print(json.dumps(in_process()))
        return
    sizes = [int(word) for word in words] or list(SIZES)
    print("\n".join(table({size: measured(size) for size in sizes})))


if __name__ == "__main__":
    main(sys.argv[1:])

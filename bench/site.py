"""The public site under load: fifty requests a second, sent when they are due; beside a bare Django page on the same server.

Alone: ``.venv/bin/python bench/site.py [SECONDS [FOLDER]]``. Loads the demo city into a data folder of its own, or takes the one in
``FOLDER``, then asks for each page
at 50/s for so many seconds (20 unless told), over HTTP from the server as it is run (granian, 2 workers, one blocking thread each). A
request's time runs from the moment at which it was due, so a server that falls behind is not flattered.
"""

import asyncio
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PER_SECOND, SECONDS, ROUNDS = 50, 20, 2
TURNS = 40
BARE = "bare page"


def environment(folder: str) -> dict[str, str]:
    """One data folder, the demo city, the bench's addresses."""
    own = {
        "ZHAOSHANG_DATA": folder,
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "ZHAOSHANG_MAIL": "",
    }
    return {**os.environ, **own, "PYTHONPATH": str(ROOT)}


def addresses(folder: str) -> dict[str, str]:
    """The pages that are asked for, with a parcel of the demo city."""
    ask = "\n".join([
        "import django; django.setup()",
        "from django.utils import timezone",
        "from zhaoshang.opportunities.models import Opportunity",
        "from zhaoshang.tenancy.clock import clock_of",
        "from zhaoshang.tenancy.models import City",
        "city = City.objects.get()",
        "with clock_of(city):",
        "    print(Opportunity.objects.listed(city, timezone.now()).filter(kind='parcel').order_by('code').first().code)",
    ])  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", ask], env=environment(folder), stdout=subprocess.PIPE, text=True, check=True
    )
    code = ran.stdout.strip()
    return {
        BARE: "/bare/",
        "front page": "/",
        "list": "/opportunities/",
        "list, filtered": "/opportunities/?kind=parcel&area_from=10000",
        "map": "/opportunities/map/",
        "entry": f"/opportunities/{code}/",
        "match": "/opportunities/match/?industry=C&land=50",
        "articles": "/articles/",
        "edition": "/editions/1/",
        "open data": "/opportunities/data/opportunities.json",
        "calendar": "/calendar/site.ics",
    }


@contextmanager
def server(folder: str) -> Iterator[int]:
    """Running on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "1",
    ]
    command = [sys.executable, "-m", "granian", *words, "--log-level", "warning", "zhaoshang.config.wsgi:application"]
    running = subprocess.Popen(command, env=environment(folder))
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait(20)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            asked.request("GET", "/bare/")
            if asked.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")


async def _one(port: int, path: str, due: float) -> tuple[float, int]:
    """Milliseconds from the moment it was due to its last byte, and its status."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
    )
    answer = await reader.read()
    writer.close()
    return (time.perf_counter() - due) * 1000, int(answer.split(b" ", 2)[1])


async def _load(port: int, path: str, seconds: int) -> list[float]:
    """The times of all requests, sent when they are due. Raises ``RuntimeError`` for an answer other than 200."""
    await asyncio.gather(
        *(_one(port, path, time.perf_counter()) for _ in range(4))
    )  # each worker has read its templates
    begin, tasks = time.perf_counter(), []
    for number in range(seconds * PER_SECOND):
        due = begin + number / PER_SECOND
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        tasks.append(asyncio.create_task(_one(port, path, due)))
    answers = await asyncio.gather(*tasks)
    if wrong := {status for _ms, status in answers} - {200}:
        raise RuntimeError(f"{path}: {wrong}")
    return [ms for ms, _status in answers]


def processor_ms(paths: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Milliseconds of the processor for a request inside one process, made anew and kept ready: what a busy machine moves least."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    client, found = Client(), {}
    for name, path in paths.items():
        spent = []
        for settings.KEEP_PUBLIC_PAGES in (False, True):
            for _turn in range(3):
                client.get(path, headers={"host": "localhost"})
            begin = time.process_time()
            for _turn in range(TURNS):
                client.get(path, headers={"host": "localhost"})
            spent.append((time.process_time() - begin) * 1000 / TURNS)
        found[name] = (spent[0], spent[1])
    return found


def _processor(folder: str) -> dict[str, tuple[float, float]]:
    ran = subprocess.run(
        [sys.executable, __file__, "--processor", json.dumps(addresses(folder))],
        env=environment(folder),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, tuple[float, float]] = json.loads(ran.stdout)
    return found


def _gather(folder: str) -> None:
    """Styles and scripts into the data folder, as serving does before it begins."""
    words = ["collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *words], env=environment(folder), check=True)


def quantiles(times: list[float]) -> tuple[float, float, float]:
    """Median, 95th and 99th percentile."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return statistics.median(times), cuts[94], cuts[98]


def main(words: list[str]) -> None:
    """Measure each page in turn, twice over, and print the table with ratios to the bare page of the same run."""
    if words[:1] == ["--processor"]:
        sys.stdout.write(json.dumps(processor_ms(json.loads(words[1]))))
        return
    seconds = int(words[0]) if words else SECONDS
    with tempfile.TemporaryDirectory() as own:
        folder = words[1] if len(words) > 1 else own
        subprocess.run(
            [sys.executable, "-m", "zhaoshang.cli", "demo", "--no-serve"],
            env=environment(folder),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        _gather(folder)
        spent = _processor(folder)
        found: dict[str, list[float]] = {}
        with server(folder) as port:
            for _round in range(ROUNDS):
                for name, path in addresses(folder).items():
                    found.setdefault(name, []).extend(asyncio.run(_load(port, path, seconds)))
    bare = quantiles(found[BARE])[1]
    lines = [
        "| ms | median at 50/s | p95 | p99 | p95 to the bare page | processor, kept ready | made anew |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, times in found.items():
        median, p95, p99 = quantiles(times)
        anew, kept = spent[name]
        lines.append(f"| {name} | {median:.1f} | {p95:.1f} | {p99:.1f} | {p95 / bare:.2f}× | {kept:.1f} | {anew:.1f} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

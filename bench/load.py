"""Requests a second and how long the slowest twentieth take: eight main pages and four writes, beside a bare Django page, on one server.

``.venv/bin/python bench/load.py [SECONDS [SIZE …]]``; on PostgreSQL: ``tools/with_postgres.py -- .venv/bin/python bench/load.py``.
Four callers ask one page for so many seconds, then the next; the callers run on the server's own cores. Each size gets a data folder
of its own, made by ``zhaoshang generate``.
"""

import http.client
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.ledger import PERIOD, command, server, told_inside, wait_for

SIZES = (10_000, 100_000)
CALLERS = 4
PAGES = {
    "bare page": "/bare/",
    "cockpit": f"/desk/cockpit/?period={PERIOD}",
    "league": f"/desk/league/?indicator=capital_in_place&period={PERIOD}",
    "figure": f"/desk/figures/capital_in_place/load001/{PERIOD}/",
    "payments": "/desk/payments/",
    "a payment": "/desk/payments/{payment}/",
    "projects": "/desk/projects/",
    "queue of the verifier": "/desk/queue/",
    "search": "/desk/search/?q=示例",
}
TEXT = "2024年1—12月，压测市001到位内资76.2亿元，同比增长22.1%。"
Ask = Callable[[http.client.HTTPConnection, int], int]


def prepared() -> None:
    """Inside the installation: open the last month, log people in, and make what the writes are done to. Run by :func:`measured`."""
    import django

    django.setup()
    from django.utils import timezone

    from zhaoshang.capital.models import Payment
    from zhaoshang.people.actions import issue_token
    from zhaoshang.people.models import User
    from zhaoshang.projects.models import Project
    from zhaoshang.regions.models import Membership
    from zhaoshang.tenancy.models import City

    city = City.objects.get()
    people = {
        name: User.objects.get(username=f"{city.code}-{name}") for name in ("officer", "verifier", "statistician")
    }
    told: dict[str, Any] = {}
    for name, user in people.items():
        _token, told[name] = issue_token(
            city=city, user=user, name="bench", can_write=True, days=365, by=user, at=timezone.now()
        )
    for name in ("statistician", "verifier"):
        told[f"session of the {name}"] = _logged_in(people[name])
    unit = Membership.objects.of(city).get(user=people["officer"]).unit
    told["project"] = Project.objects.of(city).filter(unit=unit).order_by("code").values_list("code", flat=True)[0]
    told["payment"] = str(Payment.objects.of(city).order_by("-id").values_list("id", flat=True)[0])
    print(json.dumps(told))


def _logged_in(user: Any) -> str:
    """A session's key, as a login leaves it."""
    from django.contrib.sessions.backends.db import SessionStore

    from zhaoshang.people.sessions import begin

    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    begin(session)
    session.save()
    return str(session.session_key)


def eased(folder: str) -> Path:
    """A policy of safety whose brakes let one key ask as often as it can."""
    sample = Path(__file__).resolve().parent.parent / "zhaoshang/people/samples/safety.toml"
    made = Path(folder, "safety.toml")
    made.write_text(sample.read_text("utf-8").replace("at_once = 100\n", "at_once = 1000000\n"), "utf-8")
    return made


def page(path: str, told: dict[str, Any]) -> Ask:
    """Asks for a page as the statistician; for the queue as who verifies."""
    who = "verifier" if path == PAGES["queue of the verifier"] else "statistician"
    headers = {"Cookie": f"zhaoshang_session={told[f'session of the {who}']}"}
    path = path.replace("{payment}", told["payment"]).replace("示例", "%E7%A4%BA%E4%BE%8B")

    def ask(line: http.client.HTTPConnection, turn: int) -> int:
        line.request("GET", path, headers=headers)
        return _status(line)

    return ask


def write(told: dict[str, Any], declared: list[str], verified: list[str], what: str) -> Ask:
    """One of the four writes, over the API with a key."""
    who = "verifier" if what == "verify" else "officer"
    headers = {"Authorization": f"Bearer {told[who]}", "Content-Type": "application/json"}
    new = {
        "project": told["project"], "month": "2024-12", "paid_on": "2024-12-05", "amount": "100000.05", "source_code": "310000",
        "kind": "working_capital", "origin": "new",
    }  # fmt: skip

    def ask(line: http.client.HTTPConnection, turn: int) -> int:
        key = ""
        if what == "declare":
            sent, path = new | {"bank_serial": f"B-{uuid4().hex[:20]}"}, "/api/payments"
        elif what == "verify":
            key = declared.pop()
            sent, path = {"verdict": "verify", "revision": 1}, f"/api/payments/{key}/decision"
        elif what == "take back":
            sent, path = (
                {"month": "2024-12", "amount": "1.00", "reason": "示例"},
                f"/api/payments/{verified.pop()}/opposite",
            )
        else:
            sent, path = {"text": TEXT}, "/api/texts/check"
        line.request("POST", path, json.dumps(sent), headers)
        answer = line.getresponse()
        body = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{what}: {answer.status} {body[:200]!r}")
        if what == "declare":
            declared.append(json.loads(body)["id"])
        elif what == "verify":
            verified.append(key)
        return answer.status

    return ask


def _status(line: http.client.HTTPConnection) -> int:
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {body[:200]!r}")
    return answer.status


def loaded(port: int, seconds: float, ask: Ask) -> tuple[float, float]:
    """Requests a second, and the 95th of a hundred in milliseconds, of callers that ask one after the other."""
    taken: list[float] = []
    until = time.monotonic() + seconds

    def call() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        turn = 0
        while time.monotonic() < until:
            began = time.perf_counter()
            try:
                ask(line, turn)
            except IndexError:  # nothing is left to decide
                break
            taken.append(time.perf_counter() - began)
            turn += 1
        line.close()

    callers = [Thread(target=call) for _ in range(CALLERS)]
    began = time.monotonic()
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return len(taken) / (time.monotonic() - began), statistics.quantiles(taken, n=20)[-1] * 1000


def measured(size: int, seconds: float) -> dict[str, tuple[float, float]]:
    """All pages and writes at one size of the ledger."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHAOSHANG_SAFETY"], os.environ["ZHAOSHANG_REQUEST_LOG_LEVEL"] = str(eased(folder)), "CRITICAL"
        command(folder, "generate", "--payments", str(size))
        told = told_inside(__file__, folder)
        declared, verified = list[str](), list[str]()
        with server(folder) as port:
            wait_for(port)
            found = {}
            for name, path in PAGES.items():
                loaded(port, min(1.0, seconds), page(path, told))
                found[name] = loaded(port, seconds, page(path, told))
            for what in ("declare", "verify", "take back", "check a text"):
                found[what] = loaded(port, seconds, write(told, declared, verified, what))
            found["bare page, at the end"] = loaded(port, seconds, page(PAGES["bare page"], told))
    return found


def own_database(address: str, name: str) -> str:
    """The address of a new database beside the one given."""
    import psycopg

    parts = urlsplit(address)
    with psycopg.connect(urlunsplit(parts._replace(query="")), autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(parts._replace(path=f"/{name}"))


def main(words: list[str]) -> None:
    """Print the table."""
    if words == ["--inside"]:
        prepared()
        return
    seconds = float(words[0]) if words else 10.0
    sizes = [int(word) for word in words[1:]] or list(SIZES)
    found = {}
    for size in sizes:
        if given := os.environ.get("DATABASE_URL", ""):
            os.environ["BENCH_DATABASE_URL"] = own_database(given, f"bench_{size}")
        found[size] = measured(size, seconds)
    print("| | " + " | ".join(f"requests/s, {size:,} | p95 ms | to the bare page" for size in sizes) + " |")
    print("|---|" + "---:|---:|---:|" * len(sizes))
    for name in found[sizes[0]]:
        cells = []
        for size in sizes:
            rate, p95 = found[size][name]
            bare = found[size]["bare page"][1]
            cells.append(f"{rate:.1f} | {p95:.0f} | {p95 / bare:.1f}×")
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])

"""How long every list takes on a large account, as it stands and asked for too much.

``.venv/bin/python bench/lists.py [PAYMENTS]``; on PostgreSQL: ``tools/with_postgres.py -- .venv/bin/python bench/lists.py``. Every
address of desk, API and site that reads and names no row is asked in one process, as a role that may: plain, for a page of a thousand
million rows, far behind the end, and by a hundred filters that are none. Times are of the processor.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from bench.ledger import command, environment, told_inside
from bench.load import own_database

PAYMENTS, SLOWEST = 100_000, 12


def within() -> None:
    """Inside the installation: the slowest answer of each address, in milliseconds, with its way and status. Run by :func:`measured`."""
    import django

    django.setup()
    logging.disable()  # of refusals, which are asked for here
    from architecture.addresses import address, subject
    from architecture.routes import routes
    from django.test import Client
    from django.utils import timezone
    from doors.test_every_list import ASKED

    from zhaoshang.people.actions import open_account
    from zhaoshang.people.models import User
    from zhaoshang.people.rules import Role
    from zhaoshang.people.sessions import begin
    from zhaoshang.regions.actions import grant
    from zhaoshang.regions.models import ReportingUnit
    from zhaoshang.tenancy.models import City

    city, now = City.objects.get(), timezone.now()
    unit = ReportingUnit.objects.of(city).order_by("position")[0]
    clients: dict[Role | None, Client] = {None: Client(raise_request_exception=False, headers={"host": "localhost"})}
    for role in Role:
        held = User.objects.filter(username=f"{city.code}-{role.value}").first()
        if held is None:
            held = open_account(
                city=city, username=f"{city.code}-{role.value}", display_name=f"压测{role.value}", password=None, by=None,
                at=now, is_sample=True,
            )  # fmt: skip
            grant(city=city, user=held, role=role, unit=unit if role == Role.OFFICER else None, by=None, at=now)
        clients[role] = Client(raise_request_exception=False, headers={"host": "localhost"})
        clients[role].force_login(held)
        session = clients[role].session
        begin(session)
        session.save()
    found: dict[str, Any] = {}
    answered = 0
    for route in routes():
        if route.verb != "GET" or subject(route) or route.name.split(":")[0] not in ("desk", "api", "portal"):
            continue
        may = (Role.STATISTICIAN, Role.OFFICER, *Role)
        client = clients[next(role for role in may if role in route.roles) if route.needs is not None else None]
        for way, query in {"first": "", "plain": "", **ASKED}.items():
            taken, status = _asked(client, f"{address(route, '')}?{query}")
            answered += status == 200
            if way != "first" and taken > found.get(route.name, (0,))[0]:
                found[route.name] = (taken, way, status)
    if answered < 4 * len(found):
        raise RuntimeError(f"only {answered} answers to {len(found)} addresses: something refuses all of them")
    print(json.dumps(found))


def _asked(client: Any, path: str) -> tuple[float, int]:
    """Milliseconds of the processor, streamed answers read to their end, and the status."""
    began = time.process_time()
    answer = client.get(path)
    if answer.streaming:
        for _ in answer.streaming_content:
            pass
    return (time.process_time() - began) * 1000, answer.status_code


def measured(payments: int) -> dict[str, tuple[float, str, int]]:
    """On an account of so many payments."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHAOSHANG_REQUEST_LOG_LEVEL"] = "CRITICAL"
        if given := os.environ.get("DATABASE_URL", ""):
            os.environ["BENCH_DATABASE_URL"] = own_database(given, "bench_lists")
        command(folder, "generate", "--payments", str(payments))
        static = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
        subprocess.run(static, env=environment(folder), check=True)
        told: dict[str, tuple[float, str, int]] = told_inside(__file__, folder)
        return told


def main(words: list[str]) -> None:
    """Print the table: the slowest addresses, and how all of them are spread."""
    if words == ["--inside"]:
        within()
        return
    payments = int(words[0]) if words else PAYMENTS
    found = measured(payments)
    taken = sorted(one[0] for one in found.values())
    print(f"| address ({len(found)} asked, {payments:,} payments) | ms | asked | status |\n|---|---:|---|---:|")
    for name, (spent, way, status) in sorted(found.items(), key=lambda item: -item[1][0])[:SLOWEST]:
        print(f"| `{name}` | {spent:.0f} | {way} | {status} |")
    print(f"| half of all | {taken[len(taken) // 2]:.0f} | | |")
    print(f"| all but one in twenty | {taken[len(taken) * 19 // 20]:.0f} | | |")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Who runs the installation sees that it lives, works and how fast; nobody learns from it what people typed."""

import json
import logging
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from architecture.routes import routes
from cast import Cast
from django.test import Client
from django.urls import reverse

from zhaoshang.jobs.models import Worker
from zhaoshang.jobs.running import our_now, seen
from zhaoshang.watch import states
from zhaoshang.watch.lines import JsonLines

TELEPHONE = "13900001234"


def parts(client: Client) -> Any:
    return client.get("/readyz").json()["parts"]


def test_alive_is_told_without_asking_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"  # no database is marked for this test


def test_ready_tells_each_part(cast: Cast, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CITY = cast.city.code
    assert (client.get("/readyz").status_code, parts(client)["worker"]["good"]) == (200, False)
    seen(cast.city, "w")
    assert parts(client)["worker"]["good"]
    Worker.objects.of(cast.city).update(seen_at=our_now() - timedelta(minutes=5))
    assert not parts(client)["worker"]["good"]
    monkeypatch.setattr(states, "LEAST_FREE_BYTES", 1 << 60)
    answer = client.get("/readyz", headers={"X-Forwarded-For": "203.0.113.9"})
    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_numbers_are_told_to_insiders_only(cast: Cast, client: Client, settings: Any) -> None:
    settings.CITY, settings.METRICS_TOKEN = cast.city.code, "secret-token"
    client.get(reverse("desk:login"), {"tel": TELEPHONE})
    told = client.get("/metrics").content.decode()
    assert 'zhaoshang_requests_total{door="desk",method="GET",status="200"}' in told
    assert 'zhaoshang_jobs{state="waiting"} 0.0' in told and "zhaoshang_ledger_entries" in told
    assert TELEPHONE not in told and cast.plant.name not in told
    outside = {"X-Forwarded-For": "203.0.113.9"}
    assert client.get("/metrics", headers=outside).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", headers=outside | {"Authorization": "Bearer wrong"}).status_code == 404
    assert client.get("/metrics", headers=outside | {"Authorization": "Bearer secret-token"}).status_code == 200


def test_the_log_has_a_line_a_request_and_no_telephone_number(cast: Cast, client: Client, settings: Any) -> None:
    settings.CITY = cast.city.code
    kept = StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(JsonLines())
    root, requests = logging.getLogger(), logging.getLogger("zhaoshang.requests")
    levels = root.level, requests.level
    root.addHandler(handler)
    for logger in (root, requests):
        logger.setLevel(logging.INFO)
    try:
        client.force_login(cast.officer)
        client.get(reverse("desk:payment_list"), {"q": TELEPHONE})
        client.get(f"/desk/{TELEPHONE}/")
        client.post(reverse("desk:login"), {"username": TELEPHONE, "password": TELEPHONE})
        try:
            raise ValueError(TELEPHONE)
        except ValueError:
            logging.getLogger("zhaoshang").exception("broken")
    finally:
        root.removeHandler(handler)
        root.setLevel(levels[0])
        requests.setLevel(levels[1])
    lines = [json.loads(line) for line in kept.getvalue().splitlines()]
    told = [line for line in lines if line["from"] == "zhaoshang.requests"]
    assert (told[0]["door"], told[0]["route"], told[0]["status"]) == ("desk", "desk:payment_list", 200)
    assert {"ms", "reference"} <= set(told[0])
    assert TELEPHONE not in kept.getvalue()
    assert next(line for line in lines if line.get("error"))["error"] == "ValueError"


# Whatever the address says, the line has the route's name: these stand for a row, a project, a month, a period and a slug.
GIVEN = {
    "uuid": "018f0000-0000-7000-8000-000000000000",
    "int": "24278",
    "period": "2023Q1",
    "path": "x",
    "article_step": "withdraw",
}


def address_of(pattern: str) -> str:
    """An address that the pattern fits, of a row that never was."""
    return "/" + re.sub(
        r"<(?:(\w+):)?(\w+)>", lambda one: GIVEN.get(one[1] or "str", "none"), pattern.replace("^", "").replace("$", "")
    )


@pytest.mark.case("E9")
def test_the_access_log_names_the_routes_of_the_configuration_and_no_other(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Every address, called as a stranger: each line names the route that the configuration has there; an unknown one names none."""
    client.raise_request_exception = False
    known: dict[
        str, set[str]
    ] = {}  # an address of several operations goes by the name of one of them, its verb stands beside it
    for one in routes():
        known.setdefault(one.pattern, set()).add(one.name)
    caplog.set_level(logging.INFO, "zhaoshang.requests")
    wrong = {}
    for pattern, names in known.items():
        caplog.clear()
        client.get(address_of(pattern))
        route = [record.told["route"] for record in caplog.records if hasattr(record, "told")][-1]
        if route not in names:
            wrong[pattern] = route
    assert (len(known) > 400, wrong) == (True, {})
    caplog.clear()
    client.get("/desk/no-such-page/13900001234/")
    (line,) = [record.told for record in caplog.records if hasattr(record, "told")]  # type: ignore[attr-defined]
    assert line["route"] == "" and TELEPHONE not in str(line)

"""What reading notes beside (who was seen, how often a key called, what was counted) stops no reading when nothing can be kept."""

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from api.asking import key_of
from cast import Cast, assemble
from desk_payments.asking import entry
from django.db import connection
from django.test import Client
from django.urls import reverse

from faults.test_troubled_store import WRITING, caused_by
from zhaoshang.people.models import Brake
from zhaoshang.tenancy.sqlite.held import hold_log
from zhaoshang.watch import counting

pytestmark = pytest.mark.one_database


class FullError(Exception):
    """As the driver tells of a full disk."""

    sqlite_errorname = "SQLITE_FULL"


def full(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """No write finds room."""
    if sql.startswith(WRITING):
        raise caused_by(FullError("database or disk is full"))
    return execute(sql, params, many, context)


@pytest.mark.case("H5")
def test_a_page_is_shown_though_it_cannot_be_noted_that_somebody_was_seen(cast: Cast, client: Client) -> None:
    client.raise_request_exception = False
    client.force_login(cast.officer)
    session = client.session
    session["seen"] -= 120
    session.save()
    with connection.execute_wrapper(full):
        assert client.get(reverse("desk:payment_list")).status_code == 200
        assert client.post(reverse("desk:payment_new"), entry(cast)).status_code == 503
    assert client.session["seen"] == session["seen"]
    assert client.get(reverse("desk:payment_list")).status_code == 200
    assert client.session["seen"] > session["seen"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.case("H5")
def test_a_key_reads_though_its_calls_cannot_be_counted_and_writes_nothing(client: Client) -> None:
    cast = assemble()
    client.raise_request_exception = False
    headers = {"Authorization": f"Bearer {key_of(cast, cast.officer)}"}
    counted = Brake.objects.of(cast.city).filter(door="api").values_list("full_at", flat=True)
    assert client.get("/api/payments", headers=headers).status_code == 200
    before = counted.get()
    with connection.execute_wrapper(full):
        assert client.get("/api/payments", headers=headers).status_code == 200
        refused = client.post("/api/texts/check", {"text": "1"}, content_type="application/json", headers=headers)
    assert (refused.status_code, bool(refused["Retry-After"])) == (503, True)
    assert counted.get() == before
    assert client.get("/api/payments", headers=headers).status_code == 200
    assert counted.get() > before


@pytest.mark.case("H5")
def test_room_for_counters_is_taken_when_a_process_begins_and_without_room_nothing_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_given: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setenv(counting.FOLDER, str(tmp_path))
    counting.make_room()
    taken = {path.name: path.stat() for path in tmp_path.iterdir()}
    assert sorted(taken) == [f"counter_{os.getpid()}.db", f"histogram_{os.getpid()}.db"]
    assert all(one.st_size == counting.ROOM <= one.st_blocks * 512 for one in taken.values())  # no holes
    monkeypatch.setattr("zhaoshang.watch.counting.os.posix_fallocate", no_room)
    counting.make_room()
    try:
        before = counting.REQUESTS.labels("desk", "GET", "200")._value.get()
        counting.count("desk", "GET", 200, 0.1)
        assert counting.REQUESTS.labels("desk", "GET", "200")._value.get() == before
    finally:
        counting._counts.set()
    counting.count("desk", "GET", 200, 0.1)
    assert counting.REQUESTS.labels("desk", "GET", "200")._value.get() == before + 1


@pytest.mark.case("H5")
def test_the_log_of_a_served_database_outlives_the_connections_of_requests(tmp_path: Path, settings: Any) -> None:
    name = tmp_path / "account.sqlite3"
    settings.DATABASES = {
        "default": {"ENGINE": "zhaoshang.tenancy.sqlite", "NAME": str(name), "OPTIONS": {"timeout": 1}}
    }
    assert hold_log() is None

    def written() -> None:
        line = sqlite3.connect(name)
        line.execute("PRAGMA journal_mode=WAL")
        line.execute("CREATE TABLE IF NOT EXISTS one (n)")
        line.commit()
        line.close()

    written()
    assert not name.with_name("account.sqlite3-shm").exists()
    held = hold_log()
    written()
    assert held and name.with_name("account.sqlite3-shm").exists() and name.with_name("account.sqlite3-wal").exists()
    held.close()

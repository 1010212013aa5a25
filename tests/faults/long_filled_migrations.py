"""A migration of a filled account killed at any statement, or in the middle of one, goes on and leaves the account as it was.

A city of ``ZHAOSHANG_ROWS`` payments (20,000; a million in ``make test-long``) is taken back to tables as an earlier version had them:
without two indexes of payments, with search pieces of another shape and a diary without its index by day. Then it is brought up to date by
processes that are killed one after the other, and held against a copy that was left in peace. On SQLite, and by
``tools/with_postgres.py`` on PostgreSQL.
"""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from faults.long_killed_migrations import migrate_until, schema
from faults.long_migration_kills import shape
from zhaoshang.capital import rollup
from zhaoshang.capital.checkpoints import walk
from zhaoshang.demo.generate import generate
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.nation import whole_nation

ROWS = int(os.environ.get("ZHAOSHANG_ROWS", "20000"))
SEED = 20230331
BACK = (("capital", "0003"), ("lookup", "0002"), ("people", "0002"))
# Statements before the first kill, and so many times more before each next; every second time in the middle of the statement.
FIRST, TIMES, LONGEST_S = 4, 1.6, ROWS / 200_000
FILLED = ("capital_payment", "capital_total", "people_event", "lookup_entry", "lookup_piece", "projects_project")
UNORDERED = "SELECT * FROM {}"


@contextmanager
def store(name: str) -> Iterator[None]:
    """The database of the block: a file, or a database of the cluster."""
    connections.close_all()
    kept = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = kept


def made(name: str, model: str | None, folder: Path) -> str:
    """A new store, empty or as ``model`` is now."""
    connections.close_all()
    if connection.vendor == "sqlite":
        if model:
            copyfile(model, folder / name)
        return str(folder / name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {model}" if model else ""))
    return name


def contents(table: str) -> tuple[int, str]:
    """How many rows, and a digest of all of them whatever their order and that of the columns."""
    with connection.cursor() as cursor:
        cursor.execute(UNORDERED.format(table))
        places = sorted(range(len(cursor.description)), key=lambda place: str(cursor.description[place][0]))
        many, total = 0, 0
        while rows := cursor.fetchmany(5_000):
            for row in rows:
                said = repr([str(row[place]) for place in places]).encode()
                total = (total + int.from_bytes(sha256(said).digest()[:16])) % 2**128
            many += len(rows)
    return many, f"{total:032x}"


def tables_of(name: str) -> Any:
    """Every table, index and trigger."""
    return schema(Path(name)) if connection.vendor == "sqlite" else shape(connection)


@pytest.mark.case("H12")
def test_a_migration_of_a_filled_account_killed_anywhere_goes_on(
    tmp_path: Path, django_db_setup: None, django_db_blocker: Any
) -> None:
    chance, began = random.Random(SEED), time.monotonic()
    with django_db_blocker.unblock(), whole_nation():
        killed = made("killed.sqlite3" if connection.vendor == "sqlite" else "killed", None, tmp_path)
        with store(killed):
            call_command("migrate", verbosity=0)
            ((city, _many),) = generate(1, ROWS, SEED)
            for app, name in BACK:
                call_command("migrate", app, name, verbosity=0)
        peace = made("peace.sqlite3" if connection.vendor == "sqlite" else "peace", killed, tmp_path)
        filled_s = time.monotonic() - began
        with store(peace):
            began = time.monotonic()
            call_command("migrate", verbosity=0)
            peace_s = time.monotonic() - began
            expected, tables = {table: contents(table) for table in FILLED}, tables_of(peace)
        with store(killed):
            statements, kills = float(FIRST), 0
            while not migrate_until(statements, chance.uniform(0.001, LONGEST_S) if kills % 2 else 0.0):
                kills, statements = kills + 1, statements * TIMES
            assert tables_of(killed) == tables
            assert {table: contents(table) for table in FILLED} == expected
            walked = walk(City.objects.get(pk=city.pk))
            assert (walked.faults, walked.entries, rollup.drift(city)) == ([], ROWS, [])
    assert kills >= 5
    told = f"{connection.vendor}, {ROWS:,} payments (made and taken back in {filled_s:.0f} s, brought up in peace in {peace_s:.0f} s)"
    print(f"{told}: killed {kills} times, at the latest after {statements:.0f} statements")

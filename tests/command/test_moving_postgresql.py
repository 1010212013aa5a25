"""From SQLite into PostgreSQL, partitioned by city, and back: every table arrives as it left."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

pytestmark = pytest.mark.postgres
ADDRESS = os.environ.get("DATABASE_URL", "")
NAME = "moved_here"
ODD = {
    "absent": None,
    "empty": "",
    "tenth": 0.1,
    "large": 1e22,
    "small": 1.5e-7,
    "名": "引号\"'\\ 换行\r\n",
    "list": [True, [], {}, 1, 1.0],
}


def zhaoshang(folder: Path, *words: str, code: int = 0) -> str:
    """The command on SQLite in ``folder``, which ends with ``code``; what it said."""
    env = {**os.environ, "ZHAOSHANG_DATA": str(folder), "ZHAOSHANG_CITY": "load001", "DATABASE_URL": ""}
    ran = subprocess.run(
        [sys.executable, "-m", "zhaoshang.cli", *words], env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran.stdout or ran.stderr


@pytest.mark.case("J10")
def test_there_and_back_nothing_is_changed(tmp_path: Path) -> None:
    with psycopg.connect(urlsplit(ADDRESS)._replace(query="").geturl(), autocommit=True) as line:
        line.execute(f"CREATE DATABASE {NAME}")
    there, back = urlsplit(ADDRESS)._replace(path=f"/{NAME}").geturl(), f"sqlite:///{tmp_path / 'back.sqlite3'}"
    zhaoshang(tmp_path, "generate", "--payments", "300")
    _odd_rows(tmp_path / "zhaoshang.sqlite3")
    _refused_first(tmp_path, there)
    out = json.loads(zhaoshang(tmp_path, "migrate-store", "--to", there, "--json"))
    home = json.loads(zhaoshang(tmp_path, "migrate-store", "--from", there, "--to", back, "--json"))
    assert out == home and out["rows"] > 600
    found = {table["table"]: table for table in out["tables"]}
    assert found["capital_payment"]["rows"] == 300 and found["axes_accesslog"]["rows"] == 2
    with psycopg.connect(urlsplit(there)._replace(query="").geturl(), autocommit=True) as line:
        assert line.execute("SELECT nextval(pg_get_serial_sequence('axes_accesslog', 'id'))").fetchone() == (42,)
        with pytest.raises(psycopg.errors.RestrictViolation):
            line.execute("UPDATE capital_payment SET amount_fen = 1")


def _refused_first(folder: Path, there: str) -> None:
    """An account whose totals are wrong is turned back after it was written: the next move finds an empty target, guarded."""
    with closing(sqlite3.connect(folder / "zhaoshang.sqlite3")) as database, database:
        database.execute("UPDATE capital_total SET amount_fen = amount_fen + 1")
    assert "rebuild-totals" in zhaoshang(folder, "migrate-store", "--to", there, code=1)
    with psycopg.connect(urlsplit(there)._replace(query="").geturl()) as line:
        assert line.execute(
            "SELECT (SELECT count(*) FROM people_event), (SELECT count(*) FROM tenancy_city)"
        ).fetchone() == (0, 0)
        assert line.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'guard_people_event%'").fetchone() != (
            0,
        )
    zhaoshang(folder, "rebuild-totals")


def _odd_rows(file: Path) -> None:
    """Values that are easily lost between the two: JSON's numbers and nulls, empty and absent, microseconds, numbers of the database."""
    with closing(sqlite3.connect(file)) as database, database:
        city = database.execute("SELECT id FROM tenancy_city").fetchone()[0]
        for place, detail in enumerate([json.dumps(ODD), "null", "{}", '{"a": 1e2, "b": -0.0, "c": 1.50}']):
            database.execute(
                "INSERT INTO people_event (id, city_id, at, verb, about_kind, about_id, about_text, refused, detail)"
                " VALUES (?, ?, ?, 'test.odd', '', '', '', ?, ?)",
                (f"{place:032x}", city, f"2023-01-01 00:00:00.00000{place}", place % 2, detail),
            )
        for key, address in ((7, None), (41, "2001:db8::1")):
            database.execute(
                "INSERT INTO axes_accesslog (id, user_agent, ip_address, username, http_accept, path_info, attempt_time, session_hash)"
                " VALUES (?, '', ?, NULL, '', '/', '1999-12-31 23:59:59.999999', '')",
                (key, address),
            )

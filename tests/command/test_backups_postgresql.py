"""On PostgreSQL a backup is restored beside the live database, which stays as it is."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

pytestmark = pytest.mark.postgres
ADDRESS = os.environ.get("DATABASE_URL", "")
LIVE = "backup_live"


def address_of(name: str) -> str:
    return urlsplit(ADDRESS)._replace(path=f"/{name}").geturl()


def zhaoshang(folder: Path, *words: str, name: str = LIVE) -> tuple[int, str]:
    """The command on a database of its own."""
    env = {**os.environ, "ZHAOSHANG_DATA": str(folder), "ZHAOSHANG_CITY": "load001", "DATABASE_URL": address_of(name)}
    ran = subprocess.run(
        [sys.executable, "-m", "zhaoshang.cli", *words], env=env, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.case("J2")
def test_a_backup_is_restored_beside_the_live_database(tmp_path: Path) -> None:
    plain = urlsplit(ADDRESS)._replace(query="").geturl()
    with psycopg.connect(plain, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {LIVE}")
    assert zhaoshang(tmp_path, "generate", "--payments", "60")[0] == 0
    made = tmp_path / "made.tar"
    assert zhaoshang(tmp_path, "backup", "--plain", "--output", str(made))[0] == 0
    assert zhaoshang(tmp_path, "generate", "--payments", "40")[0] == 0
    code, said = zhaoshang(tmp_path, "restore", str(made), "--json")
    assert code == 0, said
    fresh = next(
        word for word in json.loads(said)["note"].replace(",", " ").split() if word.startswith(f"{LIVE}_restored")
    )
    for name, cities in ((fresh, 1), (LIVE, 2)):
        with psycopg.connect(urlsplit(plain)._replace(path=f"/{name}").geturl()) as line:
            assert line.execute("SELECT count(*) FROM tenancy_city").fetchone() == (cities,)
    assert zhaoshang(tmp_path, "verify-ledger", name=fresh)[0] == 0

"""On PostgreSQL a backup is restored beside the live database, which stays as it is."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.test import Client

from zhaoshang.watch import backups

pytestmark = pytest.mark.postgres
ADDRESS = os.environ.get("DATABASE_URL", "")
_MINE = os.environ.get("PYTEST_XDIST_WORKER", "")  # who else runs these tests has databases of their own
LIVE, STOLEN = f"backup_live{_MINE}", f"backup_stolen{_MINE}"
PHONE = "13800138642"


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


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A data folder with a small city on PostgreSQL and somebody's telephone in it, a backup key, a sealed backup."""
    folder, key = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("elsewhere") / "backup.key"
    plain = urlsplit(ADDRESS)._replace(query="").geturl()
    with psycopg.connect(plain, autocommit=True) as line:
        # tests with and without Django's database come at two times
        line.execute(f"DROP DATABASE IF EXISTS {STOLEN} WITH (FORCE)")
        line.execute(f"CREATE DATABASE {STOLEN}")
    assert zhaoshang(folder, "generate", "--payments", "60", name=STOLEN)[0] == 0
    assert zhaoshang(folder, "checkpoint", name=STOLEN)[0] == 0
    with psycopg.connect(urlsplit(plain)._replace(path=f"/{STOLEN}").geturl()) as line:
        line.execute("UPDATE people_user SET display_name = %s", [PHONE])
    assert zhaoshang(folder, "backup-key", "--output", str(key), name=STOLEN)[0] == 0
    made = key.with_name("zhaoshang-20230401-080000.backup")
    assert zhaoshang(folder, "backup", "--output", str(made), "--key", str(key), name=STOLEN)[0] == 0
    return folder, key, made


@pytest.mark.case("J7")
def test_a_stolen_backup_of_postgresql_shows_no_telephone_and_no_key(full: tuple[Path, Path, Path]) -> None:
    folder, _key, made = full
    hidden = [
        PHONE.encode(),
        (folder / "keys" / "checkpoint.key").read_bytes(),
        (folder / "secret_key").read_bytes(),
        b"PGDMP",
    ]
    content = made.read_bytes()
    assert [one for one in hidden if one in content] == [] and made.stat().st_mode & 0o077 == 0
    open_one = made.with_name("plain.tar")
    assert zhaoshang(folder, "backup", "--plain", "--output", str(open_one), name=STOLEN)[0] == 0
    assert all(one in open_one.read_bytes() for one in hidden[1:])  # pg_dump packs the telephone, which a thief unpacks
    assert list(folder.glob(".backup-*")) == []


def _began(folder: Path, key: Path, into: Path, first: str) -> "subprocess.CompletedProcess[str]":
    """``backup --into`` in a process that does ``first`` before anything else."""
    env = {**os.environ, "ZHAOSHANG_DATA": str(folder), "ZHAOSHANG_CITY": "load001", "DATABASE_URL": address_of(STOLEN)}
    program = f"{first}\nimport sys; from zhaoshang.cli import main; sys.exit(main(sys.argv[1:]))"
    words = ["backup", "--into", str(into), "--key", str(key)]
    return subprocess.run([sys.executable, "-c", program, *words], env=env, capture_output=True, text=True, check=False)


# The limit holds for pg_dump too, which is started by the process. A kill strikes once the dump lies there.
NO_ROOM = "import resource,signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, -1))"
KILLED = """
import os, subprocess
run = subprocess.run
def dumped_then_killed(*words, **named):
    run(*words, **named)
    os.kill(os.getpid(), 9)
subprocess.run = dumped_then_killed
"""


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "code", "word"), [(NO_ROOM, 1, "failed"), (KILLED, -9, "killed")])
@pytest.mark.case("J6")
def test_without_room_or_killed_the_one_before_stays_and_an_alarm_is_raised(
    first: str, code: int, word: str, full: tuple[Path, Path, Path], tmp_path: Path, settings: Any, client: Client
) -> None:
    folder, key, made = full
    before = tmp_path / made.name
    before.write_bytes(made.read_bytes())
    ran = _began(folder, key, tmp_path, first)
    assert ran.returncode == code, ran.stderr
    assert list(tmp_path.iterdir()) == [before]
    settings.DATA_DIR = folder
    assert backups.fault() == word
    assert "zhaoshang_backup_failed 1.0" in client.get("/metrics").content.decode()
    assert zhaoshang(folder, "restore-drill", str(before), "--key", str(key), name=STOLEN)[0] == 0
    code, said = zhaoshang(folder, "backup", "--into", str(tmp_path), "--key", str(key), name=STOLEN)
    assert code == 0 and backups.fault() == "" and list(folder.glob(".backup-*")) == [], said

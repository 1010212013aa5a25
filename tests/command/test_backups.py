"""Backups are whole or not at all; a restore never destroys what it replaces. Each test has an installation of its own."""

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.installation


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small generated city and a key."""
    folder = tmp_path_factory.mktemp("installation")
    assert zhaoshang(folder, "generate", "--payments", "60")[0] == 0
    assert zhaoshang(folder, "checkpoint")[0] == 0
    return folder


def zhaoshang(folder: Path, *words: str) -> tuple[int, str]:
    """The command in a process of its own, on SQLite in ``folder``."""
    env = {**os.environ, "ZHAOSHANG_DATA": str(folder), "ZHAOSHANG_CITY": "load001", "DATABASE_URL": ""}
    ran = subprocess.run(
        [sys.executable, "-m", "zhaoshang.cli", *words], env=env, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def made(installation: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A backup of it, with its digest."""
    file = tmp_path_factory.mktemp("backups") / "made.tar"
    code, said = zhaoshang(installation, "backup", "--output", str(file), "--json")
    assert code == 0, said
    return file, json.loads(said)["sha256"]


def entries(folder: Path) -> int:
    database = sqlite3.connect(folder / "zhaoshang.sqlite3")
    return int(database.execute("SELECT count(*) FROM capital_payment").fetchone()[0])


@pytest.mark.case("J2")
def test_a_backup_restores_into_an_empty_place(made: tuple[Path, str], tmp_path: Path) -> None:
    code, said = zhaoshang(tmp_path, "restore", str(made[0]), "--digest", made[1])
    assert code == 0, said
    assert entries(tmp_path) == 60 and (tmp_path / "keys" / "checkpoint.key").stat().st_mode & 0o077 == 0
    assert zhaoshang(tmp_path, "verify-ledger")[0] == 0


def test_what_a_restore_replaces_is_kept(made: tuple[Path, str], tmp_path: Path) -> None:
    zhaoshang(tmp_path, "generate", "--payments", "7")
    code, said = zhaoshang(tmp_path, "restore", str(made[0]), "--json")
    previous = Path(json.loads(said)["previous"])
    kept = sqlite3.connect(previous / "database")
    assert code == 0 and kept.execute("SELECT count(*) FROM capital_payment").fetchone()[0] == 7
    assert entries(tmp_path) == 60


def damaged(made: Path, folder: Path, how: str) -> Path:
    file = folder / f"{how}.tar"
    content = made.read_bytes()
    match how:
        case "truncated":
            file.write_bytes(content[: len(content) * 2 // 3])
        case "changed":
            place = content.index(b"SQLite format 3") + 40_000
            file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        case "foreign":
            with tarfile.open(file, "w") as tar:
                tar.add(__file__, "notes.txt")
        case "climbing":
            _with_member(made, file, "../outside")
    return file


def _with_member(made: Path, file: Path, name: str) -> None:
    """The backup with one more member, whose name leads out of the folder."""
    with tarfile.open(made) as source, tarfile.open(file, "w") as target:
        for member in source:
            target.addfile(member, source.extractfile(member))
        target.add(__file__, name)


@pytest.mark.parametrize("how", ["truncated", "changed", "foreign", "climbing"])
@pytest.mark.case("J5")
def test_a_damaged_or_foreign_backup_is_refused_and_nothing_is_touched(
    how: str, made: tuple[Path, str], tmp_path: Path, installation: Path
) -> None:
    before = {path.name for path in installation.iterdir()}
    code, said = zhaoshang(installation, "restore", str(damaged(made[0], tmp_path, how)))
    assert code == 1 and said.startswith("zhaoshang: "), said
    assert entries(installation) == 60 and {path.name for path in installation.iterdir()} - before <= {"serve.lock"}
    assert not (installation.parent / "outside").exists()


@pytest.mark.case("J5")
def test_another_digest_is_refused(made: tuple[Path, str], installation: Path) -> None:
    assert zhaoshang(installation, "restore", str(made[0]), "--digest", "0" * 64)[0] == 1


@pytest.mark.case("J6")
def test_a_backup_never_overwrites_another(made: tuple[Path, str], installation: Path) -> None:
    before = made[0].read_bytes()
    assert zhaoshang(installation, "backup", "--output", str(made[0]))[0] == 2
    assert made[0].read_bytes() == before


@pytest.mark.case("J1")
def test_a_backup_taken_while_others_write_is_whole(installation: Path, tmp_path: Path) -> None:
    env: dict[str, Any] = {**os.environ, "ZHAOSHANG_DATA": str(installation), "DATABASE_URL": ""}
    writing = subprocess.Popen(
        [sys.executable, "-m", "zhaoshang.cli", "generate", "--payments", "3000"], env=env, stdout=subprocess.DEVNULL
    )
    code, said = zhaoshang(installation, "backup", "--output", str(tmp_path / "live.tar"))
    writing.wait()
    assert code == 0, said
    assert zhaoshang(tmp_path / "other", "restore", str(tmp_path / "live.tar"))[0] == 0

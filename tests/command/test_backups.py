"""Backups are whole or not at all; a restore never destroys what it replaces. Each test has an installation of its own."""

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from cast import Cast
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from desk_payments.asking import page
from django.test import Client

pytestmark = pytest.mark.installation
PHONE = "13800138642"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup key, outside every data folder."""
    file = tmp_path_factory.mktemp("elsewhere") / "backup.key"
    assert zhaoshang(file.parent / "data", "backup-key", "--output", str(file))[0] == 0
    return file


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Path:
    """A data folder with a small generated city, a signing key and a telephone number."""
    folder = tmp_path_factory.mktemp("installation")
    copyfile(empty, folder / "zhaoshang.sqlite3")
    assert zhaoshang(folder, "generate", "--payments", "60")[0] == 0
    assert zhaoshang(folder, "checkpoint")[0] == 0
    with sqlite3.connect(folder / "zhaoshang.sqlite3") as database:
        database.execute("UPDATE people_user SET display_name = ?", (PHONE,))
    return folder


def zhaoshang(folder: Path, *words: str) -> tuple[int, str]:
    """The command in a process of its own, on SQLite in ``folder``."""
    env = {**os.environ, "ZHAOSHANG_DATA": str(folder), "ZHAOSHANG_CITY": "load001", "DATABASE_URL": ""}
    ran = subprocess.run(
        [sys.executable, "-m", "zhaoshang.cli", *words], env=env, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def made(installation: Path, tmp_path_factory: pytest.TempPathFactory, key: Path) -> tuple[Path, str]:
    """A sealed backup of it, with its digest."""
    file = tmp_path_factory.mktemp("backups") / "made.backup"
    code, said = zhaoshang(installation, "backup", "--output", str(file), "--key", str(key), "--json")
    assert code == 0, said
    return file, json.loads(said)["sha256"]


@pytest.fixture(scope="module")
def plain(installation: Path, made: tuple[Path, str]) -> Path:
    """The same installation's backup in clear."""
    file = made[0].with_name("plain.tar")
    assert zhaoshang(installation, "backup", "--plain", "--output", str(file))[0] == 0
    return file


def alarms(client: Client) -> tuple[str, float]:
    """What ``/readyz`` tells of the last backup when it is no good, and the number in ``/metrics``."""
    told = client.get("/readyz").json()["parts"]["backup"]
    lines = client.get("/metrics").content.decode().splitlines()
    number = next(line.split()[1] for line in lines if line.startswith("zhaoshang_backup_failed "))
    return "" if told["good"] else told["told"].removeprefix("the last one "), float(number)


def entries(folder: Path) -> int:
    database = sqlite3.connect(folder / "zhaoshang.sqlite3")
    return int(database.execute("SELECT count(*) FROM capital_payment").fetchone()[0])


def city_of(folder: Path) -> tuple[Any, ...]:
    database = sqlite3.connect(folder / "zhaoshang.sqlite3")
    return tuple(database.execute("SELECT restored_from, behind_seq FROM tenancy_city").fetchone())


@pytest.mark.case("J2")
def test_a_backup_restores_into_an_empty_place_and_knows_that_it_is_a_copy(
    made: tuple[Path, str], tmp_path: Path, key: Path
) -> None:
    code, said = zhaoshang(tmp_path, "restore", str(made[0]), "--digest", made[1], "--key", str(key))
    assert code == 0 and "这是恢复的副本" in said, said
    assert entries(tmp_path) == 60 and (tmp_path / "keys" / "checkpoint.key").stat().st_mode & 0o077 == 0
    assert city_of(tmp_path)[0] is not None and city_of(tmp_path)[1] == 0
    assert zhaoshang(tmp_path, "verify-ledger")[0] == 0
    code, said = zhaoshang(tmp_path, "send-notices")
    assert code == 1 and "恢复的副本" in said


@pytest.mark.case("J2")
def test_a_drill_compares_every_table_and_touches_nothing(
    made: tuple[Path, str], installation: Path, tmp_path: Path, key: Path
) -> None:
    before = sorted(path.name for path in installation.iterdir())
    code, said = zhaoshang(installation, "restore-drill", str(made[0]), "--key", str(key), "--json")
    assert code == 0, said
    told = json.loads(said)
    payments = next(one for one in told["tables"] if one["table"] == "capital_payment")
    assert told["compared"] is True and told["seconds"] > 0 and payments["rows"] == 60
    assert sorted(path.name for path in installation.iterdir()) == before
    assert entries(installation) == 60 and city_of(installation) == (None, 0)


@pytest.mark.case("J5")
def test_a_drill_finds_a_database_that_is_not_what_the_manifest_says(plain: Path, tmp_path: Path) -> None:
    forged, work = tmp_path / "forged.tar", tmp_path / "work"
    with tarfile.open(plain) as tar:
        tar.extractall(work, filter="data")
    manifest = json.loads((work / "manifest.json").read_text())
    next(one for one in manifest["tables"] if one["table"] == "people_user")["sha256"] = "0" * 64
    (work / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(forged, "w") as tar:
        for name in ["manifest.json", *(entry["name"] for entry in manifest["files"])]:
            tar.add(work / name, name)
    code, said = zhaoshang(tmp_path / "other", "restore-drill", str(forged))
    assert code == 1 and "people_user" in said


@pytest.mark.thorough
def test_what_a_restore_replaces_is_kept(made: tuple[Path, str], tmp_path: Path, key: Path, empty: Path) -> None:
    copyfile(empty, tmp_path / "zhaoshang.sqlite3")
    zhaoshang(tmp_path, "generate", "--payments", "7")
    code, said = zhaoshang(tmp_path, "restore", str(made[0]), "--key", str(key), "--json")
    assert code == 0, said
    previous = Path(json.loads(said)["previous"])
    kept = sqlite3.connect(previous / "database")
    assert kept.execute("SELECT count(*) FROM capital_payment").fetchone()[0] == 7
    assert entries(tmp_path) == 60


@pytest.mark.case("J7")
def test_a_stolen_backup_shows_no_telephone_and_no_key(
    made: tuple[Path, str], plain: Path, installation: Path, key: Path
) -> None:
    signing = (installation / "keys" / "checkpoint.key").read_bytes()
    secret, phone = (installation / "secret_key").read_bytes(), PHONE.encode()
    assert all(hidden not in made[0].read_bytes() for hidden in (signing, secret, phone, b"SQLite format 3"))
    assert all(shown in plain.read_bytes() for shown in (signing, secret, phone, b"SQLite format 3"))
    assert key.stat().st_mode & 0o077 == 0 and made[0].stat().st_mode & 0o077 == 0


@pytest.mark.case("J7")
def test_without_a_key_nothing_is_backed_up_in_clear_unasked(installation: Path, tmp_path: Path) -> None:
    code, said = zhaoshang(installation, "backup", "--output", str(tmp_path / "clear.tar"))
    assert code == 2 and "backup-key" in said and not (tmp_path / "clear.tar").exists()
    code, said = zhaoshang(installation, "backup-key", "--output", str(installation / "inside.key"))
    assert code == 2 and "数据目录" in said


def damaged(made: Path, plain: Path, folder: Path, how: str) -> Path:
    file = folder / f"{how}.tar"
    content = made.read_bytes()
    match how:
        case "truncated":
            file.write_bytes(content[: len(content) * 2 // 3])
        case "whole chunks cut":
            head = content.index(b"\n") + 1
            file.write_bytes(content[: head + (1 << 20) + 16])
        case "changed":
            place = len(content) // 2
            file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        case "head changed":
            file.write_bytes(content.replace(b'"made_at": "20', b'"made_at": "19', 1))
        case "plain changed":
            clear = plain.read_bytes()
            place = clear.index(b"SQLite format 3") + 40_000
            file.write_bytes(clear[:place] + bytes([clear[place] ^ 1]) + clear[place + 1 :])
        case "foreign":
            with tarfile.open(file, "w") as tar:
                tar.add(__file__, "notes.txt")
        case "climbing":
            _with_member(plain, file, "../outside")
    return file


def _with_member(made: Path, file: Path, name: str) -> None:
    """The backup with one more member, whose name leads out of the folder."""
    with tarfile.open(made) as source, tarfile.open(file, "w") as target:
        for member in source:
            target.addfile(member, source.extractfile(member))
        target.add(__file__, name)


HOW = ["truncated", "whole chunks cut", "changed", "head changed", "plain changed", "foreign", "climbing"]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.case("J5")
def test_a_damaged_or_foreign_backup_is_refused_and_nothing_is_touched(
    how: str, made: tuple[Path, str], plain: Path, tmp_path: Path, installation: Path, key: Path
) -> None:
    before = {path.name for path in installation.iterdir()}
    file = damaged(made[0], plain, tmp_path, how)
    code, said = zhaoshang(installation, "restore", str(file), "--key", str(key))
    assert code == 1 and said.startswith("zhaoshang: "), said
    assert entries(installation) == 60 and {path.name for path in installation.iterdir()} - before <= {"serve.lock"}
    assert not (installation.parent / "outside").exists()


@pytest.mark.thorough
@pytest.mark.case("J5")
def test_a_wrong_key_is_refused_and_both_keys_are_named(
    made: tuple[Path, str], installation: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.key"
    zhaoshang(installation, "backup-key", "--output", str(other))
    code, said = zhaoshang(installation, "restore", str(made[0]), "--key", str(other))
    assert code == 1 and "加密" in said and "--key" in said
    assert zhaoshang(installation, "restore", str(made[0]))[0] == 2
    assert entries(installation) == 60 and city_of(installation) == (None, 0)


@pytest.mark.case("J5")
def test_another_digest_is_refused(made: tuple[Path, str], installation: Path) -> None:
    assert zhaoshang(installation, "restore", str(made[0]), "--digest", "0" * 64)[0] == 1


@pytest.mark.thorough
@pytest.mark.case("J5")
def test_a_backup_older_than_what_was_published_is_restored_without_leave_to_write(
    made: tuple[Path, str], tmp_path: Path, key: Path
) -> None:
    assert zhaoshang(tmp_path, "restore", str(made[0]), "--key", str(key))[0] == 0
    apart = tmp_path / "apart" / "checkpoints"
    assert not apart.exists()
    code, said = zhaoshang(tmp_path, "checkpoint")
    assert code == 0 and len(list(apart.iterdir())) == 1, said
    _sign_a_later_one(tmp_path)
    code, said = zhaoshang(tmp_path, "restore", str(made[0]), "--key", str(key), "--json")
    assert code == 0 and json.loads(said)["behind"] == 61, said
    assert city_of(tmp_path)[1] == 61
    code, said = zhaoshang(tmp_path, "checkpoint")
    assert code == 1 and "第 61 条" in said, said


@pytest.mark.case("J5")
def test_a_checkpoint_forged_with_another_key_stops_no_restored_copy(
    made: tuple[Path, str], tmp_path: Path, key: Path
) -> None:
    """Who can write where checkpoints are kept must not be able to stop a city's writing, nor to hide that a later one is genuine."""
    (tmp_path / "apart" / "checkpoints").mkdir(parents=True)
    _sign_a_later_one(tmp_path, Ed25519PrivateKey.generate())
    code, said = zhaoshang(tmp_path, "restore", str(made[0]), "--key", str(key), "--json")
    assert code == 0 and json.loads(said)["behind"] == 0, said
    assert city_of(tmp_path)[1] == 0
    _sign_a_later_one(tmp_path)
    code, said = zhaoshang(tmp_path, "restore-drill", str(made[0]), "--key", str(key), "--json")
    assert code == 0 and json.loads(said)["behind"] == 61, said


def _sign_a_later_one(folder: Path, forger: Ed25519PrivateKey | None = None) -> None:
    """A checkpoint of an entry that the backup does not hold yet, signed with the installation's key or a forger's."""
    signing = forger or Ed25519PrivateKey.from_private_bytes((folder / "keys" / "checkpoint.key").read_bytes())
    body: dict[str, Any] = {"city": "load001", "seq": 61, "digest": "a" * 64, "made_at": "2030-01-01T00:00:00+00:00"}
    signed = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    body |= {"public_key": signing.public_key().public_bytes_raw().hex(), "signature": signing.sign(signed).hex()}
    (folder / "apart" / "checkpoints" / "load001-000000000061-later.json").write_text(json.dumps(body))


@pytest.mark.case("J6")
def test_a_backup_never_overwrites_another(made: tuple[Path, str], installation: Path, key: Path) -> None:
    before = made[0].read_bytes()
    assert zhaoshang(installation, "backup", "--output", str(made[0]), "--key", str(key))[0] == 2
    assert made[0].read_bytes() == before


@pytest.mark.thorough
@pytest.mark.case("J6")
def test_a_backup_without_room_says_so_and_leaves_the_one_before(
    made: tuple[Path, str], installation: Path, tmp_path: Path, key: Path, cast: Cast, client: Client, settings: Any
) -> None:
    env = {**os.environ, "ZHAOSHANG_DATA": str(installation), "DATABASE_URL": "", "ZHAOSHANG_CITY": "load001"}
    (tmp_path / "zhaoshang-20230401-080000.backup").write_bytes(made[0].read_bytes())
    # A file that may not grow past 1 MB is a full disk to whoever writes it; reading and the database's copy are not.
    limited = (
        "import resource,signal,sys; from zhaoshang.command import backup_file as archive; old = archive.pack\n"
        "def pack(*words):\n"
        "    signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, -1)); old(*words)\n"
        "archive.pack = pack\n"
        "from zhaoshang.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    words = ["backup", "--into", str(tmp_path), "--key", str(key)]
    ran = subprocess.run([sys.executable, "-c", limited, *words], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 1 and "没有做成" in ran.stderr, ran.stderr
    settings.DATA_DIR = installation
    assert alarms(client) == ("failed", 1.0)
    assert "没有做成" in page(client, cast.system, "desk:housekeeping").content.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["zhaoshang-20230401-080000.backup"]
    assert zhaoshang(installation, "restore-drill", str(next(tmp_path.iterdir())), "--key", str(key))[0] == 0


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.case("J6")
def test_a_backup_killed_midway_leaves_the_one_before_and_the_next_clears_up(
    made: tuple[Path, str], installation: Path, tmp_path: Path, key: Path, client: Client, settings: Any
) -> None:
    env = {**os.environ, "ZHAOSHANG_DATA": str(installation), "DATABASE_URL": "", "ZHAOSHANG_CITY": "load001"}
    (tmp_path / "zhaoshang-20230401-080000.backup").write_bytes(made[0].read_bytes())
    settings.DATA_DIR = installation
    killed = (
        "import os,sys; from zhaoshang.command import backup_file as archive\n"
        "archive.Part.described = lambda self: os.kill(os.getpid(), 9)\n"
        "from zhaoshang.cli import main; main(sys.argv[1:])"
    )
    words = ["backup", "--into", str(tmp_path), "--key", str(key)]
    assert subprocess.run([sys.executable, "-c", killed, *words], env=env, check=False).returncode == -9
    assert list(installation.glob(".backup-*")) and [path.suffix for path in tmp_path.iterdir()] == [".backup"]
    assert alarms(client) == ("was killed", 1.0)
    assert zhaoshang(installation, *words)[0] == 0
    assert alarms(client) == ("", 0.0)
    assert not list(installation.glob(".backup-*")) and len(list(tmp_path.glob("zhaoshang-*.backup"))) == 2


@pytest.mark.thorough
@pytest.mark.case("J1")
def test_a_backup_taken_while_others_write_is_whole(installation: Path, tmp_path: Path, key: Path) -> None:
    env: dict[str, Any] = {**os.environ, "ZHAOSHANG_DATA": str(installation), "DATABASE_URL": ""}
    writing = subprocess.Popen(
        [sys.executable, "-m", "zhaoshang.cli", "generate", "--payments", "3000"], env=env, stdout=subprocess.DEVNULL
    )
    code, said = zhaoshang(installation, "backup", "--output", str(tmp_path / "live.backup"), "--key", str(key))
    writing.wait()
    assert code == 0, said
    assert zhaoshang(tmp_path / "other", "restore", str(tmp_path / "live.backup"), "--key", str(key))[0] == 0

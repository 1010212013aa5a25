"""A server on bad ground, or told something that cannot be, does not start; one line says what is wrong and which setting it is."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from sqlite3 import connect

import pytest

from zhaoshang.command.installing import PASSWORD_FROM

pytestmark = [pytest.mark.installation, pytest.mark.case("H11")]
SETTINGS = {
    "DATABASE_URL": "mysql://host/name",
    "ZHAOSHANG_TRUSTED_PROXIES": "nonsense",
    "ZHAOSHANG_SCANNER": "nonsense",
    "ZHAOSHANG_LEDGER_HASH": "md5",
    "ZHAOSHANG_ANSWERS_KEPT_DAYS": "many",
    "ZHAOSHANG_SAFETY": "/absent/safety.toml",
    "ZHAOSHANG_MAIL": "ftp://host",
    "ZHAOSHANG_SCANNER_SECONDS": "soon",
}


def refused(folder: Path, *before: str, **told: str) -> str:
    """The one line with which ``serve`` ends."""
    env = {**os.environ, "ZHAOSHANG_DATA": str(folder), "DATABASE_URL": "", **told}
    command = [*before, sys.executable, "-m", "zhaoshang.cli", "serve", "--port", "0"]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 2 and ran.stdout == "", ran.stdout + ran.stderr
    (line,) = ran.stderr.splitlines()
    assert line.startswith("zhaoshang: ")
    return line


@pytest.mark.thorough
@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_that_cannot_be_is_named(setting: str, tmp_path: Path) -> None:
    assert setting in refused(tmp_path, **{setting: SETTINGS[setting]})


@pytest.mark.parametrize("what", ["the data folder", "the database"])
def test_what_belongs_to_somebody_else_is_named(what: str, tmp_path: Path, empty: Path) -> None:
    """Root goes past owners, so the server is started without that power; anybody else is shut out of what is their own."""
    folder, database = tmp_path / "data", tmp_path / "data" / "zhaoshang.sqlite3"
    folder.mkdir()
    copyfile(empty, database)
    foreign = folder if what == "the data folder" else database
    foreign.chmod(0o500 if foreign is folder else 0o400)
    weaker: tuple[str, ...] = ()
    if os.getuid() == 0:
        os.chown(foreign, 65534, 65534)
        weaker = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all")
    said = refused(folder, *weaker)
    assert str(folder) in said and "权限" in said, said


BOOTSTRAP = "bootstrap --name 示例市 --name-en Sample --gb-code 210200 --username safe --display-name 安全员"
BOOTSTRAP += " --system sys 系统员 --auditor audit 审计员"


@pytest.fixture
def city(tmp_path: Path, empty: Path) -> Path:
    """A data folder with a city, as an installation leaves it."""
    copyfile(empty, tmp_path / "zhaoshang.sqlite3")
    env = {
        **os.environ,
        "ZHAOSHANG_DATA": str(tmp_path),
        "DATABASE_URL": "",
        PASSWORD_FROM: "sample-password-of-a-city",
    }
    command = [sys.executable, "-m", "zhaoshang.cli", *BOOTSTRAP.split()]
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True, timeout=120)
    return tmp_path


def test_a_lost_secret_is_not_made_anew_beside_a_city(city: Path) -> None:
    secret = city / "secret_key"
    secret.unlink()
    for _ in range(2):
        assert str(secret) in refused(city)
        assert not secret.exists()


def test_an_older_database_with_a_city_is_brought_up_to_date_by_upgrade_alone(city: Path) -> None:
    with closing(connect(city / "zhaoshang.sqlite3")) as database, database:
        database.execute("DELETE FROM django_migrations WHERE app = 'lookup' AND name LIKE '0004%'")
    assert "upgrade" in refused(city)

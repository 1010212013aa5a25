"""Fixtures of every test: the cast, data folders of their own, fast password hashes."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from typing import Any

import django
import pytest
from browser import chromium, windows  # noqa: F401 (fixtures)
from cast import Cast, Troupe
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase
from statement_guard import wrapper
from xdist.scheduler import LoadScopeScheduling

from zhaoshang.people import sessions
from zhaoshang.tenancy import guards

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".test_database"


# What these make once, the demo city or a running server, takes longer to make than to ask.
TOGETHER = (
    "tests/demo/",
    "tests/command/test_backups.py",
    "tests/command/test_serving.py",
    "tests/intake/test_hostile_workbooks.py",
)


class MadeOnce(LoadScopeScheduling):
    """Tests go to whichever process is free, but those that share what is dear to make to one."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> MadeOnce:
    """What ``-n`` distributes by."""
    return MadeOnce(config, log)


@pytest.fixture(scope="session")
def migrated() -> Path:
    """Where an empty database with all tables is kept between runs, named by everything that shapes tables and guards."""
    shaping = [
        "*/migrations/*.py",
        "*/guards*.py",
        "*/rules*.py",
        "*/rules/**/*.py",
        "*/stages/rules.py",
        "tenancy/*.py",
    ]
    files = sorted({file for pattern in shaping for file in ROOT.glob(f"zhaoshang/{pattern}")})
    told = [django.__version__, *(f"{file.relative_to(ROOT)}\n{file.read_text('utf-8')}" for file in files)]
    KEPT.mkdir(exist_ok=True)
    return KEPT / f"{sha256(''.join(told).encode()).hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: Any, migrated: Path, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """SQLite in a file, not in memory: threads then meet as the server's processes do. What guards it against power loss
    is left out; it would only slow the tests down. It begins as a copy of the kept one, if there is one."""
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("database") / "test.sqlite3"
        if migrated.exists():
            copyfile(migrated, name)
        connection.settings_dict["TEST"]["NAME"] = str(name)
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """What was copied is not made anew."""
    return connection.vendor == "sqlite" or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, migrated: Path) -> None:
    """Keeps the empty database for the next run."""
    if connection.vendor == "sqlite" and not migrated.exists():
        made, named = migrated.with_name(f"{os.getpid()}.new"), connection.settings_dict
        with django_db_blocker.unblock():
            if (
                named["NAME"] != named["TEST"]["NAME"]
            ):  # no test of this run asks for a database, but a program that tests start does
                named["NAME"] = named["TEST"]["NAME"]
                call_command("migrate", verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(made)])
        for old in migrated.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        made.replace(migrated)


@pytest.fixture(scope="session")
def empty(django_db_setup: None, migrated: Path) -> Path:
    """A database file with all tables and nothing in them, for a process of its own to begin with."""
    return migrated


@pytest.fixture(autouse=True, scope="session")
def _logins_have_just_been() -> Iterator[None]:
    """``force_login`` is a login like any other: it begins now, with a proof that is fresh."""
    enter = Client._login  # type: ignore[attr-defined]

    def entered(self: Client, *args: Any, **kwargs: Any) -> None:
        enter(self, *args, **kwargs)
        session = self.session
        sessions.begin(session)
        session.save()

    Client._login = entered  # type: ignore[attr-defined]
    yield
    Client._login = enter  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    """No test writes into the installation's folders, or finds what another kept: the cast has the same ids in every test."""
    cache.clear()
    settings.KEEP_PUBLIC_PAGES = False  # tests write behind the diary's back, and look again at once
    settings.DATA_DIR = tmp_path  # where a server, a worker and a backup hold each other's lock
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.KEYS_DIR = tmp_path / "keys"
    settings.JOBS_DIR = tmp_path / "jobs"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _statements_name_their_city() -> Iterator[None]:
    """Every statement on a tenant table names the city; see ``statement_guard``."""
    with connection.execute_wrapper(wrapper()):
        yield


@pytest.fixture(scope="session")
def troupe() -> Troupe:
    """Remembers the cast between tests."""
    return Troupe()


@pytest.fixture
def cast(db: None, troupe: Troupe) -> Cast:
    """The usual people and projects."""
    return troupe.assemble()


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    """Between transactional tests Django empties tables; append-only tables refuse, so their guards rest meanwhile."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: Any) -> None:
        with guards.suspended():
            flush(self)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]

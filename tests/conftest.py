"""Fixtures of every test: the cast, data folders of their own, fast password hashes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, windows  # noqa: F401 (fixtures)
from cast import Cast, Troupe
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from statement_guard import wrapper

from zhaoshang.tenancy import guards


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: Any, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, not in memory: threads then meet as the server's processes do. What guards it against power loss
    is left out; it would only slow the tests down."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    """No test writes into the installation's folders, or finds what another kept: the cast has the same ids in every test."""
    cache.clear()
    settings.KEEP_PUBLIC_PAGES = False  # tests write behind the diary's back, and look again at once
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.KEYS_DIR = tmp_path / "keys"
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

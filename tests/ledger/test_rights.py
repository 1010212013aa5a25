"""On PostgreSQL the service connects as a role that owns nothing: what is decided is not its to change, by rights and by guards."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from cast import Cast
from django.db import DatabaseError, connection, transaction

from zhaoshang.capital.checkpoints import make_checkpoint, walk
from zhaoshang.cli import main

APP = "zhaoshang_tried_app"


@contextmanager
def as_app() -> Iterator[None]:
    """The rest of the block connects as the service does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"CREATE ROLE {APP}")
    assert main(["database-rights", "--role", APP]) == 0
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refused(sql: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(error.value)


@pytest.mark.postgres
@pytest.mark.case("F1")
def test_the_service_s_role_does_its_work_and_changes_nothing_that_is_decided(cast: Cast) -> None:
    kept = ("capital_evidencefile", "capital_checkpoint", "people_event")
    with as_app():
        cast.verified()
        make_checkpoint(city=cast.city, by=cast.auditor, at=cast.now)
        assert (walk(cast.city).entries, walk(cast.city).faults) == (1, [])
        for table in kept:
            assert "permission denied" in refused(f"UPDATE {table} SET id = id")
            assert "permission denied" in refused(f"DELETE FROM {table}")
        for table in (*kept, "capital_payment", "capital_evidence"):
            assert "permission denied" in refused(f"TRUNCATE {table} CASCADE")
            assert "must be owner" in refused(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        assert "permission denied" in refused("DELETE FROM capital_payment")
        assert "decided payment never changes" in refused("UPDATE capital_payment SET amount_fen = 1")


@pytest.mark.postgres
def test_an_owner_of_tables_is_no_role_to_serve_with(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["database-rights", "--role", connection.settings_dict["USER"]]) == 2
    assert "所有者" in capsys.readouterr().err


@pytest.mark.one_database
def test_sqlite_knows_no_roles(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    if connection.vendor == "sqlite":
        assert main(["database-rights"]) == 2
    assert connection.vendor != "sqlite" or "触发器" in capsys.readouterr().err

"""An installation's rows move into an empty database whole, or not at all."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from cast import Cast
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from zhaoshang.cli import main
from zhaoshang.command import moving, stores
from zhaoshang.command.parts import Stop
from zhaoshang.people.models import Event
from zhaoshang.tenancy.database import database_from

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ODD = {
    "null": None,
    "": "",
    "big": 10**19,
    "tenth": 0.1,
    "far": 1e22,
    "名": "引号\"'\\ 换行\r\n",
    "list": [True, [], {}, "1", 1],
}
BY_MIGRATE = ("django_migrations", "auth_", "django_content_type")


def address(file: Path) -> dict[str, Any]:
    return database_from(f"sqlite:///{file}", settings.DATA_DIR)


@pytest.fixture
def source(cast: Cast, tmp_path: Path) -> Path:
    """The cast's database as a file, with values that are easily lost on the way."""
    cast.verified()
    for place, detail in enumerate([ODD, {}, {"a": 1.0}]):
        Event.objects.create(
            city=cast.city, verb="test.odd", by=None, at=datetime(2023, 1, 1, 0, 0, 0, place, tzinfo=UTC), detail=detail
        )
    Session.objects.create(
        session_key="0a-Z", session_data="", expire_date=datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    )
    _written_out(connection.connection, tmp_path / "source.sqlite3")
    return tmp_path / "source.sqlite3"


def _written_out(line: Any, file: Path) -> None:
    """The database as this connection sees it, not yet committed rows too, which SQLite's own backup would wait for."""
    made = line.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql <> '' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    with closing(sqlite3.connect(file)) as copied, copied:
        for kind, name, sql in sorted(made, key=lambda one: one[0] != "table"):
            copied.execute(sql)
            if kind == "table":
                columns = [f'+"{row[1]}"' for row in line.execute(f'PRAGMA table_info("{name}")')]  # +: not converted
                rows = line.execute(f'SELECT {", ".join(columns)} FROM "{name}"').fetchall()
                copied.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(columns))})', rows)


@pytest.fixture
def target(migrated: Path, tmp_path: Path) -> Path:
    """An empty database with all tables."""
    copyfile(migrated, tmp_path / "target.sqlite3")
    return tmp_path / "target.sqlite3"


def dump(file: Path) -> list[str]:
    """All tables, indexes, guards and rows of a database, but for the rows that ``migrate`` itself writes."""
    with closing(sqlite3.connect(file)) as database:
        made = database.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        tables = [name for kind, name, _ in made if kind == "table" and not name.startswith(BY_MIGRATE)]
        rows = [f"{name} {row}" for name in tables for row in database.execute(f'SELECT * FROM "{name}"')]
    return sorted([*(sql or name for _, name, sql in made), *rows])


def moved(source: Path, target: Path) -> list[stores.Table]:
    with stores.opened(source=address(source), target=address(target)):
        return moving.move()


@pytest.mark.case("J10")
def test_what_arrives_is_what_left(source: Path, target: Path) -> None:
    report = {table.name: table for table in moved(source, target)}
    assert dump(target) == dump(source)
    assert report["capital_payment"].rows == 1 and report["capital_payment"].fen
    assert report["people_event"].rows >= 3 and report["django_session"].rows == 1


@pytest.mark.case("J10")
def test_the_guards_stand_again_in_the_target(source: Path, target: Path) -> None:
    moved(source, target)
    with closing(sqlite3.connect(target)) as database, pytest.raises(sqlite3.DatabaseError, match="append-only"):
        database.execute("UPDATE people_event SET verb = 'x'")


def test_the_source_is_not_written(source: Path, target: Path) -> None:
    before = source.read_bytes()
    moved(source, target)
    assert source.read_bytes() == before


def change(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute(sql)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE capital_payment SET amount_fen = amount_fen + 1", "账链有问题"),
        ("UPDATE capital_total SET amount_fen = amount_fen + 1", "rebuild-totals"),
        ("DELETE FROM regions_reportingunit", "没有搬成"),
        ("UPDATE people_event SET at = 'yesterday'", "people_event 有读不出"),
        ("DELETE FROM django_migrations WHERE app = 'people' AND name LIKE '0001%'", "原库比程序旧"),
        (
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_x', '2030-01-01')",
            "原库比程序新",
        ),
    ],
)
def test_a_source_that_is_not_whole_or_of_another_version_is_refused_and_nothing_stays(
    sql: str, said: str, source: Path, target: Path
) -> None:
    before = dump(target)
    change(source, sql)
    with pytest.raises(Stop, match=said):
        moved(source, target)
    assert dump(target) == before


def test_a_target_with_a_row_is_refused(source: Path, target: Path) -> None:
    moved(source, target)
    before = dump(target)
    with pytest.raises(Stop, match="目标库不是空库:django_session 已有数据"):
        moved(source, target)
    assert dump(target) == before


def test_a_target_of_somebody_else_is_refused(source: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.sqlite3")) as other:
        other.execute("CREATE TABLE theirs (x)")
    with pytest.raises(Stop, match="有表 theirs"):
        moved(source, tmp_path / "other.sqlite3")
    with closing(sqlite3.connect(tmp_path / "other.sqlite3")) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people_event SET at = strftime('%Y-%m-%d %H:%M:%f', at, '+1 second') WHERE verb = 'test.odd'",
        "UPDATE people_event SET detail = 'null' WHERE detail = '{}'",
        "UPDATE projects_project SET contract_fen = contract_fen + 1",
        "DELETE FROM django_session",
        "UPDATE people_user SET last_login = NULL, display_name_en = ' '",
    ],
)
def test_a_row_changed_on_the_way_is_found_and_named(
    sql: str, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, table = dump(target), sql.split()[2 if sql.startswith("DELETE") else 1]

    def changing() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.rowcount

    monkeypatch.setattr(stores, "check_references", changing)
    with pytest.raises(Stop, match=f"两库不同:{table} 键 .+目标库没有留下任何行"):
        moved(source, target)
    assert dump(target) == before


def test_a_move_that_is_broken_off_leaves_nothing(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(_model: Any) -> None:
        raise KeyboardInterrupt

    before = dump(target)
    monkeypatch.setattr(stores, "compare", broken_off)
    with pytest.raises(KeyboardInterrupt):
        moved(source, target)
    assert dump(target) == before


def test_the_command_tells_what_moved_and_what_to_do_next(
    source: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["migrate-store", "--from", f"sqlite:///{source}", "--to", f"sqlite:///{target}"]) == 0
    said = capsys.readouterr().out
    assert "capital_payment" in said and f"DATABASE_URL 设为 sqlite:///{target}" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "mysql://x/y"], "数据库地址有误"),
        (["--from", "sqlite:////nowhere/none.sqlite3", "--to", "sqlite:///x"], "原库没有文件"),
        ([], "缺少参数 --to"),
    ],
)
def test_wrong_addresses_are_told_in_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate-store", *words]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


def test_a_password_is_not_printed() -> None:
    assert moving._without_password("postgresql://a:secret@h/b?partitions=4") == "postgresql://a:…@h/b?partitions=4"

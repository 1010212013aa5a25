"""Whoever waits for SQLite's write lock is not passed over by who asks later, in this process or in another."""

import fcntl
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from threading import Thread, Timer
from time import monotonic, sleep

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from zhaoshang.tenancy.database import database_from
from zhaoshang.tenancy.sqlite.turns import Turn, wait_for_turn

pytestmark = pytest.mark.one_database  # of SQLite alone, whatever the rest runs on
ANOTHER = """
import sys
from zhaoshang.tenancy.sqlite.turns import wait_for_turn
turn = wait_for_turn(sys.argv[1], 20)
print("another", flush=True)
sys.stdin.read()
"""


def taken(database: Path, seconds: float = 20) -> Turn:
    turn = wait_for_turn(str(database), seconds)
    assert turn is not None
    return turn


def until(so: Callable[[], bool]) -> None:
    """Wait until it is so."""
    last = monotonic() + 20
    while not so():
        assert monotonic() < last
        sleep(0.001)


def somebody_at_the_head(database: Path) -> bool:
    """Whether the head of the line is taken."""
    with Path(f"{database}-line").open("ab") as line:
        try:
            fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@pytest.mark.case("G8")
def test_who_waits_goes_before_who_asks_again(tmp_path: Path) -> None:
    database, order = tmp_path / "account", list[str]()

    def waiting() -> None:
        turn = taken(database)
        order.append("who waited")
        turn.end()

    for _ in range(20):
        order.clear()
        first = taken(database)
        other = Thread(target=waiting)
        other.start()
        until(lambda: somebody_at_the_head(database))
        first.end()
        again = taken(database)
        order.append("who asked again")
        again.end()
        other.join(timeout=20)
        assert order == ["who waited", "who asked again"]


@pytest.mark.case("G8")
def test_another_process_goes_before_who_asks_again_and_dies_without_keeping_the_turn(tmp_path: Path) -> None:
    database = tmp_path / "account"
    first = taken(database)
    with subprocess.Popen(
        [sys.executable, "-c", ANOTHER, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        until(lambda: somebody_at_the_head(database))
        first.end()
        assert wait_for_turn(str(database), 0.2) is None, "the other's turn was taken"
        assert other.stdout is not None and other.stdout.readline() == "another\n"
        other.kill()
    taken(database, 5).end()


def test_without_a_place_for_the_line_nobody_is_kept_waiting(tmp_path: Path) -> None:
    began = monotonic()
    turns = [wait_for_turn(str(tmp_path / "nowhere" / "account"), 20) for _ in range(2)]
    assert None not in turns and monotonic() - began < 10


def wrapper(database: Path, seconds: float) -> BaseDatabaseWrapper:
    """A connection of the installation's kind that waits so long."""
    settings = database_from(f"sqlite:///{database}", database.parent)
    settings |= {"OPTIONS": {**settings["OPTIONS"], "timeout": seconds}, "AUTOCOMMIT": True, "TIME_ZONE": None}
    settings |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "TEST": {}}
    made: BaseDatabaseWrapper = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
    made.inc_thread_sharing()
    return made


def begin(connection: BaseDatabaseWrapper) -> None:
    """Begin to write, as ``atomic`` does."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_turn_lasts_to_the_end_and_who_waited_in_vain_is_told_that_it_is_busy(tmp_path: Path, end: str) -> None:
    database = tmp_path / "account.sqlite3"
    with closing(wrapper(database, 20)) as one, closing(wrapper(database, 0.1)) as two:
        begin(one)
        began = monotonic()
        with pytest.raises(OperationalError, match="locked"):
            begin(two)
        assert monotonic() - began < 5, "it waited in the line and at SQLite's lock too"
        getattr(one, end)()
        begin(two)
        two.rollback()


@pytest.mark.django_db
def test_who_writes_without_the_line_is_waited_for_at_the_lock_itself(tmp_path: Path) -> None:
    database = tmp_path / "account.sqlite3"
    with (
        closing(wrapper(database, 20)) as ours,
        closing(connect(database, isolation_level=None, check_same_thread=False)) as foreign,
    ):
        ours.ensure_connection()
        foreign.execute("BEGIN IMMEDIATE")
        began = monotonic()
        Timer(0.3, foreign.execute, ["COMMIT"]).start()
        ours.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert monotonic() - began >= 0.3
        ours.rollback()

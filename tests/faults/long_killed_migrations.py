"""A migration killed at any statement goes on: the next try finds each step either done or not begun, and ends with the same tables.

On SQLite, in a file of its own; PostgreSQL: ``faults.long_migration_kills``.
"""

import os
import signal
import sqlite3
import traceback
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from zhaoshang.tenancy.nation import whole_nation

pytestmark = pytest.mark.one_database
# Statements before the first kill, and so many times more before each next: `make test-long` begins at one and adds one each time.
FIRST, TIMES = (1, 1.0) if "ZHAOSHANG_LONG" in os.environ else (40, 3.0)


def migrate_until(statements: float, and_then_s: float = 0.0) -> bool:
    """Migrate in a process of its own that is killed before its nth statement, or so long after it began; whether it came to its end."""
    connections.close_all()
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code <= 0, "it ended by itself, see above"
        return code == 0
    left = [int(statements)]

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("SELECT"):
            left[0] -= 1
        if left[0] < 0 and not and_then_s:
            os.kill(os.getpid(), signal.SIGKILL)
        if left[0] == -1:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(
                signal.ITIMER_REAL, and_then_s
            )  # ends the process wherever it is, in the middle of a statement too
        return execute(sql, params, many, context)

    code = 1
    try:
        with connection.execute_wrapper(count), whole_nation():  # a migration visits every city
            call_command("migrate", verbosity=0)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def schema(file: Path) -> list[tuple[str, str, str]]:
    """Every table, index and trigger, as it was made."""
    with sqlite3.connect(file) as store:
        return sorted(store.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master"))


@pytest.mark.case("H12")
def test_a_migration_killed_at_any_statement_goes_on(
    tmp_path: Path, migrated: Path, django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "killed.sqlite3"
    with django_db_blocker.unblock():
        connections.close_all()
        monkeypatch.setitem(connection.settings_dict, "NAME", str(own))
        statements, kills = float(FIRST), 0
        while not migrate_until(statements):
            kills += 1
            statements = statements * TIMES if TIMES > 1 else statements + 1
        connections.close_all()
    assert (connection.vendor, kills >= 3) == ("sqlite", True)
    assert schema(own) == schema(migrated)
    print(f"killed {kills} times, at the latest after {statements:.0f} statements")

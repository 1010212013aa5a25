"""Every address that writes, called so that it does: one line of the diary whatever was typed."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from architecture.routes import routes
from cast import Cast
from django.db import connection
from faults.test_every_write_path import READS
from statement_guard import whole_nation

from doors.doings import DOINGS, PLAIN, browser, do, on_the_day
from doors.doings.desk_nothing import NOTHING_AT_THE_DESK
from doors.doings.walked import BY_FORM
from doors.test_every_line import BESIDE, BREAKS, LONG, Acts
from zhaoshang.desk.once import FIELD

pytestmark = [pytest.mark.one_database, pytest.mark.thorough]
WRITES = {route.name: route for route in routes() if route.verb not in READS}


@pytest.mark.parametrize("name", DOINGS)
@pytest.mark.case("F23")
def test_what_is_done_is_one_line_whatever_was_typed(name: str, cast: Cast, monkeypatch: Any) -> None:
    on_the_day(monkeypatch)
    acts, route, asked = Acts(cast), WRITES[name], DOINGS[name](cast)
    client = browser(cast, asked)
    left = {
        typed: acts.look(f"{name} {typed[:3]!r}", name, lambda typed=typed: do(client, route, asked, typed))  # type: ignore[misc]
        for typed in (PLAIN, BREAKS, LONG)
    }
    assert acts.wrong == [] and left[PLAIN] and set(left.values()) <= {0, left[PLAIN]}


def missing_at_the_desk() -> set[str]:
    """Writing addresses of the desk, the partners' and the public site that nobody says how to call."""
    ours = {name for name in WRITES if not name.startswith("api:")}
    return ours - set(DOINGS) - set(NOTHING_AT_THE_DESK)


@pytest.mark.case("F23", "H4")
def test_every_form_s_address_has_a_recipe_or_writes_nothing() -> None:
    assert missing_at_the_desk() == set() and set(DOINGS).isdisjoint(NOTHING_AT_THE_DESK)
    assert set(BY_FORM) <= set(WRITES), "an address that is gone"


@pytest.mark.parametrize("name", NOTHING_AT_THE_DESK)
@pytest.mark.case("F23")
def test_what_keeps_nothing_keeps_nothing(name: str, cast: Cast, monkeypatch: Any) -> None:
    on_the_day(monkeypatch)
    asked = NOTHING_AT_THE_DESK[name][1](cast)
    client = browser(cast, asked)
    status, tables, lines = Acts(cast).lines(lambda: do(client, WRITES[name], asked))
    assert status < 400 and not tables and len(lines) <= 1, (status, tables, [line.verb for line in lines])


# Pressed twice, these keep two, and why.
TWICE = {
    "desk:login": "who is in already is led on; this client forgets that it is",
    "desk:token_list": "a key is shown once, on the answer, which is not kept to be shown again",
    "desk:webhooks": "its secret is shown once, on the answer, which is not kept to be shown again",
}


def rows_kept() -> Counter[str]:
    """How many rows each table has."""
    found: Counter[str] = Counter()
    with connection.cursor() as cursor, whole_nation():
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(name for name in DOINGS if not name.startswith("api:")))
@pytest.mark.case("G3")
def test_a_second_press_keeps_no_second_of_the_same(name: str, cast: Cast, monkeypatch: Any) -> None:
    on_the_day(monkeypatch)
    asked = DOINGS[name](cast)
    asked = replace(asked, sent={**asked.sent, FIELD: "mark"}) if name.startswith("desk:") else asked
    client = browser(cast, asked)
    do(client, WRITES[name], asked)
    once = rows_kept()
    status = do(client, WRITES[name], asked)
    more = {table: number for table, number in (rows_kept() - once).items() if table not in BESIDE}
    assert status < 500 and bool(more) == (name in TWICE), (status, more)

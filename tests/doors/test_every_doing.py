"""Every address that writes, called so that it does: one line of the diary whatever was typed, nothing cut, and once under one key."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from architecture.test_permissions import undone
from cast import Cast
from django.db import connection
from statement_guard import whole_nation

from doors.doings import DOINGS, NOTHING, PLAIN, SHOWN, WRITES, answer, do, entered, on_the_day
from doors.doings.desk_nothing import NOTHING_AT_THE_DESK
from doors.doings.walked import BY_FORM
from doors.test_every_line import BESIDE, BREAKS, LONG, Acts
from doors.test_refusals import checksums
from zhaoshang.desk.once import FIELD
from zhaoshang.people.models import Event

pytestmark = pytest.mark.one_database
OPERATIONS = {name for name in WRITES if name.startswith("api:")}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: Any) -> None:
    on_the_day(monkeypatch)


@pytest.mark.case("F23", "H4")
def test_every_operation_that_writes_has_a_recipe() -> None:
    assert {name for name in DOINGS if name.startswith("api:")} == OPERATIONS
    assert set(DOINGS) <= set(WRITES) and NOTHING.keys() | SHOWN.keys() <= set(DOINGS)


@pytest.mark.thorough
@pytest.mark.parametrize("name", DOINGS)
@pytest.mark.case("F23")
def test_what_is_done_is_one_line_whatever_was_typed(name: str, cast: Cast) -> None:
    acts, route, asked = Acts(cast), WRITES[name], DOINGS[name](cast)
    client = entered(cast, asked)
    left = {
        typed: acts.look(f"{name} {typed[:3]!r}", name, lambda typed=typed: do(client, route, asked, typed))  # type: ignore[misc]
        for typed in (PLAIN, BREAKS, LONG)
    }
    status, tables, lines = acts.lines(lambda: do(client, route, asked))
    changes = 0 if name in NOTHING or name in SHOWN else 1
    assert acts.wrong == [] and bool(left[PLAIN]) == bool(changes), (status, tables)
    assert set(left.values()) <= {0, left[PLAIN]} and status < 400
    assert changes or (tables, len(lines)) == (set(), int(name in SHOWN))


@pytest.mark.parametrize("name", ["api:new_photo", "api:new_image", "api:new_talk_evidence", "api:new_review"])
def test_what_is_too_long_in_an_address_is_refused_and_not_cut(name: str, cast: Cast) -> None:
    asked = DOINGS[name](cast)
    assert do(entered(cast, asked), WRITES[name], asked, LONG) == 422


class _Nth:
    """The nth text of a call is long, the others are plain. ``left``: how many it has too few."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: self(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self(one) for one in value]
        if not isinstance(value, str) or PLAIN not in value or not self.left:
            return value
        self.left -= 1
        return value if self.left else value.replace(PLAIN, LONG)


def _kept_whole() -> bool:
    """Whether some table holds all of it, as text or in JSON."""
    wanted = LONG.strip()
    with connection.cursor() as cursor, whole_nation():
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            texts = (cell for row in cursor.fetchall() for cell in row if isinstance(cell, str))
            if any(wanted in text or wanted.replace("\n", "\\n") in text for text in texts):
                return True
    return False


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(OPERATIONS))
@pytest.mark.case("E4")
def test_ten_kb_in_one_text_are_refused_or_kept_whole(name: str, cast: Cast) -> None:
    asked = DOINGS[name](cast)
    client = entered(cast, asked)
    for nth in count(1):
        one = _Nth(nth)
        long = replace(asked, sent=one(asked.sent), asked=one(asked.asked))
        if one.left:
            break
        with undone():
            status = do(client, WRITES[name], long)
            assert 400 <= status < 500 or (status < 300 and (name in NOTHING or _kept_whole())), (nth, status)


KEY = {"Idempotency-Key": "once-and-no-more"}
# Kept beside an act: its answer under the key, how often a door was knocked at.
KEPT = {"machines_keptanswer", "people_brake"}


def _stands(cast: Cast) -> tuple[dict[str, str], int]:
    """All tables but those, and how many lines the diary has."""
    found = checksums()
    return {table: told for table, told in found.items() if table not in KEPT}, Event.objects.of(cast.city).count()


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(OPERATIONS))
@pytest.mark.case("E3", "G3", "H7")
def test_sent_twice_under_one_key_it_is_done_once_and_answered_the_same(name: str, cast: Cast) -> None:
    """What shows something that the diary must say was shown takes no keys (``once.each_time``): it shows it again, with another line."""
    asked = DOINGS[name](cast)
    client, before = entered(cast, asked), _stands(cast)
    first = answer(client, WRITES[name], asked, **KEY)
    after = _stands(cast)
    again = answer(client, WRITES[name], asked, **KEY)
    assert (first.status_code, first.content) == (again.status_code, again.content) and first.status_code < 300
    assert (after[0] != before[0], after[1] > before[1]) == (name not in NOTHING | SHOWN, name not in NOTHING)
    assert _stands(cast) == (after[0], after[1] + (name in SHOWN))
    assert again.has_header("Idempotency-Replayed") == (name not in SHOWN)


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
def test_what_keeps_nothing_keeps_nothing(name: str, cast: Cast) -> None:
    asked = NOTHING_AT_THE_DESK[name][1](cast)
    client = entered(cast, asked)
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
def test_a_second_press_keeps_no_second_of_the_same(name: str, cast: Cast) -> None:
    asked = DOINGS[name](cast)
    asked = replace(asked, sent={**asked.sent, FIELD: "mark"}) if name.startswith("desk:") else asked
    client = entered(cast, asked)
    do(client, WRITES[name], asked)
    once = rows_kept()
    status = do(client, WRITES[name], asked)
    more = {table: number for table, number in (rows_kept() - once).items() if table not in BESIDE}
    assert status < 500 and bool(more) == (name in TWICE), (status, more)

"""Whoever holds rows of several tables takes them in one order, so that nobody waits for who waits for them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from itertools import combinations
from typing import Any

import pytest
from architecture.test_permissions import undone
from cast import Cast
from django.db import connection
from django.db.models import QuerySet
from doors.doings import DOINGS, WRITES, do, entered, on_the_day

from locks.races import RACES

pytestmark = [pytest.mark.thorough, pytest.mark.one_database]
WROTE = re.compile(r'(?:UPDATE|DELETE FROM)\s+"?(\w+)')


class Taken:
    """The tables of which an act locks or changes rows, each where it is first met."""

    def __init__(self) -> None:
        self.tables: dict[str, None] = {}

    def lock(self, locked: Callable[..., Any], rows: Any, **options: Any) -> Any:
        """As ``select_for_update``, and noted."""
        self.tables.setdefault(rows.model._meta.db_table)
        return locked(rows, **options)

    def see(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """As the statement, and noted."""
        if wrote := WROTE.match(sql):
            self.tables.setdefault(wrote[1])
        return execute(sql, params, many, context)


@contextmanager
def noted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Taken]:
    """What the block takes."""
    taken, locked = Taken(), QuerySet.select_for_update
    with monkeypatch.context() as patched, connection.execute_wrapper(taken.see):
        patched.setattr(QuerySet, "select_for_update", lambda rows, **options: taken.lock(locked, rows, **options))
        yield taken


def _of_races(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    for race, made in RACES.items():
        with undone():
            for act in made(cast):
                with undone(), noted(monkeypatch) as taken, suppress(Exception):
                    act()  # a refusal is an answer, too
                yield race, list(taken.tables)


def _of_the_api(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    for name in (one for one in DOINGS if one.startswith("api:")):
        with undone():
            people = deepcopy(cast)  # what is undone in the database is undone in them, too
            asked = DOINGS[name](people)
            client = entered(people, asked)
            with noted(monkeypatch) as taken:
                status = do(client, WRITES[name], asked)
            assert status < 300, name
            yield name, list(taken.tables)


def crossed(acts: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """Rings of tables, each taken before the next by some act."""
    after: dict[str, set[str]] = {}
    for tables in acts.values():
        for first, second in combinations(tables, 2):
            after.setdefault(first, set()).add(second)

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(after.get(start, ()))
        while waiting:
            table = waiting.pop()
            if table not in seen:
                seen.add(table)
                waiting += after.get(table, ())
        return seen

    rings = {tuple(sorted(one for one in reached(table) | {table} if table in reached(one))) for table in after}
    return sorted(ring for ring in rings if len(ring) > 1)


@pytest.mark.case("G9")
def test_every_act_takes_tables_in_one_order(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Acts of both hands of every race, and every operation of the API that writes, done."""
    on_the_day(monkeypatch)
    settings.WEBHOOK_HOSTS += ["example.org"]
    told = [*_of_races(cast, monkeypatch), *_of_the_api(cast, monkeypatch)]
    acts = {f"{name} {tables}": tables for name, tables in told if len(tables) > 1}
    assert crossed(acts) == []
    assert len(acts) >= 60


@pytest.mark.case("G9")
def test_a_ring_is_seen() -> None:
    acts = {"one": ["a", "b"], "two": ["b", "c"], "three": ["c", "a"], "four": ["x", "a"]}
    assert crossed(acts) == [("a", "b", "c")] and crossed({"one": ["a", "b"], "two": ["a", "b"]}) == []

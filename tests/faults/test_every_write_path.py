"""The nth write fails: of every address that writes when it is called as the permission matrix calls it, and of every form of the desk as
a person fills it in. The answer is 503, and nothing is half."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import Any

import pytest
from architecture.addresses import OWNED, address, call, subject
from architecture.routes import Route, routes
from architecture.test_permissions import undone
from cast import NOW, Cast
from django.db import connection
from django.test import Client
from doors.doings import DOINGS, browser, do, on_the_day
from doors.test_every_line import Acts, as_before, pressed
from doors.test_refusals import checksums
from doors.walking import forms_met

from faults.test_troubled_store import KEPT_ALONE, Failing
from zhaoshang.people.rules import Role

pytestmark = [pytest.mark.thorough, pytest.mark.one_database]
MOST, PLAIN = 60, "示例文字"
# A sweep is asked for in a transaction of its own, and tells of itself that it failed; that a form was begun is kept beside it.
BY_ITSELF = KEPT_ALONE | {"review_sweep", "machines_keptanswer"}
# A workbook is received first and then read: one that was received stays so, and is read when it is sent or asked for again.
RECEIVED_FIRST = {"desk:import_list": {"review_workbook"}, "desk:import_remap": {"review_workbook"}}
READS = {"GET", "HEAD", "OPTIONS"}
# Who is tried first where several may: whoever has the row as their own.
ORDER = [
    Role.OFFICER,
    Role.STATISTICIAN,
    Role.VERIFIER,
    Role.SECURITY,
    Role.SYSTEM,
    Role.AUDITOR,
    Role.LEADER,
    Role.PARTNER,
]
WRITING = [route for route in routes() if route.needs is not None and route.verb not in READS]


class _Halves:
    """What was found: how many addresses wrote, how often one of their writes failed, and what went wrong."""

    def __init__(self) -> None:
        self.wrote: dict[str, int] = {}
        self.wrong: list[str] = []

    def try_all(self, name: str, ask: Callable[[], int], before: dict[str, str]) -> None:
        """Let the first write fail, then the second, until all go through."""
        for nth in range(1, MOST):
            failing = Failing(nth)
            with connection.execute_wrapper(failing):
                status = ask()
            connection.set_rollback(
                False
            )  # the write failed before the database saw it: what stands there can be looked at
            if not failing.failed:
                return
            self.wrote[name] = nth
            changed = {table for table, told in checksums().items() if told != before[table]}
            changed -= BY_ITSELF | RECEIVED_FIRST.get(name, set())
            if status != 503 or changed:
                self.wrong.append(f"{name}, write {nth}: {status} {sorted(changed)}")
                return


def _among(door: str) -> Iterator[tuple[str, list[Route]]]:
    through = sorted((route for route in WRITING if route.name.startswith(f"{door}:")), key=subject)
    for what, among in groupby(through, key=subject):
        yield what, list(among)


@pytest.mark.parametrize(("door", "least"), [("api", 60)])
@pytest.mark.case("H4")
def test_whichever_write_of_an_address_fails_the_answer_is_503_and_nothing_is_half(
    door: str, least: int, cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    found, clients = _Halves(), {role: Client(raise_request_exception=False) for role in ORDER}
    for role, client in clients.items():
        client.force_login(getattr(cast, role.value))
    for what, named in _among(door):
        with undone():
            row = OWNED[what](cast, True) if what else ""
            before = checksums()
            for route in named:
                role = next(one for one in ORDER if one in route.roles)
                with undone():
                    found.try_all(route.name, partial(call, clients[role], route, address(route, row)), before)
    print(f"{door}: {len(found.wrote)} addresses wrote, {sum(found.wrote.values())} writes failed in turn")
    assert found.wrong == [] and len(found.wrote) >= least


# How many buttons at least write, so that a walk that finds no form does not pass.
LEAST = {Role.OFFICER: 70, Role.VERIFIER: 17, Role.STATISTICIAN: 180, Role.LEADER: 16, Role.SYSTEM: 5, Role.SECURITY: 4}


@pytest.mark.parametrize("role", LEAST, ids=str)
@pytest.mark.case("H4")
def test_whichever_write_of_a_form_fails_the_answer_is_503_and_nothing_is_half(
    cast: Cast, role: Role, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client, forms = forms_met(cast, role, PLAIN)
    found, acts, before, over = _Halves(), Acts(cast), checksums(), set[tuple[object, ...]]()
    for form in forms:
        for button, sparing in pressed(form):
            key = (form.named, *form.press[button : button + 1])
            if key in over or form.named in ("desk:logout", "desk:language"):
                continue
            ask = partial(as_before, client, form, PLAIN, button, sparing)
            status, written, _lines = acts.lines(ask)
            if status < 400 and written:
                over.add(key)
                with undone():
                    found.try_all(f"{key}", ask, before)
    print(
        f"{role}: {len(found.wrote)} buttons wrote, {sum(found.wrote.values())} writes failed in turn",
        *found.wrong,
        sep="\n",
    )
    assert found.wrong == [] and len(found.wrote) >= LEAST[role]


@pytest.mark.parametrize("name", [name for name in DOINGS if not name.startswith("api:")])
@pytest.mark.case("H4")
def test_whichever_write_of_a_recipe_fails_the_answer_is_503_and_nothing_is_half(
    name: str, cast: Cast, monkeypatch: Any
) -> None:
    on_the_day(monkeypatch)
    asked = DOINGS[name](cast)
    route = next(one for one in routes() if one.name == name and one.verb not in READS)
    client, found, before = browser(cast, asked), _Halves(), checksums()
    with undone():
        found.try_all(name, lambda: do(client, route, asked), before)
    assert found.wrong == [] and name in found.wrote

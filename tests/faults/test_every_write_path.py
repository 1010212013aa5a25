"""The nth write fails: of every operation of the API, called so that it changes something, and of every form of the desk as a person fills
it in. The answer is 503, and nothing is half."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from architecture.test_permissions import undone
from cast import NOW, Cast
from django.db import connection
from doors.doings import DOINGS, NOTHING, PLAIN, SHOWN, WRITES, answer, do, entered, on_the_day
from doors.test_every_line import Acts, as_before, pressed
from doors.test_refusals import checksums
from doors.walking import forms_met

from faults.test_troubled_store import KEPT_ALONE, Failing
from zhaoshang.people.rules import Role

pytestmark = [pytest.mark.thorough, pytest.mark.one_database]
MOST = 400
# A sweep is asked for, and a workbook received and then read, in transactions of their own, and tells of itself that it failed; that
# a form was begun is kept beside it.
BY_ITSELF = KEPT_ALONE | {"review_sweep", "review_workbook", "review_workbookpage", "machines_keptanswer"}
MEASURED = {"people_brake"}
# What a sweep has found is kept as a whole, also when the line that says so no longer is; the next finds the same.
FOUND = {"review_finding", "review_duplicatepair"}


class _Halves:
    """What was found: how many addresses wrote, how often one of their writes failed, and what went wrong."""

    def __init__(self) -> None:
        self.wrote: dict[str, int] = {}
        self.wrong: list[str] = []

    def try_all(self, name: str, ask: Callable[[], int], before: dict[str, str], whole: bool = False) -> int:
        """Let the first write fail, then the second, until all go through; the status of that call, 0 if it did not come so far.
        ``whole``: nothing at all may be left."""
        for nth in range(1, MOST):
            failing = Failing(nth, notes=whole)
            with connection.execute_wrapper(failing):
                status = ask()
            connection.set_rollback(
                False
            )  # the write failed before the database saw it: what stands there can be looked at
            if not failing.failed:
                return status
            self.wrote[name] = nth
            beside = MEASURED if whole else BY_ITSELF | (FOUND if "sweep" in name else set())
            changed = {table for table, told in checksums().items() if told != before[table]} - beside
            if status != 503 or changed:
                self.wrong.append(f"{name}, write {nth}: {status} {sorted(changed)}")
                return 0
        self.wrong.append(f"{name}: {MOST} writes are not all of them")
        return 0


@pytest.mark.parametrize("name", [name for name in DOINGS if name.startswith("api:")])
@pytest.mark.case("H4")
def test_whichever_write_of_an_operation_fails_the_answer_is_503_and_nothing_is_half(
    name: str, cast: Cast, monkeypatch: Any
) -> None:
    on_the_day(monkeypatch)
    asked = DOINGS[name](cast)
    client, found = entered(cast, asked), _Halves()
    status = found.try_all(name, partial(do, client, WRITES[name], asked), checksums())
    assert found.wrong == [] and 200 <= status < 300 and (name in found.wrote or name in NOTHING)


@pytest.mark.parametrize("name", [name for name in DOINGS if name.startswith("api:") and name not in SHOWN])
@pytest.mark.case("H4", "H7", "E3")
def test_whichever_write_fails_under_a_key_nothing_at_all_is_left_and_the_same_key_may_do(
    name: str, cast: Cast, monkeypatch: Any
) -> None:
    on_the_day(monkeypatch)
    asked = DOINGS[name](cast)
    keyed = replace(asked, headers={"Idempotency-Key": "whole-or-nothing"})
    client, found = entered(cast, asked), _Halves()
    status = found.try_all(name, partial(do, client, WRITES[name], keyed), checksums(), whole=True)
    assert found.wrong == [] and 200 <= status < 300 and name in found.wrote
    assert answer(entered(cast, asked), WRITES[name], keyed).headers["Idempotency-Replayed"] == "true"


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
    client, found, before = entered(cast, asked), _Halves(), checksums()
    with undone():
        found.try_all(name, partial(do, client, WRITES[name], asked), before)
    assert found.wrong == [] and name in found.wrote

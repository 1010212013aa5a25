"""Every lock on a row, by the function that takes it: with it a race goes well, with it taken away the same race goes wrong.

On SQLite writers come one after the other whatever is locked (see ``concurrency.test_locks_taken_away``), so the races are PostgreSQL's.
Each is run in two cities of its own, so that no table need be emptied between.
"""

import ast
from typing import Any

import pytest
from architecture.rooms import ROOT
from cast import NOW, assemble

from locks.gate import BESIDE, Gate, raced
from locks.races import RACES

# Shown by the tests of the account, which ``concurrency.test_locks_taken_away`` runs with these taken away.
SHOWN_THERE = {
    "capital/actions.py::lock_open_month",
    "capital/actions.py::declare_opposite",
    "capital/verification.py::chain_head",
}
# Not raced, and why.
BEHIND = "whoever comes to it holds {} already, so that nobody else is there"
NOT_SHOWN = {
    "bulletins/writing.py::publish_bulletin": "holds the chain still while figures are printed and frozen; a writer that comes between "
    "is told by `freezing.Drifted`",
    "capital/actions.py::_all_still_declared": BEHIND.format("the month's row"),
    "capital/verification.py::_taken": BEHIND.format("the month's row"),
    "contracts/actions/promising.py::_held": BEHIND.format("the project's row"),
    "contracts/actions/reading.py::handle_flag": BEHIND.format("the project's row"),
    "duties/actions/handing.py::hand_over_clock": "a clock that is handed over and answered is right in either order; the lock keeps "
    "the order of the diary",
    "enterprises/contacts.py::erase_again": "only in a restored copy, before anybody is let in",
    "figures/freezing.py::freeze": "reads only: no verification slips in between the walk and the head that it is said to rest on",
    "matchmaking/actions.py::session_of": BEHIND.format("the activity's row"),
    "outreach/actions/activities.py::_guest": "what two say of one guest is right in either order; seats are held by the activity's row",
    "outreach/actions/activities.py::link_signing": BEHIND.format("the activity's row"),
    "partners/claiming.py::approve_claim": "holds the partner's row: what a year's ceiling leaves is not raced here",
    "people/erasing.py::take_away": "what two rounds erase at once is erased; the lock keeps a hold from coming between",
    "projects/following.py::set_follower": "whoever comes last is the follower, in either order",
    "review/deciding.py::decide_pair": "the first row that a merger changes is the second project's line in the index: who comes second "
    "waits for it, and reads what the first left",
    "regions/actions.py::end_unit": "whoever comes last says the day, in either order",
}


def site_of(race: str) -> str:
    """The lock of a race; several races of one lock say what each is about in brackets."""
    return race.partition(" (")[0]


def sites() -> set[str]:
    """The functions that lock rows, as ``file::function``."""
    found: set[str] = set()

    def look(node: ast.AST, path: str, name: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else name
            if isinstance(child, ast.Attribute) and child.attr == "select_for_update":
                found.add(f"{path}::{inner}")
            look(child, path, inner)

    for file in sorted((ROOT / "zhaoshang").rglob("*.py")):
        path = str(file.relative_to(ROOT / "zhaoshang"))
        if path != BESIDE:
            look(ast.parse(file.read_text("utf-8")), path, "")
    return found


@pytest.mark.case("G11")
def test_every_lock_is_raced_or_it_is_said_why_not() -> None:
    raced_here = {site_of(race) for race in RACES}
    known = [raced_here, SHOWN_THERE, set(NOT_SHOWN)]
    assert set().union(*known) == sites()
    assert sum(map(len, known)) == len(set().union(*known)), "one is named twice"
    assert all(NOT_SHOWN.values())


@pytest.mark.postgres
@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
@pytest.mark.case("G11")
@pytest.mark.parametrize("room", sorted({race.partition("/")[0] for race in RACES}))
def test_with_its_lock_a_race_goes_well_and_without_it_wrong(
    room: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.WEBHOOK_HOSTS = ["example.org"]
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    told = {}
    for place, race in enumerate(sorted(race for race in RACES if race.startswith(f"{room}/"))):
        outcomes = []
        for stands in (True, False):
            cast = assemble(f"{'with' if stands else 'without'}{place}")
            outcomes.append(raced(monkeypatch, cast, RACES[race](cast), Gate(site_of(race), stands)))
        well, wrong = outcomes
        if well == wrong or "done" not in well.ended:
            told[race] = outcomes

    assert told == {}

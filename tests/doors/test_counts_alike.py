"""Rows of another unit change nothing of what an officer is told: no count, sum, choice, mark or page of any list, in pages and API."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

import pytest
from architecture.addresses import OWNED, address, subject
from architecture.routes import Route, routes
from cast import NOW, Cast
from dictionary import dictionary
from django.db import transaction
from django.test import Client

from zhaoshang.people.rules import Role

pytestmark = [pytest.mark.thorough, pytest.mark.one_database]
# What is made anew for every answer: the form's token and mark, the key of a draft, the reference of an error.
ANEW = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|name="(?:key|once)" value="[^"]*"|\b[0-9A-F]{8}\b'
)
COUNTED = re.compile(r'<a[^>]*href="(/desk/[^"]+)"[^>]*>(?:(?!</a>).)*?<span class="count">(\d+)</span>', re.DOTALL)
LISTS = [
    route
    for route in routes()
    if route.verb == "GET" and not subject(route) and route.needs is not None and Role.OFFICER in route.roles
]
# What is the whole city's, for every officer alike; the tests of each room say so.
EVERYBODYS = {
    "api:enterprises": "the register of firms is the city's, whichever unit works with them",
    "desk:enterprise_list": "as in the API",
    "api:opportunities": "what is published is the city's offer",
    "desk:opportunity_list": "as in the API",
    "desk:opportunity_map": "as in the API",
    "desk:cockpit": "the city's own figures",
    "api:findings": "that a slip was declared elsewhere too is what the finding is about: how often, not by whom",
    "desk:finding_list": "as in the API",
}
# Two worlds: in one the officer has rows of each sort already; in the other come those that could not be made beside them.
FIRST = {"payments", "evidence", "projects", "imports", "texts", "visits", "demands", "problems", "orders", "findings"}
FIRST |= {"enterprises", "contacts", "touches", "risks", "soe", "leads", "opportunities", "appraisals"}
FIRST |= {"contract-texts", "contract-reviews", "promises", "promise-files"}
SECOND = {"duplicates", "trips", "activities", "pairs", "talks", "clocks", "contract-flags"}
WORLDS = {"beside own rows": (set(OWNED) - {"leads"}, FIRST), "alone": (set[str](), SECOND)}


def told_to(client: Client, route: Route) -> str:
    """What the address answers, without what is made anew for every answer."""
    answer = client.get(address(route, ""))
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not kind.startswith(("text/", "application/json")):
        return str(answer.status_code)
    return ANEW.sub("", answer.content.decode())


def planted(cast: Cast, own: bool, sorts: Iterable[str]) -> set[str]:
    """A row of each sort, as far as it can be made beside the others; which were."""
    made = set()
    for what in sorted(sorts):
        try:
            with transaction.atomic():
                OWNED[what](cast, own)
        except Exception:  # two makers of one code, or a talk that is held already
            continue
        made.add(what)
    return made


def rows_of(page: str) -> int:
    """Rows of the tables of a page."""
    return sum(body.count("<tr") for body in re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL))


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.case("B2")
def test_rows_of_another_unit_change_no_list_of_an_officer(cast: Cast, world: str, monkeypatch: Any) -> None:
    """The bureau sees them come: otherwise that the officer does not would show nothing."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    dictionary(cast)
    officer, bureau = Client(raise_request_exception=False), Client(raise_request_exception=False)
    officer.force_login(cast.officer)
    bureau.force_login(cast.statistician)
    own, other = WORLDS[world]
    planted(cast, True, own)
    planted(cast, True, ["findings"] if own else [])  # what the sweep finds of the rest is there before
    shared = [route for route in LISTS if Role.STATISTICIAN in route.roles]
    told_to(officer, LISTS[0])
    before = {route: told_to(officer, route) for route in LISTS}
    known = {route: told_to(bureau, route) for route in shared}
    assert planted(cast, False, other) >= other
    differ = {route.name for route in LISTS if told_to(officer, route) != before[route]}
    seen = {route.name for route in shared if told_to(bureau, route) != known[route]}
    print(f"{len(LISTS)} lists, {len(seen)} of them changed for the bureau: {sorted(seen)}")
    assert differ - set(EVERYBODYS) == set() and len(seen) >= (22 if own else 20)


# What is due soon is counted, and stands among what is due later.
AMONG = {"/desk/follow-ups/?mine=1", "/desk/demands/"}


@pytest.mark.case("B2")
def test_a_count_is_as_many_rows_as_its_list_shows(cast: Cast, monkeypatch: Any) -> None:
    """Each number that stands in a link of a page or in the API's list of what waits, and the rows of the list that it leads to."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    dictionary(cast)
    planted(cast, False, OWNED)
    planted(cast, True, OWNED)
    for user in (cast.officer, cast.other_officer):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        counted = {(item["href"], str(item["count"])) for item in client.get("/api/me/waiting").json()}
        for route in LISTS:
            counted |= {(unescape(href), many) for href, many in COUNTED.findall(told_to(client, route))}
        told = {(href, int(many), rows_of(client.get(href).content.decode())) for href, many in counted}
        print(user.username, sorted(told))
        wrong = {one for one in told if one[1] != one[2] and not (one[0] in AMONG and 0 < one[1] < one[2])}
        assert len(told) >= 6 and wrong == set()

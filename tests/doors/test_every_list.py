"""Every list of desk, site and API, asked for a page of a thousand million rows, a negative one, one beyond the end, by a hundred filters
that are none: as long as before, by as many queries, and none of them without an end."""

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from architecture.addresses import address, subject
from architecture.routes import Route, routes
from cast import NOW, Cast
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doors.hostile import infest
from zhaoshang.people.rules import Role

pytestmark = [pytest.mark.thorough, pytest.mark.one_database]
ROWS = 52  # more than a page of a list shows
# A page may say again what it was asked, and a search looks for it.
MOST_ROWS, MOST_S, ECHOED, MORE = 500, 1.0, 60_000, 6
SAID = (200, 400, 404, 422, 429)  # the last for a link that was tried too often
FAR = "0fffffff-ffff-7fff-bfff-ffffffffffff"
SIZES = ("page", "size", "page_size", "per_page", "limit", "offset")
ASKED = {
    "huge": urlencode(dict.fromkeys(SIZES, "1000000000")),
    "negative": urlencode(dict.fromkeys(SIZES, "-1")),
    "far": urlencode({"after": FAR, "at": "9999-12", "cursor": FAR}),
    "before": urlencode({"before": "00000000-0000-7000-8000-000000000000", "at": "x"}),
    "filters": urlencode({f"f{number}": str(number) for number in range(100)}),
    "repeated": "&".join("unit=east&state=x&q=a&sort=id" for _ in range(25)),
}
# Tables that grow with the years; others are as long as the city has units, months, indicators or documents.
GROWING = {
    "capital_payment", "capital_evidence", "projects_project", "enterprises_enterprise", "enterprises_touch", "leads_lead", "people_event",
    "review_finding", "review_workbook", "review_duplicatepair", "outreach_trip", "outreach_meeting", "outreach_followup", "outreach_visit",
    "outreach_demand", "outreach_guest", "outreach_signing", "talks_talk", "talks_claim", "talks_transfer", "contracts_promise",
    "contracts_appraisal", "duties_clock", "duties_matter", "duties_responsibility", "jobs_job", "publishing_publicrequest",
}  # fmt: skip
ENDLESS = {
    ("desk:month_list", "capital_payment"): "counted there, by an index: grouped, the whole ledger would be read",
    ("desk:people", "people_event"): "one an account",
    ("desk:person", "people_event"): "one an account",
}
ENDS = re.compile(r' LIMIT |COUNT\(|SUM\(|MIN\(|MAX\(|GROUP BY| IN \(|"(?!city_id")(?:id|\w+_id)" = ')


def endless(asked: CaptureQueriesContext, route: Route) -> Iterator[str]:
    """Statements that read a growing table as far as it goes."""
    for one in asked:
        found = re.match(r'SELECT (?!DISTINCT).*? FROM "(\w+)"', one["sql"], re.DOTALL)
        if found and found[1] in GROWING and not ENDS.search(one["sql"]) and (route.name, found[1]) not in ENDLESS:
            yield f"{route.name}: {one['sql'][:60]} … {one['sql'][one['sql'].find('WHERE') :][:200]}"


def rows_of(answer: Any) -> int:
    """Rows of a page or of the API's answer."""
    if not answer.headers.get("Content-Type", "").startswith("application/json"):
        return int(answer.content.count(b"<tr"))
    told = answer.json()
    rows = told.get("rows", []) if isinstance(told, dict) else told
    return len(rows) if isinstance(rows, list) else 0


class Walk:
    """What was asked, and what was answered too long, too slowly or by too much."""

    def __init__(self, cast: Cast) -> None:
        self.wrong, self.asked = list[str](), 0
        self._clients: dict[Role | None, Client] = {None: Client(raise_request_exception=False)}
        for role in Role:
            self._clients[role] = Client(raise_request_exception=False)
            self._clients[role].force_login(getattr(cast, role.value))

    def client(self, route: Route) -> Client:
        may = (Role.STATISTICIAN, Role.OFFICER, *Role)
        return self._clients[next(role for role in may if role in route.roles) if route.needs is not None else None]

    def measured(self, route: Route, query: str) -> tuple[Any, CaptureQueriesContext]:
        """The second is this thread's own; who is over it is asked once more."""
        for again in (False, True):
            with CaptureQueriesContext(connection) as asked:
                began = time.thread_time()
                answer = self.client(route).get(f"{address(route, '')}?{query}")
                spent = time.thread_time() - began
            if spent <= MOST_S:
                break
            if again:
                self.wrong.append(f"{route.name} {query[:30]}: {spent:.2f} s")
        self.asked += 1
        return answer, asked

    def try_all(self, route: Route) -> None:
        self.measured(route, "")  # what is read once is read
        plain, usual = self.measured(route, "")
        if plain.streaming:
            return
        self.wrong += endless(usual, route)
        for way, query in ASKED.items():
            answer, asked = self.measured(route, query)
            said = answer.status_code == plain.status_code or answer.status_code in SAID
            short = len(answer.content) <= len(plain.content) + ECHOED and rows_of(answer) <= MOST_ROWS
            if not said or not short or len(asked) > len(usual) + MORE:
                told = (answer.status_code, rows_of(answer), len(answer.content), len(asked), len(usual))
                self.wrong.append(f"{route.name} {way}: {told}")


@pytest.mark.parametrize("door", ["api", "desk", "portal"])
@pytest.mark.case("E5")
def test_no_list_is_longer_or_slower_for_what_it_is_asked(cast: Cast, door: str, monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    infest(cast, [f"示例文字{number}号" for number in range(ROWS)])
    walk = Walk(cast)
    for route in routes():
        if route.verb == "GET" and route.name.startswith(f"{door}:") and not subject(route):
            walk.try_all(route)
    print(f"{door}: {walk.asked} requests", *walk.wrong, sep="\n")
    assert walk.wrong == [] and walk.asked >= {"api": 650, "desk": 1_400, "portal": 250}[door]

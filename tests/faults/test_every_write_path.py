"""The nth write fails, for every address that writes when it is called as the permission matrix calls it: 503, and nothing is half."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from architecture.addresses import OWNED, address, call, subject
from architecture.routes import Route, routes
from architecture.test_permissions import undone
from cast import NOW, Cast
from django.db import connection
from django.test import Client
from doors.test_refusals import checksums

from faults.test_troubled_store import KEPT_ALONE, Failing
from zhaoshang.people.rules import Role

pytestmark = [pytest.mark.thorough, pytest.mark.one_database]
MOST = 60
# A sweep is asked for in a transaction of its own, and tells of itself that it failed.
BY_ITSELF = KEPT_ALONE | {"review_sweep"}
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

    def try_all(self, client: Client, route: Route, path: str, before: dict[str, str]) -> None:
        """Let the first write fail, then the second, until all go through."""
        for nth in range(1, MOST):
            failing = Failing(nth)
            with connection.execute_wrapper(failing):
                status = call(client, route, path)
            connection.set_rollback(
                False
            )  # the write failed before the database saw it: what stands there can be looked at
            if not failing.failed:
                return
            self.wrote[route.name] = nth
            changed = {table for table, told in checksums().items() if told != before[table]} - BY_ITSELF
            if status != 503 or changed:
                self.wrong.append(f"{route.verb} {route.name}, write {nth}: {status} {sorted(changed)}")
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
                    found.try_all(clients[role], route, address(route, row), before)
    print(f"{door}: {len(found.wrote)} addresses wrote, {sum(found.wrote.values())} writes failed in turn")
    assert found.wrong == [] and len(found.wrote) >= least

"""The permission matrix: written down whole, and every address called as every role, on rows of the own unit and of another's."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

import pytest
from architecture.addresses import OWNED, address, call, subject
from architecture.rooms import ROOT
from architecture.routes import Route, routes, written_matrix
from cast import Cast
from django.db import transaction
from django.test import Client

from zhaoshang.people.rules import Role

pytestmark = pytest.mark.one_database

# Addresses that need no login: the public site, the login itself and the API's own description.
PUBLIC = {
    "api:api-root",
    "api:openapi-json",
    "api:openapi-view",
    "desk:login",
    "desk:login_code",
    "desk:login_passkey",
    "desk:sso_begin",
    "desk:sso_back",
    "desk:logout",
    "desk:language",
}
PUBLIC |= {"watch:healthz", "watch:readyz", "watch:metrics"}  # the last to insiders only: ``watch.views.is_insider``
ROUTES = routes()


def test_a_name_and_a_verb_are_one_address() -> None:
    """Else a test that goes by names tries one of two, and the matrix says of neither who may."""
    named = [(route.name, route.verb) for route in ROUTES]
    assert [one for one in set(named) if named.count(one) > 1] == []


@pytest.mark.case("B1")
def test_the_matrix_is_written_down_whole() -> None:
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert written == written_matrix(), "run `make docs` and read what changed"


def test_only_what_is_meant_to_be_public_is_public() -> None:
    unasked = {route.name for route in ROUTES if route.needs is None and not route.name.startswith("portal:")}
    assert unasked - PUBLIC == set()


GUARDED = [route for route in ROUTES if route.needs is not None]
DOORS = sorted({route.name.split(":")[0] for route in GUARDED})


def _visitors(cast: Cast) -> dict[Role | None, Client]:
    """One browser for every role, and one for a stranger."""
    visitors: dict[Role | None, Client] = {None: Client()}
    for role in Role:
        visitors[role] = Client()
        visitors[role].force_login(getattr(cast, role.value))
    return visitors


def _right(route: Route, role: Role | None, hidden: bool, status: int) -> bool:
    """Strangers go to the login; 403 for who may not, never for who may; another unit's row is absent."""
    if role is None:
        return status == (401 if route.pattern.startswith("api/") else 302)
    if hidden and role in route.roles:
        return status == 404
    return (status == 403) != (role in route.roles) and status < 500


@pytest.mark.thorough
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.case("B1", "B2", "B5", "B10")
def test_every_role_is_let_in_or_refused_as_written(door: str, cast: Cast) -> None:
    """Every address of the door × every role and a stranger × a row of the own and, for who may, of another unit; each call is undone.

    Who may not call at all is turned away before any row is looked up, so once is enough. A row is made once for all addresses that
    name such a row.
    """
    visitors, told = _visitors(cast), {}
    through = sorted((route for route in GUARDED if route.name.startswith(f"{door}:")), key=subject)
    for what, among in groupby(through, key=subject):
        named = list(among)
        for own in (True, False) if what else (True,):
            with undone():
                row = OWNED[what](cast, own) if what else ""
                for route in named:
                    told |= _wrong(route, address(route, row), visitors, own)
    assert told == {}


def _wrong(route: Route, path: str, visitors: dict[Role | None, Client], own: bool) -> dict[str, int]:
    """Who was answered otherwise than written, and how."""
    told = {}
    for role, client in visitors.items():
        if not own and role not in route.roles:
            continue
        with undone():
            status = call(client, route, path)
        if not _right(route, role, not own and role == Role.OFFICER, status):
            told[f"{route.verb} {route.name} as {role}, {'own' if own else 'other'} unit"] = status
    return told


@contextmanager
def undone() -> Iterator[None]:
    """What the block does is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

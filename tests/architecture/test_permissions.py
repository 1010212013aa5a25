"""The permission matrix: written down whole, and every address called as every role, on rows of the own unit and of another's."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from architecture.rooms import ROOT
from architecture.routes import Route, routes, written_matrix
from cast import Cast
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from duplicates.alike import FIRST

from zhaoshang.people.rules import Role
from zhaoshang.projects.actions import register_project

pytestmark = pytest.mark.one_database

# Addresses that need no login: the public site, the login itself and the API's own description.
PUBLIC = {"api:api-root", "api:openapi-json", "api:openapi-view", "desk:login", "desk:logout", "desk:language"}
ROUTES = routes()


def _payment(cast: Cast, own: bool) -> str:
    project, officer = (cast.plant, cast.officer) if own else (cast.harbour, cast.other_officer)
    return str(cast.declared(project=project, by=officer).pk)


def _evidence(cast: Cast, own: bool) -> str:
    from zhaoshang.capital.models import Evidence

    return str(Evidence.objects.of(cast.city).get(payment_id=_payment(cast, own)).pk)


def _import(cast: Cast, own: bool) -> str:
    from zhaoshang.review.intake import receive

    unit, officer = (cast.east, cast.officer) if own else (cast.west, cast.other_officer)
    content = "项目名称,到位金额(万元)\n示例,1\n".encode()
    return str(
        receive(
            city=cast.city, unit=unit, month=2023 * 12 + 2, content=content, filename="a.csv", by=officer, at=cast.now
        ).pk
    )


def _text(cast: Cast, own: bool) -> str:
    from zhaoshang.bulletins.actions import check_text

    return str(
        check_text(city=cast.city, text="到位内资1亿元", by=cast.officer if own else cast.other_officer, at=cast.now).pk
    )


def _lead(cast: Cast, own: bool) -> str:
    from leads.told import told

    from zhaoshang.leads.actions import assign

    unit, officer = (cast.east, cast.officer) if own else (cast.west, cast.other_officer)
    return str(assign(lead=told(cast), unit=unit, handler=officer, by=cast.statistician, at=cast.now).pk)


def _objection(cast: Cast, own: bool) -> str:
    from assessments.city import account, issued, shown
    from assessments.test_course import objection

    account(cast)
    unit, officer = (cast.east, cast.officer) if own else (cast.west, cast.other_officer)
    return str(objection(cast, shown(cast, issued(cast)), unit=unit, by=officer).pk)


def _pair(cast: Cast, own: bool) -> str:
    from zhaoshang.review.deciding import keep_pairs
    from zhaoshang.review.models import DuplicatePair

    other = replace(FIRST, code="2023-0909")
    unit = cast.east if own else cast.west
    second = register_project(
        city=cast.city, unit=unit, enterprise=cast.harbour.enterprise, new=other, by=None, at=cast.now
    )
    keep_pairs(cast.city, [(cast.plant if own else cast.harbour, second, 10, [])], "sample", cast.now)
    return str(DuplicatePair.objects.of(cast.city).get(second=second).pk)


def _opportunity(cast: Cast, own: bool) -> str:
    from opportunities.building import drafted

    if own:
        return drafted(cast).code
    return drafted(cast, unit=cast.west, steward=cast.other_officer).code


# Rows that belong to a unit: the first part of the address below its door → how to make one of the own or another's unit.
OWNED: dict[str, Callable[[Cast, bool], str]] = {
    "payments": _payment,
    "evidence": _evidence,
    "projects": lambda cast, own: (cast.plant if own else cast.harbour).code,
    "imports": _import,
    "texts": _text,
    "objections": _objection,
    "duplicates": _pair,
    "leads": _lead,
    "opportunities": _opportunity,
}
MISSING = "00000000-0000-7000-8000-000000000000"
OTHERS = {"indicator": "none", "unit": "east", "when": "2023Q1", "code": "none", "month": "2021-01", "name": "none"}
OTHERS |= {"year": "2023", "until": "2023-03", "number": "1"}


def _address(route: Route, cast: Cast, own: bool) -> tuple[str, bool]:
    """The address filled in, and whether it names a row that belongs to a unit."""
    path, owned = "/" + route.pattern, False
    make = OWNED.get(route.pattern.split("/")[1]) if route.converters else None
    for name in route.converters:
        marker = next(
            part
            for part in (f"<{kind}{name}>" for kind in ("uuid:", "slug:", "str:", "int:", "period:", ""))
            if part in path
        )
        if make and name in ("key", "code", "payment"):
            value, owned = make(cast, own), True
        else:
            value = OTHERS.get(name, MISSING)
        path = path.replace(marker, value)
    return path, owned


# Bodies that pass the API's validation, so that it is the row that is looked for.
BODIES = {
    "api:decision": {"verdict": "return", "revision": 1, "reason": "x"},
    "api:new_schedule": {"document": "x", "agreed_on": "2023-01-10", "instalments": {"2023-06": "1.00"}},
    "api:opposite": {"month": "2023-03", "amount": "1.00", "reason": "x"},
    "api:new_report": {"standing": "done", "text": "x", "reported_on": "2023-03-01"},
    "api:decide": {"verdict": "related", "reason": "x"},
    "api:new_tags": {"projects": ["none"]},
    "api:move": {"stage": "none", "on": "2023-03-01"},
    "api:skip": {"stage": "none", "on": "2023-03-01", "skip_reason": "x"},
    "api:amend_lead": {"investor": "x"},
    "api:triage": {"verdict": "reopen", "reason": "x"},
    "api:assign": {"unit": "none", "handler": "none"},
    "api:new_answer": {"text": "x"},
    "api:close_lead": {"text": "x"},
    "api:link": {"project": "none"},
    "api:amend_opportunity": {
        "kind": "parcel",
        "title": "x",
        "unit": "east",
        "expires_on": "2099-01-01",
        "revision": 1,
    },
    "api:reserve_opportunity": {"project": "none", "until_on": "2099-01-01", "document": "x"},
    "api:move_opportunity": {"to": "talks"},
    "api:outline_opportunity": {"revision": 1, "geojson": {"type": "Polygon", "coordinates": []}},
    "api:choose": {"entries": []},
    "api:ask": {"revision": 1},
    "api:approve": {"revision": 1},
    "api:new_correction": {"field": "industry", "old": "C", "new": "D", "reason": "x"},
}


def _call(client: Client, route: Route, path: str) -> int:
    if route.name == "api:new_photo":
        return client.post(f"{path}?alt=x", {"file": ContentFile(b"%PDF-1.4\n%%EOF\n", name="a.pdf")}).status_code
    if route.name in ("api:new_evidence", "api:new_import", "api:new_proof"):
        return client.post(
            f"{path}?kind={'contract&stage=signed' if route.name == 'api:new_proof' else 'invoice'}",
            {"file": ContentFile(b"%PDF-1.4\n%%EOF\n", name="a.pdf")},
        ).status_code
    if route.pattern.startswith("api/") and route.verb != "GET":
        body = json.dumps(BODIES.get(route.name, {})).encode()
        return client.generic(route.verb, path, body, content_type="application/json").status_code
    return client.generic(route.verb, path).status_code


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


@pytest.mark.parametrize("door", DOORS)
def test_every_role_is_let_in_or_refused_as_written(door: str, cast: Cast) -> None:
    """Every address of the door × every role and a stranger × a row of the own and of another unit; each call is undone."""
    visitors, told = _visitors(cast), {}
    for route in (route for route in GUARDED if route.name.startswith(f"{door}:")):
        for own in (True, False):
            with undone():
                path, owned = _address(route, cast, own)
                for role, client in visitors.items():
                    with undone():
                        status = _call(client, route, path)
                    if not _right(route, role, owned and not own and role == Role.OFFICER, status):
                        told[f"{route.verb} {route.name} as {role}, {'own' if own else 'other'} unit"] = status
    assert told == {}


@contextmanager
def undone() -> Iterator[None]:
    """What the block does is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

"""Every address that takes something is sent too much, and what nobody asked for: 100 KB in each of its fields, names of fields that are
none. Answered within bounds, and never by a fault of ours."""

import ast
import inspect
import json
import re
import time
from functools import cache
from typing import Any

import pytest
from architecture.addresses import BODIES, OWNED, address, subject
from architecture.routes import Route, routes
from architecture.test_permissions import undone
from cast import Cast
from dictionary import dictionary
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from zhaoshang.api.urls import api
from zhaoshang.people.rules import Role

pytestmark = [pytest.mark.one_database, pytest.mark.thorough]
LONG = "长" * 34_134  # 100 KB in UTF-8
AT_ONCE = 12  # fields of a request: more would be refused unread, being more than a form may hold
MOST_S, MOST_QUERIES = 1.0, 150
WRITES = [route for route in routes() if route.verb != "GET"]


@cache
def names_in(module: str) -> tuple[str, ...]:
    """What the views of a module, and the forms beside them, read of what was sent."""
    import importlib

    found: dict[str, None] = {}
    for node in ast.walk(ast.parse(inspect.getsource(importlib.import_module(module)))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "getlist"):
            found |= {
                one.value: None for one in node.args[:1] if isinstance(one, ast.Constant) and type(one.value) is str
            }
        if (
            isinstance(node, ast.AnnAssign | ast.Assign)
            and isinstance(node.value, ast.Call)
            and "Field" in ast.unparse(node.value.func)
        ):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
            found |= {one.id: None for one in targets if isinstance(one, ast.Name)}
    return tuple(found)


def views() -> dict[str, str]:
    """Name of an address → module of its view."""
    found = {}

    def walk(items: Any, space: str) -> None:
        for item in items:
            if hasattr(item, "url_patterns"):
                walk(item.url_patterns, item.namespace or space)
            else:
                found[f"{space}:{item.name}"] = inspect.unwrap(item.callback).__module__

    walk(get_resolver().url_patterns, "")
    return found


VIEWS = views()
DESCRIBED: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/")


def stretched(schema: dict[str, Any], parts: dict[str, Any]) -> Any:
    """A body of this shape in which every text is 100 KB."""
    if "$ref" in schema:
        return stretched(parts[schema["$ref"].rpartition("/")[2]], parts)
    for one in schema.get("anyOf", schema.get("allOf", []))[:1]:
        return stretched(one, parts)
    if schema.get("type") == "object" or "properties" in schema:
        return {name: stretched(one, parts) for name, one in list(schema.get("properties", {}).items())[:AT_ONCE]}
    if schema.get("type") == "array":
        return [stretched(schema.get("items", {}), parts)]
    if schema.get("type") in ("integer", "number"):
        return 1
    return schema.get("type") != "boolean" and LONG


def bodies(route: Route) -> list[Any]:
    """What to send: JSON for the API, forms in parts for the desk and the public site."""
    if route.name.startswith("api:"):
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{route.pattern}")
        operation = DESCRIBED["paths"][path][route.verb.lower()]
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content:
            return [stretched(content["schema"], DESCRIBED["components"]["schemas"])]
        return [dict.fromkeys(BODIES.get(route.name, {"text": ""}), LONG)]
    names = [name for name in names_in(VIEWS[route.name]) if name] or ["text"]
    return [dict.fromkeys(names[start : start + AT_ONCE], LONG) for start in range(0, len(names), AT_ONCE)]


def caller(route: Route) -> Role | None:
    """Who may: the officer, whose unit the rows are of, before others."""
    if route.needs is None:
        return None
    return next((role for role in (Role.OFFICER, Role.STATISTICIAN, *Role) if role in route.roles), None)


def send(client: Client, route: Route, path: str, body: Any) -> int:
    if route.name.startswith("api:"):
        return client.generic(route.verb, path, json.dumps(body), content_type="application/json").status_code
    return client.generic(route.verb, path, *encoded(body)).status_code


def encoded(body: dict[str, str]) -> tuple[bytes, str]:
    from urllib.parse import urlencode

    return urlencode(body).encode(), "application/x-www-form-urlencoded"


# The desk's own forms take minutes more, and are not walked yet.
@pytest.mark.parametrize("door", sorted({route.name.split(":")[0] for route in WRITES} - {"desk"}))
@pytest.mark.case("D13")
def test_a_hundred_kilobytes_in_every_field_are_answered_within_a_second(cast: Cast, door: str) -> None:
    """The second is the processor's own time, not the clock's: others may keep the machine busy."""
    clients: dict[Role | None, Client] = {}
    told, tried = {}, 0
    for route in WRITES:
        if not route.name.startswith(f"{door}:") or route.name in ("desk:logout",):
            continue
        role = caller(route)
        if role not in clients:
            clients[role] = Client(raise_request_exception=False)
            if role:
                clients[role].force_login(getattr(cast, role.value))
        with undone():
            path = address(route, OWNED[subject(route)](cast, True) if subject(route) else "")
            for body in bodies(route):
                with undone(), CaptureQueriesContext(connection) as asked:
                    began = time.process_time()
                    status = send(clients[role], route, path, body)
                    spent = time.process_time() - began
                tried += 1
                if status >= 500 or spent > MOST_S or len(asked) > MOST_QUERIES:
                    told[f"{route.verb} {route.name} as {role}"] = (status, round(spent, 2), len(asked))
    print(f"{door}: {tried} requests")
    assert told == {} and tried >= 1


SQL = [
    "id",
    "-id",
    "pk",
    "password",
    "unit__memberships__user__password",
    "id) --",
    "id; DROP TABLE x",
    "1=1",
    "city__code",
    "__class__",
]


@pytest.mark.parametrize("door", ["desk", "api", "portal"])
@pytest.mark.case("D9")
def test_names_of_fields_and_orders_that_are_none_reach_no_query(cast: Cast, door: str) -> None:
    """As what to sort by, as a filter's name and its value, and as a name in a body: the answer is never a fault, and no statement holds
    what was sent."""
    dictionary(cast)
    client = Client()
    client.force_login(cast.statistician)
    mark = "zq9'\"qz"
    told = []
    for route in routes():
        if (
            not route.name.startswith(f"{door}:")
            or route.converters
            or (route.needs is not None and Role.STATISTICIAN not in route.roles)
        ):
            continue
        for tried in SQL if route.verb == "GET" else SQL[:2]:
            query = dict.fromkeys(
                ("sort", "order", "by", "group", "rows", "columns", "unit", "q", "period", tried), f"{tried}{mark}"
            )
            with undone(), CaptureQueriesContext(connection) as asked:
                if route.verb == "GET":
                    status = client.get(f"/{route.pattern}", query).status_code
                else:
                    status = client.generic(
                        route.verb, f"/{route.pattern}", json.dumps(query), content_type="application/json"
                    ).status_code
            raw = [one["sql"] for one in asked if mark in one["sql"]]  # with its quote doubled it is a value
            told += [f"{route.name} {tried}: {status}"] if status >= 500 or raw else []
    assert told == []

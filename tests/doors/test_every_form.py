"""Every address that takes something is sent too much, and what nobody asked for: 100 KB in each of its fields, names of fields that are
none. Answered within bounds, and never by a fault of ours."""

import ast
import inspect
import json
import re
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import groupby
from typing import Any
from urllib.parse import quote

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

from doors.bound import Bound
from zhaoshang.api.urls import api
from zhaoshang.figures.models import Indicator
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


@cache
def names_of(module: str) -> tuple[str, ...]:
    """As :func:`names_in`, with the forms that the module takes from elsewhere."""
    import importlib

    found = dict.fromkeys(names_in(module))
    for node in ast.walk(ast.parse(inspect.getsource(importlib.import_module(module)))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zhaoshang.desk.forms"):
            whole = [f"{node.module}.{one.name}" for one in node.names if node.module == "zhaoshang.desk.forms"]
            for form in whole or [str(node.module)]:
                found |= dict.fromkeys(names_in(form))
    return tuple(name for name in found if name)


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
    names = names_of(VIEWS[route.name]) or ("text",)
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


class Tries:
    """What was sent, and which of it was answered too slowly, by too many queries or as a fault, or stands in a statement's text."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.told, self.count = cast, dict[str, Any](), 0
        self.bound = Bound(LONG[:9])
        self._clients: dict[Role | None, Client] = {}

    def client(self, role: Role | None) -> Client:
        if role not in self._clients:
            self._clients[role] = Client(raise_request_exception=False)
            if role:
                self._clients[role].force_login(getattr(self.cast, role.value))
        return self._clients[role]

    def measure(self, called: str, ask: Callable[[], int]) -> None:
        """The second is the processor's own time in this thread, not the clock's: others may keep the machine busy. What is over it is
        asked once more: the first to come loads what a process loads once."""
        for again in (False, True):
            with undone(), CaptureQueriesContext(connection) as asked, connection.execute_wrapper(self.bound):
                began = time.thread_time()
                status = ask()
                spent = time.thread_time() - began
            if self.bound.raw:
                self.told[called] = self.bound.raw.pop()
            if status < 500 and spent <= MOST_S and len(asked) <= MOST_QUERIES:
                break
            if again:
                self.told[called] = (status, round(spent, 2), len(asked))
        self.count += 1


# The desk's forms are many: whoever comes to a subject makes its row once for all addresses that name it.
@pytest.mark.parametrize("door", sorted({route.name.split(":")[0] for route in WRITES}))
@pytest.mark.case("D13")
def test_a_hundred_kilobytes_in_every_field_are_answered_within_a_second(cast: Cast, door: str) -> None:
    tries = Tries(cast)
    through = sorted((route for route in WRITES if route.name.startswith(f"{door}:")), key=subject)
    for what, among in groupby(through, key=subject):
        with undone():
            row = OWNED[what](cast, True) if what else ""
            for route in among:
                client, path = tries.client(caller(route)), address(route, row)
                if route.name == "desk:logout":  # whoever logs out is asked no more
                    continue
                for body in bodies(route):
                    tries.measure(f"{route.verb} {route.name}", partial(send, client, route, path, body))
    print(f"{door}: {tries.count} requests")
    assert tries.told == {} and tries.count >= LEAST[door]


@pytest.mark.case("D13")
def test_a_hundred_kilobytes_in_every_search_and_filter_are_answered_within_a_second(cast: Cast) -> None:
    """Every list and page of every door, with each of the names that it reads of an address."""
    dictionary(cast)
    cast.declared()
    tries = Tries(cast)
    for route in routes():
        if route.verb == "GET" and not route.converters and route.name not in API_OWN:
            client = tries.client(caller(route))
            for query in queries(route):
                tries.measure(f"GET {route.name}", partial(get, client, f"/{route.pattern}", query))
    print(f"{tries.count} requests")
    assert tries.told == {} and tries.count >= 250


API_OWN = {"api:api-root", "api:openapi-json", "api:openapi-view"}
LEAST = {"api": 200, "desk": 290, "portal": 9}


def queries(route: Route) -> list[dict[str, str]]:
    """Every name that the page reads of its address, as long as may be; a search box on its own, where nothing else is wrong."""
    if route.name.startswith("api:"):
        told = DESCRIBED["paths"].get(f"/{route.pattern}", {}).get("get", {}).get("parameters", [])
        names = tuple(one["name"] for one in told if one["in"] == "query")
    else:
        names = names_of(VIEWS[route.name])
    alone = [{name: LONG} for name in ("q", "project", "sort") if name in names]
    return [*alone, *(dict.fromkeys(names[at : at + AT_ONCE], LONG) for at in range(0, len(names), AT_ONCE))]


def get(client: Client, path: str, query: dict[str, str]) -> int:
    return client.get(path, query).status_code


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


MARK = "zq9'\"qz"
# A word of an address is anything without a slash.
WORD = quote(MARK, safe="")


def asked_by_name(client: Client, route: Route, path: str) -> Iterator[Callable[[], int]]:
    """With names that are none as names and as values; with the mark in each name that is read, and in each word of the address."""
    if route.verb == "GET":
        for tried in SQL:
            names = ("sort", "order", "by", "group", "rows", "columns", "unit", "q", "period", tried, f"{tried}{MARK}")
            yield partial(get, client, path, dict.fromkeys(names, f"{tried}{MARK}"))
        for name in (name for query in queries(route) for name in query):
            yield partial(get, client, path, {name: MARK})
    else:
        for body in bodies(route):
            yield partial(send, client, route, path, written(body, MARK))
    words = re.sub(r"<(?!uuid:|int:)(?:\w+:)?\w+>", WORD, f"/{route.pattern}")
    if "<" not in words:
        yield partial(send, client, route, words, {}) if route.verb != "GET" else partial(get, client, words, {})


def written(body: Any, typed: str) -> Any:
    """The body with ``typed`` for each long text."""
    if isinstance(body, dict):
        return {name: written(one, typed) for name, one in body.items()}
    if isinstance(body, list):
        return [written(one, typed) for one in body]
    return typed if body == LONG else body


@pytest.mark.parametrize("door", ["desk", "api", "portal"])
@pytest.mark.case("D9")
def test_nothing_that_is_sent_stands_in_a_statement_s_text(cast: Cast, door: str) -> None:
    """Each address: names and values of its query, fields of its forms and bodies, words of itself. The answer is never a fault."""
    cast.declared()
    tries, told, count = Tries(cast), list[str](), 0
    through = sorted((route for route in routes() if route.name.startswith(f"{door}:")), key=subject)
    for what, among in groupby((one for one in through if one.name != "desk:logout"), key=subject):
        with undone():
            row = OWNED[what](cast, True) if what else ""
            if not Indicator.objects.of(cast.city).exists():
                dictionary(cast)
            for route in among:
                for ask in asked_by_name(tries.client(caller(route)), route, address(route, row)):
                    bound, count = Bound(MARK, "zq9"), count + 1
                    with undone(), connection.execute_wrapper(bound):
                        status = ask()
                    told += (
                        [f"{route.verb} {route.name}: {status} {bound.raw[:1]}"] if status >= 500 or bound.raw else []
                    )
    print(f"{door}: {count} requests")
    assert told == [] and count >= ASKED[door]


ASKED = {"desk": 4_000, "api": 1_800, "portal": 500}

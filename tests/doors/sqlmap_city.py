"""A city with something of everything for sqlmap, and the addresses in it: ``python -m doors.sqlmap_city fill`` makes and tells them."""

import json
import re
from collections.abc import Iterator
from typing import Any

TEXTS = [f"示例文字{number}号" for number in range(6)]
ROLES = ("statistician", "officer", "verifier")
# Values that are read as what they stand for, so that they come as far as a query.
VALUES = {
    "unit": "east", "month": "2023-03", "at": "2023-03", "from": "2023-01", "to": "2023-03", "until": "2023-03", "since": "2023-01-01",
    "period": "2023-03", "year": "2023", "q": "示例", "after": "0fffffff-ffff-7fff-bfff-ffffffffffff", "page": "1", "size": "20",
    "limit": "20", "offset": "0", "lang": "zh", "language": "zh", "about": "payments", "rows": "payer", "measure": "payments",
    "standing": "declared", "industry": "C", "region": "310000", "came_by": "officer", "indicator": "capital_in_place", "currency": "USD",
    "version": "2023", "person": "officer", "ownership": "private", "outcome": "upheld", "verb": "capital.payment.declared",
}  # fmt: skip


def fill() -> None:
    """The city, keys of those who read and write, and what can be asked there."""
    from api.asking import key_of
    from cast import assemble

    from doors.hostile import infest

    cast = assemble()
    infest(cast, TEXTS)
    cast.verified()
    told: dict[str, Any] = {name: key_of(cast, getattr(cast, name)) for name in ROLES}
    told |= {"project": cast.plant.code, "read": list(reading(cast)), "posts": list(posts(cast))}
    print(json.dumps(told))


def reading(cast: Any) -> Iterator[dict[str, Any]]:
    """Each address that the statistician may read: filled in, the query that its description names, and marked where names stand."""
    from architecture.addresses import address, subject
    from architecture.routes import routes

    from zhaoshang.people.rules import Role

    described, rows = asked(), dict[str, str]()
    for route in routes():
        may = route.needs is None or Role.STATISTICIAN in route.roles
        door = route.name.partition(":")[0]
        if route.verb != "GET" or not may or door not in ("api", "desk", "portal"):
            continue
        row = row_of(cast, subject(route), rows)
        template = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.pattern)
        yield {
            "name": route.name, "door": door, "path": address(route, row), "query": described.get(template, {}),
            "words": [name for name in route.converters if is_word(route.pattern, name)], "template": template,
        }  # fmt: skip


def row_of(cast: Any, kind: str, rows: dict[str, str]) -> str:
    """A row of the sort, made once. Makers are written for a city of their own: a row that this one has no more room for is absent."""
    from architecture.addresses import MISSING, OWNED
    from django.db import transaction

    if kind and kind not in rows:
        try:
            with transaction.atomic():
                rows[kind] = OWNED[kind](cast, True)
        except Exception:  # how many are absent is counted by who asks
            rows[kind] = MISSING
    return rows.get(kind, "")


def is_word(pattern: str, name: str) -> bool:
    """Whether the part of the address is a text that reaches the view as it was sent."""
    return bool(re.search(rf"<(?:str:|slug:|path:)?{name}>", pattern))


def asked() -> dict[str, dict[str, str]]:
    """Address → names in its query → a value that is one, by the API's description of itself."""
    from zhaoshang.api.urls import api

    found: dict[str, dict[str, str]] = {}
    for path, operations in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        given = [one for one in operations.get("get", {}).get("parameters", []) if one["in"] == "query"]
        found[path] = {one["name"]: value_of(one["name"], one.get("schema", {})) for one in given}
    return found


def value_of(name: str, schema: Any) -> str:
    """Something that the name takes."""
    shapes = [schema, *schema.get("anyOf", [])]
    if listed := next((shape["enum"] for shape in shapes if shape.get("enum")), None):
        return str(listed[0])
    if name in VALUES:
        return VALUES[name]
    forms = {str(shape.get("format") or shape.get("type")) for shape in shapes}
    if "date" in forms:
        return "2023-03-01"
    if "uuid" in forms:
        return "0fffffff-ffff-7fff-bfff-ffffffffffff"
    return "true" if "boolean" in forms else "1" if forms & {"integer", "number"} else "示例"


def posts(cast: Any) -> Iterator[dict[str, Any]]:
    """A body of each operation that writes and names no row; ``sound``: it is known to be done, not only to be read."""
    from api.asking import body
    from architecture.routes import routes

    from zhaoshang.api.urls import api

    sound = {
        "/api/payments": body(cast),
        "/api/leads": {"investor": "示例投资方", "subject": "示例项目", "text": "示例", "source_code": "310000"},
        "/api/texts/check": {"text": "到位内资1亿元"},
    }
    described = api.get_openapi_schema(path_prefix="/api/")
    may = {(route.verb, f"/{route.pattern}"): route.roles for route in routes()}
    for path, operations in described["paths"].items():
        given = operations.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        if given is None or "{" in path:
            continue
        by = next((one for one in ROLES if one in {role.value for role in may["POST", path]}), None)
        schema = described["components"]["schemas"].get(given["schema"].get("$ref", "").rpartition("/")[2], {})
        fields = {name: value_of(name, told) for name, told in schema.get("properties", {}).items()}
        if by and fields:
            yield {"path": path, "by": by, "body": sound.get(path, fields), "sound": path in sound}


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    fill()

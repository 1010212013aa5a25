"""How tests ask the API."""

import json
from typing import Any

from cast import Cast
from django.test import Client

from zhaoshang.people.actions import issue_token
from zhaoshang.people.models import User


def post(client: Client, path: str, body: dict[str, Any], **extra: Any) -> Any:
    """The answer to JSON posted to ``/api/<path>``."""
    return client.post(f"/api/{path}", json.dumps(body), content_type="application/json", **extra)


def body(cast: Cast, **changes: Any) -> dict[str, Any]:
    """A payment of the plant, March 2023, as a program declares it."""
    return {
        "project": cast.plant.code,
        "month": "2023-03",
        "paid_on": "2023-03-06",
        "amount": "100000000.05",
        "source_code": "310000",
        "kind": "fixed_assets",
        "origin": "new",
        "bank_serial": "API-1",
    } | changes


def key_of(cast: Cast, user: User, can_write: bool = True, days: int = 9999) -> str:
    """A new API key of ``user``."""
    return issue_token(city=cast.city, user=user, name="机", can_write=can_write, days=days, by=user, at=cast.now)[1]

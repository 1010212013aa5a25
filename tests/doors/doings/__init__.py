"""For every address that writes a call of it that is taken and changes something: by whom, where, and with what.

A recipe makes the rows that it needs and tells the call. Each stands under the name of its address (``api:new_hold``), in the module of
its door and room, and is found by :func:`doing`.
"""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from architecture.routes import Route
from cast import NOW, Cast
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client

from zhaoshang.people.provider import Provider

HOOKS = "hooks.example.org"
PLAIN = "示例文字"  # stands wherever any text would do, and is written otherwise by who tries others


@dataclass(frozen=True, slots=True)
class Doing:
    """One call. ``by``: who of the cast, "" for a visitor; ``sent``: fields of a form, or the JSON body; a file in it goes as a file;
    ``first``: what the same browser does before."""

    by: str
    path: str
    sent: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    first: Callable[[Client], object] | None = None


Recipe = Callable[[Cast], Doing]
DOINGS: dict[str, Recipe] = {}


def doing(name: str) -> Callable[[Recipe], Recipe]:
    """Keeps a recipe under the name of its address."""

    def keep(recipe: Recipe) -> Recipe:
        assert name not in DOINGS, f"{name} has a recipe already"
        DOINGS[name] = recipe
        return recipe

    return keep


def written(value: Any, typed: str) -> Any:
    """The same with ``typed`` wherever any text would do."""
    if isinstance(value, Mapping):
        return {name: written(one, typed) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [written(one, typed) for one in value]
    if isinstance(value, ContentFile):
        value.seek(0)
        return value
    return value.replace(PLAIN, typed) if isinstance(value, str) else value


def on_the_day(monkeypatch: Any) -> None:
    """The day of the cast, in an installation that tells other programs and takes an identity provider's word."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", [HOOKS])
    monkeypatch.setattr(settings, "SSO", Provider("https://provider.example.org/o", "zhaoshang", "示例"))


def browser(cast: Cast, asked: Doing) -> Client:
    """Logged in as who does it, when all was done that comes before."""
    client = Client(raise_request_exception=False)
    if asked.by:
        who = getattr(cast, asked.by)
        who.refresh_from_db()  # a new factor or password ends the sessions that rest on the old
        client.force_login(who)
    if asked.first:
        asked.first(client)
    return client


def do(client: Client, route: Route, asked: Doing, typed: str = PLAIN) -> int:
    """The status of the call by a client that is logged in as ``asked.by``. Whoever undoes what it wrote finds the cookies as before:
    a new password begins a new session."""
    held = deepcopy(client.cookies)
    sent = written(asked.sent, typed)
    if route.name.startswith("api:") and not any(isinstance(one, ContentFile) for one in sent.values()):
        body = json.dumps(sent).encode()
        told = client.generic(route.verb, asked.path, body, content_type="application/json", headers=asked.headers)
    else:
        assert route.verb == "POST"
        told = client.post(asked.path, sent, headers=asked.headers)
    client.cookies = held
    return told.status_code


for found in iter_modules([str(Path(__file__).parent)]):
    import_module(f"{__name__}.{found.name}")

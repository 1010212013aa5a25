"""For every address that writes a call of it that is taken and changes something: by whom, where, and with what.

A recipe makes the rows that it needs and tells the call. Each stands under the name of its address (``api:new_hold``), in the module of
its door and room, and is found by :func:`doing`; one that needs no more than a row of the own unit is a line (:func:`on_own`).
"""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from urllib.parse import urlencode

from architecture.addresses import OWNED, subject
from architecture.routes import Route, routes
from cast import NOW, Cast
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client

from zhaoshang.people.provider import Provider

PLAIN = "示例文字"  # stands wherever any text would do, and is written otherwise by who tries others
HOST = "hooks.example.org"  # where events may be sent
WRITES = {route.name: route for route in routes() if route.verb not in ("GET", "HEAD", "OPTIONS")}


@dataclass(frozen=True, slots=True)
class Doing:
    """One call. ``by``: who of the cast, "" for a visitor; ``sent``: fields of a form, or the JSON body; a file in it goes as a file.
    ``asked``: what stands in the address after the question mark; ``first``: what the same browser does before."""

    by: str
    path: str
    sent: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    first: Callable[[Client], object] | None = None


# Answered without any change: why.
NOTHING = {
    "api:alike": "tells what the city has that may be this project, before it is registered",
    "api:calculate": "computes a sheet that nobody keeps",
    "api:read_text": "lists a text's claims; what is held against the account is another operation",
    "api:trial": "tries rules on past months",
    "api:try_local": "tells what a set would change",
}
# What is shown is no change, but a line of the diary: why.
SHOWN = {
    "api:phone": "a lead's telephone number",
    "api:guest_phone": "a guest's",
    "api:show": "a contact's",
}

Recipe = Callable[[Cast], Doing]
DOINGS: dict[str, Recipe] = {}


def doing(name: str) -> Callable[[Recipe], Recipe]:
    """Keeps a recipe under the name of its address."""

    def keep(recipe: Recipe) -> Recipe:
        assert name not in DOINGS, f"{name} has a recipe already"
        DOINGS[name] = recipe
        return recipe

    return keep


def at(name: str, row: object = "") -> str:
    """The address of this name, on a row that is named by its key, its code or its number."""
    return re.sub(r"<[^>]+>", str(row), f"/{WRITES[name].pattern}")


def of_own(cast: Cast, name: str) -> str:
    """The address of this name, on a new row of the cast's own unit."""
    return at(name, OWNED[subject(WRITES[name])](cast, True))


def plainly(name: str, by: str, sent: Mapping[str, Any] | None = None) -> None:
    """Keeps a recipe that needs nothing but the cast."""
    doing(name)(lambda cast: Doing(by, at(name), sent or {}))


def on_own(name: str, by: str, sent: Mapping[str, Any] | None = None) -> None:
    """Keeps a recipe that needs one row of the cast's own unit, of the sort that the address names."""
    doing(name)(lambda cast: Doing(by, of_own(cast, name), sent or {}))


def pdf(mark: str = "") -> ContentFile[bytes]:
    """A file as it is sent."""
    return ContentFile(f"%PDF-1.4\n% sample {mark}\n%%EOF\n".encode(), name="a.pdf")


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


def answer(client: Client, route: Route, asked: Doing, typed: str = PLAIN, **headers: str) -> Any:
    """What the call is told, by a client that is logged in as ``asked.by``."""
    sent, said = written(asked.sent, typed), {**asked.headers, **headers}
    path = f"{asked.path}?{urlencode(written(asked.asked, typed))}" if asked.asked else asked.path
    if route.name.startswith("api:") and not any(isinstance(one, ContentFile) for one in sent.values()):
        body = json.dumps(sent).encode()
        told = client.generic(route.verb, path, body, content_type="application/json", headers=said)
    else:
        assert route.verb == "POST"
        told = client.post(path, sent, headers=said)
    return told


def do(client: Client, route: Route, asked: Doing, typed: str = PLAIN) -> int:
    """The status of the call. A new session, which some acts begin, counts for nothing afterwards: what they did is undone, too."""
    held = deepcopy(client.cookies)
    status = int(answer(client, route, asked, typed).status_code)
    client.cookies = held
    return status


def on_the_day(monkeypatch: Any) -> None:
    """The day of the cast, in an installation that sends events to one host and takes an identity provider's word."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", [HOST])
    monkeypatch.setattr(settings, "SSO", Provider("https://provider.example.org/o", "zhaoshang", "示例"))


def entered(cast: Cast, asked: Doing) -> Client:
    """A client that is logged in as who does it, when all was done that comes before."""
    client = Client(raise_request_exception=False)
    if asked.by:
        who = getattr(cast, asked.by)
        who.refresh_from_db()  # a new factor or password ends the sessions that rest on the old
        client.force_login(who)
    if asked.first:
        asked.first(client)
    return client


for found in iter_modules([str(Path(__file__).parent)]):
    import_module(f"{__name__}.{found.name}")

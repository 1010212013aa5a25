"""sqlmap over every address that reads, over forms and bodies: part of `make test-long`.

It is installed for this test alone, from ``requirements/sqlmap.lock``. ``ZHAOSHANG_SQLMAP``: how many targets, of each sort by turns;
without it all. ``ZHAOSHANG_SERVED_ON`` names an empty PostgreSQL database to be served instead of SQLite.
"""

import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from faults.long_killed_server import Cookies
from faults.served import SAFETY, Served, ask, laid_out, serving

from doors import injectable
from doors.crawling import LINK, Answer
from doors.filling import Form, forms_of
from doors.sqlmap import Seen, Target, installed, run
from doors.sqlmap_city import VALUES

pytestmark = pytest.mark.installation
MOST = int(os.environ.get("ZHAOSHANG_SQLMAP", "0"))
AT_ONCE = 3
STORE = os.environ.get("ZHAOSHANG_SERVED_ON", "")
DBMS = "PostgreSQL" if STORE else "SQLite"
IN_HEADERS = ("User-Agent", "Referer")
ANSWERS = (200, 422)
WITH_HEADERS = ("api:months", "api:search", "desk:search", "desk:month_list", "portal:home", "portal:feed")
# What is tried first where not all is.
FIRST = (
    "api:search", "api:payments", "api:months", "api:leads", "api:opportunities", "api:enterprises", "api:talk_rows",
    "desk:search", "desk:payment_list", "desk:project_list", "desk:league", "desk:lead_list", "desk:talk_list", "desk:enterprise_list",
    "portal:home", "portal:statistics", "portal:articles", "portal:opportunities", "portal:calendar", "portal:figure", "portal:feed",
    "desk:enterprise_new (form)", "desk:project_amend (form)", "desk:lead_new (form)", "desk:login (form)",
    "POST /api/texts/check", "POST /api/leads", "POST /api/payments", "POST /api/views",
)  # fmt: skip
LEAVES = {"desk:logout", "desk:end_sessions"}  # after these there is nobody to send the next


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(tmp_path_factory.mktemp("sqlmap"))


@dataclass
class Site:
    """The served city, and what a request of the statistician brings besides."""

    server: Served
    cookies: Cookies

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def headers(self, path: str, by: str = "statistician") -> dict[str, str]:
        """A program's key for the API, the person's cookies for the desk."""
        if path.startswith("/api/"):
            return {"Authorization": f"Bearer {self.server.installation.keys[by]}"}
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.held.items())}

    def page(self, path: str) -> Answer:
        status, content, told = ask(self.server.port, "GET", path, **self.headers(path))
        return Answer(status, told.get("content-type", "").startswith("text/html"), content)

    def brings(self, path: str) -> tuple[str, ...]:
        """Names of headers and cookies that are tried at the third level."""
        return (*IN_HEADERS, *(() if path.startswith("/api/") else self.cookies.held))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Site]:
    """Served without brakes: what is tried here is the store."""
    made = laid_out(tmp_path_factory.mktemp("served"), None if STORE else migrated, STORE, "doors.sqlmap_city")
    eased = re.sub(r"at_once = \d+", "at_once = 1000000000", SAFETY.read_text("utf-8"))
    eased = re.sub(r"(idle_minutes|longest_hours|proof_minutes) = \d+", r"\1 = 100000", eased)
    (made.folder / "safety.toml").write_text(eased, "utf-8")
    with serving(made, workers=2) as server:
        person = Cookies()
        assert person.post(server, "/desk/login/", {"username": "statistician", "password": "sample-password"}) == 302
        person.held[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
        yield Site(server, person)


def filters(path: str, page: Answer) -> dict[str, str]:
    """What a page's own forms and links say that its address may ask, each with a value that is there."""
    found: dict[str, str] = {}
    for form in forms_of({path: page}, "get"):
        if urlsplit(form.action).path == path:
            found |= {name: str(value) for name, value in form.filled("示例").items()}
    for link in map(unescape, LINK.findall(page.text)):
        if urlsplit(link).path == path:
            found |= {name: value for name, value in parse_qsl(urlsplit(link).query) if not found.get(name)}
    return {name: VALUES.get(name) or value or "1" for name, value in found.items()}


def known(site: Site, read: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that answer: what the installation could not fill in itself is taken from a link of a page that names a row."""
    pages = {one["path"]: site.page(one["path"]) for one in read}
    links = {unescape(link).partition("?")[0] for page in pages.values() for link in LINK.findall(page.text)}
    named = dict[str, str]()
    for link in sorted(links):
        with suppress(Resolver404):
            named.setdefault(resolve(link).view_name, link)
    for one in read:
        if pages[one["path"]].status not in ANSWERS and one["name"] in named:
            one["path"] = named[one["name"]]
            pages[one["path"]] = site.page(one["path"])
    absent = [one["name"] for one in read if pages[one["path"]].status not in ANSWERS]
    print(f"{len(absent)} of {len(read)} addresses name no row here:", *absent)
    assert len(absent) < len(read) / 4
    return [one | {"page": pages[one["path"]]} for one in read if one["name"] not in absent]


def by_query(site: Site, read: list[dict[str, Any]]) -> dict[str, list[Target]]:
    """The addresses of each door, with each name of their queries; of some headers too: what reads these stands before all addresses."""
    found: dict[str, list[Target]] = {"api": [], "desk": [], "portal": []}
    for one in sorted(read, key=lambda one: one["name"] not in WITH_HEADERS):
        page, headed = one["page"], one["name"] in WITH_HEADERS
        query = one["query"] | (filters(one["path"], page) if page.is_html else {}) | ({"zsx": "1"} if headed else {})
        expects = (*query, *(site.brings(one["path"]) if headed else ()))
        url = f"{site.root}{one['path']}?{urlencode(query)}"
        if query:
            found[one["door"]].append(Target(one["name"], url, "", site.headers(one["path"]), expects, headed))
    whole = [one for targets in found.values() for one in targets]
    faulty = [one.name for one in whole if site.page(one.url.removeprefix(site.root)).status != 200]
    print(f"{len(faulty)} of {len(whole)} say of their query that it is faulty:", *faulty)
    assert len(faulty) < len(whole) / 4
    return found


def by_place(site: Site, read: list[dict[str, Any]]) -> list[Target]:
    """Each address with a star behind every word in it, and behind a name in its query."""
    found = []
    for one in read:
        parts = zip(one["template"].split("/"), one["path"].split("/"), strict=False)
        stars = [f"{quote(part)}*" if wanted.strip("{}") in one["words"] else quote(part) for wanted, part in parts]
        url = f"{site.root}{'/'.join(stars)}?zsx*=1"
        expects = tuple(f"#{place + 1}*" for place in range(url.count("*")))
        found.append(Target(f"{one['name']} (places)", url, "", site.headers(one["path"]), expects, False))
    return found


def by_form(site: Site, read: list[dict[str, Any]]) -> list[Target]:
    """Each form of the pages, once; those with a file are not sent this way."""
    pages = {one["path"]: one["page"] for one in read if one["door"] != "api"}
    pages["/desk/login/"] = Answer(200, True, ask(site.server.port, "GET", "/desk/login/")[1])
    forms: dict[str, Form] = {}
    for form in forms_of({path: page for path, page in pages.items() if page.is_html}):
        if form.named not in LEAVES and all(one.kind != "file" for one in form.fields):
            forms.setdefault(form.named, form)
    found = []
    for name, form in forms.items():
        fields = {field: str(value) or "1" for field, value in form.filled("示例").items()}
        if name.endswith(":login"):
            fields |= {"username": "nobody"}
        expects = tuple(field for field in fields if field != "csrfmiddlewaretoken")
        path = urlsplit(form.action).path
        target = Target(f"{name} (form)", f"{site.root}{path}", urlencode(fields), site.headers(path), expects, False)
        found += [target] if expects else []
    return found


def by_body(site: Site, posts: list[dict[str, Any]]) -> list[Target]:
    """Each body of the API that is described; those known to be done first, and done once here."""
    found = []
    for one in sorted(posts, key=lambda post: not post["sound"]):
        headers = site.headers(one["path"], one["by"])
        if one["sound"]:
            status, told, _ = ask(site.server.port, "POST", one["path"], one["body"], **headers)
            assert status < 300, (one["path"], status, told[:300])
        expects = tuple(f"JSON {name}" for name, value in one["body"].items() if value)
        body = json.dumps(one["body"])
        headers = {**headers, "Content-Type": "application/json"}
        found.append(Target(f"POST {one['path']}", site.root + one["path"], body, headers, expects, False))
    return found


def targets(site: Site) -> list[Target]:
    """All, of each sort by turns."""
    told: dict[str, Any] = site.server.installation.keys
    read = known(site, told["read"])
    sorts = [*by_query(site, read).values(), by_form(site, read), by_body(site, told["posts"]), by_place(site, read)]
    print("targets:", [len(sort) for sort in sorts])
    assert all(len(sort) > 10 for sort in sorts)
    rank = {name: place for place, name in enumerate(FIRST)}
    sorts = [sorted(sort, key=lambda one: (rank.get(one.name, len(rank)), -len(one.expects))) for sort in sorts]
    found = [one for turn in zip_longest(*sorts) for one in turn if one is not None]
    return found[:MOST] if MOST else found


def wrong_of(seen: Seen) -> list[str]:
    """What must not be: something open, something left out, a fault, a brake."""
    name = seen.target.name
    told = [f"{name}: injectable: {seen.injectable}"] if seen.injectable else []
    told += [f"{name}: not tested: {seen.untested}"] if seen.untested else []
    told += [] if seen.ended else [f"{name}: came to no end: {seen.said[-600:]}"]
    return told + [f"{name}: {code} {n} times" for code, n in seen.codes.items() if code >= 500 or code == 429]


@pytest.mark.case("D9")
def test_sqlmap_finds_nothing_by_any_parameter(program: Path, site: Site, tmp_path: Path) -> None:
    wrong, tested, codes, began = list[str](), 0, Counter[int](), time.monotonic()
    wanted = targets(site)

    def tried(place: int) -> Seen:
        return run(program, wanted[place], DBMS, tmp_path / str(place))

    with ThreadPoolExecutor(AT_ONCE) as both:
        for place, seen in enumerate(both.map(tried, range(len(wanted)))):
            wrong += wrong_of(seen)
            tested += len(seen.harmless)
            codes += seen.codes
            spent = time.monotonic() - began
            print(
                f"{spent:6.0f} s {place + 1}/{len(wanted)} {seen.target.name}: {len(seen.harmless)} parameters",
                flush=True,
            )
    print(
        f"{DBMS}: {len(wanted)} targets, {tested} parameters tested, refused by status {dict(codes)}", *wrong, sep="\n"
    )
    assert wrong == [] and tested >= 3 * len(wanted)
    assert site.server.installation.told("look")["wrong"] == []


@pytest.mark.case("D9")
@pytest.mark.parametrize("opened", [True, False])
def test_this_run_would_find_it(program: Path, tmp_path: Path, opened: bool) -> None:
    """By the query, by a body, and by a header at the third level; and what is asked in the same way beside the SQL is none."""
    with injectable.served(opened) as root:
        asked = [
            Target("query", f"{root}/?zsx=1&q=1", expects=("q",)),
            Target("body", f"{root}/", '{"code": "1"}', {"Content-Type": "application/json"}, ("JSON code",)),
            Target("header", f"{root}/agent?zsx=1", expects=("User-Agent",)),
        ]
        seen = [run(program, one, "SQLite", tmp_path / one.name) for one in asked]
    found = [one.injectable for one in seen]
    assert found == ([["q"], ["JSON code"], ["User-Agent"]] if opened else [[], [], []]), seen
    assert [bool(one.untested) for one in seen] == [opened] * 3 and all(one.ended for one in seen)

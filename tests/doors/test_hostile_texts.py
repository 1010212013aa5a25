"""Whatever people type stays text: on every page that shows it, and in every file that carries it away."""

import re
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from browser import Windows
from cast import Cast
from django.test import Client
from django.urls import resolve

from doors.crawling import crawl
from doors.hostile import FORMULAS, MARK, SCRIPTS, infest
from doors.scripts import LEADS, PLACES, RUNS, scripts
from zhaoshang.people.rules import Role

pytestmark = pytest.mark.one_database

# Elements that no template of ours writes, and those that lead or load.
FOREIGN = {"base", "iframe", "object", "embed", "marquee", "video", "style", "math", "animate", "noscript"}
LEADING = {"href", "src", "action", "data", "formaction"}
BAD = ("javascript:", "data:text", "https://evil", "//evil")


class Elements(HTMLParser):
    """What a browser would make of a page: elements and attributes that our templates never write."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        foreign = tag in FOREIGN or (tag == "script" and not given.get("src", "").startswith("/static/"))
        refreshes = tag == "meta" and "http-equiv" in given
        acts = any(name.startswith(("on", "hx-on")) or name == "style" for name in given)
        leads = any(value.strip().lower().startswith(BAD) for name, value in given.items() if name in LEADING)
        if foreign or refreshes or acts or leads:
            self.found.append(self.get_starttag_text() or tag)


def strange(page: str) -> list[str]:
    """Elements of the page that nobody of ours wrote."""
    parser = Elements()
    parser.feed(page)
    return parser.found


# Who reads most of what others typed. To write the texts takes longer than a walk.
READERS = [Role.STATISTICIAN, None]


@pytest.mark.thorough
@pytest.mark.parametrize("roles", [READERS, [role for role in Role if role not in READERS]])
@pytest.mark.case("C10", "I3")
def test_no_text_becomes_an_element_on_any_page(cast: Cast, roles: list[Role | None]) -> None:
    infest(cast, SCRIPTS)
    for role in roles:
        client = Client()
        if role:
            client.force_login(getattr(cast, role.value))
        pages = crawl(client, ["/desk/", "/desk/payments/?period=2023Q1"] if role else ["/"], keep=True)
        shown = {address: strange(page.text) for address, page in pages.items() if page.is_html}
        assert {address: found for address, found in shown.items() if found} == {}, role
        assert {address for address, page in pages.items() if page.status >= 500} == set(), role
        least = 1 if role in (None, Role.SECURITY, Role.PARTNER) else 3
        assert sum(MARK in page.text for page in pages.values()) >= least, role
        assert not any("49zsx" in page.text for page in pages.values()), role


@pytest.mark.browser
@pytest.mark.parametrize(
    "role",
    [
        Role.STATISTICIAN,
        *(pytest.param(role, marks=pytest.mark.thorough) for role in (Role.OFFICER, Role.SECURITY, Role.AUDITOR, None)),
    ],
    ids=str,
)
@pytest.mark.case("C10", "D5")
def test_a_browser_runs_nothing_and_refuses_nothing(
    transactional_db: None, cast: Cast, client: Client, windows: Windows, role: Role | None
) -> None:
    infest(cast, SCRIPTS)
    assert looked_at(cast, client, windows, role) > 0


MANY, AT_ONCE = scripts(500), 50  # as many as a page of a list shows


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.parametrize("begin", range(0, len(MANY), AT_ONCE))
@pytest.mark.case("C10", "D5")
def test_a_browser_runs_none_of_five_hundred_scripts(
    transactional_db: None, cast: Cast, client: Client, windows: Windows, begin: int
) -> None:
    """Fifty at once, each in every field, before whoever reads most of what others typed and before a stranger."""
    infest(cast, MANY[begin : begin + AT_ONCE])
    assert looked_at(cast, client, windows, Role.STATISTICIAN) >= 20
    client.logout()
    assert looked_at(cast, client, windows, None) >= 1


def test_the_five_hundred_scripts_are_different_and_made_of_everything() -> None:
    assert len({text[:40] for text in MANY}) == 500 and all(MARK in text for text in MANY)
    assert [place for place in PLACES if not any(text.startswith(place) for text in MANY)] == []
    elements = {element for element, *_ in [*RUNS, *LEADS]}
    assert [one for one in elements if not any(f"<{one.split()[0]}" in text for text in MANY)] == []
    assert sum(bool(strange(f"<p>{text}</p>")) for text in MANY) >= 200


def looked_at(cast: Cast, client: Client, windows: Windows, role: Role | None) -> int:
    """How many kinds of page a person saw the texts on, none of which complained."""
    if role:
        client.force_login(getattr(cast, role.value))
    pages = crawl(client, ["/", "/desk/"], limit=120, keep=True)
    marked = sorted(
        (address for address, page in pages.items() if page.is_html), key=lambda at: -pages[at].text.count(MARK)
    )
    one_of_each = {
        resolve(address.split("?")[0]).view_name: address for address in reversed(marked) if MARK in pages[address].text
    }
    window = windows.of(getattr(cast, role.value)) if role else windows.stranger()
    for address in one_of_each.values():
        window.go(address)
    assert window.complaints == []
    return len(one_of_each)


def formulas_in(content: bytes) -> list[str]:
    """Cells of a workbook that would calculate or call."""
    with ZipFile(BytesIO(content)) as book:
        parts = [
            book.read(name).decode() for name in book.namelist() if name.startswith("xl/") and name.endswith(".xml")
        ]
        assert not [name for name in book.namelist() if "external" in name.lower()]
    return [found for part in parts for found in re.findall(r"<f\b[^>]*>.*?</f>|<hyperlink\b[^>]*>", part)]


EXPORTS = {
    Role.STATISTICIAN: [
        "/desk/payments/?xlsx=1",
        "/desk/projects/?xlsx=1",
        "/desk/external/?period=2023Q1&xlsx=1",
        "/desk/targets/?year=2023&xlsx=1",
        "/desk/bureau/?month=2023-03&xlsx=1",
        "/desk/league/?period=2023Q1&xlsx=1",
        "/desk/figures/capital_in_place/city/2023Q1/?xlsx=1",
    ],
    Role.AUDITOR: ["/desk/diary/?xlsx=1"],
}


@pytest.mark.case("C3")
def test_formulas_leave_as_text_in_every_workbook(cast: Cast, client: Client) -> None:
    infest(cast, FORMULAS)
    for role, exports in EXPORTS.items():
        client.force_login(getattr(cast, role.value))
        books = {address: client.get(address).content for address in exports}
        assert {address: found for address, content in books.items() if (found := formulas_in(content))} == {}
        texts = [ZipFile(BytesIO(content)).read("xl/sharedStrings.xml").decode() for content in books.values()]
        assert sum("=zsx" in text for text in texts) >= (3 if role == Role.STATISTICIAN else 1)


@pytest.mark.parametrize("text", [text for text in SCRIPTS if re.match(r"[\"']?>?<\w", text) and "<b>" not in text])
def test_this_search_would_see_a_text_that_became_an_element(text: str) -> None:
    assert strange(f"<p>{text}</p>")

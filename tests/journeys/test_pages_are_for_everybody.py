"""Every page that people start from, for each role that has it: axe finds nothing, nothing sticks out, nothing is refused."""

from datetime import date

import pytest
from browser import PHONE, WIDE, Windows, faults
from cast import Cast
from django.urls import reverse
from partners.appointed import chamber
from playwright.sync_api import Page

from zhaoshang.desk.nav import entries_of
from zhaoshang.people.rules import Role

pytestmark = pytest.mark.browser


def wrong_with(page: Page) -> list[str]:
    """What is wrong with the open page on a desk's screen and on a phone."""
    found = []
    for width in (PHONE, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {fault}" for fault in faults(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: sticks out")
    return found


# Two who between them have most pages, one in each language; all in both by `make test-rest`.
FIRST = {(Role.STATISTICIAN, "zh-hans"), (Role.OFFICER, "en")}


@pytest.mark.parametrize(
    ("role", "language"),
    [
        pytest.param(role, language, marks=[] if (role, language) in FIRST else pytest.mark.thorough)
        for role in Role
        for language in ("zh-hans", "en")
    ],
)
def test_every_page_of_the_navigation_is_sound(city: Cast, windows: Windows, role: Role, language: str) -> None:
    city.declared()
    if role == Role.PARTNER:
        chamber(city, login=True, term_to=date(2099, 12, 31))
    window = windows.of(getattr(city, role.value), language=language)
    wrong = {}
    for name in [*(str(entry["url"]) for entry in entries_of(role)), "desk:password"]:
        page = window.go(reverse(name))
        assert page.url == window.address + reverse(name)
        if found := wrong_with(page):
            wrong[name] = found
    assert (wrong, window.complaints) == ({}, [])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", ["/", "/desk/login/", "/desk/nothing/"])
def test_every_page_of_strangers_is_sound(city: Cast, windows: Windows, path: str, language: str) -> None:
    assert wrong_with(windows.stranger(language=language).go(path)) == []

"""A leader asks: adds a dimension without losing the place, opens a cell, goes back, and does the same by keyboard and on a phone."""

import pytest
from browser import PHONE, Windows, faults
from cast import Cast

pytestmark = pytest.mark.browser
PAGE = "/desk/questions/?about=payments&rows=unit&columns=month"


def test_a_question_changes_in_place_and_its_cells_open(city: Cast, windows: Windows) -> None:
    window = windows.of(city.leader, width=PHONE)
    page = window.go(PAGE)
    page.evaluate("window.scrollTo(0, 90)")
    page.click("#columns-1")
    page.wait_for_selector("#columns-add:focus")
    assert (page.evaluate("scrollY"), page.url.partition("?")[2]) == (90, "about=payments&rows=unit")
    page.click("#answer tbody a.figure >> nth=0")
    page.wait_for_selector("#drawer >> text=示例码头")
    page.keyboard.press("Escape")
    page.go_back()
    page.wait_for_selector("#columns-1")
    assert page.url.endswith(PAGE)
    window.is_well()


def test_menus_and_conditions_are_sound_when_open(city: Cast, windows: Windows) -> None:
    window = windows.of(city.leader, width=PHONE)
    page = window.go(PAGE)
    for name in ("#rows-add", "#held-add", "#keep"):
        page.click(name)
        assert faults(page) == []
        page.keyboard.press("Escape")
    page.click("#held-add")
    page.select_option("#f-unit", "west")
    page.click("details[open] form button")
    page.wait_for_selector("#held-1:has-text('西海区')")
    window.is_well()


def test_without_script_the_same_links_and_forms_work(city: Cast, windows: Windows) -> None:
    page = windows.of(city.leader, java_script_enabled=False).go(PAGE)
    page.click("#columns-1")
    page.click("#held-add")
    page.select_option("#f-unit", "west")
    page.click("details[open] form button")
    assert "西海区" in page.inner_text("#held-1")

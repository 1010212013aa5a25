"""The gallery in a browser: quiet, readable by everyone, worked by keys, useful without scripts."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def faults(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]} {node['any'][:1]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("query", ["", "?form=faults", "?look=cockpit", "error/409/", "figure/", "public/"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(open_page: Any, query: str, width: int) -> None:
    page = open_page(query, width=width)
    assert faults(page) == []


def test_axe_finds_nothing_in_the_drawer(open_page: Any) -> None:
    page = open_page()
    page.click("a.figure >> nth=0")
    page.wait_for_selector("#drawer-title")
    assert faults(page) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_is_refused_by_the_policy_and_nothing_sticks_out(open_page: Any, width: int) -> None:
    complaints: list[str] = []
    page = open_page(width=width, complaints=complaints)
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_seal_opens_the_drawer_and_escape_gives_the_place_back(open_page: Any) -> None:
    page = open_page()
    seal = page.locator("a.figure").first
    seal.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#drawer-title")).to_have_text("示例：到位内资")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).not_to_be_visible()
    expect(seal).to_be_focused()


def test_a_figure_within_the_drawer_leads_on_and_back(open_page: Any) -> None:
    page = open_page()
    page.locator("a.figure").first.click()
    page.locator("#drawer a.figure").first.click()
    page.locator("[data-drawer-back]").click()
    expect(page.locator("[data-drawer-back]")).not_to_be_visible()
    expect(page.locator("#drawer-title")).to_be_visible()


def test_without_scripts_a_seal_is_a_link_to_its_page(open_page: Any) -> None:
    page = open_page(java_script_enabled=False)
    page.locator("a.figure").first.click()
    expect(page.locator("h1")).to_have_text("示例：到位内资")
    assert page.url.endswith("/gallery/figure/")


def test_rows_are_walked_and_opened_by_keys(open_page: Any) -> None:
    page = open_page()
    for key in ("j", "j", "ArrowDown", "k", "l"):
        page.keyboard.press(key)
    expect(page.locator("tr.is-at")).to_contain_text("示例乙区")
    assert "167.40" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("h")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"unit=1$"))


def test_keys_search_help_and_go(open_page: Any) -> None:
    page = open_page()
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile(r"\?l$"))
    page.wait_for_load_state()  # its address comes before its scripts, which hear the next key
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()


def test_keys_can_be_switched_off(open_page: Any) -> None:
    page = open_page()
    page.keyboard.press("?")
    page.uncheck("[data-keys-switch]")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("tr.is-at")).to_have_count(0)
    expect(page.locator("#keys-help")).not_to_be_visible()


def test_a_copied_table_has_units_and_plain_numbers(open_page: Any) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy-table]").first.click()
    expect(page.locator("[data-copy-table]").first).to_contain_text("已复制")
    rows = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert rows[0].split("\t")[:4] == ["名次", "地区", "到位内资（亿元）", "同比（%）"]
    assert rows[1].split("\t")[:6] == ["1", "示例甲区", "188.70", "+24.3", "47.2", "1290"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("1,234.5", "12,345,000 元"), ("0.0001", "1 元"), ("１２．５", "125,000 元"), ("1,2万", ""), ("", "")],
)
def test_an_amount_is_read_back_while_it_is_typed(open_page: Any, typed: str, said: str) -> None:
    page = open_page()
    page.fill("#id_amount", typed)
    echo = page.locator("[data-money-echo]")
    expect(echo).to_contain_text(said) if said else expect(echo).to_be_empty()


def test_a_running_job_asks_for_itself(open_page: Any) -> None:
    page = open_page()
    with page.expect_response(re.compile(r"\?job=1$")):
        pass
    expect(page.locator("#job-1 progress")).to_have_count(1)


def test_the_navigation_of_a_phone_slides_in_and_away(open_page: Any) -> None:
    page = open_page(width=390)
    expect(page.locator("#nav")).not_to_be_visible()
    page.click("[data-nav-open]")
    expect(page.locator("#nav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#nav")).not_to_be_visible()


def test_the_first_fault_of_a_form_is_brought_into_view(open_page: Any) -> None:
    page = open_page("?form=faults")
    expect(page.locator(".form-errors")).to_be_focused()
    page.click(".form-errors a >> nth=0")
    assert page.locator("#id_payer").get_attribute("aria-describedby") == "id_payer_helptext id_payer_error"


def test_a_whole_page_does_not_squeeze_into_the_drawer(open_page: Any) -> None:
    page = open_page()
    page.evaluate("document.querySelector('a.figure').href = '/gallery/public/'")
    page.locator("a.figure").first.click()
    expect(page).to_have_url(re.compile("/gallery/public/$"))


def test_a_table_wider_than_its_place_scrolls_within_it(open_page: Any) -> None:
    page = open_page(width=960)
    expect(page.locator(".sheet-scroll.is-wide")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("End")
    page.locator(".is-wide").first.evaluate("box => box.scrollLeft = 9999")
    assert page.locator(".is-wide tbody th").first.bounding_box()["x"] < 260
    assert page.evaluate("document.documentElement.scrollWidth") == 960

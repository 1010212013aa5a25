"""A form that is refused comes back with what was typed; one that was taken leaves nothing behind."""

import pytest
from browser import Windows
from cast import Cast

pytestmark = pytest.mark.browser


def test_a_refused_form_keeps_what_was_typed(city: Cast, windows: Windows) -> None:
    window = windows.of(city.officer)
    page = window.go(f"/desk/projects/{city.plant.code}/stages/")
    page.click("summary:has-text('暂停、流失、撤销')")
    form = page.locator("form:has([name=lost_to])")
    form.locator("[name=standing]").select_option("lost")
    form.locator("[name=reason]").fill("对方给地")
    form.locator("button").click()
    page.wait_for_selector(".message-error")
    page.wait_for_load_state("load")
    assert form.locator("[name=reason]").input_value() == "对方给地"
    assert form.locator("[name=standing]").input_value() == "lost"
    form.locator("[name=lost_to]").fill("示例市")
    form.locator("button").click()
    page.wait_for_selector(".message-success")
    page.wait_for_load_state("load")  # the page's script runs after its words are there
    assert page.evaluate("sessionStorage.getItem('zhaoshang-typed')") is None
    window.is_well()

"""Who comes to a computer after somebody has logged out reads nothing by going back."""

import pytest
from browser import Windows
from cast import Cast
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.case("D7")
def test_back_after_logout_shows_no_private_page(cast: Cast, windows: Windows) -> None:
    cast.declared()
    window = windows.of(cast.officer)
    page = window.go("/desk/payments/")
    expect(page.get_by_text("示例工厂").first).to_be_visible()
    page = window.go("/desk/projects/2023-0001/")
    expect(page.get_by_text("示例工厂").first).to_be_visible()
    page.locator("form[action='/desk/logout/']").first.evaluate("form => form.submit()")
    page.wait_for_url("**/desk/login/**")
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state()
        assert "示例工厂" not in page.content() and "/desk/login/" in page.url
    page.go_forward()
    assert "示例工厂" not in page.content()

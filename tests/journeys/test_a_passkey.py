"""A passkey from its making to its end, in a real browser with a device that Chromium plays."""

from typing import Any

import pytest
from browser import Window, Windows, faults
from cast import Cast
from playwright.sync_api import Page, expect

from zhaoshang.people.models import Event, Passkey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plugged_in(page: Page) -> tuple[Any, str]:
    """A device that its person has just touched, each time."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    return wire, wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def log_in(window: Window) -> Page:
    page = window.go("/desk/login/")
    page.get_by_label("用户名").fill("officer")
    page.get_by_label("密码").fill("sample-password")
    page.get_by_role("button", name="登录", exact=True).click()
    return page


@pytest.mark.case("A7", "A8")
def test_a_clerk_puts_a_passkey_on_logs_in_with_it_and_takes_it_off(
    cast: Cast, windows: Windows, settings: Any
) -> None:
    settings.DESK_URL = windows.address
    window = windows.stranger()
    wire, device = plugged_in(window.page)
    page = log_in(window)
    page.goto(f"{windows.address}/desk/second-factor/")
    page.get_by_role("button", name="添加通行密钥").click()
    page.get_by_label("名称").fill("示例笔记本")
    page.get_by_role("button", name="用这台设备或安全钥匙创建").click()
    expect(page.get_by_role("heading", name="备用码")).to_be_visible()
    page.goto(f"{windows.address}/desk/second-factor/")
    expect(page.get_by_text("示例笔记本")).to_be_visible()
    assert faults(page) == []
    window.is_well()

    page.context.clear_cookies()
    log_in(window)
    expect(page.get_by_role("button", name="用通行密钥登录")).to_be_enabled()
    assert faults(page) == []
    window.is_well()
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_text("没有完成")).to_be_visible()
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page).to_have_url(f"{windows.address}/desk/")
    assert Passkey.objects.of(cast.city).get().counter > 1

    page.context.clear_cookies()
    window.go("/desk/login/")
    assert faults(page) == []
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page).to_have_url(f"{windows.address}/desk/")

    page.goto(f"{windows.address}/desk/second-factor/")
    page.get_by_role("button", name="移除").click()
    expect(page.get_by_text("还没有通行密钥")).to_be_visible()
    assert [one.verb for one in Event.objects.of(cast.city).filter(verb__startswith="people.passkey.")] == [
        "people.passkey.taken_off",
        "people.passkey.put_on",
    ]
    window.is_well()

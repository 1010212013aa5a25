"""What people do on the public site: find a parcel and ask, read an article when its hour has come, have a mistake put right."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from browser import Windows
from cast import Cast
from django.utils import timezone
from opportunities.building import offered
from playwright.sync_api import expect
from publishing.test_images import approved

from zhaoshang.common.shapes import read_text
from zhaoshang.leads.actions import assign
from zhaoshang.leads.models import Lead

pytestmark = pytest.mark.browser


def test_an_investor_finds_a_parcel_on_the_map_compares_asks_and_is_answered(city: Cast, windows: Windows) -> None:
    elsewhere = read_text("121.7, 39.1\n121.701, 39.1\n121.701, 39.101\n121.7, 39.101", "示例")
    first = offered(city, title="示例地块甲")
    second = offered(city, title="示例地块乙", industry="I", outline=elsewhere)
    window = windows.stranger()
    page = window.go("/opportunities/map/")
    page.locator(f"svg a[href*='{first.code}']").first.click()
    expect(page.locator("h1")).to_have_text("示例地块甲")
    page.go_back()
    for one in (first, second):
        page.locator(f"input[name=code][value='{one.code}']").check()
    page.get_by_role("button", name="比较选中的条目").click()
    expect(page.locator("table")).to_contain_text("不同")
    window.is_well()
    page.locator(f"a[href*='{second.code}/ask/']").click()
    page.fill("[name=investor]", "示例装备公司")
    page.fill("[name=text]", "可否分期供地？")
    page.check("[name=agreed]")
    page.get_by_role("button", name="提交咨询").click()
    receipt = page.locator("a.break-all").get_attribute("href") or ""
    window.is_well()
    lead = Lead.objects.of(city.city).select_related("city").get()
    assign(lead=lead, unit=city.east, handler=city.officer, by=city.statistician, at=timezone.now())
    desk = windows.of(city.officer)
    desk.go(f"/desk/leads/{lead.pk}/")
    desk.page.get_by_role("button", name="答复推荐人……").click()
    desk.page.fill("dialog [name=text]", "可以分两期。")
    desk.page.get_by_role("button", name="记录答复").click()
    desk.page.wait_for_load_state()
    desk.is_well()
    assert "答复：" in window.go(receipt).inner_text("main")
    assert "可以分两期" not in page.content()


def test_an_article_is_nowhere_before_its_instant_and_everywhere_after(
    city: Cast, windows: Windows, monkeypatch: Any
) -> None:
    hour = timezone.now() + timedelta(hours=2)
    approved(city, visible_from=hour)
    window = windows.stranger()
    places = [
        "/articles/first/",
        "/articles/first/?lang=en",
        "/articles/first/images/1-480.jpg",
        "/articles/first/images/1-960.jpg",
    ]
    told = ["/", "/articles/", "/articles/feed.atom", "/sitemap.xml", "/calendar/"]

    def seen() -> tuple[set[int], list[str]]:
        get = window.page.request.get
        return {get(window.address + one).status for one in places}, [
            one for one in told if "articles/first" in get(window.address + one).text()
        ]

    assert seen() == ({404}, [])
    clock: Any = timezone.now

    def later() -> datetime:
        return clock() + timedelta(hours=2, minutes=1)  # type: ignore[no-any-return]

    monkeypatch.setattr(timezone, "now", later)
    assert seen() == ({200}, told[:-1])
    page = window.go("/articles/")
    page.get_by_role("link", name="示例标题").click()
    expect(page.locator("article img")).to_have_attribute("alt", "一片海")
    # decode() ends when the picture is there, and fails when it is none.
    assert page.evaluate("document.querySelector('article img').decode().then(() => true)")
    window.is_well()


def test_a_reader_has_a_mistake_put_right_and_finds_it_in_the_public_log(city: Cast, windows: Windows) -> None:
    approved(city, visible_from=timezone.now())
    window = windows.stranger()
    page = window.go("/articles/first/")
    page.get_by_role("link", name="内容有误").click()
    page.select_option("[name=asked]", "correction")
    page.fill("[name=text]", "示例：日期写错了")
    page.fill("[name=contact]", "reader@example.org")
    page.check("[name=agreed]")
    page.get_by_role("button", name="提交").click()
    receipt = page.locator("a.break-all").get_attribute("href") or ""
    window.is_well()
    desk = windows.of(city.statistician)
    desk.go("/desk/public-requests/").get_by_role("link", name="1", exact=True).first.click()
    desk.page.select_option("[name=outcome]", "accepted")
    desk.page.fill("[name=reply]", "已经改正，谢谢。")
    desk.page.fill("[name=public_reply]", "采纳，日期已改正。")
    desk.page.locator("main form button.button-main").click()
    expect(desk.page.locator("main")).to_contain_text("采纳，日期已改正。")
    desk.is_well()
    log = window.go("/ask/log/").inner_text("main")
    assert "采纳，日期已改正。" in log and "reader@example.org" not in log and "日期写错了" not in log
    assert "已经改正，谢谢。" in window.go(receipt).inner_text("main")
    window.is_well()

"""Minutes written on a phone without a network: what was typed is there after a reload, goes up once, and then leaves the device."""

from uuid import uuid4

import pytest
from browser import PHONE, Windows
from cast import Cast
from django.utils import timezone
from outreach.going import CLERK, HEAD, SHANGHAI
from playwright.sync_api import expect

from zhaoshang.outreach.actions.meetings import NewMeeting, add_meeting
from zhaoshang.outreach.actions.trips import NewTrip, decide_trip, plan_trip
from zhaoshang.outreach.models import FollowUp, Meeting, Minutes

pytestmark = pytest.mark.browser
TEXT, STEP = "谈了选址、用电和人才公寓", "周五前寄地块清单"


def meeting_of_today(city: Cast) -> Meeting:
    now, today = timezone.now(), timezone.localdate()
    new = NewTrip(
        code=f"trip-{uuid4().hex[:6]}", title="示例外出", purpose="示例", unit=city.east, first_day=today, last_day=today,
        members=(HEAD, CLERK), destinations=[SHANGHAI],
    )  # fmt: skip
    trip = plan_trip(city=city.city, new=new, by=city.officer, at=now)
    trip = decide_trip(trip=trip, approve=True, by=city.leader, at=now)
    return add_meeting(trip=trip, new=NewMeeting(day=today, party="示例公司"), by=city.officer, at=now)


def test_minutes_typed_without_a_network_are_there_after_a_reload_and_are_kept_once(
    city: Cast, windows: Windows
) -> None:
    window = windows.of(city.officer, width=PHONE)
    page = window.go(f"/desk/meetings/{meeting_of_today(city).pk}/")
    page.context.set_offline(True)
    page.fill("[data-minutes] [name=text]", TEXT)
    page.fill("[data-minutes] [name=next_step]", STEP)
    page.get_by_role("button", name="交纪要").click()
    expect(page.locator("[data-minutes-state]")).to_contain_text("没有网络")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-minutes] [name=text]")).to_have_value(TEXT)
    expect(page.locator("[data-minutes] [name=next_step]")).to_have_value(STEP)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    with page.expect_navigation():
        page.get_by_role("button", name="交纪要").click()
    expect(page.locator("main")).to_contain_text(TEXT)
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('minutes:')).length") == 0
    assert [one.text for one in Minutes.objects.of(city.city)] == [TEXT]
    assert list(FollowUp.objects.of(city.city).order_by("days").values_list("days", flat=True)) == [7, 30, 90]

"""A chamber tells of an investor; an officer answers, meets it on a trip, the contract is reviewed, the project is signed at a
conference and its own stage with it; credit shows, and the chamber puts its own paper into the claim's file.

Each in a window of their own, by the pages' own forms. Beforehand stand the appointment, an approved trip and the conference.
"""

from datetime import date, timedelta

import pytest
from browser import Window, Windows
from cast import Cast
from contracts.papers import CLEAN, docx, pdf
from django.utils import timezone
from outreach.going import CLERK, HEAD, SHANGHAI
from partners.appointed import chamber
from playwright.sync_api import Page, expect

from zhaoshang.contracts.rules.clauses import ReviewKind
from zhaoshang.outreach.actions.activities import add_activity
from zhaoshang.outreach.actions.trips import NewTrip, decide_trip, plan_trip
from zhaoshang.outreach.models import Signing
from zhaoshang.outreach.rules import ActivityKind
from zhaoshang.partners.models import Claim

pytestmark = pytest.mark.browser
INVESTOR, PROJECT, CODE = "上海示例智造集团", "示例智造基地", "2026-0900"


def prepared(city: Cast) -> None:
    """A chamber with a login, an approved trip of the east for today, a conference of today."""
    chamber(city, login=True, term_to=date(2099, 12, 31))
    now, today = timezone.now(), timezone.localdate()
    new = NewTrip(
        code="trip-1", title="示例外出", purpose="示例", unit=city.east, first_day=today, last_day=today + timedelta(days=1),
        members=(HEAD, CLERK), destinations=[SHANGHAI],
    )  # fmt: skip
    trip = plan_trip(city=city.city, new=new, by=city.officer, at=now)
    decide_trip(trip=trip, approve=True, by=city.leader, at=now)
    add_activity(
        city=city.city, code="conference", title="示例大会", kind=ActivityKind.CONFERENCE, unit=None, place="示例会场",
        begins_at=now, ends_at=now + timedelta(hours=4), by=city.statistician, at=now,
    )  # fmt: skip


def in_form(page: Page, action: str, **fields: str) -> None:
    """Fill and send the form whose address ends so, opening its dialog first."""
    form = page.locator(f"form[action$='{action}']")
    dialog = page.locator("dialog", has=form)
    if dialog.count() and not dialog.is_visible():
        page.locator(f"[data-open='{dialog.get_attribute('id')}']").click()
    for name, text in fields.items():
        field = form.locator(f"[name='{name}']")
        field.select_option(text) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(text)
    with page.expect_navigation():
        form.locator("button.button-main, button.button").first.click()


def told_by_the_chamber(window: Window) -> None:
    page = window.go("/desk/own/")
    page.locator("#content").get_by_role("link", name="提交线索").click()
    page.fill("[name=investor]", INVESTOR)
    page.fill("[name=subject]", PROJECT)
    page.fill("[name=amount_fen]", "20000")
    page.select_option("[name=industry]", "C")
    page.select_option("[name=source_code]", "310000")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator(".message")).to_contain_text("回执")
    window.is_well()


def assigned_by_the_bureau(window: Window) -> None:
    page = window.go("/desk/leads/")
    page.locator("#content").get_by_role("link", name=INVESTOR).first.click()
    in_form(page, "/keep/")
    handler = page.locator("form[action$='/assign/'] [name=handler] option", has_text="东山区").first
    in_form(page, "/assign/", handler=handler.get_attribute("value") or "")
    window.is_well()


def answered_by_the_officer(window: Window) -> None:
    page = window.go("/desk/leads/")
    page.locator("#content").get_by_role("link", name=INVESTOR).first.click()
    in_form(page, "/answer/", text="已与企业联系，下周赴沪会见")
    expect(page.locator("main")).to_contain_text("下周赴沪会见")
    window.is_well()


def met_on_the_trip(window: Window) -> None:
    page = window.go("/desk/trips/trip-1/")
    in_form(page, "/meetings/", day=timezone.localdate().isoformat(), party=INVESTOR)
    page.locator("#content").get_by_role("link", name=INVESTOR).first.click()
    page.fill("[data-minutes] [name=text]", "谈定选址和投资额")
    page.get_by_role("button", name="交纪要").click()
    expect(page.locator("main")).to_contain_text("以最新的一份为准")
    window.is_well()


def became_a_project(window: Window) -> None:
    page = window.go("/desk/leads/")
    page.locator("#content").get_by_role("link", name=INVESTOR).first.click()
    page.locator("#content").get_by_role("link", name="登记为项目").click()
    page.fill("[name=name]", PROJECT)
    page.fill("[name=code]", CODE)
    page.fill("[name=enterprise]", "示例智造（示例市）有限公司")
    page.locator("main form button.button-main").click()
    expect(page.get_by_role("link", name=PROJECT, exact=True).first).to_be_visible()
    window.is_well()


def given(page: Page, what: str, content: bytes, name: str, button: str) -> None:
    """Put a file into the form whose file field has this id, and send it."""
    page.set_input_files(what, {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    with page.expect_navigation():
        page.locator("form", has=page.locator(what)).get_by_role("button", name=button, exact=True).click()


def came_to_talks(window: Window) -> None:
    """The record of the talk opens the gate; the contract to be is laid before others."""
    page = window.go(f"/desk/projects/{CODE}/stages/")
    given(page, "#file-talks-talk_record", pdf("talk"), "洽谈记录.pdf", "附上")
    with page.expect_navigation():
        page.get_by_role("button", name="进入在谈").click()
    page = window.go(f"/desk/projects/{CODE}/contract/")
    given(page, "#contract-file", docx(CLEAN), "合同.docx", "上传")
    window.is_well()


def reviewed_by_another(window: Window) -> None:
    """Diligence, law and competition, each with its opinion as a file."""
    for kind in ReviewKind:
        page = window.go(f"/desk/projects/{CODE}/contract/")
        page.locator("summary", has_text="登记一项审查").click()
        page.select_option("[name=kind]", str(kind))
        page.fill("[name=conclusion]", "示例结论")
        given(page, "#opinion-file", pdf(kind), "意见.pdf", "登记")
    window.is_well()


def signed_at_the_conference(window: Window) -> None:
    page = window.go("/desk/activities/conference/")
    in_form(page, "/signings/", project=CODE)
    expect(page.locator("#signed")).to_contain_text(PROJECT)
    expect(page.locator("main .stats")).to_contain_text("2.00")
    window.is_well()


def brought_to_its_stage(window: Window) -> None:
    """From what waits for the officer to the gate, the signed contract attached, the conference chosen."""
    page = window.go("/desk/")
    page.get_by_role("link", name="1 个项目已在活动签约").first.click()
    given(page, "#file-signed-contract", pdf("contract"), "合同.pdf", "附上")
    with page.expect_navigation():
        page.get_by_role("button", name="按活动进入签约").click()
    expect(page.locator("main")).not_to_contain_text("去办签约入阶")
    window.is_well()


def credit_shows(window: Window) -> None:
    page = window.go("/desk/own/")
    page.get_by_role("button", name="申领奖励").click()
    expect(page.locator("main p.prose").first).to_contain_text("早于首次洽谈")
    expect(page.locator("h1")).to_have_text(PROJECT)
    page.fill("[name=document]", "示例登记证1号")
    page.select_option("[name=kind]", "identity")
    given(page, "#f-file", pdf("identity"), "登记证.pdf", "上传")
    expect(page.get_by_role("link", name="示例登记证1号")).to_be_visible()
    window.is_well()


def test_a_chamber_s_lead_is_signed_at_a_conference_and_brings_its_credit(city: Cast, windows: Windows) -> None:
    prepared(city)
    partner, officer, bureau = (windows.of(one) for one in (city.partner, city.officer, city.statistician))
    told_by_the_chamber(partner)
    assigned_by_the_bureau(bureau)
    answered_by_the_officer(officer)
    met_on_the_trip(officer)
    became_a_project(officer)
    came_to_talks(officer)
    reviewed_by_another(bureau)
    signed_at_the_conference(bureau)
    brought_to_its_stage(officer)
    credit_shows(partner)
    claim = Claim.objects.of(city.city).select_related("lead", "project").get()
    signing = Signing.objects.of(city.city).get()
    assert (claim.lead.investor, claim.project.name, signing.project_id) == (INVESTOR, PROJECT, claim.project_id)
    assert claim.project.signed_on == signing.day == timezone.localdate()

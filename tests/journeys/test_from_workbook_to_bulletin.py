"""The main job, walked through in the browser: a district's workbook becomes a league table, a checked article and a bulletin.

Everybody works in a window of their own. After every step the window must be well: no complaint of the browser, and the page fits a phone.
"""

from importlib import resources
from pathlib import Path

import pytest
from browser import Window, Windows
from cast import Cast
from imports.sending import book, line
from playwright.sync_api import Download, Page, expect

from zhaoshang.people.models import User
from zhaoshang.reading.mangle import mangle
from zhaoshang.ui.documents.docx.reading import bound_figures

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIP = b"%PDF-1.4\n% sample slip of a journey\n%%EOF\n"
NEEDS_NO_SLIP = line(8000, serial="SAMPLE-J-2", kind="设备购置")
FAULTY = book(line("一万二左右", serial="SAMPLE-J-1"), NEEDS_NO_SLIP)
CORRECTED = book(line(12000, serial="SAMPLE-J-1"), NEEDS_NO_SLIP)


def sign_in(windows: Windows, user: User) -> Window:
    """Through the front door."""
    window = windows.stranger()
    page = window.go("/desk/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "sample-password")
    page.click("main button")
    expect(page.locator("nav").first).to_be_attached()
    window.is_well()
    return window


def follow(window: Window, entry: str) -> Page:
    """Click an entry of the navigation, unfolding its group first."""
    link = window.page.get_by_role("link", name=entry, exact=True, include_hidden=True)
    fold = window.page.locator("#nav details", has=link)
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").click()
    window.page.locator("#nav").get_by_role("link", name=entry, exact=True).click()
    expect(window.page.locator("h1")).to_be_visible()
    window.is_well()
    return window.page


def send(window: Window, content: bytes) -> Page:
    """Upload a workbook for March."""
    page = follow(window, "导入表格")
    page.select_option("[name=month]", label="2023年3月")
    page.set_input_files("input[type=file]", {"name": "三月报表.xlsx", "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("h1")).to_have_text("三月报表.xlsx")
    window.is_well()
    return page


def import_with_a_fault(window: Window) -> None:
    """The fault is named by its cell and keeps everything out; the corrected file is taken."""
    page = send(window, FAULTY)
    expect(page.locator("#faults")).to_contain_text("C2")
    expect(page.locator("#faults")).to_contain_text("一万二左右")
    expect(page.get_by_role("button", name="整份导入")).to_have_count(0)
    page = send(window, CORRECTED)
    expect(page.locator("#faults")).to_have_count(0)
    page.get_by_role("button", name="整份导入").click()
    expect(page.locator(".message")).to_contain_text("新申报 2 笔")
    page.get_by_role("link", name="看导入的到账").click()
    expect(page.locator("#filtered-total")).to_contain_text("20,000")
    window.is_well()


def attach_slip(window: Window) -> None:
    """Money for fixed assets needs a slip."""
    page = window.page
    page.locator("tbody tr", has_text="12,000").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("缺件")
    page.get_by_role("button", name="附上凭证……").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("select").first.select_option("bank_receipt")
    dialog.locator("input[type=file]").first.set_input_files(
        {"name": "回单.pdf", "mimeType": "application/pdf", "buffer": SLIP}
    )
    dialog.get_by_role("button", name="附上", exact=True).click()
    expect(page.locator(".message").first).to_contain_text("回单.pdf")
    window.is_well()


def verify_everything(window: Window) -> None:
    """One after the other, until the queue is empty."""
    page = follow(window, "审核")
    page.get_by_role("link", name="逐笔审核").click()
    for _ in range(2):
        window.is_well()
        page.get_by_role("button", name="核定", exact=True).click()
    expect(page.locator("main")).to_contain_text("没有等待审核的到账")
    window.is_well()


def league(window: Window) -> list[str]:
    """Names of the units as they stand in the quarter's table."""
    page = follow(window, "排名")
    page.select_option("[name=period]", "2023Q1")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("h1")).to_contain_text("到位内资")
    window.is_well()
    rows = page.locator("#league tbody tr").all_inner_texts()
    return [name for row in rows for name in ("东山区", "西海区") if name in row]


def open_to_the_voucher(window: Window) -> bytes:
    """From the table to the slip in three clicks."""
    page = window.page
    page.locator("#league tbody tr", has_text="东山区").locator("a.figure").first.click()
    expect(page.locator("#drawer-title")).to_contain_text("东山区")
    window.is_well()
    page.locator("#drawer #behind tbody tr", has_text="12,000").get_by_role("link").first.click()
    slip = page.get_by_role("link", name="回单.pdf")
    expect(slip).to_be_visible()
    window.is_well()
    with page.expect_popup():
        slip.click()
    return page.request.get(window.address + str(slip.get_attribute("href"))).body()


def check_article(window: Window) -> None:
    """The retelling, mangled as scraped articles are, with one sentence that this small city can confirm."""
    told = resources.files("zhaoshang.reading").joinpath("samples/retelling.txt").read_text("utf-8")
    page = follow(window, "核对文稿")
    page.fill("[name=text]", mangle("2023年一季度，全市到位内资3亿元。\n" + told, seed=7))
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator("#claims")).to_be_visible()
    assert page.locator("#claims tbody tr").count() > 15
    expect(page.locator("#claims tbody tr").first).to_contain_text("相符")
    window.is_well()


def publish_bulletin(window: Window) -> Download:
    """From a period to a published page and its Word file."""
    page = follow(window, "通报")
    page.get_by_role("button", name="起草通报").click()
    page.select_option("dialog[open] [name=period]", "2023Q1")
    page.locator("dialog[open]").get_by_role("button", name="起草", exact=True).click()
    expect(page.locator("#preview")).to_contain_text("东山区")
    window.is_well()
    page.get_by_role("button", name="保存并发布……").click()
    for box in page.locator("[name=waive]").all():
        box.check()
    for reason in page.locator("[name=few_reason]").all():
        reason.fill("示例：企业已同意公布")
    window.is_well()
    page.get_by_role("button", name="发布并冻结数字").click()
    expect(page.locator("main")).to_contain_text("完好")
    window.is_well()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Word").click()
    return coming.value


def read_in_public(window: Window) -> None:
    """Anybody reads the bulletin, which tells of few firms by its reason, and opens a figure; the front page tells nothing of few."""
    page = window.go("/")
    expect(page.locator("main")).to_contain_text("企业数不足的数不在这里列出")
    window.is_well()
    page.locator(".publications a").first.click()
    expect(page.locator("main")).to_contain_text("东山区")
    expect(page.locator("main")).to_contain_text("3.0亿元")
    window.is_well()
    page.locator("main a.figure").first.click()
    expect(page.locator("body")).to_contain_text("到位内资")
    window.is_well()


def test_a_workbook_becomes_a_league_table_a_checked_article_and_a_bulletin(city: Cast, windows: Windows) -> None:
    leader = sign_in(windows, city.leader)
    assert league(leader) == ["西海区", "东山区"]
    officer = sign_in(windows, city.officer)
    import_with_a_fault(officer)
    attach_slip(officer)
    verify_everything(sign_in(windows, city.verifier))
    assert league(leader) == ["东山区", "西海区"]
    assert open_to_the_voucher(leader) == SLIP
    check_article(leader)
    word = publish_bulletin(sign_in(windows, city.statistician))
    assert "3.0亿元" in {figure.text for figure in bound_figures(Path(word.path()).read_bytes())}
    read_in_public(windows.stranger())

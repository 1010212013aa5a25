"""Ask as people use it: the page, its links, the records behind a cell, files, saved questions."""

import re
from html import unescape
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import YI, Cast
from dictionary import dictionary
from django.test import Client

from zhaoshang.common.periods import Period, parse_month
from zhaoshang.common.sheets import open_workbook
from zhaoshang.people.models import Event
from zhaoshang.questions.models import SavedQuestion

PAGE = "/desk/questions/"


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    """A leader; east has 3 in January and 1 in March, west 9 in March."""
    dictionary(cast)
    for month, yi, project in (("2023-01", 3, cast.plant), ("2023-03", 1, cast.plant), ("2023-03", 9, cast.harbour)):
        first = Period.parse(month).first_day()
        cast.verified(project=project, report_month=parse_month(month), paid_on=first, amount_fen=yi * YI)
    client.force_login(cast.leader)
    return client


def text(client: Client, address: str, status: int = 200, **headers: str) -> str:
    page = client.get(address, headers=headers)
    assert page.status_code == status, page.status_code
    return unescape(page.content.decode())


def links(page: str, words: str) -> list[str]:
    """Addresses of the links with these words in them."""
    return [
        href for href, inside in re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', page, re.S) if words in inside
    ]


def test_the_page_begins_with_a_useful_question(desk: Client) -> None:
    page = text(desk, PAGE)
    assert "申报金额，按地区 × 资金来源" in page and "13.00" in page and "西海区" in page


def test_every_example_has_an_answer(desk: Client) -> None:
    found = re.findall(r'<nav class="shelf shelf-links".*?</nav>', text(desk, PAGE), re.S)[0]
    for href in re.findall(r'href="([^"]+)"', found):
        assert "没有答案" not in text(desk, href), href


def test_a_dimension_comes_and_goes_with_one_click(desk: Client) -> None:
    page = text(desk, f"{PAGE}?about=payments&rows=unit")
    added = text(desk, links(page, "资金类型")[0])
    assert "按地区 × 资金类型" in added or "按资金类型 × 地区" in added
    assert "按资金类型" in text(desk, links(added, "去掉地区")[0])


def test_a_click_changes_only_the_part_that_changes(desk: Client) -> None:
    part = text(desk, f"{PAGE}?about=payments&rows=unit", **{"HX-Request": "true", "HX-Target": "question"})
    assert "<html" not in part and "按地区" in part


def test_a_row_s_name_holds_the_question_to_it(desk: Client) -> None:
    page = text(desk, f"{PAGE}?about=payments&rows=unit&columns=month")
    assert links(page, "东山区")[0].endswith("unit=east")


def test_a_cell_opens_its_records_in_the_drawer(desk: Client) -> None:
    page = text(desk, f"{PAGE}?about=payments&rows=unit&columns=month&money=yi")
    drawer = text(desk, links(page, "9.00")[0], **{"HX-Request": "true", "HX-Target": "drawer-body"})
    assert "示例码头" in drawer and "示例工厂" not in drawer and "<html" not in drawer


def test_counted_records_name_the_rule_that_cuts_them(cast: Cast, desk: Client) -> None:
    cast.verified(kind="working_capital", amount_fen=2 * YI)
    found = text(
        desk, f"{PAGE}records/?about=payments&rows=unit&measure=counted&version=capital_in_place@2023&at.unit=east"
    )
    assert "流动资金按百分之三十计入" in found and "6,000.00" in found


def test_an_officer_s_records_are_of_the_own_unit(cast: Cast, desk: Client) -> None:
    desk.force_login(cast.officer)
    assert "西海区" not in re.sub(
        r"<select.*?</select>", "", text(desk, f"{PAGE}?about=payments&rows=unit"), flags=re.S
    )
    found = text(desk, f"{PAGE}records/?about=payments&rows=unit&at.unit=west")
    assert "示例码头" not in found and "这一格背后没有记录" in found


def test_the_answer_leaves_as_it_is_shown(desk: Client) -> None:
    file = desk.get(f"{PAGE}?about=payments&rows=unit&columns=month&xlsx=1").content
    cells = str(open_workbook(file, "a.xlsx").sheets[0].rows)
    assert "西海区" in cells and "合计" in cells and "130000" in cells


def test_records_leave_as_a_file(desk: Client) -> None:
    file = desk.get(f"{PAGE}records/?about=payments&rows=unit&at.unit=west&xlsx=1").content
    assert "示例码头" in str(open_workbook(file, "a.xlsx").sheets[0].rows)


@pytest.mark.parametrize("show", ["bars", "lines", "map"])
def test_an_answer_is_drawn_where_it_can_be(desk: Client, show: str) -> None:
    rows = "month" if show == "lines" else "unit"
    assert "chart-svg" in text(desk, f"{PAGE}?about=payments&rows={rows}&show={show}")


def test_stacked_bars_and_lines_by_column_are_drawn_too(desk: Client) -> None:
    for asked in ("rows=unit&columns=month&show=bars", "rows=month&columns=unit&show=lines"):
        assert "chart-svg" in text(desk, f"{PAGE}?about=payments&{asked}")


BAD = {
    "about=weather": "不能问“weather”",
    "about=payments&rows=colour": "没有维度“colour”",
    "about=payments&columns=unit&rows=unit": "不能既作行又作列",
    "about=payments&rows=unit&rows=kind&rows=origin": "最多两个维度",
    "about=payments&measure=beauty": "没有数值“beauty”",
    "about=payments&period=2023Q9": "看不懂",
    "about=payments&kind=gold": "没有“gold”这个值",
    "about=payments&month=2023Q1": "没有“2023Q1”这个值",
    "about=payments&top=1000": "前几名写成",
    "about=payments&show=pie": "不能是“pie”",
    "about=payments&compare=2022Q1": "先选时期",
    "about=payments&period=2023Q1&compare=2023": "不能重叠",
    "about=payments&colour=red": "没有维度“colour”",
}


@pytest.mark.parametrize("asked", BAD)
def test_what_cannot_be_read_is_named(desk: Client, asked: str) -> None:
    assert BAD[asked] in text(desk, f"{PAGE}?{asked}", 400)


REFUSED = {
    "measure=counted&version=capital_in_place@2023&rows=kind&columns=industry": "这里不作估算",
    "measure=counted&version=nothing@1": "没有口径“nothing@1”",
    "measure=counted": "请先选口径",
    "unit=nowhere": "没有“nowhere”这个值",
}


@pytest.mark.parametrize("asked", REFUSED)
def test_what_cannot_be_answered_says_why_and_lets_one_go_on(desk: Client, asked: str) -> None:
    page = text(desk, f"{PAGE}?about=payments&{asked}")
    assert REFUSED[asked] in page and "加一个维度" in page


def test_refusals_are_said_in_english_too(desk: Client) -> None:
    desk.cookies["zhaoshang_language"] = "en"
    page = text(desk, f"{PAGE}?about=payments&rows=colour", 400)
    assert "no dimension" in page


def test_nonsense_about_a_cell_is_no_error(desk: Client) -> None:
    for at in ("at.unit=%00", "at.colour=1", "at.unit=*", "at.period=x", "at.month=-"):
        assert desk.get(f"{PAGE}records/?about=payments&rows=unit&{at}").status_code in (200, 400), at


def save(client: Client, title: str = "各区", **extra: str) -> Any:
    return client.post(f"{PAGE}save/", {"asked": "about=payments&rows=unit&kind=land", "title": title} | extra)


def test_a_question_is_saved_and_asked_again(cast: Cast, desk: Client) -> None:
    save(desk)
    assert "/desk/questions/?about=payments&rows=unit&kind=land" in text(desk, f"{PAGE}saved/")
    assert Event.objects.of(cast.city).filter(verb="questions.question.saved").count() == 1


def test_what_is_shared_is_seen_by_others_and_stays_the_owner_s(cast: Cast, desk: Client) -> None:
    save(desk, "共用", shared="1")
    save(desk, "自用")
    key = SavedQuestion.objects.of(cast.city).get(title="共用").pk
    desk.force_login(cast.officer)
    text(desk, PAGE)  # takes the messages of the leader's visit away
    page = text(desk, f"{PAGE}saved/")
    assert "共用" in page and "自用" not in page
    for act in ("rename", "share", "delete"):
        assert desk.post(f"{PAGE}{key}/{act}/", {"title": "x"}).status_code == 404


def test_a_saved_question_is_renamed_shared_and_deleted(cast: Cast, desk: Client) -> None:
    save(desk)
    saved = SavedQuestion.objects.of(cast.city)
    key = saved.get().pk
    desk.post(f"{PAGE}{key}/rename/", {"title": " 新 名 "})
    desk.post(f"{PAGE}{key}/share/", {"shared": "1"})
    assert (saved.get().title, saved.get().is_shared) == ("新 名", True)
    desk.post(f"{PAGE}{key}/delete/")
    assert not saved.exists()
    told = Event.objects.of(cast.city).filter(verb__startswith="questions.").values_list("verb", flat=True)
    assert len(set(told)) == 4


@pytest.mark.parametrize("title", ["", "  ", "名" * 81, "各区"])
def test_a_title_that_will_not_do_is_refused_in_words(cast: Cast, desk: Client, title: str) -> None:
    save(desk)
    page = desk.post(f"{PAGE}save/", {"asked": "about=payments", "title": title}, follow=True).content.decode()
    assert "名字" in page and SavedQuestion.objects.of(cast.city).count() == 1


def test_security_and_audit_may_not_ask(cast: Cast, desk: Client) -> None:
    for person in (cast.security, cast.auditor):
        desk.force_login(person)
        assert desk.get(PAGE).status_code == 403


ASKED = {
    "desk:questions": f"{PAGE}?about=payments&rows=unit&columns=province&standing=verified",
    "desk:question_records": f"{PAGE}records/?about=payments&rows=unit&at.unit=east",
}


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_asks_the_same_of_the_database_for_any_ledger(cast: Cast, desk: Client, name: str) -> None:
    few = queries_of(desk, ASKED[name])
    for place in range(9):
        cast.verified(amount_fen=YI + place, source_code=("310000", "440000", "330000")[place % 3])
    assert (few, queries_of(desk, ASKED[name])) == (QUERY_COUNTS[name], QUERY_COUNTS[name])

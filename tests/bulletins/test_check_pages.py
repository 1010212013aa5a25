"""Checking a text through the desk's page."""

from io import BytesIO

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, YI, Cast
from dictionary import Dictionary
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bulletins.conftest import held_against
from zhaoshang.bulletins.actions import check_text
from zhaoshang.bulletins.models import TextCheck
from zhaoshang.desk.marks import Mark, pieces

TEXT = "示例市招商简报\n2023年一季度，全市到位内资10.0亿元，同比增长25.0%。西海区到位内资5.00亿元。外出招商15次。"


@pytest.fixture
def desk(told: Dictionary, cast: Cast, client: Client) -> Client:
    client.force_login(cast.statistician)
    return client


def checked(client: Client, cast: Cast, **given: object) -> TextCheck:
    """What a person gets who gives this to the page."""
    answer = client.post(reverse("desk:text_list"), given)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return TextCheck.objects.of(cast.city).get(pk=answer["Location"].rstrip("/").rpartition("/")[2])  # type: ignore[no-any-return]


def test_every_claim_is_marked_in_both_texts_and_has_its_line(desk: Client, cast: Cast) -> None:
    check = checked(desk, cast, text=TEXT)
    page = desk.get(reverse("desk:text_open", args=[check.pk])).content.decode()
    for number in range(1, 5):
        assert page.count(f'data-claims="{number}"') >= 2
        assert f'id="claim-{number}"' in page
    assert "账上为10.00亿元，与文中相符" in page
    assert "用“到位内资（2023年口径）”的数比“到位内资（2022年口径）”的数，得25.00%" in page
    assert "/desk/figures/capital_in_place/city/2023Q1/?version=2023" in page


def test_a_mangled_text_is_marked_where_its_claims_stand_in_the_original(desk: Client, cast: Cast) -> None:
    original = "一季度,,全市到位內(nèi)資(zī)１０．０億(yì)元。"
    check = checked(desk, cast, text=f"2023年{original}")
    claim = check.result["claims"][0]
    assert check.text[claim["start"] : claim["end"]].startswith("到位內(nèi)資")
    assert claim["verdict"] == "confirmed"


def test_only_one_verdict_can_be_shown_and_all_leave_as_a_sheet(desk: Client, cast: Cast) -> None:
    check = checked(desk, cast, text=TEXT)
    page = desk.get(reverse("desk:text_open", args=[check.pk]), {"only": "differs"}).content.decode()
    assert ('id="claim-2"' in page, 'id="claim-1"' in page) == (True, False)
    answer = desk.get(reverse("desk:text_open", args=[check.pk]), {"xlsx": "1"})
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert [row[3] for row in rows[2:6]] == ["相符", "不符", "不符", "账上没有"]


def _docx(text: str) -> bytes:
    document, buffer = Document(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("公报.txt", TEXT.encode("gb18030")),
        ("公报.txt", TEXT.encode("utf-8-sig")),
        ("公报.docx", _docx(TEXT)),
    ],
    ids=["gb18030", "utf-8", "word"],
)
def test_a_file_is_read_by_its_content(name: str, content: bytes, desk: Client, cast: Cast) -> None:
    check = checked(desk, cast, file=SimpleUploadedFile(name, content))
    assert [claim["verdict"] for claim in check.result["claims"]] == ["confirmed", "differs", "differs", "not_held"]
    assert check.source == name


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"MZ\x90\x00\x03\x00\x00\x00", "不是文本"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
        ("a.pdf", b"%PDF-1.7\nbroken", ""),
        ("a.txt", b"   \n", "没有文字"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_what_to_do(
    name: str, content: bytes, said: str, desk: Client, cast: Cast
) -> None:
    answer = desk.post(reverse("desk:text_list"), {"file": SimpleUploadedFile(name, content)})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert TextCheck.objects.of(cast.city).count() == 0


def test_nothing_given_teaches_what_to_do(desk: Client) -> None:
    answer = desk.post(reverse("desk:text_list"), {})
    assert (answer.status_code, "请粘贴全文，或选择一个文件" in answer.content.decode()) == (422, True)


def test_looking_again_shows_the_change_beside_the_old_answer(desk: Client, cast: Cast) -> None:
    first = checked(desk, cast, text=TEXT)
    cast.verified(amount_fen=2 * YI)
    page = desk.post(reverse("desk:text_again", args=[first.pk]), follow=True).content.decode()
    assert "与上次核对相比" in page
    assert "<del>相符 · 10.00亿元</del>" in page


def test_the_page_speaks_english_with_its_numbers(desk: Client, cast: Cast) -> None:
    check = checked(desk, cast, text=TEXT)
    desk.post(reverse("desk:language"), {"language": "en", "next": "/"})
    page = desk.get(reverse("desk:text_open", args=[check.pk])).content.decode()
    assert 'lang="en"' in page
    assert "账上为10.00亿元" not in page


def test_hostile_words_stay_words(desk: Client, cast: Cast) -> None:
    check = checked(desk, cast, text=f"<script>alert(1)</script>{TEXT}{{{{7*7}}}}")
    page = desk.get(reverse("desk:text_open", args=[check.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page


def test_a_contradiction_is_shown_with_links_to_its_claims(desk: Client, cast: Cast) -> None:
    text = "2023年一季度，全市到位内资729.4亿元，同比增长24.3%，去年同期为742.5亿元。"
    assert len(held_against(cast, text).findings) == 1
    check = checked(desk, cast, text=text)
    page = desk.get(reverse("desk:text_open", args=[check.pk])).content.decode()
    assert "相比应为-1.76%" in page
    assert 'href="#text-3"' in page


def test_the_list_costs_the_same_for_few_and_many_checks(desk: Client, cast: Cast) -> None:
    for number in range(12):
        check_text(city=cast.city, text=f"{TEXT}{number}", by=cast.leader, at=NOW)
    assert queries_of(desk, reverse("desk:text_list")) == QUERY_COUNTS["desk:text_list"]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8),
)
def test_pieces_are_the_text_whatever_the_marks(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(place, start, end, "differs") for place, (start, end) in enumerate(spans, start=1)]
    cut = pieces(text, marks)
    assert "".join(piece.text for piece in cut) == text
    inside = {mark.number for mark in marks if max(mark.start, 0) < min(mark.end, len(text))}
    assert {number for piece in cut for number in piece.opens} == inside

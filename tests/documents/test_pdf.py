"""The PDF: archival, the same bytes every time, in the measures of the standard, and with nothing of markup in what people typed."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from zhaoshang.ui.documents import typesetting
from zhaoshang.ui.documents.model import Column, Document, FigureRun, Heading, Image, Paragraph, Table, row, runs
from zhaoshang.ui.documents.paper import FACES
from zhaoshang.ui.documents.pdf import write_pdf


@pytest.fixture(scope="module")
def written(bulletin: Document) -> bytes:
    return write_pdf(bulletin)


def text_of(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r\n", "\n")


def joined(content: bytes) -> str:
    """The text without line ends and spaces, which pages put where they must."""
    return re.sub(r"\s", "", text_of(content))


def test_it_claims_pdf_a_2b_in_its_metadata(written: bytes) -> None:
    xmp = written[written.index(b"<x:xmpmeta") : written.index(b"</x:xmpmeta>")].decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert b"/OutputIntents" in written


def test_title_author_and_date_are_the_documents_own(written: bytes) -> None:
    found = pypdfium2.PdfDocument(written).get_metadata_dict()
    assert found["Title"] == "关于2023年一季度全市招商引资工作情况的通报"
    assert found["Author"] == "示例市招商引资工作领导小组办公室"
    assert found["CreationDate"].startswith("D:20230418")


def test_the_same_document_gives_the_same_bytes_on_another_press(written: bytes, bulletin: Document) -> None:
    typesetting.press.cache_clear()
    assert write_pdf(replace(bulletin)) == written


def test_every_font_is_embedded_as_a_subset(written: bytes) -> None:
    assert re.search(rb"/FontFile3", written)
    assert len(written) < 200_000


def test_what_is_printed_can_be_read_back(written: bytes) -> None:
    text = joined(written)
    for words in (
        "一、总体情况",
        "到位内资729.4亿元，同比增长24.3%。",
        "附件：1.重点项目清单",
        "2023年4月18日",
        "—1—",
        "样例数据",
    ):
        assert words in text


def test_a_figure_leads_to_its_source(written: bytes, bulletin: Document) -> None:
    assert written.count(b"/Subtype/Link") == 3
    assert write_pdf(replace(bulletin, sources=())).count(b"/Subtype/Link") == 0


@pytest.fixture(scope="module")
def full_page(bulletin: Document) -> pypdfium2.PdfPage:
    """The second page of a text that fills it."""
    text = replace(bulletin, number=None, sample=False, blocks=(Paragraph(runs("招商引资" * 500)),), sources=())
    return pypdfium2.PdfDocument(write_pdf(text))[1]


def test_a_full_page_has_22_lines_of_28_characters(full_page: pypdfium2.PdfPage) -> None:
    words = full_page.get_textpage()
    places = [place for place, char in enumerate(words.get_text_range()) if char in "招商引资"]
    lines = Counter(round(words.get_charbox(place, loose=True)[1]) for place in places)
    assert list(lines.values()) == [28] * 22


def test_the_text_block_begins_37_mm_down_and_28_mm_in(full_page: pypdfium2.PdfPage) -> None:
    left, _, _, top = full_page.get_textpage().get_charbox(0, loose=True)
    assert left / 72 * 25.4 == pytest.approx(28, abs=0.2)
    assert (full_page.get_height() - top) / 72 * 25.4 == pytest.approx(37 + 2.3, abs=1)  # half of what a line leaves


def test_a_drawing_higher_than_a_page_is_made_smaller(bulletin: Document) -> None:
    tall = Image(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 90"><rect width="10" height="90"/></svg>', "高图"
    )
    page = pypdfium2.PdfDocument(write_pdf(replace(bulletin, blocks=(tall,), sources=())))[1]
    _, bottom, _, top = max((drawn.get_bounds() for drawn in page.get_objects()), key=lambda box: box[3] - box[1])
    assert (top - bottom) / 72 * 25.4 == pytest.approx(190, abs=0.5)


def test_the_head_of_a_long_table_is_on_each_of_its_pages(bulletin: Document) -> None:
    table = Table(
        (Column("排名"), Column("到位内资", "right")), tuple(row(str(place), "1.0") for place in range(1, 81))
    )
    content = write_pdf(replace(bulletin, number=None, blocks=(table,), sources=(), attachments=()))
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    assert len(pages) >= 3
    assert all("到位内资" in page for page in pages[:3])


@pytest.mark.case("C10", "D12")
def test_markup_in_text_stays_text(bulletin: Document) -> None:
    typed = '*a* _b_ #text(red)[c] $x^2$ \\ <tag> @ref // c `d` #sys.inputs #read("/etc/passwd") {{ 7*7 }}'
    hostile = (Heading(1, runs(typed)), Paragraph(runs(typed, FigureRun(typed, "ref"))))
    content = write_pdf(replace(bulletin, title=typed, blocks=hostile, sources=(), recipients=typed))
    assert joined(content).count(re.sub(r"\s", "", typed)) >= 4


def test_a_character_that_no_font_has_is_set_as_a_geta(bulletin: Document) -> None:
    content = write_pdf(replace(bulletin, blocks=(Paragraph(runs("到位\U0001f600资金\U0010fffd完。")),), sources=()))
    assert "到位〓资金〓完。" in joined(content)


def test_a_drawing_may_hold_what_no_font_has(bulletin: Document) -> None:
    drawn = Image(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9"><text y="8">\U0001f600 甲</text></svg>', "图"
    )
    assert write_pdf(replace(bulletin, blocks=(drawn,), sources=())).startswith(b"%PDF")


def test_an_english_document_speaks_english(bulletin: Document) -> None:
    text = joined(write_pdf(replace(bulletin, language="en")))
    assert "18April2023" in text
    assert "SAMPLE" in text
    assert "Sourcesoffigures" in text


def test_a_real_typeface_is_preferred_to_its_stand_in() -> None:
    face = typesetting.face_of(FACES["小标宋"], frozenset({"FZXiaoBiaoSong-B05S", "Noto Serif SC"}))
    assert (face["families"][0], face["stroke"]) == ("FZXiaoBiaoSong-B05S", 0)
    stand_in = typesetting.face_of(FACES["小标宋"], frozenset({"Noto Serif SC"}))
    assert (stand_in["families"][0], stand_in["stroke"]) == ("Noto Serif SC", 0.03)


def test_a_folder_without_fonts_changes_nothing(written: bytes, bulletin: Document, tmp_path: Path) -> None:
    assert write_pdf(bulletin, font_dir=tmp_path) == written

"""The Word file, measured against GB/T 9704-2012 in its own numbers, and the check that says where a file departs from it."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx import Document as open_word_file
from docx.shared import Mm, Pt
from lxml import etree

from zhaoshang.ui.documents.docx import NotWord, bound_figures, check_docx, write_docx
from zhaoshang.ui.documents.model import Document, Paragraph, figures, runs

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def written(bulletin: Document) -> bytes:
    return write_docx(bulletin)


@pytest.fixture
def file(written: bytes) -> Any:
    return open_word_file(io.BytesIO(written))


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The same file with one of its parts rewritten."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as changed:
        for entry in source.namelist():
            text = source.read(entry)
            changed.writestr(entry, change(text.decode()).encode() if entry == name else text)
    return target.getvalue()


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_the_page_is_a4_with_a_text_block_of_156_by_225_mm(file: Any) -> None:
    section = file.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert (section.top_margin.mm, section.left_margin.mm) == pytest.approx((37, 28), abs=0.1)
    assert section.page_width.mm - section.left_margin.mm - section.right_margin.mm == pytest.approx(156, abs=0.1)
    assert section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm == pytest.approx(225, abs=0.1)


def test_the_grid_holds_22_lines_of_28_characters(file: Any) -> None:
    grid = file.sections[0]._sectPr.find(f"{W}docGrid")
    line_pt, char_pt = int(grid.get(f"{W}linePitch")) / 20, 16 + int(grid.get(f"{W}charSpace")) / 4096
    assert 22 <= 225 / 25.4 * 72 / line_pt < 23
    assert 156 / 25.4 * 72 / char_pt == pytest.approx(28, abs=0.01)


@pytest.mark.parametrize(
    ("style", "face", "size_pt"),
    [
        ("Title", "方正小标宋简体", 22),
        ("heading 1", "黑体", 16),
        ("heading 2", "楷体_GB2312", 16),
        ("heading 3", "仿宋_GB2312", 16),
        ("Body Text", "仿宋_GB2312", 16),
        ("footer", "宋体", 14),
    ],
)
def test_letters_are_as_the_standard_asks(file: Any, style: str, face: str, size_pt: int) -> None:
    found = next(candidate for candidate in file.styles if candidate.name.lower() == style.lower())
    assert found.element.rPr.rFonts.get(f"{W}eastAsia") == face
    assert found.font.size == Pt(size_pt)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(file: Any) -> None:
    assert file.settings.odd_and_even_pages_header_footer
    for footer, side in ((file.sections[0].footer, "right"), (file.sections[0].even_page_footer, "left")):
        xml = footer._element.xml
        assert re.search(r'w:instr=" PAGE "', xml)
        assert f'<w:jc w:val="{side}"/>' in xml
        assert "".join(re.findall(r"<w:t[^>]*>([^<]*)", xml)) == "— 1 —"


def test_a_sample_says_so_on_every_page(file: Any, bulletin: Document) -> None:
    for header in (file.sections[0].header, file.sections[0].even_page_header):
        assert header.paragraphs[0].text.startswith("样例数据")
    real = open_word_file(io.BytesIO(write_docx(replace(bulletin, sample=False))))
    assert real.sections[0].header.is_linked_to_previous


def test_each_figure_is_a_locked_control_that_names_its_reference(written: bytes, bulletin: Document) -> None:
    assert bound_figures(written) == figures(bulletin)
    assert part(written, "word/document.xml").count('<w:lock w:val="sdtContentLocked"/>') == len(figures(bulletin))


def test_the_head_of_a_table_is_repeated(file: Any) -> None:
    table = file.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["地区", "到位内资", "同比（%）"]
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None


def test_a_drawing_carries_its_words(written: bytes) -> None:
    assert 'descr="各地区到位内资条形图"' in part(written, "word/document.xml")
    assert zipfile.ZipFile(io.BytesIO(written)).read("word/media/image1.png").startswith(b"\x89PNG")


def test_the_same_document_gives_the_same_bytes(written: bytes, bulletin: Document) -> None:
    assert write_docx(replace(bulletin)) == written


@pytest.mark.parametrize(
    ("holder", "order"),
    [
        (
            "pPr",
            "pStyle keepNext pageBreakBefore widowControl pBdr autoSpaceDE autoSpaceDN snapToGrid spacing ind jc outlineLvl",
        ),
        ("rPr", "rFonts color spacing sz szCs lang"),
        ("sdtPr", "alias tag id lock text"),
        ("tblPr", "tblW jc tblBorders tblLayout tblCellMar"),
    ],
)
def test_elements_stand_in_the_order_of_the_schema(written: bytes, holder: str, order: str) -> None:
    """Word calls a file damaged when they do not. ECMA-376, part 1, annex A."""
    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        for element in etree.fromstring(part(written, name).encode()).iter(f"{W}{holder}"):
            found = [etree.QName(child).localname for child in element]
            assert found == sorted(found, key=order.split().index)


@pytest.mark.case("C10", "D12")
def test_what_people_typed_is_only_text(bulletin: Document) -> None:
    hostile = "<w:p/> &amp; {{ 7*7 }} {% x %} \x00\x1b]]>"
    content = write_docx(replace(bulletin, blocks=(Paragraph(runs(hostile)),), sources=()))
    texts = [paragraph.text for paragraph in open_word_file(io.BytesIO(content)).paragraphs]
    assert "<w:p/> &amp; {{ 7*7 }} {% x %} ]]>" in texts


def test_no_trace_of_a_template_or_of_the_clock_is_left(written: bytes) -> None:
    names = zipfile.ZipFile(io.BytesIO(written)).namelist()
    assert not [name for name in names if "theme" in name or "thumbnail" in name or "customXml" in name]
    core = part(written, "docProps/core.xml")
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", core)) == {"2023-04-18T00:00:00"}
    assert "python-docx" not in core


def test_what_the_system_writes_keeps_to_the_format(written: bytes) -> None:
    assert check_docx(written) == []


def _margin(file: Any) -> None:
    file.sections[0].top_margin = Mm(25.4)


def _landscape_letter(file: Any) -> None:
    file.sections[0].page_width = Mm(216)


def _size(file: Any) -> None:
    next(paragraph for paragraph in file.paragraphs if paragraph.text.startswith("一季度")).runs[0].font.size = Pt(14)


def _style_size(file: Any) -> None:
    file.styles["Title"].font.size = Pt(18)


def _style(file: Any) -> None:
    added = file.styles.add_style("我的样式", 1)
    next(paragraph for paragraph in file.paragraphs if paragraph.text.startswith("继续")).style = added


def _heading(file: Any) -> None:
    paragraph = next(paragraph for paragraph in file.paragraphs if paragraph.text == "一、总体情况")
    paragraph._element.getparent().remove(paragraph._element)


def _even_footer(file: Any) -> None:
    file.settings.odd_and_even_pages_header_footer = False


def _spacing(file: Any) -> None:
    next(
        paragraph for paragraph in file.paragraphs if paragraph.text.startswith("继续")
    ).paragraph_format.line_spacing = 1.5


def _date(file: Any) -> None:
    next(paragraph for paragraph in file.paragraphs if paragraph.text == "2023年4月18日").runs[0].text = "2023.04.18"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (_margin, "天头（上边距）为 25.4 毫米，应为 37 毫米"),
        (_landscape_letter, "纸张宽为 216.0 毫米，应为 210 毫米"),
        (_size, "字号为 14 磅，应为 16 磅"),
        (_style_size, "字号为 18 磅，应为 22 磅"),
        (_style, "用了样式“我的样式”"),
        (_heading, "一级标题“二、下一步工作”的序号应为“一、”"),
        (_even_footer, "页眉页脚没有设为奇偶页不同"),
        (_spacing, "行距不是固定值 28.95 磅"),
        (_date, "日期写作"),
    ],
)
def test_a_departure_from_the_format_is_named(file: Any, spoil: Callable[[Any], None], problem: str) -> None:
    spoil(file)
    changed = io.BytesIO()
    file.save(changed)
    assert any(problem in found for found in check_docx(changed.getvalue()))


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("word/document.xml", ' w:linePitch="579"', ' w:linePitch="312"', "每页 40 行，应为 22 行"),
        ("word/document.xml", 'w:type="linesAndChars"', 'w:type="lines"', "每行 28 字"),
        ("word/document.xml", '<w:lock w:val="sdtContentLocked"/>', "", "“729.4亿元”已解除锁定"),
        ("word/document.xml", "capital_in_place/v2/city/2023Q1/growth", "", "“24.3%”没有编号"),
        ("word/styles.xml", 'w:eastAsia="楷体_GB2312"', 'w:eastAsia="宋体"', "字体为“宋体”，应为“楷体_GB2312”"),
        ("word/styles.xml", 'w:firstLineChars="200"', 'w:firstLineChars="0"', "首行应空 2 字"),
        ("word/footer1.xml", " PAGE ", " DATE ", "单页码没有页码域"),
        ("word/footer1.xml", "— ", "", "数字左右应各有一条一字线"),
        ("word/footer2.xml", '<w:jc w:val="left"/>', '<w:jc w:val="center"/>', "双页码应居左"),
    ],
)
def test_a_departure_in_the_file_itself_is_named(written: bytes, name: str, old: str, new: str, problem: str) -> None:
    changed = with_part(written, name, lambda text: text.replace(old, new))
    assert any(problem in found for found in check_docx(changed))


def test_styles_are_known_by_name_since_word_gives_them_new_ids(written: bytes) -> None:
    renamed = written
    for name in ("word/document.xml", "word/styles.xml"):
        renamed = with_part(renamed, name, lambda text: text.replace('"BodyText"', '"a5"').replace('"Heading1"', '"1"'))
    assert check_docx(renamed) == []


def test_indents_stored_as_lengths_are_as_good(written: bytes) -> None:
    lengths_only = with_part(written, "word/styles.xml", lambda text: re.sub(r' w:firstLineChars="\d+"', "", text))
    assert check_docx(lengths_only) == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_said_to_be_none(content: bytes) -> None:
    assert "无法检查" in check_docx(content)[0]
    with pytest.raises(NotWord):
        bound_figures(content)


def test_a_file_that_unpacks_without_end_is_not_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(65 * 2**20))
    assert check_docx(bomb.getvalue()) == ["文件解压后超过 64 MB，无法检查"]


def test_entities_are_not_expanded(written: bytes) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><w:document xmlns:w="{}">&b;</w:document>'
    changed = with_part(written, "word/document.xml", lambda _: bomb.format(W.strip("{}")))
    assert check_docx(changed) == ["Word 正文里没有 body，无法检查"]

"""Text out of Word and PDF: all of what is signed, where it stands, and nothing out of a hostile file."""

import zipfile
from io import BytesIO
from random import Random

import pytest
from docx import Document

from contracts.papers import blank_pdf, docx
from zhaoshang.common.files import Refused
from zhaoshang.common.files.texts import MOST_CHARACTERS, passages_of
from zhaoshang.ui.documents.model import Document as Paper
from zhaoshang.ui.documents.model import Paragraph, runs
from zhaoshang.ui.documents.pdf import write_pdf

TEXTS = "word/document.xml"


def texts(content: bytes, name: str = "合同.docx") -> list[str]:
    return [one.text for one in passages_of(content, name)[1]]


def rebuilt(content: bytes, **parts: bytes) -> bytes:
    """A Word file with parts put in or exchanged; ``_`` in a name stands for ``/``."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = {
            key.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): part for key, part in parts.items()
        }
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, part in names.items():
            new.writestr(name, part)
    return buffer.getvalue()


def body(inside: str) -> bytes:
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {spaces}><w:body>{inside}</w:body></w:document>'.encode()


def test_tables_boxes_notes_heads_and_feet_are_read() -> None:
    document, buffer = Document(), BytesIO()
    document.add_paragraph("第一条 正文。")
    document.add_table(1, 1).cell(0, 0).text = "表内条款"
    document.sections[0].footer.paragraphs[0].text = "页脚条款"
    document.save(buffer)
    note = b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote><w:p><w:r><w:t>'
    content = rebuilt(
        buffer.getvalue(),
        word__footnotes_xml=note + "脚注条款".encode() + b"</w:t></w:r></w:p></w:footnote></w:footnotes>",
    )
    assert texts(content)[:2] == ["第一条 正文。", "表内条款"]
    assert set(texts(content)[2:]) == {"页脚条款", "脚注条款"}


def test_what_was_struck_out_in_revision_is_gone_and_what_was_put_in_is_there() -> None:
    inside = (
        "<w:p><w:del><w:r><w:delText>税收返还</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>依法</w:t></w:r></w:ins><w:r><w:t>办理</w:t></w:r></w:p>"
    )
    assert texts(rebuilt(docx([]), word__document_xml=body(inside))) == ["依法办理"]


def test_a_word_broken_over_runs_is_one_word_and_a_box_is_read_once() -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    )
    box += (
        "</mc:Choice><mc:Fallback><w:p><w:r><w:t>框内</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    inside = "<w:p><w:r><w:t>税收</w:t></w:r><w:r><w:t>返还</w:t></w:r></w:p>" + box
    assert texts(rebuilt(docx([]), word__document_xml=body(inside))) == ["税收返还", "框内"]


def test_lines_of_a_pdf_are_joined_and_know_their_page() -> None:
    from datetime import date

    said = "第三条 甲方按照乙方每年实际缴纳的增值税和企业所得税的地方留成部分，按百分之五十的比例分年度给予乙方奖励，连续奖励五年，"
    said += "每年三月底前兑付上一年度的奖励资金。"
    paper = Paper("示例合同", "示例单位", date(2024, 9, 9), tuple(Paragraph(runs(said)) for _ in range(18)))
    kind, found = passages_of(write_pdf(paper), "合同.pdf")
    wanted = [one for one in found if one.text.replace(" ", "") == said.replace(" ", "")]
    assert kind.ext == "pdf"
    assert len(wanted) >= 15
    assert {one.page for one in wanted} >= {1, 2}


def test_a_scan_has_no_passages() -> None:
    assert texts(blank_pdf(), "扫描.pdf") == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (rebuilt(docx(["x"]), word__vbaProject_bin=b"\xd0\xcf\x11\xe0"), "macros"),
        (rebuilt(docx(["x"]), word__embeddings__a_bin=b"x"), "embedded"),
        (rebuilt(docx([]), word__document_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "forbidden_xml"),
        (rebuilt(docx([]), word__document_xml=b"<w:document>"), None),
        (b"%PDF-1.4\n1 0 obj<</JavaScript 1>>endobj\n%%EOF\n", "active"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "type"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        (b"%PDF-1.7\n" + b"\0" * (31 * 1024 * 1024) + b"\n%%EOF\n", "size"),
        (b"\x89PNG\r\n\x1a\n", None),
        ("甲方返还税款".encode(), "type"),
    ],
    ids=["macro", "embedded", "dtd", "broken", "script", "encrypted", "cut", "huge", "picture", "plain"],
)
def test_hostile_files_are_refused_by_name(content: bytes, code: str | None) -> None:
    name = "a.pdf" if content.startswith(b"%PDF") else "a.docx"
    with pytest.raises(Refused) as refusal:
        passages_of(content, name)
    assert code is None or refusal.value.code == code


def test_a_text_without_end_is_refused() -> None:
    chance = Random(1)
    letters = "".join(chr(0x4E00 + chance.randrange(20_000)) for _ in range(MOST_CHARACTERS + 1_000))
    with pytest.raises(Refused) as refusal:
        passages_of(docx([letters[place : place + 10_000] for place in range(0, len(letters), 10_000)]), "a.docx")
    assert refusal.value.code == "too_long"

"""The text of a Word or PDF file by paragraphs, with the page where there are pages. Nothing in the file is run or fetched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from lxml import etree

from zhaoshang.common.files.identifying import identify
from zhaoshang.common.files.kinds import DOCX, PDF, FileKind
from zhaoshang.common.problems import N_, Refused
from zhaoshang.common.sheets.package import open_package, part

MOST_PAGES, MOST_PARAGRAPHS, MOST_CHARACTERS = 300, 20_000, 1_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = re.compile(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml")
_BEGINS = re.compile(
    r"\s*(第[一二三四五六七八九十百零〇\d]+[条章节款]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．])"
)
_ENDS = re.compile(r"[。；：！？.;:!?]\s*$")
REFUSALS = {
    "not_prose": N_("合同文本请上传 Word（.docx）或 PDF"),
    "unreadable": N_("文件读不出来，可能已损坏或加了密；请重新保存后上传"),
    "too_long": N_("文件太长（超过 {limit}），请只上传合同本身"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph; ``page`` counts from 1, None where the file has no pages (Word)."""

    text: str
    page: int | None


def passages_of(content: bytes, filename: str) -> tuple[FileKind, list[Passage]]:
    """What the file is, and its paragraphs that are not blank; none at all in a scan without a text layer. Raises :class:`Refused`."""
    kind = identify(content, filename)
    if kind not in (PDF, DOCX):
        raise _refusal("not_prose")
    try:
        found = [one for one in (_pdf(content) if kind is PDF else _docx(content)) if one.text.strip()]
    except (pypdfium2.PdfiumError, etree.XMLSyntaxError, KeyError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise _refusal("unreadable") from error
    if len(found) > MOST_PARAGRAPHS or sum(len(one.text) for one in found) > MOST_CHARACTERS:
        raise _refusal("too_long", limit=f"{MOST_CHARACTERS:,}")
    return kind, found


def _refusal(code: str, **params: object) -> Refused:
    return Refused(code, REFUSALS[code], **params)


def _docx(content: bytes) -> Iterator[Passage]:
    """Body, boxes, notes, heads and feet (each wording of these once): whoever signs signs them all.

    What was struck out in revision is not there.
    """
    package, said = open_package(content), set()
    for name in sorted(package.namelist(), key=lambda one: (one != "word/document.xml", one)):
        if _PARTS.fullmatch(name):
            with part(package, name) as stream:
                tree = etree.fromstring(stream.read(), etree.XMLParser(resolve_entities=False, no_network=True))
            for paragraph in tree.iter(f"{_W}p"):
                text = _text(paragraph)
                repeated = name != "word/document.xml" and text in said
                if not repeated and next(paragraph.iterancestors(_FALLBACK), None) is None:
                    yield Passage(text, None)
                said.add(text)


def _text(paragraph: Any) -> str:
    pieces = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if next(element.iterancestors(f"{_W}p")) is paragraph:
            pieces.append((element.text or "") if element.tag == f"{_W}t" else " ")
    return "".join(pieces)


def written_in_pdf(content: bytes) -> str:
    """All that its text layer says; nothing where there is none, or where it cannot be read."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return ""
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _pdf(content: bytes) -> Iterator[Passage]:
    """Lines joined to the paragraphs that they were, also across the turn of a page."""
    document = pypdfium2.PdfDocument(content)
    try:
        if len(document) > MOST_PAGES:
            raise _refusal("too_long", limit=f"{MOST_PAGES} 页")
        open_text, open_page = "", 1
        for place in range(len(document)):
            for line in document[place].get_textpage().get_text_bounded().splitlines():
                if open_text and (_ENDS.search(open_text) or _BEGINS.match(line)):
                    yield Passage(open_text, open_page)
                    open_text = ""
                open_page = open_page if open_text else place + 1
                open_text += line.strip()
        yield Passage(open_text, open_page)
    finally:
        document.close()

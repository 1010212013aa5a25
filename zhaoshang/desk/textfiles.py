"""The text of an uploaded file, by its content: plain text in any usual encoding, Word, PDF. Nothing in the file is run or fetched."""

from io import BytesIO
from itertools import islice

import pypdfium2
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from zhaoshang.common.files import Refused, identify, safe_name
from zhaoshang.common.problems import N_

LARGEST_BYTES = 8 * 1024 * 1024
MOST_PAGES = 300
_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16", "big5")
_REFUSALS = {
    "not_text": N_("文件不是文本、Word（.docx）或 PDF；请复制文字粘贴到下面"),
    "no_text": N_("文件里没有文字（可能是扫描件）；请先识别文字再粘贴"),
    "too_large": N_("文件有 {size_mb} MB，超过 {limit_mb} MB；请只上传公报本身"),
    "encoding": N_("看不出文字的编码；请另存为 UTF-8 再上传"),
    "unreadable": N_("文件读不出来，可能已损坏；请重新保存后上传"),
}


def text_of(content: bytes, filename: str) -> str:
    """The file's text. Raises :class:`Refused` with what to do."""
    if len(content) > LARGEST_BYTES:
        raise _refusal("too_large", size_mb=len(content) // 1024 // 1024 + 1, limit_mb=LARGEST_BYTES // 1024 // 1024)
    if content.startswith((b"%PDF", b"PK")):
        text = _of_known(content, identify(content, filename).ext)
    else:
        text = _decoded(content)
    if not text.strip():
        raise _refusal("no_text")
    return text


def title_of(filename: str) -> str:
    """The file's name, fit to be shown."""
    return safe_name(filename)[:200]


def _refusal(code: str, **params: object) -> Refused:
    return Refused(code, _REFUSALS[code], **params)


def _of_known(content: bytes, ext: str) -> str:
    if ext not in {"pdf", "docx"}:
        raise _refusal("not_text")
    try:
        return _pdf(content) if ext == "pdf" else _docx(content)
    except (pypdfium2.PdfiumError, KeyError, ValueError) as error:
        raise _refusal("unreadable") from error


def _pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = (document[place] for place in range(min(len(document), MOST_PAGES)))
        return "\n".join(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pages)
    finally:
        document.close()


def _docx(content: bytes) -> str:
    lines = []
    for block in islice(Document(BytesIO(content)).iter_inner_content(), 20_000):
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in block.rows]
    return "\n".join(lines)


def _decoded(content: bytes) -> str:
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refusal("not_text")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise _refusal("encoding")

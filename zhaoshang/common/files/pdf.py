"""PDF looked at without rendering it: one PDF from end to end, with nothing in it that acts.

Names are searched where they may stand: in the file itself and in its compressed object streams, with their ``#xx``
escapes undone. Attached files are let in only as XML, the form in which invoices and bank receipts carry their own
accounting entries (电子凭证会计数据标准).
"""

import re
import zlib

from zhaoshang.common.files.images import MARKUP, ends_as_zip
from zhaoshang.common.files.kinds import MEGABYTE, refusal

MOST_INFLATED_BYTES = 64 * MEGABYTE
_HEAD_BYTES = 1024
_DICTIONARY_BYTES = 600
_ACTIVE = re.compile(rb"/(JavaScript|Launch|RichMedia|SubmitForm|ImportData|Movie|Sound|Rendition)\b|/(XFA)\s*[\[\d]")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_ENCRYPTED = re.compile(rb"/Encrypt\b")
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml")


def check_pdf(content: bytes) -> None:
    """Raises :class:`Refused`: ``damaged``, ``polyglot``, ``active``, ``sealed``."""
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise refusal("damaged", where="%%EOF")
    if content[end + 5 :].strip(b"\0\r\n\t \x1a") or ends_as_zip(content):
        raise refusal("polyglot", where="%%EOF")
    if MARKUP.search(content[:_HEAD_BYTES]):
        raise refusal("polyglot", where="HTML")
    _check_names(content)
    _check_streams(content, bool(_ENCRYPTED.search(content)))


def _check_names(text: bytes) -> None:
    if found := _ACTIVE.search(_unescaped(text)):
        raise refusal("active", where=found[0].decode("latin-1").strip())


def _unescaped(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), text)


def _check_streams(content: bytes, encrypted: bool) -> None:
    left = MOST_INFLATED_BYTES
    for stream in _STREAM.finditer(content):
        dictionary = _dictionary_before(content, stream.start())
        holds_objects, is_attached = b"/ObjStm" in dictionary, b"/EmbeddedFile" in dictionary
        if not holds_objects and not is_attached:
            continue
        if encrypted:
            raise refusal("sealed")
        inside = _inflated(content, stream.end(), dictionary, left)
        left -= len(inside)
        if left <= 0:
            raise refusal("damaged", where="stream")
        if is_attached and not _XML.match(inside):
            raise refusal("active", where="/EmbeddedFile")
        _check_names(inside)


def _dictionary_before(content: bytes, end: int) -> bytes:
    """The stream's own dictionary, so far as it lies within reach: from the last ``obj`` before it."""
    before = content[max(0, end - _DICTIONARY_BYTES) : end]
    return _unescaped(before[before.rfind(b" obj") + 1 :])


def _inflated(content: bytes, start: int, dictionary: bytes, most: int) -> bytes:
    """The stream's content. What is filtered in a way that is not undone here is not let in."""
    if b"/Filter" not in dictionary:
        return content[start : content.find(b"endstream", start)][:most]
    try:
        return zlib.decompressobj().decompress(memoryview(content)[start:], most)
    except zlib.error:
        raise refusal("sealed") from None

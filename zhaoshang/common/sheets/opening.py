"""Which kind of file this is, by what it holds and not by what it is called."""

from zhaoshang.common.sheets.compound import MAGIC
from zhaoshang.common.sheets.delimited import read_delimited
from zhaoshang.common.sheets.limits import MAX_FILE_BYTES, refusal
from zhaoshang.common.sheets.model import Workbook
from zhaoshang.common.sheets.xls import read_xls
from zhaoshang.common.sheets.xlsx import read_xlsx

_NOT_TABLES = {
    b"%PDF": "PDF",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"{\\rtf": "RTF",
}
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<script", b"<table", b"<svg", b"<head", b"<body")


def open_workbook(content: bytes, filename: str = "") -> Workbook:
    """The sheets of a user's file: xlsx, the older xls (WPS: et), or csv in any usual encoding and with any usual delimiter.

    ``filename`` decides nothing; the content does. Raises :class:`Refused` with a code of ``limits.REFUSALS``.
    """
    if len(content) > MAX_FILE_BYTES:
        raise refusal("too_large", size_mb=-(-len(content) // 1024**2), limit_mb=MAX_FILE_BYTES // 1024**2)
    if not content.strip(b"\0 \r\n\t"):
        raise refusal("empty")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_xlsx(content)
    if content.startswith(MAGIC):
        return read_xls(content)
    _refuse_what_is_no_text(content)
    return read_delimited(content)


def _refuse_what_is_no_text(content: bytes) -> None:
    for start, found in _NOT_TABLES.items():
        if content.startswith(start):
            raise refusal("wrong_type", found=found)
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_MARKUP) or b"<html" in head:
        raise refusal("wrong_type", found="HTML/XML")
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_utf16 and b"\0" in content:
        raise refusal("wrong_type", found="二进制文件")

"""Telling what a file is: by its first bytes, then by looking all the way through it."""

import hashlib
import re
import zipfile
from collections.abc import Iterator

from zhaoshang.common.files.images import check_image, ends_as_zip
from zhaoshang.common.files.kinds import DOCX, JPG, KINDS, MEGABYTE, OFD, PDF, PNG, WEBP, XLSX, FileKind, refusal
from zhaoshang.common.files.names import safe_name
from zhaoshang.common.files.pdf import check_pdf
from zhaoshang.common.problems import Refused
from zhaoshang.common.sheets.package import check_unread_parts, open_package, part

LARGEST_ENTRY_BYTES = 64 * MEGABYTE

_STARTS = (
    (re.compile(rb"%PDF-[12]\.\d"), PDF),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"\xff\xd8\xff"), JPG),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), WEBP),
)
_ZIP_MARKS = {"OFD.xml": OFD, "xl/workbook.xml": XLSX, "word/document.xml": DOCX}
_OTHERS = (
    (rb"\xd0\xcf\x11\xe0", "旧版 Office .doc/.xls"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", "压缩包"),
    (rb"MZ|\x7fELF|\xca\xfe\xba\xbe|#!", "可执行文件"),
    (rb"GIF8|BM|II\*\0|MM\0\*", "GIF/BMP/TIFF 图片"),
    (rb"....ftyp", "HEIC 图片或视频"),
    (rb"\s*(?:\xef\xbb\xbf)?\s*<", "HTML/SVG/XML"),
    (rb"\{\\rtf", "RTF"),
)
_RUNNABLE = frozenset(
    "exe com bat cmd scr pif msi dll js jse vbs vbe wsf wsh hta ps1 jar lnk sh php asp aspx jsp html htm xhtml svg"  # noqa: SIM905
    " xml shtml mht docm xlsm xltm pptm dotm xlam".split()
)
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"


def digest(content: bytes) -> str:
    """SHA-256 in hex: what a file is stored and found under."""
    return hashlib.sha256(content).hexdigest()


def identify(content: bytes, filename: str) -> FileKind:
    """What the file is. Raises :class:`Refused` with a code of :data:`REFUSALS` or of ``sheets.limits.REFUSALS``."""
    if not content:
        raise refusal("empty")
    look_for_test_virus(content, "")
    kind = next((kind for start, kind in _STARTS if start.match(content)), None)
    if kind is None and content.startswith(b"PK"):
        kind = _kind_of_zip(content)
    if kind is None:
        raise _not_accepted(content)
    _check_size(content, kind)
    _check_name(filename, kind)
    if kind is PDF:
        check_pdf(content)
    elif kind in (PNG, JPG, WEBP):
        check_image(content, kind)
    return kind


def _not_accepted(content: bytes) -> Refused:
    found = next((name for start, name in _OTHERS if re.match(start, content, re.DOTALL)), "")
    if found == "压缩包":
        return refusal("archive")
    return refusal("type", found=found or "其他文件")


def _check_size(content: bytes, kind: FileKind) -> None:
    if len(content) > kind.most_bytes:
        size_mb, limit_mb = -(-len(content) // MEGABYTE), kind.most_bytes // MEGABYTE
        raise refusal("size", ext=kind.ext, size_mb=size_mb, limit_mb=limit_mb)


def _check_name(filename: str, kind: FileKind) -> None:
    parts = [piece.strip().lower() for piece in safe_name(filename).split(".")[1:]]
    for piece in parts:
        if piece in _RUNNABLE:
            raise refusal("name_unsafe", named=piece)
    if parts and parts[-1] not in kind.names and any(parts[-1] in other.names for other in KINDS):
        raise refusal("name", named=parts[-1], ext=kind.ext)


def look_for_test_virus(content: bytes, where: str) -> None:
    """Raises :class:`Refused` ``malware``, naming ``where``, for what holds the EICAR signature."""
    if TEST_VIRUS in content:
        raise refusal("malware", where=where or "EICAR")


def _kind_of_zip(content: bytes) -> FileKind:
    """Look through a zip: size, entries, forbidden parts, DTD, links that leave it, the test virus in any entry."""
    _check_size(content, OFD)
    package = open_package(content)
    kind = next((kind for mark, kind in _ZIP_MARKS.items() if mark in package.namelist()), None)
    for name, inside in _entries(package):
        look_for_test_virus(inside, name)
        if inside.startswith((b"MZ", b"\x7fELF")):
            raise refusal("active", where=name)
    if kind is None:
        raise refusal("archive")
    if not content.startswith(b"PK\x03\x04") or not ends_as_zip(content):
        raise refusal("polyglot", where="zip")
    check_unread_parts(package, ())
    return kind


def _entries(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in package.namelist():
        with part(package, name) as stream:
            yield name, stream.read(LARGEST_ENTRY_BYTES)

"""The zip that an xlsx is: looked over before anything in it is opened.

The directory's size is checked before Python builds a list of it, then number, sizes, ratio, compression, names and
the kinds of part that have no business in a table. What the directory claims is checked again by :mod:`.xml`, on the
bytes as they come.
"""

import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO

from zhaoshang.common.sheets.limits import (
    MAX_DIRECTORY_BYTES,
    MAX_PART_BYTES,
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNZIPPED_BYTES,
    RATIO_MATTERS_ABOVE_BYTES,
    refusal,
)
from zhaoshang.common.sheets.xml import Reader, elements_of, read_xml

_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"
_FORBIDDEN_PARTS = {
    "macros": ("vbaproject", "vbadata", "macrosheets/", "dialogsheets/"),
    "embedded": ("embeddings/", "activex/", "ctrlprops/", "oleobject"),
    "external_link": ("externallinks/", "connections.xml", "querytables/", "webextensions/"),
}
_HARMLESS_OUTSIDE = ("/hyperlink",)


def open_package(content: bytes) -> zipfile.ZipFile:
    """The zip in ``content``, looked over. Raises :class:`Refused` with the reason."""
    _check_directory_size(content)
    try:
        package = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, UnicodeDecodeError):
        raise refusal("damaged", where="zip") from None
    entries = package.infolist()
    if len(entries) > MAX_PARTS:
        raise refusal("too_many_parts", count=len(entries), limit=MAX_PARTS)
    _check_sizes(entries)
    _check_names(entries)
    return package


@contextmanager
def part(package: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """One part, open for reading. Raises :class:`Refused` ``damaged`` when it is absent or its checksum is wrong."""
    damage = (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
    try:
        opened = package.open(name)
    except (*damage, ValueError):  # a place before the file's beginning
        raise refusal("damaged", where=name) from None
    try:
        with opened as stream:
            yield stream
    except damage:
        raise refusal("damaged", where=name) from None


def check_unread_parts(package: zipfile.ZipFile, read: Collection[str]) -> None:
    """Look through the XML that nobody else reads: no DTD anywhere, no relationship that leaves the file."""
    for name in package.namelist():
        lower = name.lower()
        if name in read or not lower.endswith((".xml", ".rels")):
            continue
        with part(package, name) as stream:
            if lower.endswith(".rels"):
                _check_relationships(elements_of(stream, name, ("Relationship",)), name)
            else:
                read_xml(stream, Reader(name))


def _check_relationships(relationships: list[tuple[str, dict[str, str], str]], name: str) -> None:
    for _, attributes, _ in relationships:
        outside = attributes.get("TargetMode", "").lower() == "external"
        if outside and not attributes.get("Type", "").lower().endswith(_HARMLESS_OUTSIDE):
            raise refusal("external_link", where=name)


def _check_directory_size(content: bytes) -> None:
    start = content.rfind(_END, max(0, len(content) - 65_557))
    if start < 0 or len(content) < start + 22:
        raise refusal("damaged", where="zip")
    (size,) = struct.unpack_from("<L", content, start + 12)
    if size > MAX_DIRECTORY_BYTES or content[max(0, start - 20) :].startswith(_END64):
        raise refusal("zip_bomb", where="zip")


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MAX_UNZIPPED_BYTES:
        raise refusal("zip_bomb", where="zip")
    for entry in entries:
        if entry.flag_bits & 1:
            raise refusal("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal("damaged", where=entry.filename)
        is_xml = entry.filename.lower().endswith((".xml", ".rels"))
        steep = entry.file_size > RATIO_MATTERS_ABOVE_BYTES and entry.file_size > MAX_RATIO * max(
            entry.compress_size, 1
        )
        if steep or (is_xml and entry.file_size > MAX_PART_BYTES):
            raise refusal("zip_bomb", where=entry.filename)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        lower = entry.filename.lower().replace("\\", "/")
        if lower in seen:
            raise refusal("damaged", where=entry.filename)
        seen.add(lower)
        for code, words in _FORBIDDEN_PARTS.items():
            if any(word in lower for word in words):
                raise refusal(code, where=entry.filename)

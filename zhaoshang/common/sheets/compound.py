"""The compound file that an .xls is: sectors in chains, and a directory of what they hold. [MS-CFB]

Every chain is followed for no more sectors than the file has, so that a loop ends; what has no business in a table of
figures (macros, embedded objects) is refused by its name in the directory.
"""

import struct
from array import array
from typing import NamedTuple

from zhaoshang.common.sheets.limits import MAX_PARTS, refusal

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES, _ENTRY_BYTES = 512, 128
_LAST_SECTOR, _MINI_BYTES = 0xFFFFFFFA, 64
_STREAM, _ROOT = 2, 5
_FORBIDDEN = {
    "macros": ("_VBA_PROJECT", "VBA", "MACROS"),
    "embedded": ("MBD", "CTLS", "OBJECTPOOL", "\x01OLE10NATIVE"),
}


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file, looked over. Raises :class:`Refused`: ``damaged``, ``encrypted``, ``macros``, ``embedded``."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_BYTES or not content.startswith(MAGIC):
            raise refusal("damaged", where="OLE")
        shift, directory, self._cutoff, mini, extra = struct.unpack_from("<H16xLxxxxLLxxxxL", content, 30)
        if shift not in (9, 12):
            raise refusal("damaged", where="OLE")
        self._content, self._sector = content, 1 << shift
        self._most = len(content) // self._sector + 1
        self._next = self._table(extra)
        self._entries = self._directory(directory)
        self._mini_next = array("I", self._whole(self._chain(mini)))
        self._look_over()

    def stream(self, name: str) -> bytes | None:
        """The stream called ``name``; ``None`` when there is none. Two of one name are one hidden in another."""
        found = [one for one in self._entries if one.kind == _STREAM and one.name.lower() == name.lower()]
        if len(found) > 1:
            raise refusal("embedded", where=name)
        return self._read(found[0]) if found else None

    def _read(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        root = next((one for one in self._entries if one.kind == _ROOT), None)
        small = self._chain(root.start) if root else b""
        places: list[int] = []
        place = entry.start
        while place < len(self._mini_next) and len(places) * _MINI_BYTES < entry.size:
            places.append(place * _MINI_BYTES)
            place = self._mini_next[place]
        return b"".join(small[start : start + _MINI_BYTES] for start in places)[: entry.size]

    def _table(self, extra: int) -> "array[int]":
        """Which sector follows which: the sectors that hold this are listed in the header and in a chain of their own."""
        places = list(struct.unpack_from("<109L", self._content, 76))
        for _turn in range(self._most):
            if extra >= _LAST_SECTOR:
                break
            listed = array("I", self._whole(self._at(extra)))
            places += listed[:-1]
            extra = listed[-1] if listed else _LAST_SECTOR
        used = [place for place in places if place < _LAST_SECTOR][: self._most]
        return array("I", self._whole(b"".join(self._at(place) for place in used)))

    def _directory(self, start: int) -> list[_Entry]:
        raw = self._chain(start)
        entries = []
        for place in range(0, len(raw) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", raw, place + 64)
            first, size = struct.unpack_from("<LL", raw, place + 116)
            name = raw[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind:
                entries.append(_Entry(name, kind, first, size))
        if len(entries) > MAX_PARTS:
            raise refusal("too_many_parts", count=len(entries), limit=MAX_PARTS)
        return entries

    def _look_over(self) -> None:
        for entry in self._entries:
            name = entry.name.upper()
            if name in ("ENCRYPTEDPACKAGE", "ENCRYPTIONINFO"):
                raise refusal("encrypted")
            for code, starts in _FORBIDDEN.items():
                if name.startswith(starts):
                    raise refusal(code, where=entry.name)

    def _at(self, place: int) -> bytes:
        start = (place + 1) * self._sector
        return self._content[start : start + self._sector]

    def _chain(self, place: int) -> bytes:
        pieces: list[bytes] = []
        while place < _LAST_SECTOR:
            if len(pieces) > self._most or place >= len(self._next):
                raise refusal("damaged", where="OLE")
            pieces.append(self._at(place))
            place = self._next[place]
        return b"".join(pieces)

    def _whole(self, raw: bytes) -> bytes:
        """``raw`` without what is left of a number at its end."""
        return raw[: len(raw) - len(raw) % 4]

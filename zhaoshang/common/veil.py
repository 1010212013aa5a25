"""Words put in place of others in whatever leaves for a reader: markup, JSON, addresses, spreadsheets and documents.

Plain Python: what is hidden from whom is told from above. A text is found as it stands and as HTML, XML, JSON or an address writes it.
"""

import html
import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote, quote_plus
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as BadDeflate

SHORTEST = 4  # characters: a shorter text stands in too many others
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Veil:
    """(hidden text, what is read instead), each in every spelling; made by :func:`veil`."""

    pairs: tuple[tuple[bytes, bytes], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def over(self, content: bytes) -> bytes:
        """The content of a text file or an OOXML package without the hidden texts."""
        return self._package(content) if content.startswith(_ZIP) else self._plain(content)

    def over_text(self, text: str) -> str:
        """The same of a line of text."""
        return self._plain(text.encode()).decode()

    def _plain(self, content: bytes) -> bytes:
        for hidden, instead in self.pairs:
            content = content.replace(hidden, instead)
        return content

    def _package(self, content: bytes) -> bytes:
        """Written anew only where a part holds a hidden text; a package that cannot be read is handed on as it is."""
        try:
            with ZipFile(BytesIO(content)) as given:
                parts = [(one, given.read(one)) for one in given.infolist()]
        except (BadZipFile, BadDeflate, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
            return content
        veiled = [(one, self._plain(part)) for one, part in parts]
        if [part for _, part in veiled] == [part for _, part in parts]:
            return content
        return _packed(veiled)


def _packed(parts: Iterable[tuple[ZipInfo, bytes]]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as made:
        for one, part in parts:
            made.writestr(one, part)
    return buffer.getvalue()


def veil(hidden: Iterable[tuple[str, str]]) -> Veil:
    """Of (text, instead) pairs; the longest first, so that a name inside another does not break it."""
    spelled: dict[bytes, bytes] = {}
    for text, instead in sorted(set(hidden), key=lambda pair: (-len(pair[0]), pair)):
        if len(text) >= SHORTEST:
            for way in (str, html.escape, _xml, _json, quote, quote_plus):
                spelled.setdefault(way(text).encode(), way(instead).encode())
    return Veil(tuple(spelled.items()))


def _xml(text: str) -> str:
    return html.escape(text, quote=False)


def _json(text: str) -> str:
    return json.dumps(text)[1:-1]

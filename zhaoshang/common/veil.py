"""Words put in place of others in whatever leaves for a reader: markup, JSON, addresses, spreadsheets and documents.

Plain Python: what is hidden from whom is told from above. A text is found as it stands and as HTML, XML, JSON or an address writes it,
with brackets of either width. Paper cannot be rewritten once it is set: what sets it asks :func:`readers_veil` before.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import quote, quote_plus
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as BadDeflate

SHORTEST = 2  # characters: one alone stands in every other text
STANDS_ALONE = (
    4  # characters: shorter Latin ones (BMW, 3M) only between signs that are no part of a word, a tag or an address
)
_ZIP = b"PK\x03\x04"
_WIDE = str.maketrans("()", "（）")
_NARROW = str.maketrans("（）", "()")
_EDGES = (rb"(?<![\w%/&#;=.\-])", rb"(?![\w%/=\-])")


@dataclass(frozen=True, slots=True)
class Veil:
    """(hidden text, what is read instead), each in every spelling, and those of short Latin names; made by :func:`veil`."""

    pairs: tuple[tuple[bytes, bytes], ...] = ()
    words: tuple[tuple[re.Pattern[bytes], bytes], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pairs or self.words)

    def over(self, content: bytes) -> bytes:
        """The content of a text file, an OOXML package or a calendar (its folded lines made whole) without the hidden texts."""
        if content.startswith(b"BEGIN:VCALENDAR"):
            content = content.replace(b"\r\n ", b"")
        return self._package(content) if content.startswith(_ZIP) else self._plain(content)

    def over_text(self, text: str) -> str:
        """The same of a line of text."""
        return self._plain(text.encode()).decode()

    def over_all(self, told: Any) -> Any:
        """The same of every text in lists and mappings, however deep it lies."""
        if isinstance(told, str):
            return self.over_text(told)
        if isinstance(told, list | tuple):
            return [self.over_all(one) for one in told]
        return {name: self.over_all(one) for name, one in told.items()} if isinstance(told, dict) else told

    def tells(self, text: str) -> bool:
        """Whether a hidden text is in it, be it broken over lines."""
        return any(self.over_text(one) != one for one in (text, re.sub(r"\s+", "", text)))

    def _plain(self, content: bytes) -> bytes:
        for hidden, instead in self.pairs:
            content = content.replace(hidden, instead)
        for word, instead in self.words:
            content = word.sub(instead, content)
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
    words: dict[re.Pattern[bytes], bytes] = {}
    for text, instead in sorted(set(hidden), key=lambda pair: (-len(pair[0]), pair)):
        if text.isascii() and SHORTEST <= len(text) < STANDS_ALONE:
            if not text.islower():  # tags and attributes are
                words[re.compile(_EDGES[0] + re.escape(text.encode()) + _EDGES[1])] = instead.encode()
        elif len(text) >= SHORTEST:
            for one in dict.fromkeys((text, text.translate(_WIDE), text.translate(_NARROW))):
                for way in (str, html.escape, _xml, _json, quote, quote_plus):
                    spelled.setdefault(way(one).encode(), way(instead).encode())
    return Veil(tuple(spelled.items()), tuple(words.items()))


_reader: ContextVar[Callable[[], Veil]] = ContextVar("reader", default=Veil)


@contextmanager
def read_through(asked: Callable[[], Veil]) -> Iterator[Callable[[], Veil]]:
    """Whatever is set as paper meanwhile is set for a reader with this veil, which is asked for once, and only if it is needed."""
    known = cache(asked)
    token = _reader.set(known)
    try:
        yield known
    finally:
        _reader.reset(token)


def readers_veil() -> Veil:
    """The veil of whom paper is set for; none outside of :func:`read_through`."""
    return _reader.get()()


def _xml(text: str) -> str:
    return html.escape(text, quote=False)


def _json(text: str) -> str:
    return json.dumps(text)[1:-1]

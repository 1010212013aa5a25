"""XML read as a stream of events, by a parser that never sees an entity.

Expat reads each part once, in small pieces, straight from the zip: no tree is built, a document type declaration ends
the reading, and the bytes are counted as they really come, not as the zip's directory promises them.
"""

from collections.abc import Collection
from typing import IO
from xml.parsers import expat

from zhaoshang.common.sheets.limits import MAX_ELEMENTS, MAX_PART_BYTES, MAX_TAG_BYTES, MAX_XML_DEPTH, refusal

CHUNK_BYTES = 64 * 1024
Element = tuple[str, dict[str, str], str]


class Reader:
    """Handlers of one part. Subclasses override; names come as ``namespace name``."""

    def __init__(self, part: str, most_elements: int = MAX_ELEMENTS) -> None:
        self.part = part
        self.depth = 0
        self.elements_left = most_elements

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens. Every override calls this first: it holds the limits on depth and number."""
        self.depth += 1
        self.elements_left -= 1
        if self.depth > MAX_XML_DEPTH or self.elements_left < 0:
            raise refusal("zip_bomb", where=self.part)

    def end(self, name: str) -> None:
        """An element closes."""
        self.depth -= 1

    def text(self, characters: str) -> None:
        """A piece of character data."""


class _Collector(Reader):
    """Keeps the elements of some names."""

    def __init__(self, part: str, wanted: Collection[str]) -> None:
        super().__init__(part)
        self.wanted = wanted
        self.found: list[Element] = []
        self.open_names: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        plain = local(name)
        if plain in self.wanted:
            parent = self.open_names[-1] if self.open_names else ""
            self.found.append((plain, {local(key): value for key, value in attributes.items()}, parent))
        self.open_names.append(plain)

    def end(self, name: str) -> None:
        super().end(name)
        self.open_names.pop()


def local(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]


def elements_of(stream: IO[bytes], part: str, wanted: Collection[str]) -> list[Element]:
    """The ``wanted`` elements in order: local name, attributes by local name, parent's local name. Raises as
    :func:`read_xml`.
    """
    collector = _Collector(part, wanted)
    read_xml(stream, collector)
    return collector.found


def read_xml(stream: IO[bytes], reader: Reader) -> None:
    """Feed ``stream`` to ``reader``.

    Raises :class:`Refused`: ``forbidden_xml``, ``zip_bomb`` (more bytes, elements or levels than a part may have),
    ``damaged``.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text

    def forbid(*_: object) -> None:
        raise refusal("forbidden_xml", where=reader.part)

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = forbid
    try:
        _feed(parser, stream, reader.part)
    except expat.ExpatError as error:
        raise refusal("damaged", where=f"{reader.part} {error.lineno}:{error.offset}") from None


def _feed(parser: expat.XMLParserType, stream: IO[bytes], part: str) -> None:
    seen = 0
    while piece := stream.read(CHUNK_BYTES):
        seen += len(piece)
        if seen > MAX_PART_BYTES:
            raise refusal("zip_bomb", where=part)
        parser.Parse(piece, False)
        if seen - parser.CurrentByteIndex > MAX_TAG_BYTES:
            raise refusal("zip_bomb", where=part)
    parser.Parse(b"", True)

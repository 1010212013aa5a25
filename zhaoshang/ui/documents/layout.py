"""A document laid out as the sequence of pieces that is printed: what comes after what, numbered, labelled and signed.

Decided once here, so that Word, PDF and plain text cannot differ. GB/T 9704-2012, 7.2-7.3.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhaoshang.ui.documents.model import (
    Block,
    Checkpoint,
    Column,
    Document,
    Heading,
    Image,
    Language,
    Paragraph,
    Run,
    Runs,
    Source,
    Table,
    Text,
    figures,
)
from zhaoshang.ui.documents.paper import CHARS, mark_size_pt, signature_blanks
from zhaoshang.ui.documents.titles import title_lines
from zhaoshang.ui.documents.words import WORDS, Words, date_text, heading_label

HELD_LINES_MAX = 6  # a longer paragraph would leave too white a page behind


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in a style of :mod:`paper`; ``left_chars`` and ``right_chars`` are blanks beside it.

    ``anchor``: a reference that is explained here. ``size_pt``: in place of the style's size, if not 0.
    ``stacked``: each run begins a line of its own. ``keep_next``: stays on the page of what follows, whatever its style says.
    """

    style: str
    runs: Runs
    left_chars: float = 0
    right_chars: float = 0
    anchor: str = ""
    size_pt: float = 0
    stacked: bool = False
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The ruled part of a table; its first row is repeated on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing over the width of the text."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


Piece = Line | Grid | Picture | NewPage


@dataclass(frozen=True, slots=True)
class Sheet:
    """All pieces in order of print. ``running_head`` stands on every page (empty: none)."""

    head: tuple[Piece, ...]
    text: tuple[Piece, ...]
    sources: tuple[Piece, ...]
    running_head: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Everything that is printed."""
        return self.head + self.text + self.sources


def lay_out(document: Document) -> Sheet:
    """The document as pieces: red head, text from the title to the notes, list of sources."""
    claims = _held((*_opening(document), *_body(document.blocks, document.language)))
    text = (*claims, *_attachments(document), *_closing(document))
    sample = WORDS[document.language].sample if document.sample else ""
    return Sheet(tuple(_red_head(document)), text, tuple(_sources(document)), sample)


def _line(style: str, text: str = "", left_chars: float = 0, right_chars: float = 0) -> Line:
    return Line(style, (Text(text),) if text else (), left_chars, right_chars)


def _held(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The same, a last paragraph of moderate length kept with what follows: no page should carry a signature alone (7.3.5.1)."""
    place = max(
        place for place, piece in enumerate(pieces) if not (isinstance(piece, Line) and piece.style == "Checkpoint")
    )
    last = pieces[place]
    if isinstance(last, Line) and sum(len(run.text) for run in last.runs) <= HELD_LINES_MAX * CHARS:
        return (*pieces[:place], replace(last, keep_next=True), *pieces[place + 1 :])
    return pieces


def _red_head(document: Document) -> Iterator[Piece]:
    if document.number:
        yield Line("IssuerMark", (Text(document.issuer),), size_pt=mark_size_pt(document.issuer))
        yield from (_line("Blank"), _line("Blank"))
        yield _line("DocumentNumber", document.number)
        yield from (_line("Blank"), _line("Blank"))


def _opening(document: Document) -> Iterator[Piece]:
    yield Line("Title", tuple(map(Text, title_lines(document.title))), stacked=True)
    yield _line("Blank")
    if document.recipients:
        colon = WORDS[document.language].colon
        yield _line("Recipients", document.recipients.rstrip("：:") + colon)


def _body(blocks: tuple[Block, ...], language: Language) -> Iterator[Piece]:
    counters: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            counters = next_place(counters, block.level)
            label: Run = Text(heading_label(tuple(counters), language))
            yield Line(f"Heading{block.level}", (label, *block.runs))
        else:
            yield from _block(block)


def next_place(counters: list[int], level: int) -> list[int]:
    """The place of the next heading of ``level``; a level that was left out counts nought."""
    kept = (counters + [0] * level)[: level - 1]
    return [*kept, counters[level - 1] + 1 if len(counters) >= level else 1]


def _block(block: Paragraph | Table | Image | Checkpoint) -> Iterator[Piece]:
    match block:
        case Paragraph():
            yield Line("BodyText", block.runs)
        case Checkpoint():
            yield _line("Checkpoint", block.text)
        case Image():
            yield Picture(block.svg, block.alt)
            yield _line("PictureCaption", block.caption)
        case Table():
            if block.caption:
                yield _line("Caption", block.caption)
            if block.unit_note:
                yield _line("UnitNote", block.unit_note)
            yield Grid(block.columns, block.rows)
            yield _line("SourceNote", block.source_note)


def _attachments(document: Document) -> Iterator[Piece]:
    """附件说明: a line below the text, two characters in; several are numbered and stand under each other (7.3.4)."""
    if not document.attachments:
        return
    yield _line("Blank")
    label, several = WORDS[document.language].attachment, len(document.attachments) > 1
    for place, name in enumerate(document.attachments, start=1):
        numbered = f"{place}. {name}" if several else name
        yield (
            _line("Attachment", label + numbered, left_chars=2)
            if place == 1
            else _line("Attachment", numbered, left_chars=5)
        )


def _closing(document: Document) -> Iterator[Piece]:
    day = date_text(document.date, document.language)
    issuer_blank, date_blank = signature_blanks(document.issuer, day)
    yield _line("Blank")
    yield replace(_line("Signature", document.issuer, right_chars=issuer_blank), keep_next=True)
    yield _line("Signature", day, right_chars=date_blank)
    for note in document.notes:
        yield _line("Note", WORDS[document.language].note.format(note))


def _sources(document: Document) -> Iterator[Piece]:
    if not document.sources:
        return
    yield NewPage()
    yield _line("Caption", WORDS[document.language].sources)
    printed: dict[str, list[str]] = {}
    for figure in figures(document):
        printed.setdefault(figure.ref, []).append(figure.text)
    for place, source in enumerate(document.sources, start=1):
        texts = dict.fromkeys(printed.get(source.ref, ()))
        yield from _source(place, tuple(texts), source, WORDS[document.language])


def _source(place: int, texts: tuple[str, ...], source: Source, words: Words) -> Iterator[Piece]:
    meaning = words.source.format(
        place=place, figures=words.comma.join(texts), definition=source.definition, version=source.version
    )
    yield Line("SourceEntry", (Text(meaning + source.rule),), anchor=source.ref)
    yield _line("SourceEntry", words.source_place.format(ref=source.ref, snapshot_id=source.snapshot_id), left_chars=2)
    yield _line("SourceEntry", words.source_digest + source.digest, left_chars=2)

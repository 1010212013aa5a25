"""What a document is made of, before it is paper: plain frozen records, with nothing of Word or PDF in them.

A number that the ledger answers for is a :class:`FigureRun`, never typed text; the writers keep its reference with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

Language = Literal["zh", "en"]
Align = Literal["left", "center", "right"]

REF_LENGTH_MAX = 64  # Word keeps no longer tag on a content control

# Control characters, lone surrogates and noncharacters are illegal in XML; the rest turn the reading direction.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile("[\t\n\x0b\x0c\r\u2028\u2029]+")


class Unsourced(ValueError):
    """The document lists its sources, but not one for every figure."""


def clean(text: str) -> str:
    """``text`` as one printable line: control and direction characters removed, line breaks and tabs as one space."""
    return _UNPRINTABLE.sub("", _SPACES.sub(" ", text))


class _Printed:
    """Whatever people typed is data: it is cleaned once, here, so that every form of the document says the same."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, clean(value))
            elif isinstance(value, tuple) and value and all(isinstance(part, str) for part in value):
                object.__setattr__(self, field.name, tuple(clean(part) for part in value))


@dataclass(frozen=True, slots=True)
class Text(_Printed):
    """Words."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureRun(_Printed):
    """A bound figure: ``text`` as printed (number and unit), ``ref`` what it answers to, at most 64 characters."""

    text: str
    ref: str

    def __post_init__(self) -> None:
        _Printed.__post_init__(self)
        if not 0 < len(self.ref) <= REF_LENGTH_MAX:
            raise ValueError(
                f"figure {self.text!r}: its reference must have 1 to {REF_LENGTH_MAX} characters, got {self.ref!r}"
            )


Run = Text | FigureRun
Runs = tuple[Run, ...]


def runs(*parts: str | Run) -> Runs:
    """Runs from strings and figures in reading order: ``runs("到位内资", FigureRun("729.4亿元", ref), "。")``."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1-4, without its number: 「一、」「（一）」「1.」「（1）」 are printed by the writers."""

    level: Literal[1, 2, 3, 4]
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Column(_Printed):
    """A column of a table; ``weight`` is its share of the text width."""

    label: str
    align: Align = "left"
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Table(_Printed):
    """A table. ``unit_note`` stands above it at the right (单位：亿元), ``source_note`` below. Raises ``ValueError`` for a ragged row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    caption: str = ""
    unit_note: str = ""
    source_note: str = ""

    def __post_init__(self) -> None:
        _Printed.__post_init__(self)
        for place, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"table {self.caption!r}, row {place}: {len(row)} cells for {len(self.columns)} columns"
                )


def row(*cells: str | Run | Runs) -> tuple[Runs, ...]:
    """A row of a table: a cell is a string, one run, or several."""
    return tuple(cell if isinstance(cell, tuple) else runs(cell) for cell in cells)


@dataclass(frozen=True, slots=True)
class Image:
    """A drawing as the text of one self-contained SVG; ``alt`` says in words what it shows."""

    svg: str
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "alt", clean(self.alt))
        object.__setattr__(self, "caption", clean(self.caption))


@dataclass(frozen=True, slots=True)
class Checkpoint(_Printed):
    """The state of the ledger that the document rests on, in small print."""

    text: str


Block = Heading | Paragraph | Table | Image | Checkpoint


@dataclass(frozen=True, slots=True)
class Source(_Printed):
    """What one reference stands for: definition and its version, rule, the figure's digest and the snapshot it lies in."""

    ref: str
    definition: str
    version: str
    rule: str
    digest: str
    snapshot_id: str


@dataclass(frozen=True, slots=True)
class Document(_Printed):
    """One document. ``number`` is the 发文字号 (with it a red head is printed), ``issuer`` the 发文机关, ``recipients`` the 主送机关.

    ``sources`` may be empty; if given, it must explain every figure, or :class:`Unsourced` is raised.
    """

    title: str
    issuer: str
    date: date
    blocks: tuple[Block, ...]
    number: str | None = None
    recipients: str | None = None
    attachments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    language: Language = "zh"
    sample: bool = False

    def __post_init__(self) -> None:
        _Printed.__post_init__(self)
        explained = {source.ref for source in self.sources}
        if explained and (
            open_refs := [f"{figure.text} ({figure.ref})" for figure in figures(self) if figure.ref not in explained]
        ):
            raise Unsourced(f"no source for {', '.join(open_refs)}; add one for each, or list no sources at all")


def figures(document: Document) -> tuple[FigureRun, ...]:
    """The bound figures in reading order, as often as they are printed."""
    return tuple(run for block in document.blocks for run in _runs_of(block) if isinstance(run, FigureRun))


def _runs_of(block: Block) -> Iterator[Run]:
    if isinstance(block, Heading | Paragraph):
        yield from block.runs
    elif isinstance(block, Table):
        for cells in block.rows:
            for cell in cells:
                yield from cell

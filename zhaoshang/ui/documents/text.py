"""A document as clean text, so that the reader of bulletins can read the city's own bulletin back.

From the title to the notes; red head, small print and the list of sources are no part of what the text claims.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from zhaoshang.ui.documents.layout import Grid, Line, lay_out
from zhaoshang.ui.documents.model import Document, FigureRun, Runs, Text

_SMALL_PRINT = ("Checkpoint",)
_TAB = "\t"


@dataclass(frozen=True, slots=True)
class PlainText:
    """``text`` with one line a paragraph and tab-separated table rows; ``spans`` are (start, end, ref) of each figure in it."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def plain_text(document: Document) -> str:
    """The document as clean text."""
    return plain_text_with_spans(document).text


def plain_text_with_spans(document: Document) -> PlainText:
    """The document as clean text, with where each bound figure stands in it."""
    written: list[str] = []
    spans: list[tuple[int, int, str]] = []
    length = 0
    for cells in _lines(document):
        for place, cell in enumerate(cells):
            for run in (*((_TAB,) if place else ()), *cell):
                text = run if isinstance(run, str) else run.text
                if isinstance(run, FigureRun):
                    spans.append((length, length + len(text), run.ref))
                written.append(text)
                length += len(text)
        written.append("\n")
        length += 1
    return PlainText("".join(written), tuple(spans))


def _lines(document: Document) -> Iterator[tuple[Runs, ...]]:
    """Each line as the cells that tabs stand between; a paragraph is one cell."""
    for piece in lay_out(document).text:
        if isinstance(piece, Grid):
            yield tuple((Text(column.label),) for column in piece.columns)
            yield from piece.rows
        elif isinstance(piece, Line) and piece.runs and piece.style not in _SMALL_PRINT:
            yield (piece.runs,)

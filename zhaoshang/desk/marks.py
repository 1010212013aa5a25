"""Marks in a text: claims may touch, nest and overlap, so a text is cut at every end and each piece knows which claims cover it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

RANK = ("differs", "not_checkable", "not_held", "confirmed")  # what shows where several claims cover a piece


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim's place in a text. ``number`` counts from 1; ``kind`` is its verdict."""

    number: int
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text between two ends. ``numbers``: the claims that cover it; ``opens``: those that begin here."""

    text: str
    numbers: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    kind: str = ""


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """The text as pieces in order; together they are exactly the text. Marks outside the text are cut to it."""
    kept = [Mark(m.number, max(0, m.start), min(len(text), m.end), m.kind) for m in marks]
    kept = sorted((mark for mark in kept if mark.start < mark.end), key=lambda mark: (mark.start, -mark.end))
    ends = sorted({0, len(text), *(mark.start for mark in kept), *(mark.end for mark in kept)})
    found: list[Piece] = []
    held: list[Mark] = []
    waiting = 0
    for start, end in pairwise(ends):
        held = [mark for mark in held if mark.end > start]
        while waiting < len(kept) and kept[waiting].start <= start:
            held.append(kept[waiting])
            waiting += 1
        found.append(_piece(text[start:end], start, held))
    return found


def _piece(text: str, start: int, held: Iterable[Mark]) -> Piece:
    covering = list(held)
    kind = min((mark.kind for mark in covering), key=RANK.index, default="")
    return Piece(
        text,
        tuple(mark.number for mark in covering),
        tuple(mark.number for mark in covering if mark.start == start),
        kind,
    )

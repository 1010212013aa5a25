"""The skeleton of a text: paragraphs, sentences, the items between semicolons, and in each the figures in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from zhaoshang.reading import gazetteer, lexicon, periods, quantities, ranks, regions, tables
from zhaoshang.reading.gazetteer import Place
from zhaoshang.reading.periods import Mention
from zhaoshang.reading.quantities import Quantity
from zhaoshang.reading.ranks import Rank
from zhaoshang.reading.tables import Table

_SENTENCE = re.compile(r"[^。！？!?\n]{1,1500}[。！？!?]{0,3}")
CLAUSE_BREAK = ",，;；:：。！？!?\n"
ITEM_BREAK = ";；。！？!?\n"
_WINDOW = 240
_LISTED = re.compile(r"(?:[、和与及,，/]|以及)")


@dataclass(frozen=True)
class Sentence:
    """One sentence, its figures and what is named round them, all with offsets into the whole text."""

    start: int
    end: int
    figures: list[Quantity | Rank]
    mentions: list[Mention]
    places: list[Place]
    opens_paragraph: bool


@dataclass(frozen=True)
class Document:
    """A restored text taken apart."""

    text: str
    sentences: list[Sentence]
    tables: list[Table]
    region: str | None
    year: int | None


def parse(text: str, published: str | None, also: Iterable[str] = ()) -> Document:
    """Take a clean text apart; footers, copyright notices and sentences printed twice come without figures."""
    places = regions.find(text, also)
    region = regions.told_of(text, places)
    if inside := gazetteer.called_inside(text, region):
        places = regions.settled([*places, *inside])
    mentions = periods.find(text, published)
    found = tables.find(text)
    figures, named, dated = _Cursor(_figures(text, mentions)), _Cursor(places), _Cursor(mentions)
    drawn, table_end, closed = _Cursor(found), 0, _footer_start(text)
    sentences, seen = [], set()
    for start, end, opens in _spans(text):
        table_end = max([table_end, *(table.end for table in drawn.within(end))])
        words = text[start:end].strip()
        repeated = len(words) >= 8 and words in seen
        seen.add(words)
        own = figures.within(end)
        if repeated or start < table_end or start >= closed or _is_footer(text, start, end):
            own = []
        sentences.append(Sentence(start, end, own, dated.within(end), named.within(end), opens))
    return Document(text, sentences, found, region, periods.document_year(text, published))


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...


Span = TypeVar("Span", bound=_Spanned)


class _Cursor(Generic[Span]):
    """Hands out ordered spans sentence by sentence."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans, self.at = spans, 0

    def within(self, end: int) -> list[Span]:
        """The spans that begin before ``end`` and were not handed out yet."""
        first = self.at
        while self.at < len(self.spans) and self.spans[self.at].start < end:
            self.at += 1
        return self.spans[first : self.at]


def _figures(text: str, mentions: list[Mention]) -> list[Quantity | Rank]:
    """Quantities and ranks in order, without numbers that are part of a period or of a rank."""
    taken: list[Mention | Rank] = sorted([*mentions, *ranks.find(text)], key=lambda span: span.start)
    found: list[Quantity | Rank] = [span for span in taken if isinstance(span, Rank)]
    at = 0
    for quantity in quantities.quantities(text):
        while at < len(taken) and taken[at].end <= quantity.start:
            at += 1
        if at == len(taken) or quantity.end <= taken[at].start:
            found.append(quantity)
    return sorted(found, key=lambda figure: figure.start)


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, opens a paragraph) of each sentence."""
    for match in _SENTENCE.finditer(text):
        yield match.start(), match.end(), match.start() == 0 or text[match.start() - 1] == "\n"


def _footer_start(text: str) -> int:
    """Where the page's footer begins: a footer's heading in the second half of the text."""
    at = 0
    for line in text.split("\n"):
        if lexicon.footer_from().match(line) and at > len(text) * 0.3:
            return at
        at += len(line) + 1
    return len(text)


def _is_footer(text: str, start: int, end: int) -> bool:
    return lexicon.footer_line().search(text[start : min(end, start + 400)]) is not None


def before(text: str, place: int, floor: int, stops: str = CLAUSE_BREAK) -> str:
    """The words between the last stop (not before ``floor``) and ``place``; of endless clauses only the last part."""
    floor = max(floor, place - _WINDOW)
    return text[max(floor, _marked(text, stops).rfind("\0", floor, place) + 1) : place]


@lru_cache(8)
def _marked(text: str, stops: str) -> str:
    """The text with every stop turned into the one character searched for."""
    return text.translate(dict.fromkeys(map(ord, stops), "\0"))


def after(text: str, place: int, ceiling: int, stops: str = CLAUSE_BREAK + "、") -> str:
    """The words from ``place`` to the next stop, not beyond ``ceiling``."""
    at = place
    while at < ceiling and text[at] not in stops:
        at += 1
    return text[place:at]


def groups(sentence: Sentence, text: str) -> list[list[Quantity | Rank]]:
    """The sentence's figures; those of one unit that only list marks separate («10%、5%和3%») together."""
    out: list[list[Quantity | Rank]] = []
    for figure in sentence.figures:
        last = out[-1][-1] if out else None
        if last is not None and _parallel(last, figure) and _LISTED.fullmatch(text, last.end, figure.start):
            out[-1].append(figure)
        else:
            out.append([figure])
    return out


def _parallel(one: Quantity | Rank, other: Quantity | Rank) -> bool:
    if isinstance(one, Rank) or isinstance(other, Rank):
        return isinstance(one, Rank) and isinstance(other, Rank)
    return one.unit == other.unit and (one.unit != "count" or one.measure == other.measure)

"""Risky clauses in the text of a contract, found by a lexicon that is data: words with gaps, no regular expressions.

Letters are compared in their usual width, spaces and line breaks left out; what is found is told by its place in the text as it was
given. A hit is taken away by an odd number of negations before it in the same clause (between commas), by a negation right after
it, and by a word that makes it lawful (``unless``). What remains is for a reviewer to read: the lexicon finds, it never decides.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.rules import Part

GAP = 12
MOST_CHARACTERS = 200
_ENDS = "。；;！!？?"
_PIECES = "，,。；;！!？?"
_SPELLED = re.compile(r"[^()|…?]+|[()|…?]")


class Handled(StrEnum):
    """What a reviewer made of a flagged passage; empty: not dealt with yet."""

    OPEN = ""
    REMOVE = "remove"
    JUSTIFIED = "justified"
    NO_HIT = "no_hit"
    READ = "read"


HANDLED_LABELS = {
    Handled.OPEN: N_("待处理"),
    Handled.REMOVE: N_("须删去"),
    Handled.JUSTIFIED: N_("有依据，保留"),
    Handled.NO_HIT: N_("不是此类条款"),
    Handled.READ: N_("已通读全文"),
}
CLEAR = (Handled.JUSTIFIED, Handled.NO_HIT, Handled.READ)
UNREADABLE = "unreadable"


class ReviewKind(StrEnum):
    """What is recorded before a signing; the values are the stage's kinds of evidence."""

    DUE_DILIGENCE = "due_diligence"
    LEGAL = "legal_review"
    FAIR_COMPETITION = "fair_competition"


REVIEW_LABELS = {
    ReviewKind.DUE_DILIGENCE: N_("尽职调查"),
    ReviewKind.LEGAL: N_("合法性审查"),
    ReviewKind.FAIR_COMPETITION: N_("公平竞争审查"),
}
ABOUT_TEXT = (ReviewKind.LEGAL, ReviewKind.FAIR_COMPETITION)


class Finding(StrEnum):
    """How a review ended. The exception is that of article 12 of 《公平竞争审查条例》 and takes its reason and term."""

    PASSED = "passed"
    EXCEPTION = "exception"
    REFUSED = "refused"


FINDING_LABELS = {
    Finding.PASSED: N_("通过"),
    Finding.EXCEPTION: N_("适用例外规定（《公平竞争审查条例》第十二条）"),
    Finding.REFUSED: N_("不通过"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage of one paragraph, ``start`` to ``end`` in it as given, and the code of the clause that it looks like."""

    code: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The clauses as compiled; made by :func:`lexicon_in`."""

    clauses: Mapping[str, Mapping[str, Any]]
    patterns: Mapping[str, tuple[re.Pattern[str], ...]] = field(repr=False)
    negations: re.Pattern[str] = field(repr=False)
    spared: re.Pattern[str] = field(repr=False)
    after: re.Pattern[str] = field(repr=False)


def lexicon_in(content: Part) -> Lexicon:
    """The lexicon of an issued or sample content. Raises ``rulesets.rules.BadRules``."""
    rows = content.coded("clause")
    for row in rows:
        row.texts("label", "article", "explanation")
        row.words("unless")
    return Lexicon(
        {row["code"]: row for row in rows},
        {row["code"]: _patterns(row) for row in rows},
        *(_any_of(content.words(key)) for key in ("negations", "not_negations", "negations_after")),
    )


def _patterns(row: Part) -> tuple[re.Pattern[str], ...]:
    found = []
    for text in row.words("patterns", least=1):
        try:
            found.append(_compiled(text))
        except ValueError:
            raise row.bad(
                "patterns", N_("词式“{text}”写得不对：括号要配对，括号里用竖线隔开，不能以…开头。"), text=text
            ) from None
    return tuple(found)


SET_LABELS = {
    "negations": N_("前面有这些词，就不算"),
    "not_negations": N_("这些词不算否定"),
    "negations_after": N_("后面有这些词，就不算"),
    "clause": N_("条款类别"),
    "label": N_("名称"),
    "label_en": N_("英文名称"),
    "explanation": N_("说明"),
    "explanation_en": N_("说明的英文"),
    "patterns": N_("词式"),
    "unless": N_("同一分句有这些词，就不算"),
    "negatable": N_("否定的说法不算"),
}


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted((_plain(word)[0] for word in words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


@lru_cache(maxsize=2_000)
def _compiled(text: str) -> re.Pattern[str]:
    gap = f"[^{_ENDS}]{{0,{GAP}}}"
    signs = {"(": "(?:", ")": ")", "|": "|", "?": "?", "…": gap}
    pieces = _SPELLED.findall(_plain(text, keep="…")[0])
    if len(text) > 400 or not pieces or pieces[0] == "…" or "()" in text:
        raise ValueError(text)
    try:
        return re.compile("".join(signs.get(piece) or re.escape(piece) for piece in pieces))
    except re.error:
        raise ValueError(text) from None


def _plain(text: str, keep: str = "") -> tuple[str, list[int]]:
    """Letters in their usual width without spaces, small; and the place of each in ``text``."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in letter if letter in keep else unicodedata.normalize("NFKC", letter).lower():
            if not one.isspace() and unicodedata.category(one) not in ("Cf", "Cc"):
                letters.append(one)
                places.append(place)
    return "".join(letters), places


def find(lexicon: Lexicon, paragraphs: Sequence[str]) -> list[Hit]:
    """The passages that look like a risky clause, in reading order; touching ones of a clause as one."""
    hits: list[Hit] = []
    for number, text in enumerate(paragraphs):
        plain, places = _plain(text)
        for code, patterns in lexicon.patterns.items():
            spans = sorted(match.span() for one in patterns for match in one.finditer(plain))
            held = [span for span in spans if _holds(lexicon, lexicon.clauses[code], plain, span)]
            hits += [Hit(code, number, places[first], places[last - 1] + 1) for first, last in _joined(held)]
    return sorted(hits, key=lambda hit: (hit.paragraph, hit.start, hit.end, hit.code))


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _holds(lexicon: Lexicon, clause: Mapping[str, Any], text: str, span: tuple[int, int]) -> bool:
    first, last = span
    begin = max((text.rfind(mark, 0, first) for mark in _PIECES), default=-1) + 1
    end = min((place for mark in _PIECES if (place := text.find(mark, last)) >= 0), default=len(text))
    piece = text[begin:end]
    if any(_plain(word)[0] in piece for word in clause.get("unless", ())):
        return False
    if not clause.get("negatable", True):
        return True
    # A negation inside the passage counts too: «税收不予返还», though not one that is part of a word such as «不得低于».
    before = lexicon.spared.sub("", text[begin:last])
    return len(lexicon.negations.findall(before)) % 2 == 0 and not lexicon.after.match(text[last : last + GAP])


def passage(text: str, start: int, end: int, around: int = 40) -> str:
    """The passage with a little of what stands around it, for lists."""
    first, last = max(0, start - around), min(len(text), end + around)
    told = f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
    return " ".join(told.split())[:MOST_CHARACTERS]

"""Questions as addresses, and answers as plain tables."""

from typing import Any
from urllib.parse import parse_qs

from cast import YI, Cast

from zhaoshang.questions.answering import Answer, answer
from zhaoshang.questions.rules import Question, parse
from zhaoshang.questions.subjects import SUBJECTS
from zhaoshang.regions.access import viewer_of


def read(text: str) -> Question:
    """The question of a query string."""
    return parse(parse_qs(text, keep_blank_values=True), SUBJECTS)


def asked(cast: Cast, text: str, by: Any = None) -> Answer:
    """Its answer, as the leader (or ``by``) may see it."""
    return answer(read(text), viewer_of(by or cast.leader, cast.city))


def table(cast: Cast, text: str, fen: int = YI) -> dict[Any, dict[Any, float]]:
    """Cells by row and column, in 亿元 (or ``fen``); None is a total."""
    found: dict[Any, dict[Any, float]] = {}
    for (row, column), value in asked(cast, text).grid.values.items():
        place = found.setdefault(None if row is None else "|".join(row), {})
        if column != ():
            place["|".join(column) if column else None] = (value or 0) / fen
    return found


def cell(cast: Cast, text: str, row: str = "") -> int | None:
    """A row's total, or everything's."""
    return asked(cast, text).grid.values.get(((row,) if row else None, None))

"""From figures to claims: walks a parsed text and gives each figure its indicator, kind, period and region.

What a clause leaves out it takes from the clause before («其中省外8.42亿元»): the reader remembers the last amount, the last count and
the last statement, and hands their class on.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from zhaoshang.reading import amounts, clauses, counts, lexicon, lists, relations
from zhaoshang.reading.clauses import Document, Sentence
from zhaoshang.reading.context import Context
from zhaoshang.reading.draft import Draft, Memory
from zhaoshang.reading.quantities import Quantity
from zhaoshang.reading.ranks import Rank
from zhaoshang.reading.scope import Scope
from zhaoshang.reading.tables import Cell

_HEADING = 40
_LISTING = frozenset("、和与及")
_YEARS = re.compile(r"(\d{4})/(\d{4})")


def drafts(document: Document) -> list[Draft]:
    """All drafts of a document, in the order of the text."""
    scope, memory = Scope(document), Memory()
    found: list[Draft] = []
    tables = list(reversed(document.tables))
    for sentence in document.sentences:
        while tables and tables[-1].start <= sentence.start:
            found += _cells(tables.pop().cells, scope)
        found += _sentence(sentence, Context(document.text, sentence, memory, sentence.start), scope)
    return sorted(found, key=lambda draft: draft.start)


def _sentence(sentence: Sentence, context: Context, scope: Scope) -> list[Draft]:
    scope.enter(sentence)
    context.memory.told = []
    if not sentence.figures:
        _take_heading(context)
    found: list[Draft] = []
    for group in clauses.groups(sentence, context.text):
        scope.advance(group[0].start)
        told = _one_by_one([_placed(draft, context, scope) for draft in _group(group, context, scope)], context)
        for draft in told:
            context.memory.keep(draft)
        found += told
        if told:
            context.floor = group[-1].end
    scope.leave(sentence)
    return found


def _take_heading(context: Context) -> None:
    """A short line without figures names the topic of what follows."""
    words = context.text[context.sentence.start : context.sentence.end].strip()
    term = lexicon.specific_money_term(words) if len(words) <= _HEADING else None
    context.memory.topic = term.class_name if term else context.memory.topic


def _group(group: Sequence[Quantity | Rank], context: Context, scope: Scope) -> list[Draft]:
    """The drafts of one figure, or of several that share one statement."""
    ranks = [figure for figure in group if isinstance(figure, Rank)]
    if ranks:
        return lists.share_out([relations.read_rank(rank, context) for rank in ranks], scope.listed, context)
    members = [figure for figure in group if isinstance(figure, Quantity) and figure.unit]
    if (
        not members
        or amounts.is_threshold(members[-1], context.text)
        or amounts.is_conversion(members[0], context.text)
    ):
        return []
    head = _figure(members[0], context)
    if head is None:
        return []
    return lists.share_out([head, *(lists.sibling(head, member) for member in members[1:])], scope.listed, context)


def _figure(quantity: Quantity, context: Context) -> Draft | None:
    if quantity.unit in {"percent", "times"}:
        return relations.read(quantity, context)
    if quantity.unit == "count":
        return counts.read(quantity, context)
    return amounts.read(quantity, context)


def _placed(draft: Draft, context: Context, scope: Scope) -> Draft:
    """The draft with its period and region, noting which of them stand elsewhere."""
    period = scope.period_of(draft.kind, draft.target, context.whole_clause(draft.start))
    derived = draft.derived
    if not scope.names_period:
        derived += ("period",)
    if not (draft.region or scope.region):
        derived += ("region",)
    return draft._replace(period=period, region=draft.region or scope.region_of(), derived=derived)


def _one_by_one(told: list[Draft], context: Context) -> list[Draft]:
    """«2016年至2018年,分别完成…», «1月、2月分别到位…»: as many values as periods are a period's each."""
    if len(told) < 2:
        return told
    years = _YEARS.fullmatch(told[0].period or "")
    if years and int(years[2]) - int(years[1]) + 1 == len(told):
        return [draft._replace(period=str(int(years[1]) + step)) for step, draft in enumerate(told)]
    opens = told[0].start - len(context.item(told[0].start))
    named = [one for one in context.sentence.mentions if opens <= one.start < told[0].start]
    gaps = [context.text[a.end : b.start] for a, b in itertools.pairwise(named)]
    if len(named) != len(told) or not all(gap in _LISTING for gap in gaps):
        return told
    return [draft._replace(period=one.period.label()) for draft, one in zip(told, named, strict=True)]


def _cells(cells: Iterable[Cell], scope: Scope) -> list[Draft]:
    """The drafts of a table: a row's label is the place unless it is the sum."""
    whole = scope.document.region
    return [
        Draft(
            cell.start, cell.end, cell.column.class_name, cell.column.kind, cell.value, cell.column.unit, cell.column.title,
            opens=cell.start, target=cell.column.target, region=whole if cell.is_whole else cell.label or whole,
            period=scope.period_of(cell.column.kind, cell.column.target, cell.column.title), derived=("indicator", "period"),
        )
        for cell in cells
    ]  # fmt: skip

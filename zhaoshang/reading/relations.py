"""Percentages, multiples and ranks: what they say, and of which indicator."""

from __future__ import annotations

import re
from decimal import Decimal

from zhaoshang.reading import amounts, kinds, lexicon
from zhaoshang.reading.context import Context
from zhaoshang.reading.draft import Draft
from zhaoshang.reading.kinds import Saying
from zhaoshang.reading.quantities import Quantity
from zhaoshang.reading.ranks import Rank

_OF_PROJECTS = re.compile("(?:以上)?的?[^,，]{0,6}(?:项目(?!投资)|总数|个数|户数|企业数)")
_OF_MONEY = re.compile("总额|资金总|投资总")
_CLAUSE_NEEDED = 60


def read(quantity: Quantity, context: Context) -> Draft | None:
    """The draft of a percentage, of points or of a multiple; multiples become percent of growth."""
    if amounts.bounds_places(quantity, context):
        return None
    words = context.whole_clause(quantity.start)[-_CLAUSE_NEEDED:]
    saying = _as_announced(kinds.of_percent(quantity, words, context.following(quantity.end)), quantity, context)
    draft = context.draft(quantity, saying, _class(saying, quantity.start, context), context.memory.focus)
    if quantity.unit == "times" or (saying.kind == "growth" and quantity.value > 0):
        draft = draft._replace(unit="percent", value=kinds.percent_of_growth(quantity, words) * saying.sign)
    return draft._replace(forecast=draft.forecast or _grows_from_forecast(draft, context))


def _as_announced(saying: Saying, quantity: Quantity, context: Context) -> Saying:
    """A percentage without a word of its own says what the last one of the sentence said, or what the list announced."""
    if not saying.guessed or re.search("[一-鿿]", saying.of):
        return saying
    last = context.memory.last_percentage()
    between = context.text[max(context.floor, context.sentence.start, quantity.start - 24) : quantity.start]
    if context.floor > context.sentence.start and (said := kinds.announced(between)):
        return saying._replace(kind=said, subject=between)
    if last and last.kind != "difference":
        return saying._replace(kind=last.kind)
    lead = context.item(quantity.start)
    return saying._replace(kind=kinds.announced(lead) or saying.kind, subject=lead)


def _grows_from_forecast(draft: Draft, context: Context) -> bool:
    focus = context.memory.focus
    return draft.kind == "growth" and focus is not None and focus.forecast and focus.start >= context.sentence.start


def _class(saying: Saying, place: int, context: Context) -> str:
    """By the rate's name, the subject's words, the target just named, what it is a share of, what was spoken of last."""
    memory = context.memory
    if saying.kind in {"share", "completion", "difference"} and (rate := lexicon.rate_class(saying.subject)):
        return rate
    own = lexicon.money_term(saying.subject)
    if own and own.class_name != lexicon.GENERIC:
        return own.class_name
    if own and (money := memory.last_money("CNY")):
        return money.class_name
    if saying.kind in {"growth", "completion"} and (named := _counted_subject(saying.subject)):
        return named
    if saying.kind == "share" and memory.count and _OF_PROJECTS.match(saying.of):
        return memory.count.class_name
    counted = memory.focus is not None and memory.focus.class_name in lexicon.PROJECT_COUNTS
    if counted and _OF_MONEY.search(saying.of) and (money := memory.last_money("CNY")):
        return money.class_name
    if saying.kind == "completion" and (aim := memory.aimed_at()):
        return aim.class_name
    opening = _opening_term(place, context)
    return opening or _by_the_whole(saying, memory.focus) or memory.topic or "other"


_COUNTED = re.compile(r"[^,，;；。:：\d]*?(?P<what>项目|企业)(?:个?数|数量|总数)?$")


def _counted_subject(subject: str) -> str | None:
    """«落地项目完成年度任务的三成»: what is counted, where the subject names projects by their stage, or firms."""
    named = _COUNTED.search(subject.rstrip("的 "))
    if named is None:
        return None
    if named.group("what") == "企业":
        return "enterprises"
    stage = lexicon.stage(named.group())
    return lexicon.STAGE_COUNT[stage] if stage else None


def _opening_term(place: int, context: Context) -> str | None:
    """The class of the money word a sentence begins with, for its first figure: «香港为最大外资来源地,占比达62.7%»."""
    focus, opens = context.memory.focus, context.sentence.start
    if focus is not None and focus.start >= opens:
        return None
    term = lexicon.specific_money_term(context.text[max(opens, place - _CLAUSE_NEEDED) : place])
    return term.class_name if term else None


def _by_the_whole(saying: Saying, focus: Draft | None) -> str | None:
    """«占外资近6成» is of foreign capital even where something else was spoken of; «完成任务的56%» is not of the task's class."""
    whole = lexicon.specific_money_term(saying.of)
    if whole and (
        focus is None or (whole.class_name != focus.class_name and (saying.kind == "share" or focus.unit == "count"))
    ):
        return whole.class_name
    return focus.class_name if focus else None


def read_rank(rank: Rank, context: Context) -> Draft:
    """The draft of a position; a scope left out, or shortened, is that of the rank before."""
    words, memory = context.whole_clause(rank.start), context.memory
    term, focus = lexicon.specific_money_term(words), memory.focus
    before = memory.rank_scope
    scope = before if before and before.endswith(rank.scope or "") else rank.scope
    memory.rank_scope = scope
    class_name = term.class_name if term else focus.class_name if focus else memory.topic or "other"
    indicator = words[term.start :] if term else (focus.indicator if focus else "") + words[-4:].strip("，,、均都 ")
    return Draft(
        rank.start, rank.end, class_name, "rank", Decimal(rank.position), "rank", indicator, opens=rank.start, rank_scope=scope,
        derived=() if term else ("indicator",),
    )  # fmt: skip

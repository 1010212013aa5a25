"""«分别»: several values of one statement, each given to the indicator, the amount or the place it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhaoshang.reading import kinds, lexicon
from zhaoshang.reading.context import Context
from zhaoshang.reading.draft import Draft
from zhaoshang.reading.gazetteer import Place
from zhaoshang.reading.quantities import Quantity

_SHARED = re.compile("分别|同比|均")


def sibling(head: Draft, quantity: Quantity) -> Draft:
    """A further value of the statement ``head`` begins."""
    value = kinds.percent_of_growth(quantity, "增长")
    if head.value < 0 < value:
        value = -value
    return head._replace(start=quantity.start, end=quantity.end, opens=quantity.start, closes=quantity.end, value=value,
        approx=quantity.approx or False, value_max=quantity.value_max,
    )  # fmt: skip


def share_out(drafts: Sequence[Draft], places: Sequence[Place], context: Context) -> list[Draft]:
    """Give each of several values its own: by the names listed before 分别, by the figures just told, by the places listed."""
    if len(drafts) < 2:
        return list(drafts)
    words = context.whole_clause(drafts[0].start)
    out = _by_names(drafts, words, context) or _by_what_was_told(drafts, words, context) or list(drafts)
    if len(places) == len(out):
        out = [draft._replace(region=place.name) for draft, place in zip(out, places, strict=True)]
    return out


_OF_EACH = re.compile("分别占(?P<of>[^占]+?)的$")
_NUMBER_OF = re.compile("总数|个数|户数|项目数|数量|项目总量")


def _counted(name: str, context: Context) -> str | None:
    """The class of «项目总数» or «投资总额»: that of the count, or the amount, told before."""
    memory = context.memory
    if _NUMBER_OF.search(name):
        of_projects = [told for told in memory.told if told.class_name in lexicon.PROJECT_COUNTS]
        told = of_projects[-1] if of_projects and "项目" in name else memory.count
    else:
        told = memory.last_money("CNY") if lexicon.money_term(name) else None
    return told.class_name if told else None


def _by_names(drafts: Sequence[Draft], words: str, context: Context) -> list[Draft]:
    """«内资、外资分别增长10%、5%»."""
    of = _OF_EACH.search(words)
    names = re.split("[、和与及]", of.group("of") if of else words.partition("分别")[0])
    classes = [_class_of(name) or (_counted(name, context) if of else None) for name in names]
    if len(names) != len(drafts) or not any(classes):
        return []
    return [
        draft._replace(class_name=class_name or draft.class_name, indicator=name)
        for draft, class_name, name in zip(drafts, classes, names, strict=True)
    ]


def _class_of(name: str) -> str | None:
    """The class a name stands for by itself: a rate's or a money word's."""
    term = lexicon.specific_money_term(name)
    return lexicon.rate_class(name) or (term.class_name if term else None)


def _by_what_was_told(drafts: Sequence[Draft], words: str, context: Context) -> list[Draft]:
    """«签约18个、投资9亿元,同比分别增长24%、38%»: percentages for points, else the amounts and counts told in the sentence."""
    if drafts[0].unit not in {"percent", "rank"} or not _SHARED.search(words):
        return []
    rates = [draft for draft in context.memory.told if draft.unit == "percent"]
    levels = [draft for draft in context.memory.told if draft.kind == "level"]
    told = (rates if drafts[0].kind == "difference" and rates else levels)[-len(drafts) :]
    if len(told) != len(drafts):
        return []
    return [
        draft._replace(class_name=one.class_name, region=one.region, indicator=one.indicator)
        for draft, one in zip(drafts, told, strict=True)
    ]

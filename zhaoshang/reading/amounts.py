"""Amounts of money and land: which indicator an amount belongs to, by its own words or by the projects it is the money of."""

from __future__ import annotations

import re

from zhaoshang.reading import kinds, lexicon
from zhaoshang.reading.context import Context
from zhaoshang.reading.draft import Draft
from zhaoshang.reading.kinds import Saying
from zhaoshang.reading.quantities import Quantity

_BOUND = re.compile("以上|以下|级|超|逾|过|突破|大于|不低于|不少于|至少")
_SIZE_CLASS = re.compile(
    r"(?:人民币)?(?:以上|以下|及以上|级)?(?:[（(][^()（）]{0,6}[)）])?(?:的)?[^,，。；;、:：\d]{0,12}?"
    r"(?:项目|企业|大户|产业集群|园区|开发区|的县|\d+(?:\.\d+)?(?:个|家|项|户|亿|万))"
    r"|(?:以上|以下)[、和及或]\d"
)
_CONVERTED = re.compile("折合|折算|约合|折")
_JOINING = frozenset("、和与及")
_SHARED_OUT = re.compile("[,，]?(?:分别|依次|均)")
_FOREIGN = "外资|外商|境外|港资|台资|外企"


def read(quantity: Quantity, context: Context) -> Draft | None:
    """The draft of an amount; None for one that only bounds what is counted."""
    if bounds_places(quantity, context):
        return None
    words, following = context.clause(quantity.start), context.following(quantity.end)
    saying = _joined(kinds.of_amount(words, following), context)
    if quantity.unit in {"m2", "mu"}:
        return context.draft(quantity, saying, "area")
    class_name, lender = _class(quantity, saying, context)
    return context.draft(quantity, saying, _in_currency(class_name, quantity, context), lender)


def _joined(saying: Saying, context: Context) -> Saying:
    """«比上年增加23个、96.4亿元»: what is joined to a difference is one too."""
    last = context.memory.last
    if last is None or last.kind != "difference" or saying.subject.strip() not in _JOINING or context.floor != last.end:
        return saying
    money = context.memory.last_money("CNY")
    return Saying("difference", -1 if last.value < 0 else 1, money.head if money else "")


def is_threshold(quantity: Quantity, text: str) -> bool:
    """«5亿元以上项目144个»: the amount only says which projects are counted."""
    bounded = quantity.value_max is not None or _BOUND.search(quantity.bound)
    return quantity.is_money and bool(bounded) and _SIZE_CLASS.match(text, quantity.end) is not None


def is_conversion(quantity: Quantity, text: str) -> bool:
    """«1亩≈666.67平方米»: the amount only explains a unit."""
    return text[max(0, quantity.start - 2) : quantity.start].rstrip()[-1:] in {"≈", "=", "＝"}


def bounds_places(quantity: Quantity, context: Context) -> bool:
    """«5个市总量过300亿元»: the figure only says which places are counted."""
    last = context.memory.last
    if last is None or quantity.approx is None or last.class_name != "zones" or last.kind != "level":
        return False
    return not re.search("[,，;；:：。\n]", context.text[last.end : quantity.start])


def _class(quantity: Quantity, saying: Saying, context: Context) -> tuple[str, Draft | None]:
    """The class of an amount of money, and the neighbour whose noun it borrows."""
    words = lexicon.BRACKETED.sub("", saying.subject.rstrip("(（ 的为是达到约"))
    term = lexicon.money_term(words)
    if term is None and saying.kind == "level":
        term = lexicon.money_term(context.following(quantity.end)[:8])
    focus = context.memory.focus
    if term is None and saying.kind == "difference" and focus:
        return focus.class_name, focus
    if term is None:
        return _elided(words, quantity, context)
    if term.class_name == lexicon.GENERIC and (money := _by_source(quantity, context)):
        return money.class_name, money
    if term.class_name == lexicon.GENERIC:
        return lexicon.STAGE_MONEY[project_stage(quantity.start, words, context)], None
    return term.class_name, None


_BY_SOURCE = re.compile("来源|来自|投资方|投资地")


def _by_source(quantity: Quantity, context: Context) -> Draft | None:
    """«从来源看,长三角投资3629亿元»: what places invest is the money just told, where it was money in place."""
    money = context.memory.last_money(quantity.unit)
    if money is None or money.class_name != "capital_in_place" or not _BY_SOURCE.search(context.item(quantity.start)):
        return None
    return money


def _elided(words: str, quantity: Quantity, context: Context) -> tuple[str, Draft | None]:
    """No money word: the amount joined to this one, a stage just named, the last amount, the heading, the projects' stage."""
    memory = context.memory
    last = memory.last
    if last and last.is_money and last.kind == "level" and context.floor == last.end and not words.strip("、(（"):
        return last.class_name, last
    focus = memory.focus
    if focus and _CONVERTED.search(words):
        return focus.class_name, focus
    if focus and focus.kind == "rank" and focus.start >= context.sentence.start and _SHARED_OUT.match(words):
        return focus.class_name, focus
    stage = lexicon.stage(words[-6:])
    if stage and stage != "total":
        return lexicon.STAGE_MONEY[stage], None
    if announced := lexicon.specific_money_term(context.lead(quantity.start)):
        return announced.class_name, None
    if money := memory.last_money(quantity.unit):
        return money.class_name, money
    if memory.topic:
        return memory.topic, None
    return lexicon.STAGE_MONEY[project_stage(context.sentence.end, words, context)], None


def _in_currency(class_name: str, quantity: Quantity, context: Context) -> str:
    """Dollars in place are foreign capital; so are dollars invested where foreigners are spoken of."""
    if quantity.unit != "USD" or class_name not in {"capital_in_place", "investment_total"}:
        return class_name
    before = context.memory.money.get("USD")
    foreign = context.mentions(_FOREIGN) or (before is not None and before.class_name == "foreign_capital")
    return "foreign_capital" if foreign or class_name == "capital_in_place" else class_name


def project_stage(place: int, words: str, context: Context) -> str:
    """What the projects spoken of have reached: by the clause, the count before, the item, the sentence before."""
    own = lexicon.stage(words)
    if own:
        return own
    count = context.memory.count
    known = lexicon.STAGE_OF.get(count.class_name) if count else None
    if count and known and count.start >= context.sentence.start:
        return known
    return lexicon.stage(context.item(place)) or known or "total"

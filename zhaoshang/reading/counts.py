"""Counts: projects by what they have reached, firms, visits, journeys, meetings, places, plots."""

from __future__ import annotations

import re

from zhaoshang.reading import kinds, lexicon
from zhaoshang.reading.context import Context
from zhaoshang.reading.draft import Draft
from zhaoshang.reading.kinds import Saying
from zhaoshang.reading.quantities import Quantity

_PLAIN = frozenset(
    {"projects", "signed_projects", "enterprises", "visits", "partners", "trips", "events", "land_parcels"}
)
_OF_PLACES = frozenset({"区市", "省市", "省区", "市州"})
_OF_PEOPLE = frozenset({"人次", "人", "批", "批次", "名", "位"})
_EACH_OF_PLACES = re.compile("[县市区镇乡道州园](?:均|都|各|分别)[^,，。；;]{0,4}$")
_PREDICATE = re.compile("增长|实现|超|完成|达标|低于|高于|下降|为零|突破|提前|过半")
_VERB_AFTER = re.compile(
    "收集|实现|完成|开展|举办|参加|组织|前来|同步|担任|进行|集中(?!活动)|总投资|累计|同比|已|均|全部|占|到位(?!资金)|落户"
)


def read(quantity: Quantity, context: Context) -> Draft | None:
    """The draft of a count; None for words that only look like one («一批», «三大», «两清单»)."""
    words, following = context.without_places(quantity.start), context.following(quantity.end)
    found = lexicon.count_class(
        lexicon.BRACKETED.sub("", words), _VERB_AFTER.split(following, maxsplit=1)[0], quantity.measure
    )
    if quantity.measure in _OF_PLACES:
        found = "zones"
    elif found == "zones" and _EACH_OF_PLACES.search(words):
        found = "other"
    elif found == "other" and not context.memory.told and (lead := context.lead(quantity.start)):
        found = lexicon.count_class(lead, "", quantity.measure)
    if found == "skip" or (quantity.is_chinese and not _stands(quantity, found, following)):
        return None
    saying = kinds.of_amount(words, following)
    class_name, lender = _class(found, quantity, saying, context)
    return context.draft(quantity, saying, class_name, lender)


def _stands(quantity: Quantity, found: str, following: str) -> bool:
    """Chinese numerals also serve in phrases: they count only plain things, and places of which something is said."""
    if quantity.value < 2 or quantity.measure in {"类", "种"}:
        return False
    return found in _PLAIN or (found == "zones" and _PREDICATE.search(following) is not None)


def _class(found: str, quantity: Quantity, saying: Saying, context: Context) -> tuple[str, Draft | None]:
    """The class of what was found, and the count before it whose noun it borrows."""
    count = context.memory.count
    words, following = saying.subject, context.following(quantity.end)
    if count and saying.kind == "difference" and not lexicon.money_term(words):
        return count.class_name, count
    if found in {"projects", "signed_projects"}:
        return lexicon.STAGE_COUNT[
            _stage(words.strip("(（、 ") or context.lead(quantity.start), following, context)
        ], None
    if count and found == "other" and _elides(quantity, count, following):
        return count.class_name, count
    return "other" if found == "information" else found, None


def _elides(quantity: Quantity, count: Draft, following: str) -> bool:
    """Whether the count leaves out its noun, which then is that of the count before."""
    if re.match(r"(?!以[上下内]|左右)[一-鿿]{2}", following):
        return False
    return count.measure == quantity.measure or (count.class_name == "visits" and quantity.measure in _OF_PEOPLE)


def _stage(words: str, following: str, context: Context) -> str:
    own = lexicon.stage(words) or lexicon.stage_after(following)
    if own:
        return own
    count = context.memory.count
    known = lexicon.STAGE_OF.get(count.class_name) if count else None
    return known or lexicon.stage(context.item(context.sentence.end)) or "total"

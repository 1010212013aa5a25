"""What an indicator is called: its own words, less the time, place and verbs before them, with the noun its neighbour lends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zhaoshang.reading import lexicon
from zhaoshang.reading.kinds import Saying
from zhaoshang.reading.quantities import Quantity

if TYPE_CHECKING:
    from zhaoshang.reading.context import Context
    from zhaoshang.reading.draft import Draft

_LEADING = re.compile(
    r"(?:[\s、,，;；:：(（)）。.．—–“”-]|\d+[.、．]|[一二三四五六七八九十]+(?:是|[、.．])|其中|此外|另外?|同时|以及|和|及|与|含|包括|并|还|又|先后|共计?|累计|总共|合计|已|目前|现|全[市省县区州盟](?:各?)?|我[市省县区州]"
    r"|分别|同比|预计|力争|确保|年内|全年|今年|上半年|实现|的)+"
)
_TRAILING = re.compile(
    r"(?:[\s(（:：]|为|是|达到?|约|近|超过?|突破|逾|共|的|有|在|至|到|分别|均|各|仅|只|了|已|累计|合计|高达)+$"
)
_NOUN_AFTER = re.compile(r"(?:以上)?的?(?P<noun>[一-鿿“”]{2,10})")
_STOP = re.compile(
    r"已|均|全部|收集|实现|完成|开展|举办|参加|组织|前来|同步|担任|进行|集中|总投资|累计|同比|占|落户|和|与|及|同时|的|为|达|来自|在(?!建|谈|库|研)|到(?!位)|有"
)
_FIGURE_BEFORE = re.compile(r"\d(?:%|[万亿]*[美港]?元|[个家项次批宗户名])[)）]?[、和]")
_LONGEST = 28


class Name(NamedTuple):
    """An indicator's name, the noun it lends to neighbours, and where its words open and close in the text."""

    indicator: str
    head: str
    opens: int
    closes: int


def name(context: Context, quantity: Quantity, saying: Saying, lender: Draft | None) -> Name:
    """Name a figure's indicator from its clause, the words after it, or the neighbour that lends it."""
    words = (
        context.whole_clause(quantity.start)
        if saying.kind not in {"level", "difference"}
        else context.clause(quantity.start)
    )
    own, opens = _own_words(words, quantity.start, context)
    closes = quantity.end
    if saying.kind != "level":
        subject = _bare(saying.subject)[-_LONGEST:]
        base = lender or context.memory.focus
        names_itself = lexicon.money_term(subject) or (subject.endswith("项目") and lexicon.stage(subject))
        said = subject if names_itself or base is None else base.indicator
        return Name(said or own, base.head if base else said, opens, closes)
    if quantity.unit == "count" and (noun := _noun_after(context.following(quantity.end))):
        own, closes = own + noun, quantity.end + context.following(quantity.end).find(noun) + len(noun)
    if lender is not None:
        return Name(own if own.endswith(lender.head) else own + lender.head, lender.head, opens, closes)
    term = lexicon.money_term(own)
    head = own[term.start :] if term else "项目" if own.endswith("项目") else own
    return Name(own, head, opens, closes)


def _own_words(words: str, place: int, context: Context) -> tuple[str, int]:
    """The clause's words less what only leads up to them, and where they begin in the text."""
    begin = place - len(words)
    for mention in context.sentence.mentions:
        if begin <= mention.start and mention.end <= place and not context.text[begin : mention.start].strip(" (（"):
            begin = mention.end
    for named in context.sentence.places:
        if begin <= named.start and named.end <= place and not _bare(context.text[begin : named.start]):
            begin = named.end
    begin = max(begin, place - _LONGEST)
    begin = max([begin, *(m.end() for m in _FIGURE_BEFORE.finditer(context.text, begin, place))])
    lead = _LEADING.match(context.text, begin, place)
    begin = lead.end() if lead else begin
    own = _TRAILING.sub("", context.text[begin:place])
    return own, begin


def _bare(words: str) -> str:
    lead = _LEADING.match(words)
    return _TRAILING.sub("", words[lead.end() :] if lead else words)


def _noun_after(following: str) -> str:
    match = _NOUN_AFTER.match(_STOP.split(following, maxsplit=1)[0])
    return match.group("noun") if match else ""

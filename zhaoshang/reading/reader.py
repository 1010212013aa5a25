"""From figures to claims: walks a parsed text and gives each figure its indicator, kind, period and region.

What a clause leaves out it takes from the clause before («其中省外8.42亿元»): the reader remembers the last amount, the last count and
the last statement, and hands their class on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from zhaoshang.reading import clauses, kinds, lexicon, scope
from zhaoshang.reading.clauses import Document, Sentence
from zhaoshang.reading.kinds import Saying
from zhaoshang.reading.quantities import Quantity
from zhaoshang.reading.ranks import Rank
from zhaoshang.reading.tables import Cell


CURRENCY_WORDS = frozenset({"元", "美元", "美金", "元人民币", "人民币", ""})
_PREDICATE = re.compile("增长|实现|超|完成|达标|低于|高于|下降|为零|突破|提前|过半")
_OF_PROJECTS = re.compile("(?:以上)?的?[^,，]{0,6}(?:项目(?!投资)|总数|个数|户数|企业数)")
_VERB_AFTER = re.compile("收集|实现|完成|开展|举办|参加|组织|前来|同步|担任|进行|集中|总投资|累计|同比|已|均|全部|占|到位(?!资金)|落户")
_BOUND = re.compile("以上|以下|级|超|逾|过|突破|大于|不低于|不少于|至少")
_SIZE_CLASS = re.compile(
    r"(?:人民币)?(?:以上|以下|及以上|级)?(?:[（(][^()（）]{0,6}[)）])?(?:的)?[^,，。；;、:：\d]{0,12}?"
    r"(?:项目|企业|大户|产业集群|园区|开发区|的县|\d+(?:\.\d+)?(?:个|家|项|亿|万))"
)


def _class_of(name: str) -> str | None:
    """The class a name stands for by itself: a rate's or a money word's."""
    term = lexicon.specific_money_term(name)
    return lexicon.rate_class(name) or (term.class_name if term else None)


@dataclass(frozen=True)
class Draft:
    """A claim in the making, placed in the restored text."""

    start: int
    end: int
    class_name: str
    kind: str
    value: Decimal
    unit: str
    indicator: str = ""
    approx: str | bool = False
    value_max: Decimal | None = None
    target: bool = False
    forecast: bool = False
    measure: str = ""
    rank_scope: str | None = None
    period: str | None = None
    region: str | None = None
    derived: tuple[str, ...] = ()


@dataclass
class Memory:
    """What later clauses may leave unsaid."""

    money: dict[str, Draft] = field(default_factory=dict)
    count: Draft | None = None
    focus: Draft | None = None
    last: Draft | None = None
    topic: str | None = None
    rank_scope: str | None = None
    told: list[Draft] = field(default_factory=list)

    def keep(self, draft: Draft) -> None:
        """Remember a draft; targets, bases of comparison and numbers of places never become the focus."""
        self.last = draft
        if draft.kind == "level" and draft.unit == "count":
            self.count = draft
        elif draft.kind == "level" and draft.measure in CURRENCY_WORDS:
            self.money[draft.unit] = draft
        if not draft.target:
            self.told.append(draft)
            if draft.class_name != "zones" or self.focus is None:
                self.focus = draft

    def last_money(self, unit: str) -> Draft | None:
        """The last amount in this currency, else the last amount."""
        return self.money.get(unit) or max(self.money.values(), key=lambda draft: draft.start, default=None)

    def aimed_at(self) -> Draft | None:
        """The target just named, if the last figure was one."""
        return self.last if self.last and self.last.target else None


class Reader:
    """Reads one document; use once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.memory = Memory()
        self.scope = scope.Scope(document)
        self.drafts: list[Draft] = []

    def read(self) -> list[Draft]:
        """All drafts, in the order of the text."""
        tables = list(reversed(self.document.tables))
        for sentence in self.document.sentences:
            while tables and tables[-1].start <= sentence.start:
                self.drafts += [self._cell(cell) for cell in tables.pop().cells]
            self._sentence(sentence)
        return sorted(self.drafts, key=lambda draft: draft.start)

    def _cell(self, cell: Cell) -> Draft:
        column = cell.column
        region = self.document.region if cell.is_whole else cell.label or self.document.region
        period = self.scope.period_of(column.kind, column.target, column.title)
        return Draft(
            cell.start, cell.end, column.class_name, column.kind, cell.value, column.unit, column.title,
            target=column.target, period=period, region=region,
        )  # fmt: skip

    def _sentence(self, sentence: Sentence) -> None:
        self.scope.enter(sentence)
        self.memory.told = []
        self.floor = sentence.start
        self.sentence = sentence
        if not sentence.figures:
            self._heading(sentence)
        for group in clauses.groups(sentence, self.text):
            self.scope.advance(group[0].start)
            drafts = self._group(group)
            for draft in drafts:
                self.memory.keep(draft)
            self.drafts += drafts
            if drafts:
                self.floor = group[-1].end
        self.scope.leave(sentence)

    def _heading(self, sentence: Sentence) -> None:
        """A short line without figures names the topic of what follows."""
        words = self.text[sentence.start : sentence.end].strip()
        if len(words) <= 40:
            term = lexicon.specific_money_term(words)
            self.memory.topic = term.class_name if term else self.memory.topic

    def _group(self, group: list[Quantity | Rank]) -> list[Draft]:
        first = group[0]
        if isinstance(first, Rank):
            ranks = [rank for rank in group if isinstance(rank, Rank)]
            shared = self._shared_out([self._rank(rank) for rank in ranks], ranks)
            return [self._placed(draft, rank) for draft, rank in zip(shared, ranks, strict=True)]
        members = [q for q in group if isinstance(q, Quantity) and q.unit]
        if not members or self._is_threshold(members[-1]) or self._is_conversion(members[0]):
            return []
        head = self._quantity(members[0])
        if head is None:
            return []
        drafts = [head, *(self._sibling(head, member) for member in members[1:])]
        drafts = self._shared_out(drafts, members)
        if len(self.scope.listed) == len(drafts) > 1:
            drafts = [replace(draft, region=place.name) for draft, place in zip(drafts, self.scope.listed, strict=True)]
        return [self._placed(draft, member) for draft, member in zip(drafts, members, strict=True)]

    # -- one figure ------------------------------------------------------------------------------------------------

    def _quantity(self, quantity: Quantity) -> Draft | None:
        if quantity.unit in {"percent", "times"}:
            return self._percent(quantity)
        if quantity.unit == "count":
            return self._count(quantity)
        return self._amount(quantity)

    def _clause(self, place: int, floor: int | None = None) -> str:
        """The words of the clause before ``place``, back to the figure before it."""
        return clauses.before(self.text, place, self.floor if floor is None else floor)

    def _without_places(self, place: int) -> str:
        """The same words without the names of places, whose 县 and 区 are not what is counted."""
        words = self._clause(place)
        begin = place - len(words)
        for named in reversed(self.sentence.places):
            if begin <= named.start and named.end <= place:
                words = words[: named.start - begin] + words[named.end - begin :]
        return words

    def _following(self, place: int) -> str:
        return clauses.after(self.text, place, min(self.sentence.end, place + 40))

    def _item(self, place: int) -> str:
        """The words from the last semicolon to ``place``."""
        return clauses.before(self.text, place, self.sentence.start, clauses.ITEM_BREAK)

    def _draft(self, quantity: Quantity, saying: Saying, class_name: str, words: str, **more: object) -> Draft:
        value = quantity.value * saying.sign if quantity.value > 0 else quantity.value
        forecast = saying.kind in {"level", "growth"} and not saying.target and self._foretold(quantity.start)
        return Draft(
            quantity.start, quantity.end, class_name, saying.kind, value, quantity.unit,
            approx=quantity.approx or False, value_max=quantity.value_max, target=saying.target, forecast=forecast,
            measure=quantity.measure, indicator=words, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def _foretold(self, place: int) -> bool:
        return kinds.is_forecast(self._item(place))

    def _amount(self, quantity: Quantity) -> Draft | None:
        if self._bounds_places(quantity):
            return None
        words = self._clause(quantity.start)
        following = self._following(quantity.end)
        saying = kinds.of_amount(words, following)
        if quantity.unit in {"m2", "mu"}:
            return self._draft(quantity, saying, "area", words)
        return self._draft(quantity, saying, self._money_class(quantity, saying, following), words)

    def _money_class(self, quantity: Quantity, saying: Saying, following: str) -> str:
        words = saying.subject if saying.kind == "difference" else saying.subject.rstrip("(（ 的为是达到约")
        term = lexicon.money_term(words)
        if term is None:
            term = lexicon.money_term(following[:8]) if saying.kind == "level" else None
        if saying.kind == "difference" and term is None and self.memory.focus:
            return self.memory.focus.class_name
        if term is None:
            found = self._elided_money(words, quantity.unit)
        elif term.class_name == lexicon.GENERIC:
            found = lexicon.STAGE_MONEY[self._stage(quantity.start, words)]
        else:
            found = term.class_name
        return self._in_currency(found, quantity)

    def _elided_money(self, words: str, unit: str) -> str:
        last = self.memory.last
        if last and last.measure in CURRENCY_WORDS and last.kind == "level" and self.floor == last.end and words.strip("、(（") == "":
            return last.class_name
        stage = lexicon.stage(words[-6:])
        if stage and stage != "total":
            return lexicon.STAGE_MONEY[stage]
        if money := self.memory.last_money(unit):
            return money.class_name
        if self.memory.topic:
            return self.memory.topic
        return lexicon.STAGE_MONEY[self._stage(self.sentence.end, words)]

    def _in_currency(self, class_name: str, quantity: Quantity) -> str:
        """Dollars in place are foreign capital; so are dollars invested where the sentence speaks of foreigners."""
        if quantity.unit != "USD" or class_name in {"other", "foreign_capital"}:
            return class_name
        foreign = re.search("外资|外商|境外|港资|台资|外企", self.text[self.sentence.start : self.sentence.end]) or (
            "USD" in self.memory.money and self.memory.money["USD"].class_name == "foreign_capital"
        )
        return "foreign_capital" if class_name == "capital_in_place" or (foreign and class_name == "investment_total") else class_name

    def _stage(self, place: int, words: str) -> str:
        """What the projects spoken of have reached: by the clause, the count before, the item, the sentence before."""
        own = lexicon.stage(words)
        if own:
            return own
        count = self.memory.count
        if count and count.class_name in lexicon.PROJECT_COUNTS and count.start >= self.sentence.start:
            return lexicon.STAGE_OF[count.class_name]
        item = lexicon.stage(self._item(place))
        if item:
            return item
        if count and count.class_name in lexicon.PROJECT_COUNTS:
            return lexicon.STAGE_OF[count.class_name]
        return "total"

    def _count(self, quantity: Quantity) -> Draft | None:
        words = self._without_places(quantity.start)
        following = self._following(quantity.end)
        if quantity.is_chinese and quantity.value < 2:
            return None
        found = lexicon.count_class(words, _VERB_AFTER.split(following, maxsplit=1)[0], quantity.measure)
        told = found in {"projects", "signed_projects", "enterprises", "visits", "partners", "trips", "events", "land_parcels"}
        if quantity.measure in {"区市", "省市", "省区", "市州"}:
            found = "zones"
        if found == "skip" or (quantity.is_chinese and not told and not (found == "zones" and _PREDICATE.search(following))):
            return None
        saying = kinds.of_amount(words, following)
        if saying.kind == "difference" and self.memory.focus and not lexicon.money_term(saying.subject) and self.memory.count:
            found = self.memory.count.class_name
        elif found in {"projects", "signed_projects"}:
            found = lexicon.STAGE_COUNT[self._count_stage(words, following)]
        elif found == "other" and self._elides(quantity, following) and self.memory.count:
            found = self.memory.count.class_name
        return self._draft(quantity, saying, "other" if found == "information" else found, words)

    def _elides(self, quantity: Quantity, following: str) -> bool:
        """Whether the count leaves out its noun, which then is that of the count before."""
        count = self.memory.count
        if count is None or re.match(r"[一-鿿]{2}", following):
            return False
        people = count.class_name == "visits" and quantity.measure in {"人次", "人", "批", "批次", "名", "位"}
        return people or count.measure == quantity.measure

    def _count_stage(self, words: str, following: str) -> str:
        own = lexicon.stage(words) or lexicon.stage_after(following)
        if own:
            return own
        count = self.memory.count
        if count and count.class_name in lexicon.PROJECT_COUNTS:
            return lexicon.STAGE_OF[count.class_name]
        return lexicon.stage(self._item(self.sentence.end)) or "total"

    def _bounds_places(self, quantity: Quantity) -> bool:
        """«5个市总量过300亿元»: the amount only says which places are counted."""
        last = self.memory.last
        counted = last is not None and last.class_name == "zones" and last.kind == "level"
        return counted and quantity.approx is not None and last is not None and self._clause(quantity.start, last.end) == self.text[last.end : quantity.start]

    def _percent(self, quantity: Quantity) -> Draft | None:
        if self._bounds_places(quantity):
            return None
        words = clauses.before(self.text, quantity.start, self.sentence.start)
        following = self._following(quantity.end)
        saying = self._like_the_last(kinds.of_percent(quantity, words[-60:], following))
        draft = self._draft(quantity, saying, self._percent_class(saying), words)
        if quantity.unit == "times":
            draft = replace(draft, unit="percent", value=kinds.growth_of_multiple(quantity, words))
        return replace(draft, forecast=draft.forecast or self._grows_from_forecast(draft))

    def _like_the_last(self, saying: Saying) -> Saying:
        """A percentage without a word of its own says what the last one of the sentence said."""
        last = next((draft for draft in reversed(self.memory.told) if draft.unit == "percent"), None)
        if not saying.guessed or last is None or last.kind == "difference" or re.search("[一-鿿]", saying.of):
            return saying
        return replace(saying, kind=last.kind)

    def _grows_from_forecast(self, draft: Draft) -> bool:
        focus = self.memory.focus
        return draft.kind == "growth" and focus is not None and focus.forecast and focus.start >= self.sentence.start

    def _percent_class(self, saying: Saying) -> str:
        if saying.kind in {"share", "completion"} and (named := lexicon.rate_class(saying.subject)):
            return named
        own = lexicon.money_term(saying.subject)
        if own and own.class_name != lexicon.GENERIC:
            return own.class_name
        money = self.memory.last_money("CNY")
        if own and money:
            return money.class_name
        of = lexicon.specific_money_term(saying.of)
        focus = self.memory.focus
        if saying.kind == "share" and self.memory.count and _OF_PROJECTS.match(saying.of):
            return self.memory.count.class_name
        aim = self.memory.aimed_at()
        if saying.kind == "completion" and aim:
            return aim.class_name
        if of and (focus is None or (of.class_name != focus.class_name and (saying.kind == "share" or focus.unit == "count"))):
            return of.class_name
        if focus:
            return focus.class_name
        return self.memory.topic or "other"

    def _rank(self, rank: Rank) -> Draft:
        words = clauses.before(self.text, rank.start, self.sentence.start)
        term = lexicon.specific_money_term(words)
        focus = self.memory.focus
        class_name = term.class_name if term else focus.class_name if focus else self.memory.topic or "other"
        name = rank.scope or self.memory.rank_scope
        if rank.scope and self.memory.rank_scope and self.memory.rank_scope.endswith(rank.scope):
            name = self.memory.rank_scope
        self.memory.rank_scope = name
        return Draft(rank.start, rank.end, class_name, "rank", Decimal(rank.position), "rank", words, rank_scope=name)

    # -- several figures of one statement ----------------------------------------------------------------------------

    def _sibling(self, head: Draft, quantity: Quantity) -> Draft:
        negative = head.value < 0 and quantity.value > 0
        value = quantity.value
        if quantity.unit == "times":
            value = kinds.growth_of_multiple(quantity, "增长")
        return replace(
            head, start=quantity.start, end=quantity.end, value=-value if negative else value,
            approx=quantity.approx or False, value_max=quantity.value_max,
        )  # fmt: skip

    def _shared_out(self, drafts: list[Draft], members: Sequence[Quantity | Rank]) -> list[Draft]:
        """«A、B分别增长a%、b%»: each value its own indicator, by the names listed or else by the amounts just told."""
        if len(drafts) < 2:
            return drafts
        words = clauses.before(self.text, members[0].start, self.sentence.start)
        names = self._listed_names(words, len(drafts))
        if names:
            classes = [_class_of(name) for name in names]
            if any(classes):
                return [
                    replace(draft, class_name=class_name or draft.class_name, indicator=name)
                    for draft, class_name, name in zip(drafts, classes, names, strict=True)
                ]
        told = self._told(drafts[0])[-len(drafts) :]
        if len(told) == len(drafts) and re.search("分别|同比|均", words) and drafts[0].unit in {"percent", "rank"}:
            return [replace(draft, class_name=one.class_name, region=one.region) for draft, one in zip(drafts, told, strict=True)]
        return drafts

    def _told(self, draft: Draft) -> list[Draft]:
        """What a list of values may speak of: percentages for points, else amounts and counts told in the sentence."""
        rates = [one for one in self.memory.told if one.unit == "percent"]
        levels = [one for one in self.memory.told if one.kind == "level"]
        return rates if draft.kind == "difference" and rates else levels

    def _listed_names(self, words: str, count: int) -> list[str]:
        """The ``count`` names listed before 分别, if there are just as many."""
        before = words.partition("分别")[0]
        names = re.split("[、和与及]", before)
        return names if len(names) == count else []

    # -- what is no claim --------------------------------------------------------------------------------------------

    def _is_threshold(self, quantity: Quantity) -> bool:
        """«5亿元以上项目144个»: the amount only says which projects are counted."""
        bounded = quantity.value_max is not None or _BOUND.search(quantity.bound)
        return quantity.is_money and bool(bounded) and _SIZE_CLASS.match(self.text, quantity.end) is not None

    def _is_conversion(self, quantity: Quantity) -> bool:
        return self.text[max(0, quantity.start - 2) : quantity.start].rstrip()[-1:] in {"≈", "=", "＝"}

    def _placed(self, draft: Draft, figure: Quantity | Rank) -> Draft:
        period = self.scope.period_of(draft.kind, draft.target, self._clause(figure.start, self.sentence.start))
        return replace(draft, period=period, region=draft.region or self.scope.region_of())

"""Which period and which place hold at each point of a text.

A cumulative period holds until another is named; a month («8月当月», «本月») only to the end of its item once a cumulative one is
known; a place that opens an item holds for the item; a target belongs to the whole year.
"""

from __future__ import annotations

import itertools
import re

from zhaoshang.reading import clauses, gazetteer, regions
from zhaoshang.reading.clauses import Document, Sentence
from zhaoshang.reading.gazetteer import Place
from zhaoshang.reading.periods import Mention, Period

_WHOLE = re.compile(r"全[省市县区州盟旗]|我[省市县区州]")
_OF_A_TARGET = re.compile(r"[^,，;；。\d]{0,16}?(?:目标|任务|计划|预期)|工作|重点|政府|重大")
_REPORTED = re.compile(r"[^。;；]{0,16}?(?:获悉|介绍|消息|发布|公布|报道|讯|了解到|通报|举行新闻|[局厅办委])")
_STATED = re.compile(r"[,，:：]|全[年省市县区州]|[我该][省市县区州]|底|末|度|实际|累计|共|新|引进|完成|签约|利用")


class Scope:
    """Follows a document sentence by sentence; ask it after each :meth:`advance`."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.main: Period | None = self._first_cumulative()
        self.local: Period | None = None
        self.base = False
        self.paragraph_region: str | None = None
        self.region: str | None = None
        self.main_seen = False
        self.names_period = False
        self.sentence: Sentence | None = None
        self.listed: list[Place] = []
        self.last_place: tuple[Place | None, bool] = (None, True)

    def _first_cumulative(self) -> Period | None:
        for sentence in self.document.sentences[:6]:
            for mention in sentence.mentions:
                if mention.period.kind in {"cumulative", "month"}:
                    return mention.period
        return None

    def enter(self, sentence: Sentence) -> None:
        """Begin a sentence: what held only for the last one is forgotten."""
        if sentence.opens_paragraph:
            self.paragraph_region = None
        self.sentence = sentence
        self.local, self.region, self.listed = None, None, []
        self.at_mention = self.at_place = 0
        self.names_period = False
        self.point = sentence.start

    def leave(self, sentence: Sentence) -> None:
        """End a sentence: periods named after its last figure still hold for what follows."""
        self.advance(sentence.end)

    def advance(self, place: int) -> None:
        """Take in all periods and places named before ``place``."""
        sentence = self.sentence
        if sentence is None:
            return
        if re.search(r"[;；]", self.text[self.point : place]):
            self.local = None
        self.base = False
        while self.at_mention < len(sentence.mentions) and sentence.mentions[self.at_mention].start < place:
            self._take(sentence.mentions[self.at_mention], place)
            self.at_mention += 1
        self.names_period = self.at_mention > 0
        self._take_places(sentence, place)
        self.point = place

    # -- periods -----------------------------------------------------------------------------------------------------

    def _take(self, mention: Mention, place: int) -> None:
        period, rest = mention.period, self.text[mention.end : mention.end + 20]
        if period.kind == "same_last_year" or self._is_compared_with(mention):
            self.base = not re.search(f"[{clauses.CLAUSE_BREAK}]", self.text[mention.end : place])
        elif period.kind == "day":
            if not _REPORTED.match(rest):
                self.local = period
        elif period.kind == "month":
            self._take_month(period)
        elif period.kind == "year" and not self._is_statement(mention, rest):
            foretold = self.text[mention.start : mention.end] == "全年" and self.text.endswith("预计", 0, mention.start)
            if foretold or (_OF_A_TARGET.match(rest) and self.main and period.year != self.main.year):
                self.local = period
        elif self._is_aim(mention):
            self.local = period
        else:
            self.main, self.local, self.main_seen = period, None, True

    def _is_compared_with(self, mention: Mention) -> bool:
        """«比上半年», «与上年持平», «超过去年»: a time past that does not open its clause is what another is held against."""
        before = clauses.before(self.text, mention.start, max(0, mention.start - 20))
        past = self.text[mention.start : mention.end].startswith(("去年", "上年", "上一年", "前年"))
        return before.endswith(("比", "较", "与", "同")) or (past and before.strip() != "")

    def _is_aim(self, mention: Mention) -> bool:
        """Whether the words before the period speak of what is yet to come."""
        words = clauses.before(self.text, mention.start, max(0, mention.start - 20))
        return re.search("力争|确保|争取|预计|计划|努力|目标", words) is not None

    def _take_month(self, period: Period) -> None:
        if period.first == 0:
            last = self.main.last if self.main else None
            self.local = Period("month", self.main.year if self.main else None, last or 1, last or 1)
        elif self.main_seen and self.main and self.main.kind == "cumulative":
            self.local = period
        else:
            self.main, self.local = period, None

    def _is_statement(self, mention: Mention, rest: str) -> bool:
        """Whether a year opens a statement rather than belonging to a plan's or a programme's name."""
        words = self.text[mention.start : mention.end]
        if _OF_A_TARGET.match(rest):
            return False
        if "全年" in words and not mention.explicit:
            return not re.search(
                r"(?:完成|预计|力争|确保|占)[^,，;；。]{0,6}$", self.text[max(0, mention.start - 10) : mention.start]
            )
        if words == "今年" and rest.startswith("累计") and self.main and self.main.first > 1:
            return True
        if "以来" in words or words in {"当年", "本年", "今年", "本年度"}:
            return not (
                self.main_seen
                and self.main
                and self.main.kind == "cumulative"
                and self.main.year == mention.period.year
            )
        inside = (
            self.main_seen
            and self.main is not None
            and self.main.kind == "cumulative"
            and self.main.year == mention.period.year
        )
        return not inside or _STATED.match(rest) is not None

    def period_of(self, kind: str, target: bool, words: str) -> str | None:
        """The label of the period a figure of this kind belongs to."""
        period = self.local or self.main
        if "累计" in words and self.local and self.local.kind == "month":
            period = self.main
        if period is None:
            year = self.document.year
            return None if year is None else str(year)
        if target and kind == "level":
            return (period if self._is_own(period, words) else period.whole_year()).label()
        if kind == "level" and self.base:
            return period.year_before().label()
        return period.label()

    def _is_own(self, period: Period, words: str) -> bool:
        """Whether a target names a part of the year for itself («力争二季度签约»)."""
        if re.search("年度|全年|年初", words):
            return False
        own = "季度|半年|月" if period is self.local else "[一二三四]季度|[上下]半年"
        return period.kind != "day" and re.search(own, words) is not None

    # -- places ------------------------------------------------------------------------------------------------------

    def _take_places(self, sentence: Sentence, place: int) -> None:
        new: list[Place] = []
        while self.at_place < len(sentence.places) and sentence.places[self.at_place].start < place:
            new.append(sentence.places[self.at_place])
            self.at_place += 1
        new = [p for p in new if not self._in_brackets(p)]
        acting = regions.subjects(self.text, new, *self.last_place)
        if new:
            self.last_place = (new[-1], new[-1] in acting)
        told = [p for p in acting if self._opens_clause(p) and not self._is_source(p)]
        if told:
            self.listed = told if len(told) > 1 and self._are_listed(told) else []
        whole = max(
            (m.start() for m in _WHOLE.finditer(self.text, self.point, place) if self._opens(m.start())), default=-1
        )
        joined = bool(told) and self.text[told[-1].end : told[-1].end + 1] in {"、", "和", "与", "及"}
        if whole >= 0 and (not told or whole > told[-1].start):
            self.region = self.paragraph_region = None
        elif (self.listed and told) or joined:
            self.region = None
        elif told:
            self.region = told[-1].name
        if told and sentence.opens_paragraph:
            self._open_paragraph(told, sentence)

    def _open_paragraph(self, told: list[Place], sentence: Sentence) -> None:
        """A place alone at the head of a paragraph holds for all of it."""
        heads = len(told) == 1 and not self.text[sentence.start : told[0].start].strip(
            " 　、.．)）一二三四五六七八九十0123456789▲●"
        )
        self.paragraph_region = told[0].name if heads else None

    def _is_source(self, place: Place) -> bool:
        """«其中广东156亿元、浙江142亿元» in a province's bulletin: other provinces by their short names are where money came from."""
        written = self.text[place.start : place.end]
        known = self.document.region
        return (
            place.level == 1
            and known is not None
            and written != place.name != known
            and gazetteer.lies_elsewhere(known, place.name)
        )

    def _in_brackets(self, place: Place) -> bool:
        """«南疆(含吐鲁番、哈密)»: places in brackets only explain."""
        start = self.sentence.start if self.sentence else 0
        before = self.text[start : place.start]
        return max(before.rfind("("), before.rfind("（")) > max(before.rfind(")"), before.rfind("）"))

    def _opens(self, place: int) -> bool:
        return clauses.before(self.text, place, self.sentence.start if self.sentence else 0) == ""

    def _opens_clause(self, place: Place) -> bool:
        before = self.text[max(0, place.start - 2) : place.start]
        return (
            not before or before[-1] in clauses.CLAUSE_BREAK + "、和与及 )）“”.．是为有月年度份日底" or before == "其中"
        )

    def _are_listed(self, subjects: list[Place]) -> bool:
        gaps = [self.text[a.end : b.start] for a, b in itertools.pairwise(subjects)]
        return all(gap in regions.LIST_MARKS for gap in gaps)

    def region_of(self) -> str | None:
        """The place a figure is told of."""
        return self.region or self.paragraph_region or self.document.region

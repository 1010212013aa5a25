"""The claims of one text beside each other: their words, their sentences, what each is nearest to. Pure; for contradictions."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from zhaoshang.bulletins import words
from zhaoshang.bulletins.rules import stands_for
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.rounding import Interval
from zhaoshang.reading import Claim, Reading

NEAREST = 4  # amounts before a rate in its sentence that it may belong to
_TIMES = re.compile(
    r"(?:19|20)\d{2}年度?|\d{1,2}[-—–~至]\d{1,2}月份?|\d{1,2}月(?:份|底|末)?|第?[一二三四]季度|[上下]半年|前三季度|[全今去上]年|以来|截至|同期"
)
_FILLERS = re.compile("总量|总额|全市|我市|本市|累计|实际|共|已|完成|实现|引进|达到?|[为约的、，,：:；; ]")
_QUALIFIERS = re.compile("省外|省内|市外|新建|续建|内资|外资|新增|单月|当月|制造业|工业|服务业|农业")
_STOP = re.compile("[。！？!?\n]")


@dataclass(frozen=True)
class Said:
    """A claim with its number in the reading, the words before it in its clause and its sentence, and what tells it from others.

    ``frame``: class, unit, region and size; ``stage``: 签约, 落地…, of projects; ``qualifiers``: 省外, 新建…
    """

    number: int
    claim: Claim
    head: str
    sentence: str
    frame: tuple[Any, ...]
    stage: str
    qualifiers: tuple[str, ...]

    @cached_property
    def interval(self) -> Interval:
        """The values that it admits."""
        return stands_for(self.claim)

    @cached_property
    def loosely(self) -> Interval:
        """The values that a headline may round to this number: 4,100 for 4,123.5."""
        return stands_for(replace(self.claim, approx="about"))

    @cached_property
    def subject(self) -> str:
        """What the sentence up to the number speaks of."""
        return bare_words(self.sentence)

    @cached_property
    def period(self) -> Period | None:
        """The months it is told of."""
        try:
            return Period.parse(self.claim.period) if self.claim.period else None
        except NotAPeriod:
            return None

    def is_level(self, target: bool = False) -> bool:
        """Whether it is an amount or a number, in fact or as a target."""
        return self.claim.kind == "level" and self.claim.target == target and not self.claim.forecast


class Telling:
    """A text's claims in order. What is asked of them costs the same in long texts as in short ones."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.restored.text
        self.said: list[Said] = []
        floor = 0
        for number, claim in enumerate(reading.claims):
            place = words.place_of(self.text, claim, floor)
            floor = claim.restored_end
            near = place.head + place.tail
            stage = words.stage(near)[1] if claim.unit == "count" else ""
            frame = (claim.indicator_class, claim.unit, claim.region, words.size_fen(near)[0])
            qualifiers = tuple(sorted(set(_QUALIFIERS.findall(near))))
            self.said.append(Said(number, claim, place.head, place.sentence, frame, stage, qualifiers))

    @cached_property
    def levels(self) -> list[Said]:
        """Amounts and numbers that are no targets."""
        return [one for one in self.said if one.is_level()]

    @cached_property
    def _by_frame(self) -> dict[tuple[Any, Period | None], list[Said]]:
        found: dict[tuple[Any, Period | None], list[Said]] = {}
        for one in self.levels:
            found.setdefault((one.frame, one.period), []).append(one)
        return found

    def before_in_sentence(self, claim: Said) -> list[Said]:
        """The claims before it in its sentence, nearest first."""
        found: list[Said] = []
        for one in reversed(self.said[: claim.number]):
            if _STOP.search(self.text, one.claim.restored_start, claim.claim.restored_start):
                break
            found.append(one)
        return found

    def subjects(self, rate: Said) -> list[Said]:
        """The amounts that a rate may belong to: of its class and period, told before it in the sentence; nearest first."""
        wanted = rate.claim.indicator_class, rate.claim.period
        near = [one for one in self.before_in_sentence(rate) if one.is_level()]
        return [one for one in near if (one.claim.indicator_class, one.claim.period) == wanted][:NEAREST]

    def base(self, now: Said) -> Said | None:
        """What the text says of the same thing a year earlier: in the same paragraph, else in the same words elsewhere."""
        if now.period is None:
            return None
        earlier = self._by_frame.get((now.frame, now.period.year_before()), [])
        near = next((one for one in earlier if self._beside(one, now) and _answers(one, now)), None)
        return near or next((one for one in earlier if one.subject and one.subject == now.subject), None)

    def _beside(self, one: Said, other: Said) -> bool:
        first, last = sorted((one.claim.restored_start, other.claim.restored_start))
        return self.text.find("\n", first, last) < 0


def _answers(base: Said, now: Said) -> bool:
    """Whether a base is told of the same thing: in the same qualifiers, or in no words of its own («去年同期为»)."""
    whole = words.whole_city_at(base.head) >= 0 and words.whole_city_at(now.head) < 0
    return not whole and (base.qualifiers == now.qualifiers or not bare_words(base.head))


def bare_words(sentence: str) -> str:
    """What words speak of, without time, adverbs and particles; empty when a number stands among them."""
    left = _TIMES.sub("", sentence)
    return "" if re.search(r"\d", left) else _FILLERS.sub("", left)

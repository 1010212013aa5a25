"""What a text says against itself: rates its own base denies, parts that do not add up, completions, ranks, repeats. Pure.

Each printed number is taken as the interval it stands for, so rounding alone never makes a contradiction.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from zhaoshang.bulletins import words
from zhaoshang.bulletins.rules import Amount, Param, Reason, stands_for
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.rounding import Interval
from zhaoshang.reading import Claim, Reading

COMPLEMENTS = (frozenset({"省外", "省内"}), frozenset({"新建", "续建"}), frozenset({"内资", "外资"}))
TELLING_WORDS = 4  # fewer characters may be anything
_TIMES = re.compile(
    r"(?:19|20)\d{2}年度?|\d{1,2}[-—–~至]\d{1,2}月份?|\d{1,2}月(?:份|底|末)?|第?[一二三四]季度|[上下]半年|前三季度|[全今去上]年|以来|截至|同期"
)
_FILLERS = re.compile("总量|总额|全市|我市|本市|累计|实际|共|已|完成|实现|引进|达到?|[为约的、，,：:；; ]")
_QUALIFIERS = re.compile("省外|省内|市外|新建|续建|内资|外资|新增|单月|当月|制造业|工业|服务业|农业")


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction and the claims (by their place in the reading) that make it."""

    reason: Reason
    claims: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """For machines and for keeping."""
        return {"reason": self.reason.to_json(), "claims": list(self.claims)}


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with its number in the reading, the words before it in its clause and its sentence, and what tells it from others."""

    number: int
    claim: Claim
    head: str
    sentence: str
    key: tuple[Any, ...]

    @property
    def interval(self) -> Interval:
        """The values that it admits."""
        return stands_for(self.claim)


def contradictions(reading: Reading) -> list[Finding]:
    """All of them, in the order of the text."""
    said = _said(reading)
    rules: tuple[Callable[[str, list[Said]], Iterator[Finding]], ...] = (
        _growths,
        _increases,
        _parts,
        _completions,
        _ranks,
        _repeats,
    )
    found = [finding for rule in rules for finding in rule(reading.restored.text, said)]
    return sorted(found, key=lambda finding: finding.claims)


def _said(reading: Reading) -> list[Said]:
    found, floor = [], 0
    for number, claim in enumerate(reading.claims):
        place = words.place_of(reading.restored.text, claim, floor)
        floor = claim.restored_end
        size, _ = words.size_fen(place.head + place.tail)
        stage = words.stage(place.head + place.tail)[1] if claim.unit == "count" else ""
        qualifiers = tuple(sorted(set(_QUALIFIERS.findall(place.head + place.tail))))
        key = (claim.indicator_class, claim.unit, claim.region, size, stage, qualifiers)
        found.append(Said(number, claim, place.head, place.sentence, key))
    return found


def _quote(one: Said) -> str:
    return one.claim.quote


def _finding(code: str, *claims: Said, **params: Param) -> Finding:
    return Finding(Reason(code, params), tuple(sorted(one.number for one in claims)))


def _overlaps(one: Interval, other: Interval) -> bool:
    return one.low <= other.high and other.low <= one.high


def _levels(said: list[Said], target: bool = False) -> list[Said]:
    return [one for one in said if one.claim.kind == "level" and one.claim.target == target and not one.claim.forecast]


def _same_sentence(text: str, one: Said, other: Said) -> bool:
    first, last = sorted((one.claim.restored_start, other.claim.restored_start))
    return re.search("[。！？!?\n]", text[first:last]) is None


def _subjects(text: str, said: list[Said], claim: Said) -> list[Said]:
    """The amounts that a rate may belong to: those of its class told before it in the sentence, of its period; nearest first."""
    near = [
        one
        for one in _levels(said)
        if one.number < claim.number
        and one.claim.indicator_class == claim.claim.indicator_class
        and one.claim.period == claim.claim.period
        and _same_sentence(text, one, claim)
    ]
    return near[::-1][:4]


def _base(text: str, said: list[Said], now: Said) -> Said | None:
    """What the text says of the same thing a year earlier: in the same paragraph, else in the same words elsewhere."""
    period = _period(now.claim.period)
    if period is None:
        return None
    earlier = [
        one for one in _levels(said) if one.key[:4] == now.key[:4] and _period(one.claim.period) == period.year_before()
    ]
    near = [
        one
        for one in earlier
        if "\n" not in text[slice(*sorted((now.claim.restored_start, one.claim.restored_start)))] and _answers(one, now)
    ]
    alike = [one for one in earlier if _bare(one.sentence) and _bare(one.sentence) == _bare(now.sentence)]
    return next(iter(near + alike), None)


def _answers(base: Said, now: Said) -> bool:
    """Whether a base is told of the same thing: in the same qualifiers, or in no words of its own («去年同期为»)."""
    whole = words.whole_city_at(base.head) >= 0 and words.whole_city_at(now.head) < 0
    return not whole and (base.key[5] == now.key[5] or not _bare(base.head))


def _period(text: str | None) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except NotAPeriod:
        return None


def _growths(text: str, said: list[Said]) -> Iterator[Finding]:
    """Growth against the base that the text itself gives for what the growth is nearest to."""
    for rate in said:
        tried = _with_bases(text, said, rate) if rate.claim.kind == "growth" else []
        if tried and not any(_overlaps(_ratio(now, base), rate.interval) for now, base in tried):
            now, base = tried[0]
            growth = Amount((now.claim.value / base.claim.value - 1) * 100, "percent")
            yield _finding(
                "growth_denied", now, base, rate, now=_quote(now), base=_quote(base), growth=growth, said=_quote(rate)
            )


def _with_bases(text: str, said: list[Said], rate: Said) -> list[tuple[Said, Said]]:
    """The amounts that a rate may belong to, each with its base; none when the nearest has no base, since the rate may be its own."""
    subjects = [(now, _base(text, said, now)) for now in _subjects(text, said, rate)]
    if not subjects or subjects[0][1] is None:
        return []
    return [(now, base) for now, base in subjects if base is not None and base.interval.low > 0]


def _ratio(now: Said, base: Said) -> Interval:
    return Interval(
        (now.interval.low / base.interval.high - 1) * 100, (now.interval.high / base.interval.low - 1) * 100
    )


def _increases(text: str, said: list[Said]) -> Iterator[Finding]:
    """An increase in money or number against the two figures that it lies between."""
    for more in said:
        if more.claim.kind != "difference" or more.claim.unit == "percent":
            continue
        tried = [(now, base) for now, base in _with_bases(text, said, more) if now.claim.unit == more.claim.unit]
        ranges = [
            Interval(now.interval.low - base.interval.high, now.interval.high - base.interval.low)
            for now, base in tried
        ]
        if tried and not any(_overlaps(one, more.interval) for one in ranges):
            now, base = tried[0]
            difference = Amount(now.claim.value - base.claim.value, now.claim.unit)
            yield _finding(
                "increase_denied",
                now,
                base,
                more,
                now=_quote(now),
                base=_quote(base),
                difference=difference,
                said=_quote(more),
            )


def _parts(text: str, said: list[Said]) -> Iterator[Finding]:
    """Lists after 其中: complementary parts must add up to the whole, others must not exceed it."""
    levels = _levels(said)
    for whole in levels:
        parts = _listed_parts(text, levels, whole)
        if len(parts) < 2:
            continue
        low, high = sum(one.interval.low for one in parts), sum(one.interval.high for one in parts)
        complete = _complete(parts)
        names = "、".join(f"“{_quote(one)}”" for one in parts)
        total = Amount(sum((one.claim.value for one in parts), Decimal(0)), whole.claim.unit)
        if low > whole.interval.high:
            yield _finding(
                "parts_do_not_add" if complete else "parts_exceed",
                whole,
                *parts,
                parts=names,
                sum=total,
                whole=_quote(whole),
            )
        elif complete and high < whole.interval.low:
            yield _finding("parts_do_not_add", whole, *parts, parts=names, sum=total, whole=_quote(whole))


def _listed_parts(text: str, levels: list[Said], whole: Said) -> list[Said]:
    """Exact figures of the whole's class, unit and period that follow it after the next 其中, to the end of the list."""
    after = [one for one in levels if one.number > whole.number]
    start = text.find("其中", whole.claim.restored_end, whole.claim.restored_end + 60)
    if start < 0 or (after and after[0].claim.restored_start < start):
        return []
    sentence = re.split("[。！？\n]", text[start:], maxsplit=1)[0]
    paired = any(all(word in sentence for word in pair) for pair in COMPLEMENTS)
    end = start + len(sentence if paired else re.split("[；;]", sentence, maxsplit=1)[0])
    return [
        one
        for one in after
        if start <= one.claim.restored_start < end
        and one.claim.unit == whole.claim.unit
        and (one.claim.indicator_class == whole.claim.indicator_class or _is_paired(whole, one))
        and one.claim.period == whole.claim.period
        and not one.claim.approx
        and one.key[4] in ("", whole.key[4])
        and re.search("合计|总计|共计", one.head) is None
    ]


def _is_paired(whole: Said, one: Said) -> bool:
    """Whether a part of capital in place is named by one of two words that together are the whole."""
    return whole.claim.indicator_class == "capital_in_place" and any(
        word in one.head for pair in COMPLEMENTS for word in pair
    )


def _complete(parts: list[Said]) -> bool:
    return len(parts) == 2 and any(
        all(any(word in one.head for one in parts) for word in pair)
        and len({word for word in pair if word in parts[0].head}) == 1
        for pair in COMPLEMENTS
    )


def _completions(text: str, said: list[Said]) -> Iterator[Finding]:
    """Completion against the amount and the target that the text itself gives."""
    floor = -1
    for done in said:
        if done.claim.kind != "completion":
            continue
        targets = [
            one
            for one in _levels(said, target=True)
            if floor < one.number < done.number and one.key[0] == done.key[0] and _same_sentence(text, one, done)
        ]
        floor = done.number
        tried = [
            (now, goal)
            for now in _subjects(text, said, done)
            for goal in targets
            if goal.claim.unit == now.claim.unit and goal.interval.low > 0
        ]
        if tried and not any(_overlaps(_share(now, goal), done.interval) for now, goal in tried):
            now, goal = tried[0]
            completion = Amount(now.claim.value * 100 / goal.claim.value, "percent")
            yield _finding(
                "completion_denied",
                now,
                goal,
                done,
                now=_quote(now),
                target=_quote(goal),
                completion=completion,
                said=_quote(done),
            )


def _share(now: Said, goal: Said) -> Interval:
    return Interval(now.interval.low * 100 / goal.interval.high, now.interval.high * 100 / goal.interval.low)


def _ranks(text: str, said: list[Said]) -> Iterator[Finding]:
    """Two positions of the same thing, in the same words, scope and period."""
    ranks = [(one, _ranked_words(said, one)) for one in said if one.claim.kind == "rank"]
    for (one, words_of_one), (other, words_of_other) in combinations(ranks, 2):
        same = _frame(one) == _frame(other) and words_of_one == words_of_other
        if same and len(words_of_one) >= TELLING_WORDS and one.claim.value != other.claim.value:
            yield _finding("ranks_clash", one, other, one=_quote(one), other=_quote(other))


def _frame(one: Said) -> tuple[Any, ...]:
    return one.claim.indicator_class, one.claim.rank_scope, one.claim.period, one.claim.region


def _ranked_words(said: list[Said], rank: Said) -> str:
    """What a position is of: its own words, else those of the amount told just before in the sentence."""
    own = _bare(rank.head)
    if own:
        return own
    before = said[rank.number - 1] if rank.number else None
    near = (
        before is not None
        and before.claim.kind == "level"
        and before.sentence
        and rank.sentence.startswith(before.sentence)
    )
    return _bare(before.head) if before is not None and near else ""


def _repeats(text: str, said: list[Said]) -> Iterator[Finding]:
    """The same figure told twice at the head of a sentence in the same words, with numbers that no rounding makes one."""
    levels = [one for one in _levels(said) if one.claim.unit == "CNY" and not one.claim.approx]
    for one, other in combinations(levels, 2):
        same = (
            one.key == other.key
            and one.claim.period == other.claim.period
            and _bare(one.sentence) == _bare(other.sentence)
        )
        if same and len(_bare(one.sentence)) >= TELLING_WORDS and not _overlaps(_rounded(one), _rounded(other)):
            yield _finding("said_twice", one, other, one=_quote(one), other=_quote(other))


def _rounded(one: Said) -> Interval:
    """The values that a headline may round to this number: 4,100 for 4,123.5."""
    return stands_for(replace(one.claim, approx="about"))


def _bare(sentence: str) -> str:
    """What a sentence speaks of, without time, adverbs and particles; empty when a number stands before."""
    left = _TIMES.sub("", sentence)
    return "" if re.search(r"\d", left) else _FILLERS.sub("", left)

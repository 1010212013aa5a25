"""What a text says against itself: rates that their own base denies, parts that do not add up, completions, ranks, repeated figures. Pure.

Each printed number is taken as the interval it stands for, so rounding alone never makes a contradiction.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhaoshang.bulletins import words
from zhaoshang.bulletins.rules import Amount, Param, Reason, stands_for
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.rounding import Interval
from zhaoshang.reading import Claim, Reading

COMPLEMENTS = (frozenset({"省外", "省内"}), frozenset({"新建", "续建"}), frozenset({"内资", "外资"}))
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
    """A claim with its number in the reading, the words before it, and what tells it from others of its class."""

    number: int
    claim: Claim
    head: str
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
        found.append(Said(number, claim, place.head, key))
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
        one for one in earlier if "\n" not in text[slice(*sorted((now.claim.restored_start, one.claim.restored_start)))]
    ]
    return next(iter(near), None) or next(
        (one for one in earlier if _tail_words(one) and _tail_words(one) == _tail_words(now)), None
    )


def _period(text: str | None) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except NotAPeriod:
        return None


def _growths(text: str, said: list[Said]) -> Iterator[Finding]:
    """Growth against the base that the text itself gives."""
    for rate in said:
        if rate.claim.kind != "growth":
            continue
        tried = [
            (now, base)
            for now in _subjects(text, said, rate)
            if (base := _base(text, said, now)) is not None and base.interval.low > 0
        ]
        if tried and not any(_overlaps(_ratio(now, base), rate.interval) for now, base in tried):
            now, base = tried[0]
            growth = Amount((now.claim.value / base.claim.value - 1) * 100, "percent")
            yield _finding(
                "growth_denied", now, base, rate, now=_quote(now), base=_quote(base), growth=growth, said=_quote(rate)
            )


def _ratio(now: Said, base: Said) -> Interval:
    return Interval(
        (now.interval.low / base.interval.high - 1) * 100, (now.interval.high / base.interval.low - 1) * 100
    )


def _increases(text: str, said: list[Said]) -> Iterator[Finding]:
    """An increase in money or number against the two figures that it lies between."""
    for more in said:
        if more.claim.kind != "difference" or more.claim.unit == "percent":
            continue
        tried = [
            (now, base)
            for now in _subjects(text, said, more)
            if now.claim.unit == more.claim.unit and (base := _base(text, said, now)) is not None
        ]
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
    end = (
        min(place for place in (text.find(mark, start) for mark in "。；;\n") if place >= 0)
        if re.search("[。；;\n]", text[start:])
        else len(text)
    )
    paragraph = text[start:].partition("\n")[0][:200]
    if complement := next((pair for pair in COMPLEMENTS if all(word in paragraph for word in pair)), None):
        end = max(end, *(text.find(word, start) + 40 for word in complement))
    return [
        one
        for one in after
        if start <= one.claim.restored_start < end
        and one.claim.unit == whole.claim.unit
        and one.claim.indicator_class == whole.claim.indicator_class
        and one.claim.period == whole.claim.period
        and not one.claim.approx
        and one.key[4] in ("", whole.key[4])
        and re.search("合计|总计|共计", one.head) is None
    ]


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
    """Two positions of the same thing in the same scope and period."""
    ranks = [one for one in said if one.claim.kind == "rank"]
    for place, one in enumerate(ranks):
        for other in ranks[place + 1 :]:
            same = (
                one.claim.indicator_class, one.claim.rank_scope, one.claim.period, one.claim.region, _speed(one),
            ) == (other.claim.indicator_class, other.claim.rank_scope, other.claim.period, other.claim.region, _speed(other))  # fmt: skip
            if same and one.key[5] == other.key[5] and one.claim.value != other.claim.value:
                yield _finding("ranks_clash", one, other, one=_quote(one), other=_quote(other))


def _speed(one: Said) -> bool:
    return re.search("增速|增幅", one.head) is not None


def _repeats(text: str, said: list[Said]) -> Iterator[Finding]:
    """The same headline figure told twice with different numbers; only where the words for it are the same."""
    levels = [
        one for one in _levels(said) if one.claim.unit == "CNY" and one.claim.indicator_class == "capital_in_place"
    ]
    for place, one in enumerate(levels):
        for other in levels[place + 1 :]:
            same = (
                one.key == other.key
                and one.claim.period == other.claim.period
                and _tail_words(one) == _tail_words(other)
            )
            if same and not _overlaps(one.interval, other.interval) and _tail_words(one):
                yield _finding("said_twice", one, other, one=_quote(one), other=_quote(other))


def _tail_words(one: Said) -> str:
    """The last words before the number, without verbs and particles: what it is of."""
    return re.sub("(?:全市|我市|今年|累计|实际|共|已|完成|实现|引进|达到?|为|约|[、的，, ])+", "", one.head)[-10:]

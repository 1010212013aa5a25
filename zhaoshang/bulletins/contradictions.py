"""What a text says against itself: rates its own base denies, parts that do not add up, completions, ranks, repeats. Pure.

Each printed number is taken as the interval it stands for, so rounding alone never makes a contradiction; where another reading of
the words is possible, nothing is said.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from zhaoshang.bulletins.rules import Amount, Param, Reason
from zhaoshang.bulletins.said import Said, Telling, bare_words
from zhaoshang.common.rounding import Interval
from zhaoshang.reading import Reading

COMPLEMENTS = (frozenset({"省外", "省内"}), frozenset({"新建", "续建"}), frozenset({"内资", "外资"}))
TELLING_WORDS = 4  # fewer characters may be anything
LONGEST_LIST = 40  # figures after 其中 that are looked at
_STOP, _PART_END = re.compile("[。！？\n]"), re.compile("[；;]")


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction and the claims (by their place in the reading) that make it."""

    reason: Reason
    claims: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """For machines and for keeping."""
        return {"reason": self.reason.to_json(), "claims": list(self.claims)}


def contradictions(reading: Reading) -> list[Finding]:
    """All of them, in the order of the text."""
    telling = Telling(reading)
    rules: tuple[Callable[[Telling], Iterator[Finding]], ...] = (
        _growths,
        _increases,
        _parts,
        _completions,
        _ranks,
        _repeats,
    )
    return sorted((finding for rule in rules for finding in rule(telling)), key=lambda finding: finding.claims)


def _quote(one: Said) -> str:
    return one.claim.quote


def _finding(code: str, *claims: Said, **params: Param) -> Finding:
    return Finding(Reason(code, params), tuple(sorted(one.number for one in claims)))


def _overlaps(one: Interval, other: Interval) -> bool:
    return one.low <= other.high and other.low <= one.high


# -- against a base ----------------------------------------------------------------------------------------------------


def _growths(telling: Telling) -> Iterator[Finding]:
    """Growth against the base that the text itself gives for what the growth is nearest to."""
    for rate in telling.said:
        tried = _with_bases(telling, rate) if rate.claim.kind == "growth" else []
        if tried and not any(_overlaps(_ratio(now, base), rate.interval) for now, base in tried):
            now, base = tried[0]
            growth = Amount((now.claim.value / base.claim.value - 1) * 100, "percent")
            said = {"now": _quote(now), "base": _quote(base), "said": _quote(rate)}
            yield _finding("growth_denied", now, base, rate, growth=growth, **said)


def _with_bases(telling: Telling, rate: Said) -> list[tuple[Said, Said]]:
    """The amounts that a rate may belong to, each with its base; none when the nearest has no base, since the rate may be its own."""
    subjects = [(now, telling.base(now)) for now in telling.subjects(rate)]
    if not subjects or subjects[0][1] is None:
        return []
    return [(now, base) for now, base in subjects if base is not None and base.interval.low > 0]


def _ratio(now: Said, base: Said) -> Interval:
    low, high = now.interval.low / base.interval.high, now.interval.high / base.interval.low
    return Interval((low - 1) * 100, (high - 1) * 100)


def _increases(telling: Telling) -> Iterator[Finding]:
    """An increase in money or number against the two figures that it lies between."""
    for more in telling.said:
        if more.claim.kind != "difference" or more.claim.unit == "percent":
            continue
        tried = [(now, base) for now, base in _with_bases(telling, more) if now.claim.unit == more.claim.unit]
        if tried and not any(_overlaps(_increase(now, base), more.interval) for now, base in tried):
            now, base = tried[0]
            difference = Amount(now.claim.value - base.claim.value, now.claim.unit)
            said = {"now": _quote(now), "base": _quote(base), "said": _quote(more)}
            yield _finding("increase_denied", now, base, more, difference=difference, **said)


def _increase(now: Said, base: Said) -> Interval:
    return Interval(now.interval.low - base.interval.high, now.interval.high - base.interval.low)


# -- against a whole ---------------------------------------------------------------------------------------------------


def _parts(telling: Telling) -> Iterator[Finding]:
    """Lists after 其中: complementary parts must add up to the whole, others must not exceed it."""
    for place, whole in enumerate(telling.levels):
        parts = _listed_parts(telling.text, telling.levels[place + 1 : place + 1 + LONGEST_LIST], whole)
        if len(parts) < 2:
            continue
        low, high = sum(one.interval.low for one in parts), sum(one.interval.high for one in parts)
        complete = _are_complements(parts)
        if low > whole.interval.high or (complete and high < whole.interval.low):
            names = "、".join(f"“{_quote(one)}”" for one in parts)
            total = Amount(sum((one.claim.value for one in parts), Decimal(0)), whole.claim.unit)
            code = "parts_do_not_add" if complete else "parts_exceed"
            yield _finding(code, whole, *parts, parts=names, sum=total, whole=_quote(whole))


def _listed_parts(text: str, after: Sequence[Said], whole: Said) -> list[Said]:
    """Exact figures of the whole's class, unit and period that follow it after the next 其中, to the end of the list."""
    start = text.find("其中", whole.claim.restored_end, whole.claim.restored_end + 60)
    if start < 0 or (after and after[0].claim.restored_start < start):
        return []
    sentence = _STOP.split(text[start : start + 2_000], maxsplit=1)[0]
    paired = any(all(word in sentence for word in pair) for pair in COMPLEMENTS)
    end = start + len(sentence if paired else _PART_END.split(sentence, maxsplit=1)[0])
    return [one for one in after if start <= one.claim.restored_start < end and _is_part(whole, one)]


def _is_part(whole: Said, one: Said) -> bool:
    of_class = one.claim.indicator_class == whole.claim.indicator_class or (
        whole.claim.indicator_class == "capital_in_place"
        and any(word in one.head for pair in COMPLEMENTS for word in pair)
    )
    alike = (one.claim.unit, one.claim.period) == (whole.claim.unit, whole.claim.period)
    summed_up = re.search("合计|总计|共计", one.head) is not None
    return of_class and alike and not one.claim.approx and not summed_up and one.stage in ("", whole.stage)


def _are_complements(parts: Sequence[Said]) -> bool:
    """Whether two parts are named by two words that together are the whole."""
    if len(parts) != 2:
        return False
    named = [{word for pair in COMPLEMENTS for word in pair if word in one.head} for one in parts]
    return any(
        len(named[0] & pair) == len(named[1] & pair) == 1 and pair <= named[0] | named[1] for pair in COMPLEMENTS
    )


def _completions(telling: Telling) -> Iterator[Finding]:
    """Completion against the amount and the target that the text itself gives with it."""
    floor = -1
    for done in telling.said:
        if done.claim.kind != "completion":
            continue
        before = [
            one for one in telling.before_in_sentence(done) if one.number > floor and one.frame[0] == done.frame[0]
        ]
        goals = [one for one in before if one.is_level(target=True) and one.interval.low > 0]
        floor = done.number
        tried = [(now, goal) for now in telling.subjects(done) for goal in goals if goal.claim.unit == now.claim.unit]
        if tried and not any(_overlaps(_share(now, goal), done.interval) for now, goal in tried):
            now, goal = tried[0]
            completion = Amount(now.claim.value * 100 / goal.claim.value, "percent")
            said = {"now": _quote(now), "target": _quote(goal), "said": _quote(done)}
            yield _finding("completion_denied", now, goal, done, completion=completion, **said)


def _share(now: Said, goal: Said) -> Interval:
    return Interval(now.interval.low * 100 / goal.interval.high, now.interval.high * 100 / goal.interval.low)


# -- against itself elsewhere ------------------------------------------------------------------------------------------


def _ranks(telling: Telling) -> Iterator[Finding]:
    """Two positions of the same thing, in the same words, scope and period."""
    first: dict[tuple[Any, ...], Said] = {}
    for one in telling.said:
        subject = _ranked_words(telling, one) if one.claim.kind == "rank" else ""
        if len(subject) < TELLING_WORDS:
            continue
        claim = one.claim
        told = first.setdefault((claim.indicator_class, claim.rank_scope, claim.period, claim.region, subject), one)
        if told.claim.value != claim.value:
            yield _finding("ranks_clash", told, one, one=_quote(told), other=_quote(one))


def _ranked_words(telling: Telling, rank: Said) -> str:
    """What a position is of: its own words, else those of the amount told just before in the sentence."""
    own = bare_words(rank.head)
    before = next(islice(telling.before_in_sentence(rank), 1), None)
    return own or (bare_words(before.head) if before is not None and before.is_level() else "")


def _repeats(telling: Telling) -> Iterator[Finding]:
    """The same amount told twice at the head of a sentence in the same words, with numbers that no rounding makes one."""
    first: dict[tuple[Any, ...], Said] = {}
    for one in telling.levels:
        if one.claim.unit != "CNY" or one.claim.approx or len(one.subject) < TELLING_WORDS:
            continue
        told = first.setdefault((one.frame, one.qualifiers, one.claim.period, one.subject), one)
        if not _overlaps(told.loosely, one.loosely):
            yield _finding("said_twice", told, one, one=_quote(told), other=_quote(one))

"""Whether two projects may be one: weighted rules, each point of the score explained. Pure: no Django, no clock.

Weights and words are data (``samples/matching.toml``), dated, since every bureau sets its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from zhaoshang.common.problems import N_
from zhaoshang.projects.blocking import Name, Words, take_apart
from zhaoshang.rulesets.rules import Part

POINT_LABELS = {
    "same_uscc": N_("统一社会信用代码相同"),
    "other_uscc": N_("统一社会信用代码不同"),
    "name": N_("名称相似度 {percent}%"),
    "other_name": N_("名称不像，相似度 {percent}%"),
    "rare_word": N_("名称都含少见的词“{word}”"),
    "enterprise": N_("企业名称相似度 {percent}%"),
    "same_investor": N_("投资方相同"),
    "akin_investor": N_("投资方像是一家的母子公司"),
    "other_investor": N_("投资方不同"),
    "amount": N_("合同额相差不超过 {percent}%"),
    "amount_far": N_("合同额相差一倍以上"),
    "same_industry": N_("行业相同"),
    "other_industry": N_("行业不同"),
    "same_source": N_("资金来源地相同"),
    "same_unit": N_("同一地区"),
    "other_unit": N_("不同地区"),
    "signed_near": N_("签约相隔 {days} 天"),
    "sums_up": N_("与另一项目的合同额合计等于总额，像是一个项目拆成几个"),
    "other_phase": N_("期数不同：{first}期与{second}期"),
    "later_phase": N_("一个是{phase}期，另一个没有写期数"),
    "other_number": N_("名称里的编号不同"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of a project. ``key``: its id, or anything for one that is not registered yet; amounts in fen."""

    key: str
    name: str
    enterprise: str
    uscc: str
    investor: str
    source_code: str
    industry: str
    contract_fen: int
    signed_on: date | None
    unit: str


@dataclass(frozen=True, slots=True)
class Point:
    """Points for one rule, and what its sentence (:data:`POINT_LABELS`) needs."""

    code: str
    points: int
    params: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {"code": self.code, "points": self.points, "params": dict(self.params)}


@dataclass(frozen=True)
class Weights:
    """The weights of a set; ``words`` without the city's places."""

    threshold: int
    amount_percent: Sequence[Sequence[int]]
    name_percent: Sequence[Sequence[int]]
    name_apart_percent: int
    enterprise_percent: Sequence[Sequence[int]]
    signed_days: int
    sum_percent: int
    points: Mapping[str, int]
    legal: tuple[str, ...]
    generic: tuple[str, ...]

    def words(self, places: frozenset[str]) -> Words:
        """The words that say nothing, with the places of a city."""
        return Words(self.legal, self.generic, places)


def weights_in(content: Part) -> Weights:
    """The weights of a set. Raises ``rulesets.rules.BadRules``."""
    words, points = content.part("words"), content.part("points")
    return Weights(
        threshold=content.whole("threshold", most=100),
        amount_percent=_steps(content, "amount_percent"),
        name_percent=_steps(content, "name_percent"),
        name_apart_percent=content.whole("name_apart_percent", least=0, most=100),
        enterprise_percent=_steps(content, "enterprise_percent"),
        signed_days=content.whole("signed_days", least=0, most=3_650),
        sum_percent=content.whole("sum_percent", least=0, most=100),
        points={code: points.whole(code, least=-100, most=100) for code in FIXED},
        legal=words.words("legal"),
        generic=words.words("generic"),
    )


def _steps(content: Part, key: str) -> tuple[tuple[int, int], ...]:
    found = content.get(key)
    if not isinstance(found, list) or not all(
        isinstance(one, list) and len(one) == 2 and all(isinstance(part, int) for part in one) for one in found
    ):
        raise content.bad(key, N_("每级写成 [百分之几, 分]，如 [[96, 5], [85, 4]]。"))
    return tuple((percent, points) for percent, points in found)


STEPPED = ("name", "enterprise", "amount")  # their points come in steps
FIXED = tuple(code for code in POINT_LABELS if code not in STEPPED)
SET_LABELS = {
    "threshold": N_("达到此分列入疑似重复"),
    "amount_percent": N_("合同额相差不超过（%）、分"),
    "name_percent": N_("名称相似度不低于（%）、分"),
    "name_apart_percent": N_("名称相似度低于（%）算不像"),
    "enterprise_percent": N_("企业名称相似度不低于（%）、分"),
    "signed_days": N_("签约相隔不超过（天）"),
    "sum_percent": N_("拆分后合计与总额相差不超过（%）"),
    "points": N_("各项的分"),
    "words": N_("不说明问题的词"),
    "legal": N_("企业名称里的"),
    "generic": N_("项目名称里的"),
    "points.same_uscc": N_("统一社会信用代码相同"),
    "points.other_uscc": N_("统一社会信用代码不同"),
    "points.other_name": N_("名称不像"),
    "points.rare_word": N_("名称都含少见的词"),
    "points.same_investor": N_("投资方相同"),
    "points.akin_investor": N_("投资方像是一家的母子公司"),
    "points.other_investor": N_("投资方不同"),
    "points.amount_far": N_("合同额相差一倍以上"),
    "points.same_industry": N_("行业相同"),
    "points.other_industry": N_("行业不同"),
    "points.same_source": N_("资金来源地相同"),
    "points.same_unit": N_("同一地区"),
    "points.other_unit": N_("不同地区"),
    "points.signed_near": N_("签约时间相近"),
    "points.sums_up": N_("像是一个项目拆成几个"),
    "points.other_phase": N_("期数不同"),
    "points.later_phase": N_("一个有期数，另一个没有写"),
    "points.other_number": N_("名称里的编号不同"),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A project with its names taken apart, once for all comparisons."""

    facts: Facts
    name: Name
    firm: Name
    backer: str


def prepare(one: Facts, words: Words) -> Prepared:
    """Take its names apart."""
    name, firm = take_apart(one.name, words), take_apart(one.enterprise, words)
    return Prepared(one, name, firm, take_apart(one.investor, words).core if one.investor else "")


def compare(one: Prepared, other: Prepared, weights: Weights, rare_word: str = "") -> list[Point]:
    """Every rule that says something about the two. ``rare_word``: a piece of both names that few projects have."""
    found = [
        *_names(one.name, other.name, weights, rare_word),
        *_firms(one, other, weights),
        *_amounts(one.facts, other.facts, weights),
        *_circumstances(one.facts, other.facts, weights),
    ]
    return [point for point in found if point.points or point.code == "other_unit"]


def score(points: Sequence[Point]) -> int:
    """The sum."""
    return sum(point.points for point in points)


def _fixed(code: str, weights: Weights, **params: Any) -> Point:
    return Point(code, weights.points[code], params)


def _step(code: str, percent: float, steps: Sequence[Sequence[int]]) -> list[Point]:
    points = next((points for least, points in steps if percent >= least), 0)
    return [Point(code, points, {"percent": int(percent)})] if points else []


def _names(first: Name, second: Name, weights: Weights, rare_word: str) -> list[Point]:
    like = fuzz.ratio(first.core, second.core)
    found = _step("name", like, weights.name_percent)
    if like < weights.name_apart_percent:
        found.append(_fixed("other_name", weights, percent=int(like)))
    if rare_word:
        found.append(_fixed("rare_word", weights, word=rare_word))
    if first.phase != second.phase and min(first.phase, second.phase):
        found.append(_fixed("other_phase", weights, first=first.phase, second=second.phase))
    elif first.phase != second.phase and (late := max(first.phase, second.phase)) > 1:
        found.append(_fixed("later_phase", weights, phase=late))
    if first.numbers and second.numbers and first.numbers != second.numbers:
        found.append(_fixed("other_number", weights))
    return found


def _firms(one: Prepared, other: Prepared, weights: Weights) -> list[Point]:
    found, first, second = [], one.facts.uscc, other.facts.uscc
    if first and second:
        found.append(_fixed("same_uscc" if first == second else "other_uscc", weights))
    if not first or first != second:
        mine, theirs = one.firm, other.firm
        if mine.numbers == theirs.numbers or not (mine.numbers and theirs.numbers):
            found += _step("enterprise", fuzz.ratio(mine.core, theirs.core), weights.enterprise_percent)
    if one.backer and other.backer:
        found.append(_fixed(_backers(one.backer, other.backer), weights))
    return found


def _backers(first: str, second: str) -> str:
    if first == second:
        return "same_investor"
    short, long = sorted((first, second), key=len)
    return "akin_investor" if len(short) > 1 and long.startswith(short) else "other_investor"


def _amounts(one: Facts, other: Facts, weights: Weights) -> list[Point]:
    small, large = sorted((one.contract_fen, other.contract_fen))
    if not small:
        return []
    apart = (large - small) * 100 / large
    for percent, points in weights.amount_percent:
        if apart <= percent:
            return [Point("amount", points, {"percent": percent})]
    return [_fixed("amount_far", weights)] if large > 2 * small else []


def _circumstances(one: Facts, other: Facts, weights: Weights) -> list[Point]:
    found = [
        _fixed("same_industry" if one.industry == other.industry else "other_industry", weights),
        _fixed("same_unit" if one.unit == other.unit else "other_unit", weights),
    ]
    if one.source_code == other.source_code:
        found.append(_fixed("same_source", weights))
    if one.signed_on and other.signed_on:
        days = abs((one.signed_on - other.signed_on).days)
        if days <= weights.signed_days:
            found.append(_fixed("signed_near", weights, days=days))
    return found


def split_partners(whole: Facts, others: Sequence[Facts], weights: Weights) -> list[tuple[Facts, Facts]]:
    """Pairs among ``others`` whose contracts sum up to the whole's: a project that was split in two."""
    slack = whole.contract_fen * weights.sum_percent // 100
    parts = sorted(
        (one for one in others if 0 < one.contract_fen < whole.contract_fen), key=lambda one: one.contract_fen
    )
    found, low, high = [], 0, len(parts) - 1
    while low < high:
        over = parts[low].contract_fen + parts[high].contract_fen - whole.contract_fen
        if abs(over) <= slack:
            found.append((parts[low], parts[high]))
        if over > 0:
            high -= 1
        else:
            low += 1
    return found


def summing_up(weights: Weights) -> Point:
    """The point for a whole and a part that another part completes."""
    return _fixed("sums_up", weights)

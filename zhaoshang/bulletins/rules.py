"""What a printed number stands for, and the words of verdicts and bulletins. Pure: no Django, no clock.

A printed 729.4亿 is every amount that would be printed so (GB/T 8170, half to even, so both ends belong); 超, 近 and 约 say less,
and how much less is told by the last digit that is not zero.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.common.rounding import Interval, printed_interval, round_half_even
from zhaoshang.reading import Claim

_WRITTEN = re.compile(r"(?P<digits>\d[\d,，]*(?:[.．](?P<places>\d+))?)")
_CHINESE_SCALE = re.compile(r"万亿|亿|万")
_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
TENTH = Decimal(10)  # one 成, or one tenth of a multiple, in percent


class Outcome(StrEnum):
    """What became of a claim."""

    CONFIRMED = "confirmed"
    DIFFERS = "differs"
    NOT_HELD = "not_held"
    NOT_CHECKABLE = "not_checkable"


OUTCOME_LABELS = {
    Outcome.CONFIRMED: N_("相符"),
    Outcome.DIFFERS: N_("不符"),
    Outcome.NOT_HELD: N_("账上没有"),
    Outcome.NOT_CHECKABLE: N_("无法核对"),
}


class BulletinState(StrEnum):
    """Where a bulletin stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    BulletinState.DRAFT: N_("草稿"),
    BulletinState.PUBLISHED: N_("已发布"),
    BulletinState.WITHDRAWN: N_("已撤回"),
}


class Evidence(StrEnum):
    """What a claim was held against."""

    LEDGER = "ledger"
    PUBLISHED = "published"
    EXTERNAL = "external"
    TARGET = "target"
    EDITION = "edition"


class Amount(NamedTuple):
    """A value inside a sentence, in a claim's base unit (``CNY`` yuan, ``percent``, ``points``, ``count``, ``rank``)."""

    value: Decimal
    unit: str
    places: int = 2


class Name(NamedTuple):
    """A name inside a sentence, in both languages."""

    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence inside a sentence: a marked template with what fills it."""

    template: str
    params: "Mapping[str, Param]" = field(default_factory=dict, hash=False)


Param = str | int | Amount | Name | Period | Sentence


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code of :data:`REASONS` with what fills its sentence; doors may say it in another language."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)

    @property
    def text(self) -> str:
        """The sentence in Chinese."""
        return REASONS[self.code].format(**{name: param_words(param) for name, param in self.params.items()})

    def to_json(self) -> dict[str, Any]:
        """Code, parameters and sentence; parameters keep their kind, so that they can be written in another language."""
        return {
            "code": self.code,
            "params": {name: _param_json(param) for name, param in self.params.items()},
            "text": self.text,
        }


def param_words(param: Param) -> str:
    """A parameter in Chinese."""
    match param:
        case Amount():
            return value_words(*param)
        case Name():
            return param.chinese
        case Period():
            return period_words(param)
        case Sentence():
            return param.template.format(**{name: param_words(one) for name, one in param.params.items()})
        case _:
            return str(param)


def _param_json(param: Param) -> Any:
    match param:
        case Amount():
            return {"amount": str(param.value), "unit": param.unit, "places": param.places}
        case Name():
            return {"chinese": param.chinese, "english": param.english}
        case Period():
            return {"period": str(param)}
        case Sentence():
            return {
                "sentence": param.template,
                "params": {name: _param_json(one) for name, one in param.params.items()},
            }
        case _:
            return param


REASONS = {
    # confirmed
    "same": N_("账上为{held}，与文中相符"),
    "same_published": N_("建账前的公布数为{held}，与文中相符（{source}）"),
    "same_on_published": N_("以公布的上年同期数为基数，应为{held}，与文中相符（{source}）"),
    "same_external": N_("登记的外部数据为{held}，与文中相符（{source}）"),
    "same_target": N_("下达的目标为{held}，与文中相符（{source}）"),
    "same_edition": N_("{source}各条目合计为{held}，与文中相符"),
    "same_rank": N_("名次为{held}，与文中相符（{source}）"),
    # differs
    "more": N_("账上为{held}，文中多出{difference}"),
    "more_published": N_("建账前的公布数为{held}，文中多出{difference}（{source}）"),
    "more_on_published": N_("以公布的上年同期数为基数，应为{held}，文中多出{difference}（{source}）"),
    "more_external": N_("登记的外部数据为{held}，文中多出{difference}（{source}）"),
    "more_target": N_("下达的目标为{held}，文中多出{difference}（{source}）"),
    "more_edition": N_("{source}各条目合计为{held}，文中多出{difference}"),
    "less_edition": N_("{source}各条目合计为{held}，文中少了{difference}"),
    "less": N_("账上为{held}，文中少了{difference}"),
    "less_published": N_("建账前的公布数为{held}，文中少了{difference}（{source}）"),
    "less_on_published": N_("以公布的上年同期数为基数，应为{held}，文中少了{difference}（{source}）"),
    "less_external": N_("登记的外部数据为{held}，文中少了{difference}（{source}）"),
    "less_target": N_("下达的目标为{held}，文中少了{difference}（{source}）"),
    "other_rank": N_("名次为{held}，与文中不符（{source}）"),
    # what would explain a difference
    "by_version": N_("按“{version}”为{held}，与文中相符：文中用的是另一种口径"),
    "by_indicator": N_("与“{indicator}”的{held}相符：文中说的可能是它"),
    "by_mixed": N_("用“{now}”的数比“{base}”的数，得{held}，与文中相符：两种口径的数不能相比"),
    "by_period": N_("与{period}的{held}相符：文中的期间可能写错"),
    "by_place": N_("与{place}的{held}相符：文中的地区可能写错"),
    "by_scale": N_("若单位是{unit}，则与账上的{held}相符：单位可能写错"),
    # not held
    "no_indicator": N_("账上不记这项指标（{what}）"),
    "no_size": N_("账上没有单独统计“{what}”的{indicator}"),
    "no_source": N_("账上没有来源为“{what}”的到位内资指标"),
    "no_part": N_("账上不按“{what}”分列"),
    "no_edition": N_("{period}末还没有发布过招商清单"),
    "no_months": N_("{period}不在账上（账上为{first}至{last}），也没有登记当时的公布数"),
    "no_account": N_("账上还没有任何月份"),
    "other_place": N_("{place}不在本市账上，也没有登记它的数据"),
    "an_event": N_("说的是一次活动的数，账上只记各报告期的合计"),
    "no_activity": N_("账上没有名为“{what}”的活动，不能核对"),
    "no_target": N_("{year}年没有下达{place}的“{indicator}”目标"),
    "no_rank": N_("没有登记{period}“{indicator}”的这个名次"),
    "no_rate": N_("账上不记这个比率"),
    "no_comparison": N_("账上不记这个比较对象"),
    # not checkable
    "no_period": N_("文中没有说明是哪段时间"),
    "forecast": N_("是预计数，还没有实绩可对"),
    "no_version": N_("{period}没有一种贯穿始终的口径（{versions}），不能合成一个数"),
    "growth_refused": N_("算不出可比的增长率：{why}"),
    "many_years": N_("不是与上年同期相比，账上不算这种增长率"),
    # contradictions inside a text
    "growth_denied": N_("“{now}”与基数“{base}”相比应为{growth}，文中却是“{said}”"),
    "increase_denied": N_("“{now}”减去“{base}”应为{difference}，文中却是“{said}”"),
    "parts_do_not_add": N_("分项{parts}相加为{sum}，与总数“{whole}”不符"),
    "parts_exceed": N_("分项{parts}相加为{sum}，超过了总数“{whole}”"),
    "completion_denied": N_("“{now}”占目标“{target}”的{completion}，文中却是“{said}”"),
    "ranks_clash": N_("同一名次前后不一：“{one}”与“{other}”"),
    "said_twice": N_("同一指标前后不一：“{one}”与“{other}”"),
}


def written(claim: Claim) -> re.Match[str] | None:
    """The number itself in the claim's quote («亿元以上项目171个» → 171); None when it is written in Chinese numerals."""
    found = list(_WRITTEN.finditer(claim.quote))
    fitting = [match for match in found if _divides(_number(match), abs(claim.value))]
    either = fitting or found
    return either[-1] if either else None


def _divides(number: Decimal, value: Decimal) -> bool:
    return number == 0 if value == 0 else number != 0 and value % number == 0


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(match["digits"].replace(",", "").replace("，", "").replace("．", "."))


def step_of(claim: Claim) -> Decimal:
    """What the last printed digit is worth, in the claim's base unit: «729.4亿元» → 10,000,000 yuan, «24.3%» → 0.1.

    The scale is taken from the value, so that a table's 729.4 under a heading in 亿元 is worth the same.
    """
    match = written(claim)
    if claim.unit == "percent" and re.search("成|倍|番|折", claim.quote):
        places = len(match["places"] or "") if match else 0
        return Decimal(100).scaleb(-places) if places and re.search("倍", claim.quote) else TENTH.scaleb(-places)
    scaled = _CHINESE_SCALE.search(claim.quote) if claim.unit != "percent" else None
    worded = Decimal(_SCALES[scaled.group()]) if scaled else Decimal(1)
    if match is None:
        return worded
    number = _number(match)
    scaled_by_value = number and claim.value and claim.unit not in {"percent", "rank"}
    scale = abs(claim.value) / number if scaled_by_value else worded
    return scale.scaleb(-len(match["places"] or ""))


def stands_for(claim: Claim) -> Interval:
    """The values that the printed number admits, in the claim's base unit."""
    step = step_of(claim)
    if claim.value_max is not None:
        low, high = sorted((claim.value, claim.value_max))
        return Interval(low - step / 2, high + step / 2)
    if claim.unit == "rank" and "前" in claim.quote:
        return Interval(Decimal(1), claim.value)
    size, grain = abs(claim.value), _grain(claim.value, step)
    match claim.approx:
        case "over":
            low, high = size, size + grain
        case "under":
            low, high = size - grain, size
        case "about":
            half = max(step / 2, min(grain / 2, size / 10))
            low, high = size - half, size + half
        case _:
            return printed_interval(claim.value, step if claim.unit != "rank" else Decimal(0))
    return Interval(low, high) if claim.value >= 0 else Interval(-high, -low)


def _grain(value: Decimal, step: Decimal) -> Decimal:
    """What the last digit that is not zero is worth: 100 for «700», 0.1 for «729.4»."""
    count, grain = int(abs(value) / step), step
    while count and count % 10 == 0:
        count, grain = count // 10, grain * 10
    return grain


def period_words(period: Period) -> str:
    """A period as bulletins write it: 2023年一季度, 2023年1—2月, 2023年3月, 2022年."""
    year, first, last = period.year, period.first % 12 + 1, period.last % 12 + 1
    if not period.within_one_year:
        return f"{period.first // 12}年{first}月至{year}年{last}月"
    named = {
        (1, 3): "一季度",
        (4, 6): "二季度",
        (7, 9): "三季度",
        (10, 12): "四季度",
        (1, 6): "上半年",
        (7, 12): "下半年",
    }
    named |= {(1, 9): "前三季度", (1, 12): ""}
    if (first, last) in named:
        return f"{year}年{named[first, last]}"
    return f"{year}年{first}月" if first == last else f"{year}年{first}—{last}月"


def value_words(value: Decimal, unit: str, places: int | None = None) -> str:
    """A value in a claim's base unit as bulletins write it: 729.4亿元, 24.3%, 364个, 第1位."""
    if unit == "CNY":
        scale, name = (10**8, "亿元") if abs(value) >= 10**7 else (10**4, "万元")
        return f"{_rounded(value / scale, 1 if places is None else places)}{name}"
    if unit == "percent":
        return f"{_rounded(value, 1 if places is None else places)}%"
    if unit == "points":
        return f"{_rounded(value, 1 if places is None else places)}个百分点"
    if unit == "rank":
        return f"第{int(value)}位"
    if unit == "m2":
        return f"{_rounded(value / 10**4, 2)}万平方米" if abs(value) >= 10**4 else f"{_rounded(value, 0)}平方米"
    return f"{_rounded(value, 0)}{'' if unit == 'count' else unit}"


def _rounded(value: Decimal, places: int) -> str:
    return f"{round_half_even(value, places) + 0:,.{places}f}".replace(",", "")

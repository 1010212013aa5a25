"""Every number with a unit in a clean text: money, shares, counts, areas, multiples, with how exactly it is meant.

Dates, telephone numbers, 第N届, durations, physical measures and model numbers are recognised so that they are *not* read as figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from zhaoshang.reading.numerals import CHINESE, magnitude, number

Approx = Literal["over", "about", "under"]


class Quantity(NamedTuple):
    """A figure as the text states it. ``value`` is in base units (yuan, m², percent, pieces), ``mu`` stays mu.

    ``start``-``end`` is the mention without the words that only make it approximate; ``measure`` is the unit as written.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    measure: str
    approx: Approx | None = None
    value_max: Decimal | None = None
    bound: str = ""
    written: str = ""

    @property
    def is_money(self) -> bool:
        return self.unit in CURRENCIES

    @property
    def is_chinese(self) -> bool:
        """Written in Chinese numerals, which also serve in fixed phrases."""
        return self.written[:1] in CHINESE


_CURRENCY_OF = {
    "元人民币": "CNY", "人民币": "CNY", "元": "CNY", "块钱": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "港元": "HKD",
    "港币": "HKD",
    "日元": "JPY", "英镑": "GBP",
}  # fmt: skip
CURRENCIES = frozenset(_CURRENCY_OF.values())
_AREA_OF = {
    "平方公里": 10**6, "平方千米": 10**6, "km²": 10**6, "km2": 10**6, "公顷": 10**4, "平方米": 1, "平米": 1, "㎡": 1, "m²": 1, "m2": 1,
}  # fmt: skip
_PERCENT = ("个百分点", "百分点", "%", "％")
_CLASSIFIERS = (
    "人次|家次|批次|场次|区市|省市|省区|市州|个|家|项|次|场|批|位|名|户|人|宗|块|幅"
    "|条|件|处|支|只|座|栋|组|份|台|套|辆|类|种|趟|轮|所"
)

_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN_NUMBER = rf"(?<![第某“‘{CHINESE}点])[{CHINESE}]{{1,12}}(?:点[零一二三四五六七八九]+)?"
_MAGNITUDE = "个亿(?!元以|级)|万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百"


def _any(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_SKIP = "|".join(
    (
        r"https?://[^\s，。]+|www\.[^\s，。]+|(?<![\w.])[\w.]{1,64}@[\w.]{1,64}",
        r"《[^》\n]{0,80}》|〔\d{4}〕\d*号?",
        r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}:\d{2}(?::\d{2})?",
        r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4}|1[3-9]\d{9})(?!\d)",
        r"(?<![A-Za-z])[A-Za-z]{1,16}-?\d+(?:\.\d+)?|\d+(?:\.\d+)?(?!km|m[²2])[A-Za-z]+",
        rf"第[ \d{CHINESE}]{{1,8}}(?:[届期次批号产季章条])?",
        r"[“\"]?[\d一二三四五六七八九十Nn]{1,4}(?:\+[\d一二三四五六七八九十NnXx]{1,4})+[”\"]?",
        r"\d+(?:\.\d+)?[ 余多]?(?:年|月|日|天|周|小时|分钟|秒|岁|届|期|号|楼|层|路|版|强|级|度|万?吨|公里|千米|米|万?千瓦|兆瓦"
        r"|万?立方|毫米|厘米|公斤|斤|[、.．](?!\d))(?!方|以上的?项目)",
        rf"\d+(?:\.\d+)?[余多]?个(?:多?月|工作日|季度|小时|星期|年)|[{CHINESE}]{{1,6}}(?:年|天|周|个(?:多?月|工作日|季度|小时|星期))",
        rf"[\d{CHINESE}]{{1,6}}(?:大|方面)(?!型)|[{CHINESE}]{{1,6}}次(?:全会|会议|全体)",
    )
)
_QUANTITY = re.compile(
    rf"(?=[\dA-Za-z《〔第“\"实达超过逾突近约大将接不至高{CHINESE}－-])(?:(?P<skip>{_SKIP})"
    rf"|(?P<pre>(?:实现|达到?)?(?:超过|超|(?<![通经超路])过|逾|突破|近|(?<![签合契预节条邀大履违毁])约|大约|将近|接近|不足|不到|不低于|不少于|至少|高于|大于))?"
    rf"(?P<sign>(?<![\d一-鿿%])[-－](?=\d)|(?<=[长降为减是率增幅速和与及])[-－](?=\d))?"
    rf"(?P<num>{_ARABIC}|百分之(?P<cent>[{CHINESE}点]{{1,12}}|\d+(?:\.\d+)?)|{_HAN_NUMBER})"
    rf"(?P<few>[多余来])?(?P<mag>{_MAGNITUDE})?(?P<few2>[多余])?"
    rf"(?:(?P<unit0>{_any(_CURRENCY_OF)}|{_any(_AREA_OF)}|%|亩|家|个)?[-—–~～至到]{{1,2}}(?P<num2>{_ARABIC})(?P<mag2>{_MAGNITUDE})?)?"
    rf"(?:(?P<money>{_any(_CURRENCY_OF)})|(?P<area>{_any(_AREA_OF)})|(?P<mu>亩)|(?P<percent>{_any(_PERCENT)})"
    rf"|(?P<tenth>成(?:半|[一二三四五六七八九](?![个家项户次成十百千万])|(?![立为员功果本都交效熟长绩渝套品就型千百])))|(?P<times>倍|番)|(?P<count>{_CLASSIFIERS})"
    rf"|(?=(?P<none>[^\d])|\Z))"
    rf"(?P<post>以上|以下|及以上|左右|上下|以内|[多余]|级(?=[^别]))?)"
)
_OVER = frozenset(
    {"超过", "超", "过", "逾", "突破", "多", "余", "以上", "及以上", "不低于", "不少于", "至少", "高于", "大于"}
)
_ABOUT = frozenset({"约", "大约", "左右", "上下", "来"})
_UNDER = frozenset({"近", "将近", "接近", "不足", "不到", "以内", "以下"})
_NOT_MONEY = re.compile(r"吨|人|件|平|千瓦|度|株|只|斤|公|立方|次|户|米|头|册|辆|台|套|箱|瓶|张|片|多|余|方|级|家|个|k")


def quantities(text: str) -> list[Quantity]:
    """All quantities of a clean text, in order; a unit written once for a list («0.5、1.6个百分点») belongs to each member."""
    found = [q for match in _QUANTITY.finditer(text) if (q := _quantity(match)) is not None]
    return _with_shared_units(found, text)


def _quantity(match: re.Match[str]) -> Quantity | None:
    if match.group("skip") is not None or _is_rhetoric(match):
        return None
    try:
        unit, factor, measure = _unit(match)
        written = match.group("cent") or match.group("num")
        magnitude_word = match.group("mag") or ""
        value = number(written) * magnitude(magnitude_word) * factor
        value_max = _upper(match, factor)
        if _NEIGHBOURS.fullmatch(written):
            value, value_max = (number(written[i] + written[2:]) * magnitude(magnitude_word) * factor for i in (0, 1))
    except ValueError:
        return None
    if value_max is not None and match.group("mag") is None and match.group("unit0") is None:
        value *= magnitude(match.group("mag2") or "")
    if part := (match.group("tenth") or "")[1:]:
        value += 5 if part == "半" else number(part)
    if match.group("sign"):
        value = -value
    start = match.start("sign") if match.group("sign") else match.start("num")
    approx, bound = _approximation(match)
    if value_max is not None and _NEIGHBOURS.fullmatch(written):
        approx = approx or "about"
    return Quantity(start, _end(match), value, unit, measure, approx, value_max, bound, written)


_NEIGHBOURS = re.compile("(?:一[二两]|[二两]三|三四|四五|五六|六七|七八|八九)[十百千]?")


def _is_rhetoric(match: re.Match[str]) -> bool:
    """«百亿级», «千亿元产业»: a round size without a number, unless something is said to pass it."""
    return match.group("num") in {"十", "百", "千"} and bool(match.group("mag")) and not match.group("pre")


def _end(match: re.Match[str]) -> int:
    return match.end("post") if match.group("post") in {"多", "余"} else match.end() - len(match.group("post") or "")


def _unit(match: re.Match[str]) -> tuple[str, Decimal, str]:
    """(unit, factor to base units, as written)."""
    if match.group("cent"):
        return "percent", Decimal(1), "百分之"
    if word := match.group("money"):
        return _CURRENCY_OF[word], Decimal(1), word
    if word := match.group("area"):
        return "m2", Decimal(_AREA_OF[word]), word
    if match.group("mu"):
        return "mu", Decimal(1), "亩"
    if word := match.group("percent"):
        return "percent", Decimal(1), word
    if match.group("tenth"):
        return "percent", Decimal(10), "成"
    if word := match.group("times"):
        return "times", Decimal(1), word
    if word := match.group("count"):
        return "count", Decimal(1), word
    return _unwritten(match)


def _unwritten(match: re.Match[str]) -> tuple[str, Decimal, str]:
    """No unit: an amount where 亿 (or several 万 of money) stands alone, else a bare number that its list may explain."""
    rest = match.string[match.end() : match.end() + 2]
    large = match.group("mag") or match.group("mag2") or ""
    if "亿" in large or large in {"万", "千万", "百万"}:
        return ("", Decimal(1), "") if _NOT_MONEY.match(rest) else ("CNY", Decimal(1), "")
    if match.group("mag") or match.group("num")[0] in CHINESE:
        raise ValueError("no unit")
    return "", Decimal(1), ""


def _upper(match: re.Match[str], factor: Decimal) -> Decimal | None:
    if match.group("num2") is None:
        return None
    return number(match.group("num2")) * magnitude(match.group("mag2") or "") * factor


def _approximation(match: re.Match[str]) -> tuple[Approx | None, str]:
    """How exactly the number is meant, and the comparing words that say so."""
    words = [match.group(name) or "" for name in ("pre", "few", "few2", "post")]
    words[0] = words[0].removeprefix("实现").removeprefix("达到").removeprefix("达")
    bound = "".join(word for word in words if word)
    for word in words:
        if word in _OVER:
            return "over", bound
        if word in _ABOUT:
            return "about", bound
        if word in _UNDER:
            return "under", bound
    return None, bound


_SHARES_UNIT = re.compile(r"(?:[、，,和与及/]|以及)[^\d，,。；;、]{0,2}")


def _with_shared_units(found: list[Quantity], text: str) -> list[Quantity]:
    """Give bare numbers of a list the unit of the member that carries it; drop the bare numbers nothing explains."""
    out: list[Quantity] = []
    following: Quantity | None = None
    for quantity in reversed(found):
        listed = following is not None and _SHARES_UNIT.fullmatch(text, quantity.end, following.start) is not None
        if listed and following is not None:
            quantity = _sharing(quantity, following)
        following = quantity
        out.append(quantity)
    return out[::-1]


def _sharing(quantity: Quantity, following: Quantity) -> Quantity:
    if quantity.unit == "" and following.unit and not quantity.is_chinese:
        factor = following.value / number(following.written) if number(following.written) else Decimal(1)
        return quantity._replace(value=quantity.value * abs(factor), unit=following.unit, measure=following.measure)
    if quantity.measure == "个" and following.measure.endswith("百分点"):
        return quantity._replace(unit="percent", measure=following.measure)
    if quantity.measure == "" and following.unit in CURRENCIES and quantity.unit:
        return quantity._replace(unit=following.unit, measure=following.measure)
    return quantity

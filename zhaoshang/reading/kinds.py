"""What a number says of its indicator: how much, how much more, what share, how far towards a target."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from zhaoshang.reading import lexicon
from zhaoshang.reading.quantities import Quantity

_FILLER = r"(?:了|到|至|为|达到?|约|近|超过?|逾|均|都|各|仅|只|高达|突破|在|是|幅度?|率|速度?|比例?|的|分别|同比|环比|[:：(（ ])*"
_DOWN = re.compile(
    rf"(?:负增长|下降|减少|降低|下滑|回落|缩减|减|降|下跌|收窄|低于|低|慢于|慢|落后于?|滞后于?|欠|差|少)(?:了)?{_FILLER}$"
)
_GROWTH = re.compile(
    rf"(?P<word>负增长|增长|增加|增速|增幅|增(?!资|值)|上升|提高|提升|上涨|涨|扩大|下降|减少|降低|下滑|回落|降幅|缩减|减|降|下跌|同比|环比|比上年|比去年同期|升|\+){_FILLER}$"
)
_FALLING = re.compile(r"负增长|下降|减少|降低|下滑|回落|降幅|缩减|减|降|下跌|少|低|慢|落后|滞后|欠|差")
_AIM = r"(?:目标|任务|计划|预期|考核|指标|预算)"
_TOWARDS = re.compile(
    rf"(?P<verb>完成了?|达到?|实现|占|为|相当于|达成|兑现|超额完成)(?P<of>[^,，;；。]*?{_AIM}[^,，;；。占]{{0,14}}|[^,，;；。]{{0,10}}?(?:年初|年度|全年)[^,，;；。占]{{0,10}}?)(?:的)?{_FILLER}$"
)
_TOWARDS_BARE = re.compile(
    rf"(?:{_AIM}(?:数|值|额|总量|任务)?(?:的)?|(?:任务|目标|计划)?完成|超额完成|完成(?:率|比例|进度)|进度){_FILLER}$"
)
_SHARE = re.compile(
    r"(?P<subject>.*?)(?P<verb>(?:所|各|均|都|分|合计|共|分别|约|就|已|仍|只|仅)*占(?:比|到(?![位账])|据)?|比重|份额|比例|占比)(?P<of>[^占]*)$",
    re.DOTALL,
)
_AHEAD = re.compile(
    rf"(?:超|快于|快|超前|领先|高于|提前|欠|落后于?|滞后于?|慢于|慢|低于|差|距|少于|超过|超出|超额完成|短)[^,，;；。]{{0,10}}(?:进度|目标|任务|计划|平均|水平|时间|同期)[^,，;；。的]{{0,6}}{_FILLER}$"
)
_COMPARED = re.compile(
    r"(?:同比|环比|比|较|与)(?:[^,，;；。]{0,14}?)(?P<word>净增加?|增加|增长|增|多出?|减少|下降|减|少|提高|降低|扩大|上升|回落|超出|高出)(?:了|到|约|近|超过?)*[一-鿿]{0,4}$"
    r"|^[,，、和\s]*(?P<joined>增加|减少|多增|少增|多|少)(?:了|约|近)*$"
    r"|(?P<net>净增加?|净减少?)(?:了|约|近)*$"
    r"|(?P<ahead>超(?:出|过|额完成)?|欠|差|短)(?:[^,，;；。完成]{0,6})(?:计划|目标|任务|进度)(?:数)?$"
)
_TARGET_BEFORE = re.compile(
    rf"(?:(?<!用地)(?<!土地)(?<!建设){_AIM}|任务数|目标数|计划数|任务额)(?:数|值|额|总量|任务|目标|总额|总数)*"
    r"(?:的|为|是|数|达到?|定为|确定为|设定为|下达|安排|约|[:：(（ ])*$"
    rf"|(?:目标|任务|指标)(?:数|值|额)?(?:为|是|[:：]|定为|确定为)[^,，;；。]{{0,24}}$"
    rf"|(?:计划|拟|(?:全年|今年|年内|下半年|明年|[一二三四]季度|20\d\d年)[^,，;；。]{{0,6}}将)(?!总?投资|投|年度|完成投资额|开发|用地|占地|面积)[^,，;；。]{{0,16}}(?:开工|引进|签约|实施|完成|到位|竣工|投产|实现|突破|达到|新增|落地|举办|开展|组织|外出|利用|建成|储备|招引|新建|续建)[^,，;；。]{{0,16}}$"
    rf"|(?:力争|确保|争取|奋力|努力)[^。;；]{{0,40}}$"
    rf"|(?:到|至)20\d\d年(?:底|末)?[^。;；]{{0,30}}(?:达到?|突破|实现|超过?|形成|建成|培育)[^,，;；。]{{0,10}}$"
)
_TARGET_AFTER = re.compile(
    rf"^[)）]?(?:的)?(?:年度|全年|总|既定|考核|招商|引资|工作|奋斗|预期|责任|年初)*(?:{_AIM})(?!项目|投资|总投资|建设|书|引领|导向|新)"
)
AIMING = re.compile(
    r"力争|确保|争取|奋力|努力(?:实现|完成|使)|(?:目标|任务|指标)(?:数|值|额)?(?:(?:为|是|定为|确定为)?[:：]|为|是|定为|确定为)"
    r"|将(?:新?引进|新?签约|实现|完成|开工|新增|举办|开展)|计划(?:[一二三四]季度|年内|下半年|\d月份?)?(?:实施|开工|新?引进|新?签约|新?开工|竣工|投产|到位|举办|开展|组织|赴|外出|招引)"
)
REACHED = re.compile(
    r"已|实际(?!利用|使用|到位|引进|到账|完成)|目前|截至|截止|累计|同比|[,，](?:完成|占)|的(?:\d|百分)|\d%[,，]?(?:达|为)|了"
)
_FORECAST = re.compile(
    r"预计|有望|预测|可望|可(?:实现|新增|形成|带动|提供|创造|增加|吸纳|完成|解决|达)|达产后|投产后|建成后|全部建成"
)


class Saying(NamedTuple):
    """How a figure relates to its indicator. ``subject`` are the words before the relation, ``of`` those after it."""

    kind: str
    sign: int = 1
    subject: str = ""
    of: str = ""
    target: bool = False
    guessed: bool = False


def of_percent(quantity: Quantity, words: str, following: str) -> Saying:
    """What a percentage, a number of 百分点 or a multiple says, by its clause up to it and the words after it."""
    if quantity.measure in {"个百分点", "百分点"}:
        return _points(words)
    if quantity.unit == "times" or _OF_LAST_YEAR.search(words):
        return Saying("growth", _sign(words), _before_relation(words))
    if _AHEAD.search(words) and not _GROWTH_TAIL.search(words):
        return Saying("difference", -1 if _FALLING.search(_AHEAD.search(words).group()) else 1, _before_relation(words))  # type: ignore[union-attr]
    rate = lexicon.rate_kind(words)
    if rate:
        return Saying(rate, 1, words)
    if changed := _RATE_CHANGED.search(words):
        return Saying("growth", _sign(changed.group("rate")), words[: changed.start()])
    growth = _GROWTH.search(words)
    if growth and _REACHED.search(growth.group()) and (share := _SHARE.search(words[: growth.start()])):
        return Saying("share", 1, share.group("subject"))
    if growth:
        return Saying("growth", _sign(growth.group()), words[: growth.start()])
    if towards := _TOWARDS.search(words):
        return Saying("completion", 1, words[: towards.start()], towards.group("of"))
    if share := _SHARE.search(words):
        return Saying("share", 1, share.group("subject"), share.group("of").rpartition("%")[2])
    if _TOWARDS_BARE.search(words):
        return Saying("completion", 1, words)
    if re.match(_AIM, following.lstrip("的")) or _PROGRESS.search(words):
        return Saying("completion", 1, words, following)
    return Saying("share", 1, words, following, guessed=True)


_RATE_CHANGED = re.compile("(?P<rate>增[速幅]|增长率|降幅)[^,，;；。]{0,6}由[^,，;；。]*$")
_OF_LAST_YEAR = re.compile(r"(?:为|是|相当于|达到?)(?:去年|上年|前年)(?:同期)?的$")
_REACHED = re.compile("[至到为]")
_PROGRESS = re.compile("(?:完成|目标|任务)(?:率|进度|比例|情况)|进度")
_GROWTH_TAIL = re.compile(rf"(?:增长|增幅|增速|下降){_FILLER}$")


def _points(words: str) -> Saying:
    ahead = _AHEAD.search(words)
    falling = _FALLING.search(ahead.group()) if ahead else _DOWN.search(words)
    return Saying("difference", -1 if falling else 1, _before_relation(words))


def _sign(words: str) -> int:
    return -1 if _FALLING.search(words) else 1


_RELATION = re.compile(
    r"同比|环比|比|较|增|下降|减|占|完成|超|快于|高于|低于|欠|落后|提高|上升|提升|回落|是(?:去年|上年)|为(?:去年|上年)|翻|达到?(?:去年|上年)"
)


def _before_relation(words: str) -> str:
    match = _RELATION.search(words)
    return words[: match.start()] if match else words


def of_amount(words: str, following: str) -> Saying:
    """Whether an amount is a level, a target or the difference from another time."""
    if compared := _COMPARED.search(words):
        word = compared.group("word") or compared.group("joined") or compared.group("net") or compared.group("ahead")
        return Saying("difference", -1 if _FALLING.search(word) else 1, words[: compared.start()])
    target = _TARGET_BEFORE.search(words) is not None or _TARGET_AFTER.match(following) is not None
    return Saying("level", 1, words, following, target)


_ANNOUNCED = {"growth": "增速|增幅|增长率?", "completion": "进度|完成(?:率|比例)|目标|任务", "share": "占比|比重|比例"}


def announced(words: str) -> str | None:
    """The kind of the values a list announces: «到位资金增速前三:江口县(41.3%)、…»."""
    places = {
        kind: max((m.end() for m in re.finditer(pattern, words)), default=-1) for kind, pattern in _ANNOUNCED.items()
    }
    kind = max(places, key=places.__getitem__)
    return kind if places[kind] >= 0 else None


def is_forecast(words: str) -> bool:
    """Whether the words before a figure foretell it."""
    return _FORECAST.search(words) is not None


def percent_of_growth(quantity: Quantity, words: str) -> Decimal:
    """«增长1.5倍» is 150 percent more; «是去年的3倍» 200 more; «翻一番» 100, «翻两番» 300; «为去年同期的118.6%» 18.6."""
    if quantity.unit != "times":
        return quantity.value - 100 if _OF_LAST_YEAR.search(words) else quantity.value
    if quantity.measure == "番":
        return (Decimal(2) ** int(quantity.value) - 1) * 100
    if re.search(rf"(?:增长|增加|增|提高|提升|上升|扩大|增幅|增速){_FILLER}$", words) and not re.search(
        r"(?:增长|增加|增|提高|提升|上升|扩大)(?:到|至|为)[^增]*$", words
    ):
        return quantity.value * 100
    return (quantity.value - 1) * 100

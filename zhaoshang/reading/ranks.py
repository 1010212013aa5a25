"""Positions: «位居全省首位», «列青岛12区市第2», «总量、增幅均居第七位»."""

from __future__ import annotations

import re
from typing import NamedTuple

from zhaoshang.reading.numerals import CHINESE, number
from zhaoshang.reading.pinyin import HAN


class Rank(NamedTuple):
    """A position and among whom; ``scope`` is None where the text leaves it to the sentence before."""

    start: int
    end: int
    position: int
    scope: str | None


_PLACE = re.compile(
    rf"第(?P<n>\d{{1,3}}|[{CHINESE}]{{1,4}})(?P<suffix>位|名)?(?![届期次批号产季章条个家轮方百年大线时代条款只所\d])"
    rf"|前(?P<top>\d{{1,2}}|[三四五六七八九十])(?P<suffix2>位|名)?(?![个月季年\d大列强期的:：位名])|(?P<first>首位|榜首|之首|(?<=[居列])首(?=[,，。；;、和\n]|$))"
)
_VERB = re.compile(
    "位次列|位居|稳居|高居|跃居|居于|位列|名列|排名列|列|居|排名(?:位)?|排位|排在|排列|排|位次为?|名次为?|处于|位于|"
    "(?:跃|上)?升(?:至|到)|提升(?:至|到)|前移(?:至|到)|进入|挺进|跻身|保持|占据|夺得|获得|获"
)
_AMONG = re.compile(
    rf"(?:在)?(?P<scope>[{HAN}\d]{{0,10}}?(?:全[国省市区县州盟疆旗]|各[市县区地州]|[东西中]部|东北|东三省|华[东北南中]|西[南北]|长三角|珠三角|省内|市内|国内|"
    rf"计划单列市|副省级|区市|县[市区]|市县|市州|州市|盟市|地市|设区市|省市|城市|省份|省区|来源地|[{HAN}]{{2,3}}[省市州县区])[{HAN}\d]{{0,10}}?)(?:中|里|的|之中|范围内)?$"
)
_CLAUSE_START = re.compile(r"[^,，。；;、:：!！?？\n（(]*$")
_ADVERB = re.compile(
    r"^(?:在|到|至|了|于|为|是|继续|仍|均|都|并|连续[^第]{0,6}?)+|(?:(?:的|中|里)?(?:综合|增[幅速]|总量|规模|考核|进度|占比|绩效)|的|中|里|位|排名|排|位居|位列|居|列|内)+$"
)
_MEASURED = re.compile("[额率幅速]$|总量$|资金$|[万亿元%]|[内外]资$|投资$|个数$|进度$")
_WINDOW = 30


def find(text: str) -> list[Rank]:
    """All positions in a clean text. A bare «第一» without a verb or a scope before it is no position."""
    single = [rank for match in _PLACE.finditer(text) if (rank := _rank(match)) is not None]
    shared = [rank for match in _IN_TURN.finditer(text) for rank in _in_turn(match)]
    taken = {rank.end for rank in shared}
    return sorted([*shared, *(rank for rank in single if rank.end not in taken)], key=lambda rank: rank.start)


_IN_TURN = re.compile(
    rf"(?:分|位|名)?(?:列|居|获|别(?:列|居|位列|位居|排名|排)|排)(?P<scope>[{HAN}]{{0,8}}?)(?P<all>第?[{CHINESE}\d]{{1,3}}(?:[、和及](?:第)?[{CHINESE}\d]{{1,3}})+)(?:位|名)"
)
_ONE = re.compile(rf"第?([{CHINESE}\d]{{1,3}})")


def _in_turn(match: re.Match[str]) -> list[Rank]:
    """«分列全省二、三位»: a position for each of those listed."""
    ones = list(_ONE.finditer(match.string, *match.span("all")))
    ends = [*(one.end() for one in ones[:-1]), match.end()]
    scope = match.group("scope") or None
    return [Rank(one.start(), end, int(number(one.group(1))), scope) for one, end in zip(ones, ends, strict=True)]


def _rank(match: re.Match[str]) -> Rank | None:
    window = match.string[max(0, match.start() - _WINDOW) : match.start()]
    clause = _CLAUSE_START.search(window)
    left = clause.group() if clause else ""
    verb = _verb(left)
    scope, begin = _scope(left, verb)
    if not _stands(match, scope is not None or verb is not None):
        return None
    return Rank(match.start() - len(left) + begin, match.end(), _position(match), scope)


def _verb(left: str) -> re.Match[str] | None:
    """The first verb followed by a scope («居…计划单列市»), else the last."""
    verbs = list(_VERB.finditer(left))
    return next((verb for verb in verbs if _AMONG.search(_trimmed(left[verb.end() :]))), verbs[-1] if verbs else None)


def _scope(left: str, verb: re.Match[str] | None) -> tuple[str | None, int]:
    """(among whom, where the mention begins in ``left``)."""
    if verb is None:
        among = _AMONG.search(left)
        return (_trimmed(among.group("scope")), among.start()) if among else (None, len(left))
    after = _trimmed(left[verb.end() :])
    if after:
        return (after if _AMONG.search(after) else None), verb.start()
    among = _AMONG.search(left[: verb.start()])
    if among is None or _MEASURED.search(among.group("scope")):
        return None, verb.start()
    return _trimmed(among.group("scope")), among.start()


def _trimmed(words: str) -> str:
    return _ADVERB.sub("", words)


def _stands(match: re.Match[str], placed: bool) -> bool:
    """Whether this is a position at all: «第一、二产业», «第一大», a bare «第一» are not."""
    following = match.string[match.end() : match.end() + 1]
    if match.group("first") or match.group("top"):
        return placed
    arabic = match.group("n").isdigit()
    ends = not following or not re.match(rf"[{HAN}]", following) or following in "和及与并且以"
    return ends and (placed or arabic or match.group("suffix") is not None)


def _position(match: re.Match[str]) -> int:
    written = match.group("n") or match.group("top")
    return int(number(written)) if written else 1

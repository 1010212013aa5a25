"""What the words round a number say of it beyond its class: whose money, how large the projects, how far they have come. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from zhaoshang.bulletins.rules import written
from zhaoshang.capital.rules import Origin
from zhaoshang.figures.rules import Measure
from zhaoshang.reading import Claim
from zhaoshang.regions.rules import SourceClass

_BREAK = "，,；;。！？!?\n"
_ITEM_BREAK = "；;。！？!?\n"
_STOP = "。！？!?\n"
_SIZE = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|[一二三五十百千]+)?\s*(?P<scale>亿|千万|百万|万)元?\s*(?:（含）|\(含\))?(?:及?以上|级)"
)
_SCALES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4}
_NUMERALS = {"一": 1, "二": 2, "三": 3, "五": 5, "十": 10, "百": 100, "千": 1000}
_SOURCES = (
    (re.compile("境外|国外|外商|(?<![省市域区县])外资"), frozenset({SourceClass.FOREIGN})),
    (re.compile("省外"), frozenset({SourceClass.OUTSIDE_PROVINCE})),
    (re.compile("省内"), frozenset({SourceClass.INSIDE_PROVINCE})),
    (re.compile("市外|域外"), frozenset({SourceClass.OUTSIDE_PROVINCE, SourceClass.INSIDE_PROVINCE})),
)
_STAGES = (
    (re.compile("签约|签订|签署|合同|协议"), Measure.SIGNED),
    (re.compile("落地|落户"), Measure.LANDED),
    (re.compile("储备"), Measure.RESERVED),
    (
        re.compile(
            "开工|动工|复工|在建|续建|新建|投产|竣工|达产|履约|引进|谋划|策划|推介|洽谈|在谈|对接|意向|推进|包装|前期|入库|注册"
        ),
        None,
    ),
)
_ORIGINS = ((re.compile("新建|新引进|新项目"), Origin.NEW), (re.compile("续建|续转|结转|延续"), Origin.CONTINUED))
EVENT = re.compile(
    "(?:大会|洽谈会|推介会|对接会|恳谈会|博览会|论坛|年会|峰会|会议|仪式|活动|招商周)(?:期间|上|中|现场|当[天日])|现场(?:签约|签订)|集中签约"
)
_AHEAD = re.compile("超.{0,3}欠|[超欠].{0,4}进度|百分点")
_TOWARDS = re.compile("完成.{0,6}(?:目标|任务|计划)")
TOGETHER = re.compile("合计|总计|共(?!同|有)|加起来|之和")
_UNITS = re.compile("([两二三四五六七八九十]|\\d{1,2})个?(?:地区|区市县|县市区|区县|县区|市县|单位|地|区|县|市|家|者)")
_NUMERAL = re.compile(
    "[零一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?(?=[^零一二两三四五六七八九十百千]*$)"
)
_WHOLE = re.compile("(?<![占居列于比过在排名位为前])(?:全市|我市|本市)(?!平均|第|首位|前|比重)")


@dataclass(frozen=True, slots=True)
class Place:
    """A number's surroundings in the clean text: ``head`` from the clause's beginning (or the figure before) to the number, ``tail`` the
    few words behind it; ``item``, ``sentence`` and ``paragraph`` everything before it back to where these begin."""

    head: str
    tail: str
    item: str
    sentence: str
    paragraph: str


def place_of(text: str, claim: Claim, floor: int) -> Place:
    """Where a claim stands; ``floor`` is the end of the claim before it."""
    number = written(claim) or _numeral(claim)
    start, end = claim.restored_start + (number.start() if number else 0), claim.restored_end
    head, item, sentence, paragraph = (_back(text, start, marks) for marks in (_BREAK, _ITEM_BREAK, _STOP, "\n"))
    return Place(
        text[max(head, min(floor, start)) : start],
        _tail(text, end),
        text[item:start],
        text[sentence:start],
        text[paragraph:start],
    )


def _numeral(claim: Claim) -> re.Match[str] | None:
    """The number of a quote in Chinese numerals; of a position («居全市第一») the words before it belong to it."""
    return None if claim.unit == "rank" else _NUMERAL.search(claim.quote)


def _back(text: str, place: int, breaks: str) -> int:
    return max(text.rfind(mark, 0, place) for mark in breaks) + 1


def _tail(text: str, end: int) -> str:
    return re.split(f"[{_BREAK}、]", text[end : end + 10], maxsplit=1)[0]


def source_classes(words: str) -> frozenset[SourceClass] | None:
    """The classes that «省外», «省内市外», «市外» mean; None when nothing is said. The last word said counts."""
    found = [(match.end(), classes) for pattern, classes in _SOURCES for match in pattern.finditer(words)]
    if not found:
        return None
    if "省内市外" in words:
        return frozenset({SourceClass.INSIDE_PROVINCE})
    return max(found, key=lambda pair: pair[0])[1]


def size_fen(words: str) -> tuple[int, str]:
    """The least contract that «亿元以上» names, in fen (0: none), and the words for it."""
    found = list(_SIZE.finditer(words))
    if not found:
        return 0, ""
    last = found[-1]
    return int(_number(last["number"]) * _SCALES[last["scale"]]) * 100, last.group().strip()


def _number(text: str | None) -> Decimal:
    if not text:
        return Decimal(1)
    if text[0].isdigit():
        return Decimal(text)
    product = 1
    for sign in text:
        product *= _NUMERALS[sign]
    return Decimal(product)


def stage(words: str) -> tuple[Measure | None, str]:
    """What the projects have reached, by the word nearest to the end, and that word; (None, "") when nothing is said."""
    found = [(match.end(), measure, match.group()) for pattern, measure in _STAGES for match in pattern.finditer(words)]
    return max(found, key=lambda one: one[0])[1:] if found else (None, "")


def origin(words: str) -> tuple[Origin, str] | None:
    """Money of new or of continued projects, and the word that says so."""
    for pattern, found in _ORIGINS:
        if match := pattern.search(words):
            return found, match.group()
    return None


def kind(claim: Claim) -> str:
    """The claim's kind; in a table by its heading, where the reader sees a bare number."""
    if claim.kind in {"share", "completion"} and _AHEAD.search(claim.indicator):
        return "difference"
    return "completion" if claim.kind == "share" and _TOWARDS.search(claim.indicator) else claim.kind


def is_event(sentence: str) -> bool:
    """Whether a sentence tells of one occasion rather than of a period."""
    return EVENT.search(sentence) is not None


def how_many_units(head: str) -> int:
    """How many places «三地合计» speaks of; 0 when no number is said."""
    match = _UNITS.search(head)
    if not match:
        return 0
    return int(match[1]) if match[1].isdigit() else "零一二三四五六七八九十".index(match[1].replace("两", "二"))


def whole_city_at(sentence: str) -> int:
    """Where «全市» or «我市» is said last; -1 when it is not."""
    return max((match.start() for match in _WHOLE.finditer(sentence)), default=-1)

"""A chat message («张总他们想投5个亿，要地300亩») as the draft of a lead: each field with the passage it was read from.

What the message names (公司, 亩, a telephone) is read; what only its words suggest (a trade, the place in a firm's name, a bare amount) is
marked as guessed. Nothing is invented: a field without a passage is absent.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from zhaoshang.reading.gazetteer import known_in
from zhaoshang.reading.quantities import Quantity, quantities

LONGEST = 5_000


class Passage(NamedTuple):
    """A value and where it stands in the message; ``value`` is text, a number of yuan or of 亩."""

    value: str | Decimal
    start: int
    end: int
    guessed: bool = False


Fields = dict[str, Passage]

_SENT = re.compile(
    r"(?:(?:19|20)\d{2}[-/年.]\d{1,2}[-/月.]\d{1,2}日?|\d{1,2}/\d{1,2}/(?:19|20)\d{2}|\d{1,2}月\d{1,2}日|昨天|前天|今天|星期[一二三四五六日天])?"
    r"\s*(?:[上下]午|晚上|早上|凌晨)?\s*\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?"
)
_SPEAKER = re.compile(rf"^(?P<name>[^\n：:，。,]{{2,24}}?)\s+{_SENT.pattern}\s*$", re.MULTILINE)
_SPEAKER_ABOVE = re.compile(rf"^(?P<name>[^\n：:，。,\d]{{2,24}})\n{_SENT.pattern}\s*$", re.MULTILINE)
_SENDER = re.compile(r"(?:发件人|转发自|推荐人|推荐单位|来源)[：:]?\s*[“\"]?(?P<name>[^\n”\"，。,]{2,30})")
_INTRODUCED = re.compile(r"(?:^|[，。\n])(?P<name>[^\n，。：:]{1,14}?)(?:反映|推荐[：:])")
_OPENING = re.compile(r"^(?:转发自.*\n|【转发】\n)?(?P<name>[一-鿿]{2,4})[：:](?=\S)", re.MULTILINE)
_LABELS = (
    "客户名称",
    "项目内容",
    "项目信息",
    "企业名称",
    "投资额",
    "总投资",
    "投资方",
    "用地",
    "联系人",
    "联系",
    "电话",
    "微信",
    "客户",
    "意向",
    "投资",
    "占地",
    "对接",
    "时间",
    "地址",
    "姓名",
    "手机",
    "备注",
    "需求",
    "项目",
    "线索",
    "转",
)

_FIRM_ENDS = (
    "股份有限公司|有限责任公司|有限公司|控股集团|产业集团|运营公司|科技公司|集团公司|集团|公司|股份|实业|重工|乳业|车企"
)
_FIRM = re.compile(rf"(?P<firm>[一-鿿A-Za-z（）()]{{2,24}}?(?:{_FIRM_ENDS})(?:有限公司|集团)?)")
_FOREIGN_ENDS = r"Co\.?,? ?Ltd\.?|Ltd\.?|Limited|Inc\.?|Corp\.?|Corporation|GmbH|AG|LLC|PLC|S\.A\.|Group|Holdings"
_FOREIGN_FIRM = re.compile(rf"(?P<firm>(?:[A-Z][\w&.\-]*,? ){{1,6}}(?:{_FOREIGN_ENDS}))(?!\w)")
_FIRM_LEAD = re.compile(
    r"^.*(?:投资方|客户名称|公司叫|还是|就是|这里是|我们是|我是|他们股东|会员企业|朋友的公司|的那个|项目，?是|推荐|反映|示例央企|转|领导|有家|某家|找|认识个|，|：|:|是)(?=..)"
)
_STRIPPED = re.compile(r"^(?:昨天|有个|有家|一家|早上好|您好|你好|各位|关于|据悉|据说|听说|还有|另外)+")
_VAGUE = re.compile(r"某[一-鿿]{1,8}(?:车企|企业|公司|集团|巨头)")
_MOBILE = r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
_PHONE = re.compile(
    rf"(?<!\d)(?:{_MOBILE}|0\d{{2,3}}[ -]?\d{{7,8}}|400-?\d{{3}}-?\d{{4}}|\+(?!86)\d{{1,3}}(?:[ -]?\d){{6,12}})(?!\d)"
)
_TITLES = "总监|总经理|董事长|厂长|经理|部长|主任|秘书|博士|女士|先生|小姐|主管|工程师|处长|老师|老板|总|工|处"
_GREETED = r"(?![一-鿿]*(?:早|好)[\[，！!])(?![投共额计体裁部机工价])"
_NAMED_AS_CONTACT = re.compile(
    r"(?:联系人|对接人|负责人|联系|联系方式|企业负责人)(?:是|为)?[：: ]*(?P<name>[一-鿿]{2,4})"
)
_UNTITLED_CONTACT = re.compile(
    r"(?:联系人|对接人)(?:是|为|[：:])?\s*(?P<name>[一-鿿](?:某某?|[一-鿿]{1,2}))(?=$|[\s，。,；;、（(\d]|电话|手机|微信)",
    re.MULTILINE,
)
_FOREIGN_CONTACT = re.compile(
    r"(?:联系人|对接人|[Cc]ontact)(?:是|为|[：:])?\s*(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){1,2})(?![A-Za-z])"
)
_FROM = re.compile(r"人在|来自|老家|总部在|那边的")
_IN_FULL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_BLANK_BEFORE_UNIT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) (?=[亿万亩])")
_INVESTED = re.compile(r"投资?|投入|总投")
_NOT_THE_INVESTMENT = re.compile(r"产值|营收|营业|纳税|税收|利润|注册资本|注册资金|固投|固定资产|一期|首期|估值")
_ROUGHLY = re.compile(r"大概|大约|差不多|估计|预计|可能|上下|左右")
_OTHER_LAND = re.compile(r"流转|牧场|一期工程|厂房")
_WANTED_LAND = re.compile(r"用地|占地|地|要|需|工厂")


def read_chat(text: str) -> Fields:
    """The fields of a message: ``investor subject amount land_mu industry place contact phone referrer``, those that it has."""
    found: Fields = {}
    heads = _heads(text)
    body = _blanked(text, [span for _, span in heads])
    _keep(found, "referrer", _referrer(text, heads))
    _keep(found, "investor", _investor(body))
    _keep(found, "phone", _phone(text))
    _keep(found, "contact", _contact(text, found))
    amounts = _amounts(body)
    _keep(found, "amount", _amount(body, amounts))
    _keep(found, "land_mu", _land(body, amounts))
    _keep(found, "industry", _industry(body, found.get("investor")))
    _keep(found, "place", _place(body, found.get("investor")))
    _keep(found, "subject", _subject(body, found))
    return found


def _keep(found: Fields, name: str, passage: Passage | None) -> None:
    if passage is not None:
        found[name] = passage


def _heads(text: str) -> list[tuple[Passage, tuple[int, int]]]:
    """Who spoke and when, as the chat program writes it above a message, with what of the text that is."""
    found = []
    for pattern in (_SPEAKER, _SPEAKER_ABOVE):
        for match in pattern.finditer(text):
            name = match["name"].strip()
            found.append((Passage(name, match.start("name"), match.start("name") + len(name)), match.span()))
    return sorted(found, key=lambda one: one[0].start)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these spans and its pictures as blanks, so that places stay."""
    out = list(text)
    for start, end in [*spans, *(match.span() for match in re.finditer(r"\[[^\]\n]{1,6}\]|@所有人", text))]:
        out[start:end] = "\n" if end == start else "，" + " " * (end - start - 1)
    return "".join(out)


def _referrer(text: str, heads: list[tuple[Passage, tuple[int, int]]]) -> Passage | None:
    if match := _SENDER.search(text):
        return Passage(match["name"].strip(), *match.span("name"))
    if heads:
        return heads[0][0]
    if match := _INTRODUCED.search(text):
        return Passage(match["name"], *match.span("name"))
    match = _OPENING.search(text)
    return Passage(match["name"], *match.span("name")) if match and match["name"] not in _LABELS else None


def _investor(body: str) -> Passage | None:
    """The firm nearest before the investment, and of several the one that is told to invest."""
    firms = [one for match in _FIRM.finditer(body) if (one := _trimmed(match)) is not None]
    if not firms:
        if match := _FOREIGN_FIRM.search(body):
            return Passage(match["firm"], *match.span("firm"))
        match = _VAGUE.search(body)
        return Passage(match[0], *match.span(), True) if match else None
    invested = _INVESTED.search(body, firms[0].end)
    before = [one for one in firms if invested is None or one.end <= invested.start()]
    chosen = next((one for one in before if str(one.value).endswith("有限公司")), None)
    if len(before) > 1 and chosen is not None:
        return [one for one in before if str(one.value).endswith("有限公司")][-1]
    return (before or firms)[-1] if len(before) <= 1 else before[0]


def _trimmed(match: re.Match[str]) -> Passage | None:
    """The firm without the words that lead to it."""
    text, start = match["firm"], match.start("firm")
    lead = _FIRM_LEAD.match(text)
    if lead:
        text, start = text[lead.end() :], start + lead.end()
    opens = _STRIPPED.match(text)
    if opens:
        text, start = text[opens.end() :], start + opens.end()
    places = [one for one in known_in(text) if one.level < 3 and one.start > 0]
    if places and "的" in text[: places[0].start]:
        text, start = text[places[0].start :], start + places[0].start
    if re.fullmatch(rf"(?:{_FIRM_ENDS})|.{{0,2}}(?:公司|集团|企业)", text) or text.startswith("某"):
        return None
    return Passage(text, start, start + len(text))


def _phone(text: str) -> Passage | None:
    match = _PHONE.search(text)
    if match is None:
        return None
    told = match[0]
    digits = re.sub(r"[ -]", "", told) if re.fullmatch(_MOBILE, told) else told.replace(" ", "-")
    return Passage(told if told.startswith("+") else digits, *match.span())


def _contact(text: str, found: Fields) -> Passage | None:
    """Who is named as the contact, else the titled person nearest to the telephone, else the last one told of."""
    if match := _NAMED_AS_CONTACT.search(text):
        person = _person().search(text, match.start("name"), match.end("name") + 2)
        if person:
            return Passage(person["name"], *person.span("name"))
    if match := _UNTITLED_CONTACT.search(text) or _FOREIGN_CONTACT.search(text):
        return Passage(match["name"], *match.span("name"))
    referrer, phone = found.get("referrer"), found.get("phone")
    people = [Passage(one["name"], *one.span("name")) for one in _person().finditer(text)]
    others = [one for one in people if referrer is None or str(one.value) not in str(referrer.value)]
    if not others:
        return None
    if phone is None:
        return others[-1]._replace(guessed=True)
    near = min(others, key=lambda one: min(abs(one.end - phone.start), abs(one.start - phone.end)))
    return near._replace(guessed=abs(near.end - phone.start) > 8)


def _amounts(body: str) -> list[Quantity]:
    """The quantities as people write them in a chat: «3 亿» with its blank, «壹亿贰仟万» as one amount."""
    found: list[Quantity] = []
    closed = _BLANK_BEFORE_UNIT.sub(r" \1", body.translate(_IN_FULL))
    for moved in quantities(closed):
        begins = _BLANK_BEFORE_UNIT.search(body, max(0, moved.start - 1))
        one = moved._replace(start=moved.start - 1) if begins and begins.start() == moved.start - 1 else moved
        last = found[-1] if found else None
        if last and one.unit == last.unit == "CNY" and one.start == last.end and one.value < last.value:
            found[-1] = last._replace(end=one.end, value=last.value + one.value, measure=one.measure)
        else:
            found.append(one)
    return found


def _amount(body: str, amounts: list[Quantity]) -> Passage | None:
    """The whole investment in yuan: the amount that is called so, else the only one that is not called something else."""
    money = [one for one in amounts if one.unit == "CNY" and one.value >= 10_000]
    called = [one for one in money if not _NOT_THE_INVESTMENT.search(_before(body, one))]
    whole = [one for one in called if _INVESTED.search(_before(body, one))]
    if not (whole or called):
        return None
    chosen = (whole or called)[0]
    return Passage(chosen.value, chosen.start, chosen.end, not whole or _unsure(body, chosen))


def _land(body: str, amounts: list[Quantity]) -> Passage | None:
    """The land wanted in 亩; square kilometres and hectares are turned into it."""
    land = [
        one
        for one in amounts
        if one.unit == "mu" or (one.unit == "m2" and one.measure in ("公顷", "平方公里", "km²", "km2"))
    ]
    wanted = [one for one in land if not _OTHER_LAND.search(_before(body, one)[-6:] + body[one.end : one.end + 4])]
    if not wanted:
        return None
    chosen = wanted[0]
    mu = chosen.value if chosen.unit == "mu" else (chosen.value * 3 / 2000).quantize(Decimal("0.1"))
    unsure = _unsure(body, chosen) or not _WANTED_LAND.search(_before(body, chosen))
    return Passage(mu, chosen.start, chosen.end, unsure or chosen.unit != "mu")


def _unsure(body: str, one: Quantity) -> bool:
    """Whether the message itself says that it does not know exactly."""
    roughly = _ROUGHLY.search(_before(body, one)[-6:] + body[one.end : one.end + 3])
    return bool(roughly) or one.approx is not None or one.value_max is not None


def _before(body: str, one: Quantity) -> str:
    """What stands before an amount since the last stop or the amount before."""
    return re.split(r"[，。,；;\n！!（）()]", body[max(0, one.start - 20) : one.start])[-1]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("chat_words.toml").read_text("utf-8"))


@cache
def _person() -> re.Pattern[str]:
    """A family name with a title."""
    return re.compile(rf"(?P<name>(?:欧阳|上官|司马|[{_words()['surnames']}])(?:{_TITLES})){_GREETED}")


@cache
def _trades() -> list[tuple[str, str]]:
    return [(word, section) for section, listed in _words()["industry"].items() for word in listed]


def _industry(body: str, investor: Passage | None) -> Passage | None:
    """The section of the trade that is told of, outside the firm's name first; always a guess."""
    outside = body if investor is None else _blanked(body, [(investor.start, investor.end)])
    for text in (outside, body):
        hits = [(text.find(word), section, word) for word, section in _trades() if word in text]
        if hits:
            making = [
                one for one in hits if one[1] == "C" and re.search(r"生产|制造|加工|工厂|建厂|扩产|分厂|产线", one[2])
            ]
            at, section, word = min(making or hits)
            return Passage(section, at, at + len(word), True)
    return None


def _place(body: str, investor: Passage | None) -> Passage | None:
    """Where the investor comes from, by its name, or by what is said of a person where no firm is named; a guess, since a name may keep
    a place that the firm has left."""
    if investor is None:
        told = [
            one for one in known_in(body) if one.level < 3 and _FROM.search(body[max(0, one.start - 4) : one.start])
        ]
        return Passage(told[0].name, told[0].start, told[0].end, True) if told else None
    places = [one for one in known_in(str(investor.value)) if one.level < 3]
    if not places:
        return None
    one = places[0]
    return Passage(one.name, investor.start + one.start, investor.start + one.end, True)


def _subject(body: str, found: Fields) -> Passage | None:
    """The clause that tells what is to be done, without the firm: the one with the trade or with an intention."""
    for match in re.finditer(r"[^，。,；;\n！!]+", body):
        clause = match[0].strip()
        if len(clause) < 4 or _PHONE.search(clause):
            continue
        trade = found.get("industry")
        told = re.search(r"想|拟|意向|计划|要做|要建|建设|项目|投资", clause)
        if told or (trade is not None and match.start() <= trade.start < match.end()):
            start = body.find(clause, match.start())
            return Passage(clause[:200], start, start + min(len(clause), 200), True)
    return None

"""The places a bulletin speaks of: of whom a figure is told, as against where money comes from or delegations go."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhaoshang.reading import gazetteer
from zhaoshang.reading.gazetteer import Place
from zhaoshang.reading.pinyin import HAN

_HOSTS = {
    "楚商": "湖北省", "徽商": "安徽省", "苏商": "江苏省", "晋商": "山西省", "鲁商": "山东省", "豫商": "河南省", "川商": "四川省",
    "湘商": "湖南省", "赣商": "江西省", "陇商": "甘肃省", "黔商": "贵州省", "辽商": "辽宁省",
    "鄂商": "湖北省", "浙商": "浙江省", "闽商": "福建省", "粤商": "广东省", "桂商": "广西壮族自治区", "滇商": "云南省", "冀商": "河北省",
    "吉商": "吉林省", "龙商": "黑龙江省", "渝商": "重庆市", "秦商": "陕西省", "蒙商": "内蒙古自治区", "青商": "青海省", "津商": "天津市",
}  # fmt: skip
_HOST = re.compile(f"(?:{'|'.join(_HOSTS)})(?=大会)")
_ZONE = (
    "新区|开发区|高新区|经开区|高新技术开发区|产业园区?|工业园区?|科技园|工业新城|园区|示范区|集聚区|保税区|合作区|科学城|新城|集中区"
    "|管理区|(?:能源|化工|产业|工业)?基地|都市[区圈]|城镇群|城市群"
)
_UNIT = rf"自治县|[市县区旗镇乡州盟]|街道|地区|{_ZONE}"
_NO_PLACE = re.compile(
    "^(?:.{0,5}经济区|总量|增[幅速]|(?:各族)?自治|[年月日底末份全我该各本辖园新老社地景山库片郊矿牧林农校厂两三四五六七八九十双每此其另某原近周外省市县区镇乡州]|城[区市镇乡]|有关|所有|所在|重点|其他|其它|兄弟|相关|国内|国外|省内|省外|市外|县外|区外|"
    "部分|以及|完成|下达|召开|按照|根据|参加|带领|全面|深入|贯彻|达到|超过|位列|名列|位居|京津|长三角|珠三角|环渤海|粤港澳|泛珠|长江|黄河|亚洲|欧美|日韩|东盟|港澳|一带一路|华东|华南|华北|华中|境外|海外|域外|这些|许多|多个|招商|项目|投资|外资|内资|签约|引进|到位|资金|工业|产业|全国|中心|国家级|省级|市级|东部|西部|中部|沿海|周边|发达|特色|主导|新建|高端|化工|物流|现代|商贸|经济|文化)"
)


_FOLLOWS = (
    rf"[\d,，、:：（(]|[{HAN}]{{2,10}}?(?:局|厅|委员会|办公室)|管委会|公布|发布|介绍|获悉|完成|实现|引进|到位|签约|新|开工|项目|累计|共|实际|占|列|居|增|达|为|分别|分占|利用|招商|合计|外资|内资|省外|市外|固定|签订|投资|商务|发改|统计|工信|经合|合作|"
    r"政府|人民|委|以|在|赴|举行|召开|今年|去年|上半年|下半年|前|[一二三四]季度|第|全年|坚持|紧盯|围绕|聚焦|抢抓|大力|深入|积极|持续|主动|狠抓|通报|消息|将|已|党|各|组织|开展|接待|引入|吸引|落地|"
    r"工业|规上|一般|财政|成功|集中|先后|把|强化|突出|始终|不断|精准|创新|着力|依托|的|与|和|同比|排|位|出台|聘请|是|近年|近日|日前|本|通过|按照|立足|一家独大|独占|贡献"
)
_NO_PART = "全占比增和与及其该我本各别是的在为市了从至到由向对据于年月季"
_NAME = rf"(?P<name>(?:(?![{_NO_PART}])[{HAN}]){{1,6}}?(?:{_UNIT}))(?!{_ZONE})(?={_FOLLOWS})"
_LIST_ITEM = re.compile(
    rf"(?:(?<=[,，。；;、\n:：\s)）】.．\d年月日讯从据是对由于在])|(?<=其中)|(?<=记者)|^){_NAME}", re.MULTILINE
)
_INSIDE = re.compile(_NAME)
_COUNTY_ZONE = re.compile(rf"(?<![{HAN}])(?P<county>[{HAN}]{{2,4}})(?=[{HAN}]{{0,6}}?(?:{_ZONE}))")


def find(text: str, also: Iterable[str] = ()) -> list[Place]:
    """All places named in a clean text, the longest name at each spot; chains («甘肃省兰州市») keep their last member.

    ``also`` are names that only the caller knows.
    """
    places = gazetteer.known_in(text)
    if names := sorted(filter(None, also), key=len, reverse=True):
        places += [Place(*m.span(), m.group(), 3) for m in re.finditer("|".join(map(re.escape, names)), text)]
    unlisted = [*_LIST_ITEM.finditer(text), *(m for place in places if (m := _INSIDE.match(text, place.end)))]
    for match in unlisted:
        name = match.group("name")
        if not _NO_PLACE.match(name) and not _NO_PLACE.match(own := _own_name(name)):
            places.append(Place(*match.span("name"), own, 3))
    places += [Place(*m.span(), _HOSTS[m.group()], 1) for m in _HOST.finditer(text)]
    return settled(places)


_PARK = re.compile("(?:产业|工业|科技)园区?$")
_COLLECTIVE = re.compile("[两三四五六七八九十]+个?[市县区州盟旗]")
_ZONE_NAME = re.compile(f"(?:{_ZONE})$")


def _own_name(name: str) -> str:
    """«贵州贵安新区» is 贵安新区, yet «大连高新区» keeps its city; a park named after a county («平和科技产业园») stands for it."""
    if _PARK.search(name):
        for length in range(4, 1, -1):
            if county := gazetteer.short_counties().get(name[:length]):
                return county
    opening = next((known for known in gazetteer.names_by_opening().get(name[:2], ()) if name.startswith(known)), "")
    rest = name[len(opening) :]
    stands_alone = len(_ZONE_NAME.sub("", rest)) >= 2 and not (opening and _is_short_city(opening))
    return rest if opening and (stands_alone or _COLLECTIVE.match(rest)) else name


def _is_short_city(name: str) -> bool:
    full, level = gazetteer.full_names()[name]
    return level == 2 and full != name


def settled(places: list[Place]) -> list[Place]:
    """Of overlapping names the longest; of names that follow each other directly the last, spanning the chain."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: (p.start, -p.end)):
        if kept and place.start < kept[-1].end:
            if place.end > kept[-1].end:
                kept[-1] = Place(kept[-1].start, place.end, place.name, place.level)
            continue
        if kept and place.start == kept[-1].end and place.level > kept[-1].level:
            kept[-1] = Place(kept[-1].start, place.end, place.name, place.level)
            continue
        kept.append(place)
    return kept


_SOURCE_AFTER = re.compile(
    rf"(?:籍|来源|的?客商|的?外商|商会|的?企业|资金|资本|、?[{HAN}]{{0,4}}商人|等地|[^,，。；;]{{0,4}}投资项目|一带|方向|[^,，。；;]{{0,3}}大厦|路|大道|银行|集团|公司|股份|大学)"
)
_GOING_BEFORE = re.compile(
    r"(?:赴|到|在|来自|对接|前往|奔赴|远赴|先后赴|与|向|面向|承接|从|同|至|进驻|瞄准|邀请|引进|引入|吸引|占|比|列|居|落户|走进)$"
)
_ISSUER_AFTER = re.compile(rf"[{HAN}]{{0,8}}?(?:局|厅|办|委|政府|会议|统计|部门|处)")
_HEAD_LENGTH = 600


def told_of(text: str, places: list[Place]) -> str | None:
    """The place the whole bulletin is about: its first place that is neither a source of money nor a destination."""
    zone = _county_of_zone(text)
    if zone and (not places or zone[0] <= places[0].start):
        return zone[1]
    acting = subjects(text, places)
    if acting and acting[0].start <= _HEAD_LENGTH:
        whole = _OF_THE_WHOLE.search(text, 0, acting[0].start)
        return _common_above(acting) if whole and _is_part(acting[0], whole.group("level")) else acting[0].name
    return places[0].name if places and places[0].start < 200 and is_plain(text, places[0]) else None


_OF_THE_WHOLE = re.compile(
    r"(?:(?<=[,，。；;:：、\n年月日度底份来])|^)[全我](?P<level>[省市])[^,，。；;:：\n]{0,30}[\d:：]", re.MULTILINE
)


def _is_part(place: Place, level: str) -> bool:
    """Whether a place lies inside the whole («全省», «全市») that a text began to speak of before it."""
    return place.level == 3 or (level == "省" and place.level == 2)


def _common_above(places: list[Place]) -> str | None:
    """The one place that all the listed ones lie in; None where they are too few to tell."""
    known = {place.name: gazetteer.parents()[place.name] for place in places if place.name in gazetteer.parents()}
    common = set.intersection(*known.values()) if len(known) >= 2 else set()
    return common.pop() if len(common) == 1 else None


def is_subject(text: str, place: Place) -> bool:
    """Whether the words round a place make it the one that acts."""
    before, after = text[max(0, place.start - 4) : place.start], text[place.end : place.end + 14]
    if place.name.endswith("特别行政区"):
        return False
    if _ISSUER_AFTER.match(after):
        return True
    return not _GOING_BEFORE.search(before) and not _SOURCE_AFTER.match(after)


_VALUE_BETWEEN = re.compile(r"[\d.]+(?:[万亿]*[美港]?元|[个家项户%])、")
LIST_MARKS = frozenset("、和与及，,")


def subjects(text: str, places: list[Place], before: Place | None = None, acted: bool = True) -> list[Place]:
    """The places that act; in «赴北京、上海、深圳» and «来自江苏15个、浙江11个» the later ones share the lot of the first.

    ``before`` is the place named last before these, ``acted`` its lot.
    """
    kept: list[Place] = []
    for place in places:
        gap = text[before.end : place.start] if before else ""
        listed = gap in LIST_MARKS or _VALUE_BETWEEN.fullmatch(gap) is not None
        acted = acted if listed else is_subject(text, place)
        if acted:
            kept.append(place)
        before = place
    return kept


def is_plain(text: str, place: Place) -> bool:
    """Whether a place may stand for the whole text although a preposition precedes it."""
    return not _SOURCE_AFTER.match(text[place.end : place.end + 14])


def _county_of_zone(text: str) -> tuple[int, str] | None:
    """Where the first zone named after a county stands, and the county: «平和科技产业园» tells of 平和县."""
    for match in _COUNTY_ZONE.finditer(text, 0, min(len(text), 200)):
        name = match.group("county")
        for length in range(len(name), 1, -1):
            if county := gazetteer.short_counties().get(name[:length]):
                return match.start(), county
    return None

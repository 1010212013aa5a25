"""Invented projects with invented doubles among them, and the truth kept: what the matcher is measured by.

The doubles are made by how people register one project twice (told again in other words, carried to another district, split between
years, entered under the parent, misspelt), with no look at how the matcher compares; nothing is imported from it but the record.
Beside them stand what is no double and looks like one: the next phase, a second project of the same investor, a neighbour in name.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random

from zhaoshang.demo import facts, names
from zhaoshang.projects.matching import Facts

_FIRST = "海云星辰启明瑞和嘉泰远景恒岳清澜卓越弘毅晨曦博川凯悦华腾兴邦锦程天宇金玉鼎峰龙虎鸿雁春秋东方旭日"
_MIDDLE = "达源信诚科航拓隆驰丰盛润联合宏佳美康宁安欣荣德仁义礼智永昌祥福禄寿喜庆有余年广厚载物志"
_LAST = "维特斯普伦森克莱尔奥米诺亚菲拉格图索迪纳洛卡奇贝塔伽玛欧希罗凡登顿堡恩哈雷莫尼"
_FIELDS = {
    "C": (
        "装备制造", "精细化工", "新能源电池", "工业机器人", "海洋食品", "航空零部件",
        "船舶配套", "特种玻璃", "轴承", "泵阀", "压缩机", "医疗器械",
    ),
    "D": ("海上风电", "分布式光伏", "储能电站", "氢能"),
    "G": ("冷链物流", "智慧仓储", "多式联运"),
    "I": ("数据中心", "工业软件", "集成电路设计", "车联网"),
    "M": ("检验检测", "工业设计", "中试"),
    "R": ("文旅", "滨海度假"),
}  # fmt: skip
_KINDS = ("项目", "建设项目", "产业园项目", "生产基地项目", "工程", "生产线项目", "总部及研发中心项目")
_AGAIN = (
    "关于{place}{word}{field}的合作",
    "{word}{field}{place}工厂",
    "投资建设{word}{field}基地",
    "{word}·{field}综合体",
    "{place}{word}{field}制造中心",
    "{word}{field}一期",
)
_SLIPS = dict(zip("装海瑞泰明风科恒航星和维森", "妆梅端秦朋凤料桓舫生合唯林", strict=True))
Making = Callable[[Facts, Random, int], list[Facts]]


def population(size: int, chance: Random) -> list[Facts]:
    """Projects of which no two are one; a sixth of them second projects, later phases or namesakes of others."""
    made: list[Facts] = []
    taken: set[str] = set()  # no register of firms takes one name twice in one trade
    while len(made) < size:
        word = chance.choice(_FIRST) + chance.choice(_MIDDLE) + chance.choice(_LAST)
        industry = chance.choices(list(_FIELDS), [50, 12, 10, 15, 8, 5])[0]
        one = _one(len(made), word, industry, chance)
        if (firm := word + _heard(one)[1]) in taken:
            continue
        taken.add(firm)
        made.append(one)
        if chance.random() < 0.2:
            made.append(chance.choice([_second, _next_phase, _namesake])(made[-1], len(made), chance))
    return made[:size]


def _one(number: int, word: str, industry: str, chance: Random) -> Facts:
    what = chance.choice(_FIELDS[industry])
    return Facts(
        key=str(number),
        name=f"示例{word}{what}{chance.choice(_KINDS)}",
        enterprise=f"示例{word}{what}{chance.choice(('', '(大连)', '科技'))}有限公司",
        uscc=names.code(number) if chance.random() < 0.7 and number < 100_000 else "",
        investor=f"示例{word}{chance.choice(('投资', '控股', '产业', '资本'))}{chance.choice(('有限公司', '集团有限公司'))}",
        source_code=chance.choice(list(facts.OUTSIDE_SOURCES | facts.INSIDE_SOURCES)),
        industry=industry,
        contract_fen=chance.randint(20, 3_000) * 1_000_000_000 // 10,
        signed_on=date(2020, 1, 1) + timedelta(days=chance.randrange(1_200)),
        unit=chance.choice(facts.UNITS).code,
    )


def _second(one: Facts, number: int, chance: Random) -> Facts:
    """Another project of the same investor, in another field with a firm of its own."""
    fresh = _one(number, "甲乙丙", chance.choice([i for i in _FIELDS if i != one.industry]), chance)
    word = one.investor[2:5]
    return replace(
        fresh,
        name=fresh.name.replace("甲乙丙", word),
        enterprise=fresh.enterprise.replace("甲乙丙", word),
        investor=one.investor,
    )


def _next_phase(one: Facts, number: int, chance: Random) -> Facts:
    """The same works' second phase: another contract."""
    signed = one.signed_on + timedelta(days=chance.randint(200, 900)) if one.signed_on else None
    name = one.name.removesuffix("项目") + "二期项目"
    return replace(
        one,
        key=str(number),
        name=name,
        contract_fen=one.contract_fen * chance.randint(60, 250) // 100,
        signed_on=signed,
    )


def _namesake(one: Facts, number: int, chance: Random) -> Facts:
    """A stranger with two of the three characters of its name."""
    word = one.investor[2:5]
    other = word[:2] + chance.choice([sign for sign in _LAST if sign != word[2]])
    return _one(number, other, one.industry, chance)


def _renamed(one: Facts, chance: Random, number: int) -> list[Facts]:
    word, what = _heard(one)
    place = chance.choice(facts.UNITS).name
    name = "示例" + chance.choice(_AGAIN).format(place=place, word=word, field=what)
    if chance.random() < 0.3:
        name += f"（年产{chance.randint(1, 90)}万套）"
    return [replace(_entered(one, chance, number), name=name)]


def _moved(one: Facts, chance: Random, number: int) -> list[Facts]:
    unit = chance.choice([unit for unit in facts.UNITS if unit.code != one.unit])
    later = one.signed_on + timedelta(days=chance.randint(5, 300)) if one.signed_on else None
    name = "示例" + unit.name + one.name.removeprefix("示例")
    firm = one.enterprise.replace("有限公司", f"{unit.name[:2]}有限公司")
    return [
        replace(_entered(one, chance, number), name=name, unit=unit.code, signed_on=later, enterprise=firm, uscc="")
    ]


def _split(one: Facts, chance: Random, number: int) -> list[Facts]:
    part = one.contract_fen * chance.randint(25, 75) // 100
    made = [
        replace(one, key=f"{number}a", name=f"{one.name}（甲地块）", contract_fen=part),
        replace(one, key=f"{number}b", name=f"{one.name}（乙地块）", contract_fen=one.contract_fen - part),
    ]
    later = one.signed_on + timedelta(days=chance.randint(10, 120)) if one.signed_on else None
    return [made[0], replace(made[1], signed_on=later)]


def _parent(one: Facts, chance: Random, number: int) -> list[Facts]:
    word, _ = _heard(one)
    firm = f"示例{word}{chance.choice(('控股集团', '集团股份', '国际控股'))}有限公司"
    return [
        replace(
            _entered(one, chance, number),
            enterprise=firm,
            uscc="",
            investor=firm if chance.random() < 0.5 else one.investor,
        )
    ]


def _misspelt(one: Facts, chance: Random, number: int) -> list[Facts]:
    spelt = list(one.name)
    for place, sign in enumerate(spelt):
        if sign in _SLIPS and place > 1:
            spelt[place] = _SLIPS[sign]
            break
    else:
        place = chance.randrange(2, len(spelt) - 1)
        spelt[place], spelt[place + 1] = spelt[place + 1], spelt[place]
    name = "".join(spelt)
    if chance.random() < 0.3:
        name = name.replace("(", "（").replace("项目", " 项 目")
    return [replace(_entered(one, chance, number), name=name)]


def _entered(one: Facts, chance: Random, number: int) -> Facts:
    """What differs whenever a thing is typed a second time: rounding, the day, a code or an investor left out."""
    amount = one.contract_fen if chance.random() < 0.6 else one.contract_fen * chance.randint(94, 106) // 100
    signed = one.signed_on + timedelta(days=chance.randint(-20, 20)) if one.signed_on else None
    uscc = one.uscc if chance.random() < 0.7 else ""
    investor = one.investor if chance.random() < 0.8 else ""
    return replace(one, key=f"d{number}", contract_fen=amount, signed_on=signed, uscc=uscc, investor=investor)


def _heard(one: Facts) -> tuple[str, str]:
    """The firm's word and its field, out of the name."""
    what = next(what for kinds in _FIELDS.values() for what in kinds if what in one.name)
    return one.name[2 : one.name.index(what)], what


MAKINGS: dict[str, Making] = {
    "renamed": _renamed,
    "moved": _moved,
    "split": _split,
    "parent": _parent,
    "misspelt": _misspelt,
}


def with_doubles(
    projects: Sequence[Facts], doubles: int, chance: Random
) -> tuple[list[Facts], dict[frozenset[str], str]]:
    """The projects with ``doubles`` of them registered again; and the truth: pairs of keys, and how each was made."""
    made, truth = list(projects), dict[frozenset[str], str]()
    for number, one in enumerate(chance.sample(list(projects), doubles)):
        how = list(MAKINGS)[number % len(MAKINGS)]
        again = [
            replace(double, key=f"d{double.key.removeprefix('d')}") for double in MAKINGS[how](one, chance, number)
        ]
        made += again
        truth |= {frozenset((first.key, second.key)): how for first, second in combinations([one, *again], 2)}
    return made, truth

"""What was published of Dalian's account, with where it was read, and what was invented to rest it on.

Amounts are 亿元 as text (:data:`OUTSIDE`, :data:`INSIDE`), counts plain. Of the monthly split only the sums are published:
2022Q1 省外 586.6 and 省内 155.9, 2022 省外 1638.2 (1885.6 less 15.1 %), 2023Q1 省外 729.4; months and units are invented.
"""

from dataclasses import dataclass

PUBLISHED_2022 = "2022-04-11 公开报道《大连市一季度国内招商》"
PUBLISHED_2023 = "2023-04-18 公开报道《一季度全市国内招商“开门红”》"
PUBLISHED_YEAR = "2024-01-24 公开报道,辽宁日报电子版:2023年省外到位内资1885.6亿元,同比增长15.1%"
INVENTED = "示例数据,非官方"

OUTSIDE = {
    2022: ("148.2", "161.7", "276.7", "92.4", "104.8", "158.6", "96.3", "101.5", "139.7", "93.8", "108.6", "155.9"),
    2023: ("176.8", "208.3", "344.3"),
}
INSIDE = {
    2022: ("38.4", "42.2", "75.3", "24.1", "26.9", "39.0", "22.3", "24.8", "33.6", "21.9", "23.7", "30.1"),
    2023: ("41.6", "47.9", "82.8"),
}


@dataclass(frozen=True, slots=True)
class Quarter:
    """Projects of a quarter: reserved, signed and landed, each as (all, those of at least 1亿元)."""

    reserved: tuple[int, int]
    signed: tuple[int, int]
    landed: tuple[int, int]


# 2022Q1 is published (2138; 364, 171; 211, 82); the rest is invented.
QUARTERS = {
    "2022Q1": Quarter((2138, 713), (364, 171), (211, 82)),
    "2022Q2": Quarter((1204, 398), (276, 128), (203, 80)),
    "2022Q3": Quarter((946, 312), (231, 104), (214, 83)),
    "2022Q4": Quarter((838, 281), (214, 97), (226, 90)),
    "2023Q1": Quarter((2390, 802), (402, 193), (238, 96)),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the map that a unit reports for."""

    region_code: str
    partly: bool
    inferred: bool
    source: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit. ``weight``: its invented share of the city's money in 2022 and 2023, per mille."""

    code: str
    name: str
    short_name: str
    name_en: str
    group: str
    weight: tuple[int, int]
    parts: tuple[Part, ...]


_GB = "GB/T 2260"
_CITY, _PILOT, _COUNTY = "主城区", "先导区", "涉农区市县"


def _whole(code: str) -> tuple[Part, ...]:
    return (Part(code, False, False, _GB),)


# Twelve units and 太平湾: no official list was found; functional zones have no code of their own.
_ZONE = "功能区无独立行政区划代码;对应关系为推断"
UNITS = (
    Unit(
        "jinpu",
        "金普新区",
        "金普",
        "Jinpu New Area",
        _PILOT,
        (240, 252),
        (Part("210213", False, True, "金州区以金普新区报送;推断"),),
    ),
    Unit(
        "gaoxin",
        "高新技术产业园区",
        "高新区",
        "Hi-tech Industrial Zone",
        _PILOT,
        (118, 108),
        (
            Part("210211", True, True, "凌水街道210211016编在甘井子区"),
            Part("210212", True, True, "龙王塘街道210212006编在旅顺口区"),
        ),
    ),
    Unit(
        "changxing",
        "长兴岛经济区",
        "长兴岛",
        "Changxing Island Economic Area",
        _PILOT,
        (80, 76),
        (Part("210281", True, True, "代管长兴岛、交流岛街道,编在瓦房店市"),),
    ),
    Unit(
        "taipingwan",
        "太平湾合作创新区",
        "太平湾",
        "Taiping Bay Cooperation and Innovation Zone",
        _PILOT,
        (38, 34),
        (Part("210281", True, True, _ZONE),),
    ),
    Unit("zhongshan", "中山区", "中山", "Zhongshan", _CITY, (92, 83), _whole("210202")),
    Unit("xigang", "西岗区", "西岗", "Xigang", _CITY, (58, 64), _whole("210203")),
    Unit("shahekou", "沙河口区", "沙河口", "Shahekou", _CITY, (74, 79), _whole("210204")),
    Unit("ganjingzi", "甘井子区", "甘井子", "Ganjingzi", _CITY, (131, 136), _whole("210211")),
    Unit("lvshunkou", "旅顺口区", "旅顺口", "Lüshunkou", _COUNTY, (46, 51), _whole("210212")),
    Unit("pulandian", "普兰店区", "普兰店", "Pulandian", _COUNTY, (35, 39), _whole("210214")),
    Unit("wafangdian", "瓦房店市", "瓦房店", "Wafangdian", _COUNTY, (52, 44), _whole("210281")),
    Unit("zhuanghe", "庄河市", "庄河", "Zhuanghe", _COUNTY, (31, 28), _whole("210283")),
    Unit("changhai", "长海县", "长海", "Changhai", _COUNTY, (5, 6), _whole("210224")),
)

# Where the invented money comes from: GB/T 2260 code and weight.
OUTSIDE_SOURCES = {
    "110000": 21,
    "310000": 17,
    "440000": 14,
    "330000": 11,
    "320000": 10,
    "370000": 8,
    "130000": 4,
    "120000": 4,
    "220000": 3,
    "230000": 3,
    "350000": 3,
    "510000": 2,
}
INSIDE_SOURCES = {"210100": 48, "210800": 14, "210300": 12, "210600": 9, "211100": 9, "210700": 8}
UNCOUNTED_SOURCES = ("810000", "210200", "000000")

TARGET_BASIS = "由公布完成率倒推的年度目标(推断)"
TARGETS_2022 = {
    "capital_in_place": 2040,
    "capital_outside": 1640,
    "capital_inside": 400,
    "signed_projects": 1000,
    "landed_projects": 800,
    "reserve_projects": 5000,
}
TARGETS_2023 = {
    "capital_in_place": 1880,
    "capital_outside": 1880,
    "capital_inside": 440,
    "signed_projects": 1100,
    "landed_projects": 880,
    "reserve_projects": 5500,
}

# Other cities of the province in 2023Q1, 省外, 亿元: invented, so that a rank has something to rest on.
OTHER_CITIES = {
    "210100": ("沈阳", "648.7"), "210800": ("营口", "143.2"), "210300": ("鞍山", "128.5"), "211100": ("盘锦", "119.4"),
    "210700": ("锦州", "96.8"), "211300": ("朝阳", "88.1"), "211400": ("葫芦岛", "79.6"), "210600": ("丹东", "71.3"),
    "211200": ("铁岭", "68.9"), "211000": ("辽阳", "62.4"), "210500": ("本溪", "58.7"), "210900": ("阜新", "51.2"), "210400": ("抚顺", "49.5"),
}  # fmt: skip

# The city's own published bases of 2021Q1, before this ledger: indicator, value (亿元 or a count), how it is known.
BASES_2021Q1 = (
    ("capital_outside", "422.0", "586.6亿元、同比增长39%"),
    ("capital_inside", "98.1", "155.9亿元、同比增长59%"),
    ("capital_in_place", "520.3", "742.5亿元、同比增长42.7%"),
    ("signed_projects", "146", "364个、同比增长149.3%"),
    ("landed_projects", "95", "211个、同比增长122.1%"),
)

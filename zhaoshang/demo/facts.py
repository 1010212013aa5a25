"""What was published of Dalian's account, with where it was read, and what was invented to rest it on.

Amounts are 亿元 as text (:data:`OUTSIDE`, :data:`INSIDE`), counts plain. Of the monthly split only the sums are published:
2022Q1 省外 586.6 and 省内 155.9, 2022 省外 1638.2 (1885.6 less 15.1 %), 2023Q1 省外 729.4; months and units are invented.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PUBLISHED_2022 = "2022-04-11 公开报道《大连市一季度国内招商》"
PUBLISHED_2023 = "2023-04-18 公开报道《一季度全市国内招商“开门红”》"
INVENTED = "示例数据,非官方"
TARGET_SOURCES = {2022: "由公布完成率倒推的年度目标(推断)", 2023: "示例计划〔2023〕1号"}

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

    code: str
    source: str
    partly: bool = False
    inferred: bool = False


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


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator. ``counts``: the measure of what is no capital (a day, trips …); empty: capital. ``target``: year → 亿元 or a count."""

    code: str
    name: str
    name_en: str
    reading_class: str
    words: tuple[str, ...]
    counts: str = ""
    at_least_yi: int = 0
    target: tuple[tuple[int, int], ...] = ()


_CITY: dict[str, Any] = tomllib.loads((Path(__file__).parent / "city.toml").read_text(encoding="utf-8"))


def _name(row: dict[str, Any]) -> Name:
    targets = tuple((int(year), amount) for year, amount in row.get("target", {}).items())
    return Name(**{**row, "words": tuple(row["words"]), "target": targets})


UNITS = tuple(
    Unit(**{**row, "weight": tuple(row["weight"]), "parts": tuple(Part(**part) for part in row["parts"])})
    for row in _CITY["unit"]
)
INDICATORS = tuple(_name(row) for row in _CITY["indicator"])
OUTSIDE_SOURCES: dict[str, int] = _CITY["sources"]["outside"]
INSIDE_SOURCES: dict[str, int] = _CITY["sources"]["inside"]
UNCOUNTED_SOURCES = ("810000", "210200", "000000")  # 香港, the city itself, a foreign country
NEIGHBOURS: dict[str, tuple[str, str]] = _CITY["neighbours"]
BASES_2021Q1: list[dict[str, str]] = _CITY["base"]

"""The names of places: GB/T 2260's, what lies in what, and the short forms that bulletins use.

``places.txt`` holds a province a line, its prefectures indented below it, each followed by its counties; lines with + hold parts of
provinces that bulletins speak of (北疆, 陕南).
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

_SUFFIX = re.compile("(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|地区|[省市盟])$")


_ETHNIC = re.compile(
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|景颇|羌|土|柯尔克孜|族|各)*(?:族)?自治州$"
)


class Place(NamedTuple):
    """A place named at ``start``-``end`` under its full name."""

    start: int
    end: int
    name: str
    level: int


@cache
def full_names() -> dict[str, tuple[str, int]]:
    """Written name to (full name, level): 1 province, 2 prefecture, 3 county. Short names of counties are left out: too many are words."""
    known: dict[str, tuple[str, int]] = {}
    for line in resources.files(__package__).joinpath("places.txt").read_text("utf-8").splitlines():
        head, *counties = line.split()
        if head == "+":
            known |= {area: (area, 3) for area in counties}
            continue
        level = 2 if line.startswith("\t") else 1
        for county in counties:
            known.setdefault(county, (county, 3))
        known[head] = (head, level)
        if head.endswith("自治州"):
            known[_short(head)] = known[_short(head) + "州"] = (_short(head) + "州", level)
        else:
            known[_short(head)] = (head, level)
    return known


def _short(name: str) -> str:
    short = _ETHNIC.sub("", name) if name.endswith("自治州") else _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


@cache
def short_counties() -> dict[str, str]:
    """County names without their last character, where only one county has them and they are two characters or more."""
    found: dict[str, set[str]] = {}
    for name, level in full_names().values():
        if level == 3 and len(name) >= 3 and name[-1] in "县市区旗":
            found.setdefault(name[:-1], set()).add(name)
    return {short: names.pop() for short, names in found.items() if len(names) == 1}


@cache
def names_by_opening() -> dict[str, list[str]]:
    """First two characters to the names they open, the longest first."""
    opening: dict[str, list[str]] = {}
    for name in sorted(full_names(), key=len, reverse=True):
        opening.setdefault(name[:2], []).append(name)
    return opening


def known_in(text: str) -> list[Place]:
    """The gazetteer's names in a text, the longest at each spot."""
    names, found = names_by_opening(), []
    for at in range(len(text) - 1):
        for name in names.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                found.append(Place(at, at + len(name), *full_names()[name]))
                break
    return found


def _usual(name: str) -> str:
    """«湘西土家族苗族自治州» is told of as 湘西州."""
    return _short(name) + "州" if name.endswith("自治州") else name


@cache
def parents() -> dict[str, set[str]]:
    """Full name to the full names of what it lies in: a county's prefectures, a prefecture's province."""
    above: dict[str, set[str]] = {}
    province = ""
    for line in resources.files(__package__).joinpath("places.txt").read_text("utf-8").splitlines():
        head, *counties = line.split()
        if head == "+":
            continue
        if line.startswith("\t"):
            above[head] = above[_usual(head)] = {province}
        else:
            province = head
        for county in counties:
            above.setdefault(county, set()).add(_usual(head))
    return above


def lies_elsewhere(name: str, province: str) -> bool:
    """Whether a place is known, and neither this province nor inside it."""
    above = parents().get(name, set())
    higher = {whole for parent in above for whole in parents().get(parent, ())}
    return name in full_names() and name != province and province not in above | higher


_AS_A_SHORT_NAME = (
    r"(?=\d|[、和与及]|等\d|[两三四五六七八九十]?(?:县|市|区|城区|地)?(?:分别|合计|均|都|共)|仅|完成|到位|实现|签约|增长|下降|居|列|位[居列]"
    r"|[以为达]\d)"
)


@cache
def _inside(whole: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """The short names of what lies in ``whole``, where they can only be meant as such (in a list, before a figure), and the full ones."""
    full = {name[:-1]: name for name, above in parents().items() if whole in above and 2 < len(name) <= 5}
    if not full:
        return None
    shorts = "|".join(sorted(full, key=len, reverse=True))
    opens = r"(?:(?<=[、，,；;。:：\n和与及])|(?<=其中)|^)"
    return re.compile(f"{opens}({shorts}){_AS_A_SHORT_NAME}", re.MULTILINE), full


def called_inside(text: str, whole: str | None) -> list[Place]:
    """The counties of ``whole`` that the text calls by their short names («吉首43.2亿元、永顺29.5亿元»)."""
    inside = _inside(whole) if whole else None
    if inside is None:
        return []
    pattern, full = inside
    return [Place(*match.span(1), full[match.group(1)], 3) for match in pattern.finditer(text)]

"""Kinds of entries, their states, what is in a list, and when a check is due. Pure: no Django, no clock.

What differs by place (how often to check, how far a drawn area may be from the stated one, which lists an edition has) is data:
``samples/practice.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.common.rounding import round_half_even
from zhaoshang.rulesets.rules import Part

MU_M2 = Decimal(10_000) / 15  # one mu (亩) is a fifteenth of a hectare
WARNING = timedelta(days=30)  # so long before its expiry an entry is called to its steward's attention


class Kind(StrEnum):
    """What is offered."""

    ZONE = "zone"
    KEY_REGION = "key_region"
    PARCEL = "parcel"
    PLANNED = "planned_project"
    SOE = "soe_cooperation"
    GOVERNMENT = "government_project"


KIND_LABELS = {
    Kind.ZONE: N_("园区"),
    Kind.KEY_REGION: N_("重点招商区域"),
    Kind.PARCEL: N_("招商地块"),
    Kind.PLANNED: N_("谋划项目"),
    Kind.SOE: N_("国企合作项目"),
    Kind.GOVERNMENT: N_("政府重大项目"),
}
PREFIXES = {
    Kind.ZONE: "YQ",
    Kind.KEY_REGION: "QY",
    Kind.PARCEL: "DK",
    Kind.PLANNED: "MH",
    Kind.SOE: "GQ",
    Kind.GOVERNMENT: "ZD",
}


class State(StrEnum):
    """What people say of an entry. Reserved and expired are not said: they follow from days."""

    AVAILABLE = "available"
    IN_TALKS = "in_talks"
    TAKEN = "taken"
    CLOSED = "closed"


LISTED = (State.AVAILABLE, State.IN_TALKS)


class Status(StrEnum):
    """How an entry stands on a day, as it is shown."""

    DRAFT = "draft"
    AVAILABLE = "available"
    IN_TALKS = "in_talks"
    RESERVED = "reserved"
    TAKEN = "taken"
    EXPIRED = "expired"
    CLOSED = "closed"


STATUS_LABELS = {
    Status.DRAFT: N_("未发布"),
    Status.AVAILABLE: N_("可供选择"),
    Status.IN_TALKS: N_("洽谈中"),
    Status.RESERVED: N_("已为项目预留"),
    Status.TAKEN: N_("已落定"),
    Status.EXPIRED: N_("已过有效期"),
    Status.CLOSED: N_("已撤下"),
}


def status_on(state: str, *, published: bool, expires_on: date, reserved_until: date | None, on: date) -> Status:
    """The status on a day. What is over comes first: a taken entry is taken, whatever else is true of it."""
    if state in (State.TAKEN, State.CLOSED):
        return Status(state)
    if expires_on < on:
        return Status.EXPIRED
    if not published:
        return Status.DRAFT
    if reserved_until is not None and reserved_until >= on:
        return Status.RESERVED
    return Status(state)


class Happened(StrEnum):
    """One thing that happened to an entry."""

    ADDED = "added"
    AMENDED = "amended"
    CHECKED = "checked"
    OUTLINED = "outlined"
    PUBLISHED = "published"
    TALKS = "talks"
    AVAILABLE = "available"
    RESERVED = "reserved"
    RELEASED = "released"
    TAKEN = "taken"
    CLOSED = "closed"


HAPPENED_LABELS = {
    Happened.ADDED: N_("登记"),
    Happened.AMENDED: N_("修改"),
    Happened.CHECKED: N_("核实"),
    Happened.OUTLINED: N_("登记四至"),
    Happened.PUBLISHED: N_("发布"),
    Happened.TALKS: N_("进入洽谈"),
    Happened.AVAILABLE: N_("恢复可选"),
    Happened.RESERVED: N_("预留"),
    Happened.RELEASED: N_("解除预留"),
    Happened.TAKEN: N_("落定"),
    Happened.CLOSED: N_("撤下"),
}


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """One list of an edition: which kinds stand in it, what is summed (``amount`` in fen, ``area`` in m²), in which part."""

    code: str
    part: str
    title: str
    title_en: str
    kinds: tuple[Kind, ...]
    sums: str

    def to_json(self) -> dict[str, Any]:
        """As an edition keeps it."""
        return {
            "code": self.code,
            "part": self.part,
            "title": self.title,
            "title_en": self.title_en,
            "kinds": [str(kind) for kind in self.kinds],
            "sums": self.sums,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A place's practice: days after which an entry is to be checked again, by kind; per cent by which the area of a shape may
    differ from the stated one; the lists of an edition."""

    check_days: Mapping[Kind, int]
    area_percent: Decimal
    lists: tuple[ListDefinition, ...]
    sections: tuple[Mapping[str, str], ...]

    def check_due(self, kind: str, checked_on: date) -> date:
        """The day by which an entry of the kind is to be confirmed again."""
        return checked_on + timedelta(days=self.check_days[Kind(kind)])

    def differs_too_much(self, percent: Decimal | None) -> bool:
        """Whether somebody has to look at the shape."""
        return percent is not None and abs(percent) > self.area_percent


def practice_in(content: Part) -> Practice:
    """The practice of a set. Raises ``rulesets.rules.BadRules``."""
    days = content.part("check_days")
    return Practice(
        check_days={kind: days.whole(kind, most=3_650) for kind in Kind},
        area_percent=content.number("area_percent"),
        lists=tuple(_list(row) for row in content.coded("list")),
        sections=tuple(row.texts("title", "title_en", "text", "text_en") for row in content.parts("section", least=0)),
    )


def _list(row: Part) -> ListDefinition:
    kinds = tuple(map(Kind, row.words("kinds", list(Kind), least=1)))
    part, sums = row.choice("part", PARTS), row.choice("sums", SUMS)
    return ListDefinition(part=part, kinds=kinds, sums=sums, **row.texts("code", "title", "title_en"))


PARTS = {"guide": N_("指南"), "one": N_("清单一"), "two": N_("清单二")}
SUMS = {"amount": N_("合计总投资"), "area": N_("合计面积")}
SET_LABELS = {
    "source": N_("来源"),
    "area_percent": N_("图形面积可与填报面积相差（%）"),
    "check_days": N_("多少天核实一次"),
    **{f"check_days.{kind}": text for kind, text in KIND_LABELS.items()},
    "list": N_("各份清单"),
    "part": N_("在哪一部分"),
    "kinds": N_("收哪些类"),
    "sums": N_("合计什么"),
    "section": N_("指南正文"),
    "text": N_("正文"),
    "text_en": N_("英文正文"),
}
SET_WORDS = {**PARTS, **SUMS, **{str(kind): text for kind, text in KIND_LABELS.items()}}


def in_m2(area_dm2: int | None) -> Decimal | None:
    """Hundredths of a square metre (as land certificates print them) in square metres."""
    return None if area_dm2 is None else Decimal(area_dm2).scaleb(-2)


def to_dm2(area_m2: Decimal | None) -> int | None:
    """Square metres in hundredths; more decimals are rounded."""
    return None if area_m2 is None else int(round_half_even(area_m2 * 100, 0))


def mu(area_m2: Decimal) -> Decimal:
    """Square metres in mu, two decimals."""
    return round_half_even(area_m2 / MU_M2, 2)


def area_difference(stated: Decimal | None, drawn: Decimal | None) -> Decimal | None:
    """How much larger the drawn area is than the stated one, in per cent with two decimals; None when one is missing."""
    if not stated or drawn is None:
        return None
    return round_half_even((drawn - stated) * 100 / stated, 2)

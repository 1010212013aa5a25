"""What can be sought, how a search stands, what a mail is about. Pure: no Django, no clock."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from zhaoshang.common.money import YUAN
from zhaoshang.common.problems import N_
from zhaoshang.opportunities.matching import Match, Wish
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.reading.typed import M2_PER_MU, m2_typed, yuan_typed

SOUGHT = ("industry", "unit", "land", "budget", "power")
LONGEST = 20  # characters of one condition, as it was typed

MOST_OF_ONE_MAIL = 5  # searches, confirmed or not, under one address
MOST_A_DAY = 500  # searches taken in a day: a brake on using the city's mail against strangers
MOST_IN_A_MAIL = 20  # entries listed by name
MOST_TRIES = 6
LEASE_MINUTES = 10  # how long whoever claimed a mail may take before another sends it


class Standing(StrEnum):
    """How a saved search stands."""

    WAITING = "waiting"
    ACTIVE = "active"
    ERASED = "erased"


STANDING_LABELS = {
    Standing.WAITING: N_("等待确认"),
    Standing.ACTIVE: N_("已确认"),
    Standing.ERASED: N_("已停止，邮箱已抹去"),
}


class About(StrEnum):
    """What a mail is for."""

    CONFIRM = "confirm"
    NEW = "new"


class Sending(StrEnum):
    """How far a mail is. ``DROPPED``: nothing was left to tell when its turn came."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


SENDING_LABELS = {
    Sending.WAITING: N_("待发"),
    Sending.SENT: N_("已发"),
    Sending.DROPPED: N_("不必发"),
    Sending.FAILED: N_("发不出去"),
}


def said_of(given: Mapping[str, str]) -> dict[str, str]:
    """The conditions among what was typed, trimmed; empty ones and other names are left out."""
    return {name: text for name in SOUGHT if (text := given.get(name, "").strip()[:LONGEST])}


def numbers_of(said: Mapping[str, str]) -> dict[str, Decimal | None]:
    """Land in m² (a bare number is 亩) and budget in yuan (a bare number is 亿元); None for what could not be read."""
    found = {}
    if "land" in said:
        found["land"] = m2_typed(said["land"], bare=M2_PER_MU)
    if "budget" in said:
        found["budget"] = yuan_typed(said["budget"], bare=10**8)
    return found


def wish_of(said: Mapping[str, str]) -> tuple[Wish, list[str]]:
    """What is looked for, and what of it could not be read."""
    numbers = numbers_of(said)
    land, budget = numbers.get("land"), numbers.get("budget")
    wish = Wish(
        industry=said.get("industry", "") if said.get("industry") in INDUSTRIES else "",
        unit=said.get("unit", ""),
        land_m2=land or None,
        budget_fen=int(budget * YUAN) if budget else None,
        power=said.get("power") == "1",
    )
    return wish, [said[name] for name, number in numbers.items() if number is None]


def fits(match: Match) -> bool:
    """Whether an entry is worth a mail: it meets something that was said and misses nothing that is known."""
    return bool(match.met) and not match.missed

"""Ranks, what counts as a leader's trip, follow-ups, replies and demands. Pure: no Django, no clock. What is local is data."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.rules import Part


class TripState(StrEnum):
    """What was decided about a trip."""

    PLANNED = "planned"
    RETURNED = "returned"
    APPROVED = "approved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class TripStanding(StrEnum):
    """How a trip stands on a day: what was decided, and for an approved one how far it has come."""

    PLANNED = "planned"
    RETURNED = "returned"
    AHEAD = "ahead"
    UNDERWAY = "underway"
    UNRECORDED = "unrecorded"
    DONE = "done"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


STANDINGS: dict[TripStanding, tuple[str, str]] = {
    TripStanding.PLANNED: (N_("待批准"), "wait"),
    TripStanding.RETURNED: (N_("退回修改"), "warn"),
    TripStanding.AHEAD: (N_("已批准"), "todo"),
    TripStanding.UNDERWAY: (N_("外出中"), "wait"),
    TripStanding.UNRECORDED: (N_("缺纪要或报告"), "warn"),
    TripStanding.DONE: (N_("已完成"), "ok"),
    TripStanding.POSTPONED: (N_("已推迟"), "off"),
    TripStanding.CANCELLED: (N_("已取消"), "off"),
}
"""Label and pill of each standing."""


def standing_of(state: TripState, first_day: date, last_day: date, has_record: bool, on: date) -> TripStanding:
    """How a trip stands on a day. One that is over without minutes or report lacks its record, and counts nowhere."""
    if state != TripState.APPROVED:
        return TripStanding(state)
    if on < first_day:
        return TripStanding.AHEAD
    if on <= last_day:
        return TripStanding.UNDERWAY
    return TripStanding.DONE if has_record else TripStanding.UNRECORDED


class ActivityKind(StrEnum):
    """What an activity is."""

    CONFERENCE = "conference"
    RECEPTION = "reception"
    MATCHMAKING = "matchmaking"
    CEREMONY = "ceremony"
    CHAMBER = "chamber"


ACTIVITY_KIND_LABELS = {
    ActivityKind.CONFERENCE: N_("大会"),
    ActivityKind.RECEPTION: N_("推介会"),
    ActivityKind.MATCHMAKING: N_("对接洽谈会"),
    ActivityKind.CEREMONY: N_("签约仪式"),
    ActivityKind.CHAMBER: N_("商协会来访"),
}


class Reply(StrEnum):
    """What a guest answered."""

    WAITING = "waiting"
    COMING = "coming"
    NOT_COMING = "not_coming"


REPLIES: dict[Reply, tuple[str, str]] = {
    Reply.WAITING: (N_("未答复"), "todo"),
    Reply.COMING: (N_("参加"), "ok"),
    Reply.NOT_COMING: (N_("不参加"), "off"),
}


class GuestOrigin(StrEnum):
    """How a guest came onto the list."""

    INVITED = "invited"
    REGISTERED = "registered"


ORIGIN_LABELS = {GuestOrigin.INVITED: N_("邀请"), GuestOrigin.REGISTERED: N_("自行报名")}


class VisitState(StrEnum):
    """How far a visit has come."""

    PLANNED = "planned"
    VISITED = "visited"
    CANCELLED = "cancelled"


VISIT_STATES: dict[VisitState, tuple[str, str]] = {
    VisitState.PLANNED: (N_("待走访"), "todo"),
    VisitState.VISITED: (N_("已走访"), "ok"),
    VisitState.CANCELLED: (N_("已取消"), "off"),
}


class DemandState(StrEnum):
    """How a demand stands on a day."""

    OPEN = "open"
    LATE = "late"
    ANSWERED = "answered"
    RATED = "rated"


DEMAND_STATES: dict[DemandState, tuple[str, str]] = {
    DemandState.OPEN: (N_("办理中"), "wait"),
    DemandState.LATE: (N_("逾期未答复"), "warn"),
    DemandState.ANSWERED: (N_("已答复"), "ok"),
    DemandState.RATED: (N_("已评价"), "ok"),
}


class Satisfaction(StrEnum):
    """What the enterprise thinks of the answer."""

    CONTENT = "content"
    PARTLY = "partly"
    NOT_CONTENT = "not_content"


SATISFACTION_LABELS = {
    Satisfaction.CONTENT: N_("满意"),
    Satisfaction.PARTLY: N_("基本满意"),
    Satisfaction.NOT_CONTENT: N_("不满意"),
}


def demand_state(answered_on: date | None, is_rated: bool, due_on: date, on: date) -> DemandState:
    """An unanswered demand is late the day after its deadline."""
    if answered_on is None:
        return DemandState.LATE if due_on < on else DemandState.OPEN
    return DemandState.RATED if is_rated else DemandState.ANSWERED


@dataclass(frozen=True, slots=True)
class Rank:
    """A rung of the ladder; ``place`` 0 is the highest."""

    code: str
    name: str
    name_en: str
    place: int


@dataclass(frozen=True, slots=True)
class CountRule:
    """What is counted under a name: trips led by one of these ranks, dated by their first day, each once.

    ``left_city``: a destination outside the city is wanted; ``needs_record``: minutes or a report.
    """

    code: str
    name: str
    name_en: str
    ranks: frozenset[str]
    left_city: bool
    needs_record: bool
    definition: str
    source: str


@dataclass(frozen=True, slots=True)
class OutreachRules:
    """A set of rules as issued."""

    ranks: tuple[Rank, ...]
    counts: tuple[CountRule, ...]
    follow_up_days: tuple[int, ...]
    unit_trips_approved_by: str
    link_days: int
    answer_days: int

    def rank(self, code: str) -> Rank | None:
        """The rung with this code."""
        return next((one for one in self.ranks if one.code == code), None)

    def count(self, code: str) -> CountRule | None:
        """The definition with this code."""
        return next((one for one in self.counts if one.code == code), None)


BY_CITY, BY_UNIT = "city", "unit"


def rules_in(content: Part) -> OutreachRules:
    """The rules of an issued set. Raises ``rulesets.rules.BadRules`` naming what cannot be read."""
    rows = content.coded("rank")
    ranks = tuple(Rank(place=place, **row.texts("code", "name", "name_en")) for place, row in enumerate(rows))
    counts = tuple(_count(row, [one.code for one in ranks]) for row in content.coded("count", least=0))
    days: Any = content.get("follow_up_days")
    whole = isinstance(days, list) and bool(days) and all(isinstance(day, int) and day > 0 for day in days)
    if not whole or sorted(set(days)) != days:
        raise content.bad("follow_up_days", N_("须是从小到大的天数，如 [7, 30, 90]。"))
    by = content.choice("unit_trips_approved_by", (BY_CITY, BY_UNIT))
    return OutreachRules(ranks, counts, tuple(days), by, content.whole("link_days"), content.whole("answer_days"))


def _count(row: Part, ranks: Sequence[str]) -> CountRule:
    wanted = frozenset(row.words("ranks", ranks, least=1))
    flags = bool(row.get("left_city", True)), bool(row.get("needs_record", True))
    said = row.texts("code", "name", "name_en", "definition", "source")
    return CountRule(ranks=wanted, left_city=flags[0], needs_record=flags[1], **said)


SET_LABELS = {
    "follow_up_days": N_("会见后第几天回访"),
    "unit_trips_approved_by": N_("各地区的外出由谁批准"),
    "link_days": N_("给企业的链接有效（天）"),
    "answer_days": N_("诉求答复期限（工作日）"),
    "rank": N_("职级，从高到低"),
    "count": N_("怎样计次"),
    "ranks": N_("由哪些职级带队"),
    "left_city": N_("须去了本市以外"),
    "needs_record": N_("须有纪要或报告"),
    "definition": N_("定义"),
}
SET_WORDS = {BY_CITY: N_("市级"), BY_UNIT: N_("本地区另一人")}


def follow_ups_due(day: date, days: Sequence[int]) -> list[tuple[int, date]]:
    """Each follow-up's number of days with the day it is due, counted from the meeting."""
    return [(number, day + timedelta(days=number)) for number in days]


_NOISE = re.compile(r"[\s·・、，,。.()（）《》“”\"'\-—_]|项目$|有限责任公司|股份有限公司|有限公司")
KEY_LENGTH = 200


def signing_key(name: str, investor: str) -> str:
    """By what the same signing is known again when it names no project of the account: its name and its investor, plainly written."""
    plain = (unicodedata.normalize("NFKC", text).casefold() for text in (name, investor))
    return "|".join(_NOISE.sub("", text) for text in plain)[:KEY_LENGTH]

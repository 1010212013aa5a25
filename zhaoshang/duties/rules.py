"""Clocks, levels, superiors and states, and how an issued set of them is read. Pure: no Django, no clock.

The numbers are data: 1 day, 3 days, 1 week, 2 weeks are 江府办函〔2024〕37号 (domain.md 2.2), the key project of 5亿元 is 乐山's (2.6).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.rules import Part

_YI_FEN = 10_000_000_000
MOST_DAYS = 400


class Superior(StrEnum):
    """Who is told of what is late: the handler's unit, the bureau, the leaders."""

    UNIT = "unit"
    BUREAU = "bureau"
    LEADER = "leader"


SUPERIOR_LABELS = {Superior.UNIT: N_("责任地区"), Superior.BUREAU: N_("市局"), Superior.LEADER: N_("领导")}


class MatterKind(StrEnum):
    """A problem waits for help; an order is a leader's instruction."""

    PROBLEM = "problem"
    ORDER = "order"


MATTER_KIND_LABELS = {MatterKind.PROBLEM: N_("问题"), MatterKind.ORDER: N_("督办")}


class State(StrEnum):
    """How a matter stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state's label and pill."""

    label: str
    pill: str


STATES = {
    State.OPEN: StateWords(N_("待答复"), "wait"),
    State.ANSWERED: StateWords(N_("已答复，待确认"), "todo"),
    State.CLOSED: StateWords(N_("已销号"), "ok"),
}


class Said(StrEnum):
    """What a line of a matter tells."""

    RAISED = "raised"
    ANSWERED = "answered"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    REOPENED = "reopened"
    HANDED_OVER = "handed"


SAID_LABELS = {
    Said.RAISED: N_("提出"),
    Said.ANSWERED: N_("答复"),
    Said.SENT_BACK: N_("退回，要求再办"),
    Said.CLOSED: N_("确认销号"),
    Said.REOPENED: N_("重新打开"),
    Said.HANDED_OVER: N_("改由他人确认"),
}


@dataclass(frozen=True, slots=True)
class ClockKind:
    """A kind of request and the working days in which it is answered."""

    code: str
    name: str
    name_en: str
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """From so many working days late, the superior is told."""

    days: int
    to: Superior


@dataclass(frozen=True, slots=True)
class Level:
    """On which level a problem is settled, and in how many working days."""

    code: str
    name: str
    name_en: str
    days: int


@dataclass(frozen=True, slots=True)
class FindingRule:
    """What is looked for: ``numbers`` are the thresholds of its kind, ``days`` the working days in which it is to be settled."""

    days: int
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """A set as read. ``key_contract_fen``: from this contract on a project needs somebody who answers for it; ``level_up_days``: working
    days late after which a problem rises by one level."""

    key_contract_fen: int
    clocks: Mapping[str, ClockKind]
    overdue: Sequence[Overdue]
    levels: Sequence[Level]
    level_up_days: int
    findings: Mapping[str, FindingRule]

    def superior(self, days_late: int) -> Superior | None:
        """Who is told of something so many working days late; None: nobody yet."""
        return next((one.to for one in reversed(self.overdue) if days_late >= one.days), None)

    def level_now(self, code: str, days_late: int) -> Level:
        """The level that a problem has risen to. Raises ``KeyError`` for a level that is none."""
        place = [one.code for one in self.levels].index(code)
        return self.levels[min(place + days_late // self.level_up_days, len(self.levels) - 1)]


def rules_in(content: Part) -> Rules:
    """The set of a text's content. Raises ``rulesets.rules.BadRules`` naming the part that cannot be read."""
    clocks = [
        ClockKind(days=_days(row), **row.texts("code", "name", "name_en", "source")) for row in content.coded("clock")
    ]
    levels = [Level(days=_days(row), **row.texts("code", "name", "name_en")) for row in content.coded("level")]
    overdue: list[Overdue] = []
    for row in content.parts("overdue"):
        if overdue and _days(row) <= overdue[-1].days:
            raise row.bad("days", N_("逾期天数要一条比一条大。"))
        overdue.append(Overdue(_days(row), Superior(row.choice("to", list(Superior)))))
    found = content.part("finding") if "finding" in content else Part({}, "finding")
    return Rules(
        key_contract_fen=content.whole("key_contract_yi", most=10_000) * _YI_FEN,
        clocks={one.code: one for one in clocks},
        overdue=tuple(overdue),
        levels=tuple(levels),
        level_up_days=content.whole("level_up_days", most=MOST_DAYS),
        findings={code: _finding(found.part(code)) for code in found},
    )


def _days(row: Part) -> int:
    return row.whole("days", most=MOST_DAYS)


def _finding(row: Part) -> FindingRule:
    return FindingRule(_days(row), {key: row.whole(key, most=100_000) for key in row if key != "days"})


SET_LABELS = {
    "key_contract_yi": N_("须有人包保的项目：合同额不低于（亿元）"),
    "level_up_days": N_("逾期多少工作日，问题升一级"),
    "clock": N_("计时种类"),
    "overdue": N_("逾期告知谁"),
    "overdue.days": N_("逾期工作日"),
    "to": N_("告知"),
    "level": N_("问题层级"),
    "days": N_("工作日"),
    "finding": N_("查哪些异常"),
    "finding.stall_note": N_("久无进展"),
    "finding.stall_money": N_("久无到位"),
    "finding.slip": N_("金额像多写或少写了位数"),
    "finding.over_contract": N_("到位超过合同额"),
    "finding.last_day": N_("集中在月末一天"),
    "finding.before_firm": N_("到账早于企业成立"),
    "finding.few_days": N_("全年资金集中在几天"),
    "finding.round": N_("整数金额过多"),
    "finding.edge": N_("金额贴着门槛"),
    "window_days": N_("连续多少天"),
    "wan": N_("多少万元的整数倍"),
    "first_wan": N_("门槛一（万元）"),
    "second_wan": N_("门槛二（万元）"),
    "third_wan": N_("门槛三（万元）"),
    "within_permille": N_("离门槛多近（千分之）"),
    "finding.edge.times": N_("是另一侧的多少倍"),
    "finding.round_trip": N_("到位又转出"),
    "finding.same_slip": N_("同一凭证"),
    "finding.moved": N_("年末年初换了地区"),
    "finding.moved.months": N_("年末和年初各看几个月"),
    "finding.kin": N_("母子公司报了同一笔钱"),
    "finding.missing_evidence": N_("缺凭证"),
    "finding.orphan": N_("责任人已离任"),
    "finding.unassigned": N_("无人包保"),
    "finding.clock": N_("事项逾期"),
    "finding.matter": N_("问题逾期"),
    "finding.start": N_("应开工未开工"),
    "finding.expired": N_("招商条目过期"),
    "contract_yi": N_("合同额不低于（亿元）"),
    "quiet_days": N_("多少天没有进展"),
    "leader_days": N_("多少天后告知领导"),
    "months": N_("多少个月没有到位"),
    "leader_months": N_("多少个月后告知领导"),
    "times": N_("相差多少倍"),
    "mixed": N_("像是错用了单位的倍数"),
    "within_percent": N_("差在百分之几以内"),
    "percent": N_("占百分之几"),
    "payments": N_("从几笔起看"),
    "within_days": N_("多少天以内"),
}
SET_WORDS = {str(one): text for one, text in SUPERIOR_LABELS.items()}

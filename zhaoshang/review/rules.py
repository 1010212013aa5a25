"""What a verifier is told before deciding: signs that a declared payment may be wrong. Pure: no Django, no clock.

A hint never decides; it says where to look. The bounds are ours, against the usual mistakes: units of amount mixed up,
money dated before the contract, a month filled on its last day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhaoshang.common.problems import N_

UNIT_MIX_UP = 1_000
TIMES_CONTRACT = 10
SURGE_PERCENT = 50
SURGE_PAYMENTS = 3


class Verdict(StrEnum):
    """What the second person may say of a declared payment."""

    VERIFY = "verify"
    RETURN = "return"


class Hint(StrEnum):
    """A sign that something may be wrong."""

    FAR_OVER_CONTRACT = "far_over_contract"
    OVER_CONTRACT = "over_contract"
    FAR_FROM_OTHERS = "far_from_others"
    SAME_AGAIN = "same_again"
    BEFORE_SIGNING = "before_signing"
    BEFORE_FIRM = "before_firm"
    NOT_SIGNED = "not_signed"
    IN_FUTURE = "in_future"
    OTHER_MONTH = "other_month"
    LAST_DAY = "last_day"
    LATE = "late"
    TOLD_NOT_IN_PLACE = "told_not_in_place"


class WorkbookState(StrEnum):
    """Where an uploaded workbook stands. Only a READ one can be accepted, only an ACCEPTED one undone."""

    RECEIVED = "received"
    READING = "reading"
    READ = "read"
    FAILED = "failed"
    DROPPED = "dropped"
    ACCEPTED = "accepted"
    UNDONE = "undone"


WORKBOOK_STATE_LABELS = {
    WorkbookState.RECEIVED: N_("等待读取"),
    WorkbookState.READING: N_("正在读取"),
    WorkbookState.READ: N_("待确认"),
    WorkbookState.FAILED: N_("读取失败"),
    WorkbookState.DROPPED: N_("已放弃"),
    WorkbookState.ACCEPTED: N_("已导入"),
    WorkbookState.UNDONE: N_("已撤销"),
}


class Act(StrEnum):
    """What accepting a workbook does with one of its rows."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    RETURNED = "returned"
    BLOCKED = "blocked"


ACT_LABELS = {
    Act.NEW: N_("新申报"),
    Act.UPDATE: N_("更新"),
    Act.UNCHANGED: N_("已有，不变"),
    Act.RETURNED: N_("已退回，不再申报"),
    Act.BLOCKED: N_("有问题"),
}


HINT_LABELS = {
    Hint.FAR_OVER_CONTRACT: N_("单笔金额超过合同额十倍，请核对单位"),
    Hint.OVER_CONTRACT: N_("累计到位超过合同额"),
    Hint.FAR_FROM_OTHERS: N_("与本项目其他到位相差千倍以上，请核对单位"),
    Hint.SAME_AGAIN: N_("同项目同日已有同额到位"),
    Hint.BEFORE_SIGNING: N_("到账早于签约"),
    Hint.BEFORE_FIRM: N_("到账早于企业成立"),
    Hint.NOT_SIGNED: N_("项目尚无签约日期"),
    Hint.IN_FUTURE: N_("到账日期晚于申报日"),
    Hint.OTHER_MONTH: N_("到账日期不在报告月"),
    Hint.LAST_DAY: N_("本地区本月过半金额到账于最后一日"),
    Hint.LATE: N_("逾期申报"),
    Hint.TOLD_NOT_IN_PLACE: N_("有未到位资金的字样，申报人写了计入理由"),
}


# Kinds of findings that are signs about a unit: told to the bureau and the auditor, not to the unit (trust.md F20).
AUDIT_KINDS = ("few_days", "round", "edge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A declared payment and what stands around it; amounts in fen.

    ``project_live_fen``: declared and verified money of the project, this payment included. ``other_amounts_fen``:
    smallest and largest verified amount of the project, if any. ``unit_*``: live money of the unit in the report month.
    """

    amount_fen: int
    paid_on: date
    declared_on: date
    due_on: date | None
    month_first_day: date
    month_last_day: date
    signed_on: date | None
    established_on: date | None
    contract_fen: int
    project_live_fen: int
    other_amounts_fen: Sequence[int]
    same_day_same_amount: int
    unit_month_fen: int
    unit_last_day_fen: int
    unit_last_day_payments: int
    counts_because: str = ""


def hints(of: Surroundings) -> list[Hint]:
    """The signs that hold, in the order of :class:`Hint`."""
    return [*_amount_hints(of), *_day_hints(of)]


def _amount_hints(of: Surroundings) -> Iterator[Hint]:
    if of.contract_fen and of.amount_fen > of.contract_fen * TIMES_CONTRACT:
        yield Hint.FAR_OVER_CONTRACT
    elif of.contract_fen and of.project_live_fen > of.contract_fen:
        yield Hint.OVER_CONTRACT
    others = of.other_amounts_fen
    if others and (of.amount_fen >= max(others) * UNIT_MIX_UP or of.amount_fen * UNIT_MIX_UP <= min(others)):
        yield Hint.FAR_FROM_OTHERS
    if of.same_day_same_amount:
        yield Hint.SAME_AGAIN


def _day_hints(of: Surroundings) -> Iterator[Hint]:
    if of.signed_on is None:
        yield Hint.NOT_SIGNED
    elif of.paid_on < of.signed_on:
        yield Hint.BEFORE_SIGNING
    if of.established_on and of.paid_on < of.established_on:
        yield Hint.BEFORE_FIRM
    if of.paid_on > of.declared_on:
        yield Hint.IN_FUTURE
    if not of.month_first_day <= of.paid_on <= of.month_last_day:
        yield Hint.OTHER_MONTH
    if (
        of.paid_on == of.month_last_day
        and of.unit_last_day_payments >= SURGE_PAYMENTS
        and of.unit_last_day_fen * 100 > of.unit_month_fen * SURGE_PERCENT
    ):
        yield Hint.LAST_DAY
    if is_late(of.declared_on, of.due_on):
        yield Hint.LATE
    if of.counts_because:
        yield Hint.TOLD_NOT_IN_PLACE


def is_late(declared_on: date, due_on: date | None) -> bool:
    """Whether a declaration came after the month's due day. The day of receipt decides, by the city's clock."""
    return due_on is not None and declared_on > due_on


def last_day(first: date) -> date:
    """The last day of the month that begins on ``first``."""
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


class PairState(StrEnum):
    """What two projects that look alike are to each other."""

    OPEN = "open"
    SAME = "same"
    RELATED = "related"
    DIFFERENT = "different"


PAIR_STATE_LABELS = {
    PairState.OPEN: N_("待判定"),
    PairState.SAME: N_("同一项目"),
    PairState.RELATED: N_("有关联"),
    PairState.DIFFERENT: N_("不同项目"),
}


class SweepState(StrEnum):
    """Where a search for duplicates stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Sought(StrEnum):
    """What a sweep looks for."""

    DUPLICATES = "duplicates"
    FINDINGS = "findings"


class FindingState(StrEnum):
    """How a finding stands. FIXED: the cause was gone at a later sweep; CLOSED: its explanation stands."""

    OPEN = "open"
    EXPLAINED = "explained"
    FIXED = "fixed"
    CLOSED = "closed"


FINDING_STATE_LABELS = {
    FindingState.OPEN: N_("待处理"),
    FindingState.EXPLAINED: N_("已说明，待复核"),
    FindingState.FIXED: N_("已消除"),
    FindingState.CLOSED: N_("说明成立"),
}

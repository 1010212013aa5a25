"""Progress against targets, what is still missing, and how a piece of planned work stands. Pure: no Django, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhaoshang.common.problems import N_

Phases = tuple[int, int, int]
"""What of a year's target is to be reached by the end of the first, second and third quarter, cumulative."""


@dataclass(frozen=True, slots=True)
class Progress:
    """``of_year_percent``: share of the ANNUAL target reached (what bulletins call 完成序时进度 x %);
    ``schedule_percent``: the time passed of the year; ``ahead_points``: the difference in percentage points (超/欠序时进度).
    ``phased_percent``: the share that the target's own quarters ask for by now; None where the document sets none."""

    of_year_percent: Decimal
    schedule_percent: Decimal
    phased_percent: Decimal | None = None

    @property
    def ahead_points(self) -> Decimal:
        """Positive: ahead of the time schedule."""
        return self.of_year_percent - self.schedule_percent

    @property
    def phased_ahead_points(self) -> Decimal | None:
        """Positive: ahead of the document's quarters; None without them."""
        return None if self.phased_percent is None else self.of_year_percent - self.phased_percent


def progress(
    actual: int, target: int, schedule_percent: Decimal, phased_percent: Decimal | None = None
) -> Progress | None:
    """Every kind of progress of ``actual`` against the year's ``target`` (same unit); None without a target."""
    return Progress(Decimal(actual) * 100 / target, schedule_percent, phased_percent) if target > 0 else None


def phased_share(target: int, phases: Phases | None, months: int) -> Decimal | None:
    """The percentage of the year's ``target`` that its quarters ask for once ``months`` (1-12) have passed.

    Inside a quarter the quarter's step is spread evenly over its three months.
    """
    if phases is None or target <= 0:
        return None
    ends = (0, *phases, target)
    quarter, into = divmod(months, 3)
    step = (ends[quarter + 1] - ends[quarter]) * into if into else 0
    return (Decimal(ends[quarter]) + Decimal(step) / 3) * 100 / target


@dataclass(frozen=True, slots=True)
class Missing:
    """What is still missing to the year's target: the whole of it, and for each month left (rounded up); None when none is left."""

    amount: int
    months_left: int
    a_month: int | None


def missing(actual: int, target: int, months: int) -> Missing:
    """After ``months`` (1-12) of the year; nothing is missing once the target is reached."""
    amount, left = max(target - actual, 0), 12 - months
    return Missing(amount, left, -(-amount // left) if left else None)


class Kind(StrEnum):
    """What a piece of planned work is."""

    MEASURE = "measure"
    TASK = "task"


KIND_LABELS = {Kind.MEASURE: N_("举措"), Kind.TASK: N_("任务")}


class Standing(StrEnum):
    """How a measure or task stands. Reported, but for ``LATE``, which follows from the day."""

    WAITING = "waiting"
    UNDERWAY = "underway"
    LATE = "late"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class StandingWords:
    """A standing's label and the shape of its pill."""

    label: str
    pill: str


STANDINGS = {
    Standing.WAITING: StandingWords(N_("未启动"), "todo"),
    Standing.UNDERWAY: StandingWords(N_("推进中"), "wait"),
    Standing.LATE: StandingWords(N_("逾期"), "warn"),
    Standing.DONE: StandingWords(N_("已完成"), "ok"),
    Standing.STOPPED: StandingWords(N_("已停止"), "off"),
}
REPORTED = (Standing.WAITING, Standing.UNDERWAY, Standing.DONE, Standing.STOPPED)


def standing_of(
    reported: Standing | None, measured: Decimal | None, is_measured: bool, due_on: date | None, on: date
) -> Standing:
    """How a piece of work stands on a day. One with an indicator is done when the account says so (``measured`` percent of its target),
    any other when its last report does; what is neither done nor stopped is late the day after it was due."""
    if reported == Standing.STOPPED:
        return Standing.STOPPED
    done = measured is not None and measured >= 100 if is_measured else reported == Standing.DONE
    if done:
        return Standing.DONE
    if due_on is not None and due_on < on:
        return Standing.LATE
    return Standing.UNDERWAY if measured or reported in (Standing.UNDERWAY, Standing.DONE) else Standing.WAITING


class Lack(StrEnum):
    """What makes a measure or task an orphan."""

    OWNER = "owner"
    DATE = "date"
    INDICATOR = "indicator"


LACK_LABELS = {Lack.OWNER: N_("无责任单位"), Lack.DATE: N_("无完成时限"), Lack.INDICATOR: N_("无指标")}


def lacks(kind: Kind, has_owner: bool, has_date: bool, has_indicator: bool) -> Sequence[Lack]:
    """What is missing: every measure has an owner, a date and an indicator; a task needs the first two."""
    wanted = {Lack.OWNER: has_owner, Lack.DATE: has_date, Lack.INDICATOR: has_indicator or kind == Kind.TASK}
    return tuple(lack for lack, there in wanted.items() if not there)

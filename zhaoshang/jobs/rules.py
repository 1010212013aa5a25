"""Kinds and states of jobs, how long a worker holds one, and when housekeeping is due. Plain Python."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from zhaoshang.common.problems import N_

LEASE = timedelta(seconds=30)  # a worker that has not said for so long that it lives has lost its job
MOST_TRIES = 3  # a job that took its worker along so often is given up
MOST_WAITING = 60  # of one person
KEEP_FILES = timedelta(days=3)
KEEP_JOBS = timedelta(days=90)
KEEP_ROUNDS = timedelta(days=7)  # what housekeeping did


class State(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (State.WAITING, State.RUNNING)
STATE_LABELS = {
    State.WAITING: N_("排队中"),
    State.RUNNING: N_("正在做"),
    State.DONE: N_("已完成"),
    State.FAILED: N_("没有做成"),
    State.CANCELLED: N_("已取消"),
}


class Kind(StrEnum):
    """What is done: the first for a person, the rest as housekeeping."""

    IMPORT_READ = "import_read"
    IMPORT_ACCEPT = "import_accept"
    FILE = "file"
    SWEEP = "sweep"
    NOTICES = "notices"
    NIGHT_DUPLICATES = "night_duplicates"
    NIGHT_FINDINGS = "night_findings"
    TOTALS = "totals"
    LEDGER = "ledger"
    SESSIONS = "sessions"
    ERASURES = "erasures"
    TIDY = "tidy"


KIND_LABELS = {
    Kind.IMPORT_READ: N_("读取表格"),
    Kind.IMPORT_ACCEPT: N_("整份导入"),
    Kind.FILE: N_("生成文件"),
    Kind.SWEEP: N_("全市排查"),
    Kind.NOTICES: N_("发送订阅邮件、抹去到期的联系方式"),
    Kind.NIGHT_DUPLICATES: N_("排查疑似重复"),
    Kind.NIGHT_FINDINGS: N_("排查异常"),
    Kind.TOTALS: N_("重算汇总并与现有的比对"),
    Kind.LEDGER: N_("重算账链"),
    Kind.SESSIONS: N_("清除过期的登录"),
    Kind.ERASURES: N_("抹去到期的个人信息"),
    Kind.TIDY: N_("清除过期的文件和任务记录"),
}


@dataclass(frozen=True, slots=True)
class Round:
    """When housekeeping is due: every so many ``minutes``, or daily ``at`` a time of the bureau's clock."""

    kind: Kind
    minutes: int = 0
    at: time | None = None

    def begun(self, now: datetime) -> datetime:
        """The last moment not after ``now`` at which it was due."""
        if self.at is None:
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
            passed = int((now - midnight).total_seconds() // 60) // self.minutes * self.minutes
            return midnight + timedelta(minutes=passed)
        today = now.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return today if today <= now else today - timedelta(days=1)

    def next(self, now: datetime) -> datetime:
        """The first moment after ``now`` at which it is due."""
        step = timedelta(days=1) if self.at else timedelta(minutes=self.minutes)
        return self.begun(now) + step


class BadRound(ValueError):
    """A line of the schedule cannot be read; the argument names it."""


def rounds_of(lines: object) -> list[Round]:
    """The schedule as it is written: ``[{kind, every_minutes}]`` or ``[{kind, at}]``. Raises :class:`BadRound`."""
    if not isinstance(lines, list):
        raise BadRound("rounds")
    found = []
    for line in lines:
        try:
            kind, every, at = Kind(line["kind"]), line.get("every_minutes", 0), line.get("at")
            clock = time.fromisoformat(at) if at else None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadRound(str(line)) from error
        if (clock is None) == (not every) or not isinstance(every, int) or not 0 <= every <= 24 * 60:
            raise BadRound(str(line))
        found.append(Round(kind, every, clock))
    return found

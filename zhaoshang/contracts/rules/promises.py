"""Promises of both sides (双兑现) and, after production, what was promised against what is real, year by year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhaoshang.common.problems import N_


class Side(StrEnum):
    """Who promised."""

    ENTERPRISE = "enterprise"
    GOVERNMENT = "government"


SIDE_LABELS = {Side.ENTERPRISE: N_("企业承诺"), Side.GOVERNMENT: N_("政府承诺")}


class Measure(StrEnum):
    """What is promised in money by a year, so that it can be held against what is real; empty: anything else."""

    OTHER = ""
    INVESTMENT = "investment"
    TAX = "tax"
    OUTPUT = "output"


MEASURE_LABELS = {
    Measure.OTHER: N_("其他"),
    Measure.INVESTMENT: N_("累计投资"),
    Measure.TAX: N_("当年税收"),
    Measure.OUTPUT: N_("当年产值"),
}
ENTERED = (Measure.TAX, Measure.OUTPUT)


class Status(StrEnum):
    """How a promise stands. Overdue is no status: it is an open one whose day has passed."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    WAIVED = "waived"


STATUS_LABELS = {
    Status.OPEN: N_("未到期或待兑现"),
    Status.KEPT: N_("按期兑现"),
    Status.LATE: N_("逾期兑现"),
    Status.BROKEN: N_("未兑现"),
    Status.WAIVED: N_("免除"),
}


class EntryKind(StrEnum):
    """What a line of a promise's log tells."""

    MADE = "made"
    AMENDED = "amended"
    SETTLED = "settled"


ENTRY_LABELS = {EntryKind.MADE: N_("登记"), EntryKind.AMENDED: N_("补充协议变更"), EntryKind.SETTLED: N_("了结")}

# What a supplement may change.
TERMS = ("text", "amount_fen", "quantity", "due_on", "responsible")


def settled_as(wanted: Status, on: date, due_on: date) -> Status:
    """Kept after its day is kept late, whatever was ticked; and never the other way round."""
    if wanted in (Status.KEPT, Status.LATE):
        return Status.KEPT if on <= due_on else Status.LATE
    return wanted


MET = N_("已达到承诺，待了结")


def days_overdue(status: str, due_on: date, today: date, met: bool = False) -> int:
    """Days by which an open promise is overdue; 0 when it is not, or when it is ``met`` and waits only to be settled."""
    return max(0, (today - due_on).days) if status == Status.OPEN and not met else 0


@dataclass(frozen=True, slots=True)
class YearRow:
    """One measure in one year in fen: promised and real, None where nobody has said."""

    year: int
    measure: Measure
    promised_fen: int | None
    real_fen: int | None

    @property
    def percent(self) -> int | None:
        """Real of promised in whole percent, cut; None while either is missing."""
        if not self.promised_fen or self.real_fen is None:
            return None
        return self.real_fen * 100 // self.promised_fen


def years_compared(
    promised: Mapping[tuple[Measure, int], int],
    paid_by_year: Mapping[int, int],
    entered: Mapping[tuple[Measure, int], int],
    until: int,
) -> list[YearRow]:
    """Rows for every year with a promise, money or an entry, ``until`` the last; investment is cumulative, the others by year.

    A year's promised investment is the last promised by then. Money that nobody has verified is nought only where the ledger
    runs: ``paid_by_year`` holds every year that it covers; before it real investment is not known.
    """
    years = sorted(
        {year for _, year in [*promised, *entered] if year <= until} | {y for y in paid_by_year if y <= until}
    )
    rows = []
    for year in years:
        by_then = [
            (when, fen) for (measure, when), fen in promised.items() if measure == Measure.INVESTMENT and when <= year
        ]
        covered = bool(paid_by_year) and min(paid_by_year) <= year
        real = sum(fen for when, fen in paid_by_year.items() if when <= year) if covered else None
        rows.append(YearRow(year, Measure.INVESTMENT, max(by_then)[1] if by_then else None, real))
        rows += [YearRow(year, one, promised.get((one, year)), entered.get((one, year))) for one in ENTERED]
    return rows


def promised_by_year(promises: Iterable[tuple[Measure, date, int | None, str]]) -> dict[tuple[Measure, int], int]:
    """(measure, due, fen, status) → fen by measure and year of the due day; waived ones are no longer owed, investment's latest wins."""
    found: dict[tuple[Measure, int], int] = {}
    for measure, due_on, fen, status in sorted(promises, key=lambda one: one[1]):
        if measure != Measure.OTHER and fen is not None and status != Status.WAIVED:
            key = (measure, due_on.year)
            found[key] = fen if measure == Measure.INVESTMENT else found.get(key, 0) + fen
    return found

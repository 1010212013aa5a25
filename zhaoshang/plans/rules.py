"""Progress against a target, of both kinds. Pure: no Django, no clock."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """``of_year_percent``: share of the ANNUAL target reached (what bulletins call 完成序时进度 x %);
    ``schedule_percent``: the time passed of the year; ``ahead_points``: the difference in percentage points (超/欠序时进度)."""

    of_year_percent: Decimal
    schedule_percent: Decimal

    @property
    def ahead_points(self) -> Decimal:
        """Positive: ahead of schedule."""
        return self.of_year_percent - self.schedule_percent


def progress(actual: int, target: int, schedule_percent: Decimal) -> Progress | None:
    """Both kinds of progress of ``actual`` against the year's ``target`` (same unit); None without a target."""
    return Progress(Decimal(actual) * 100 / target, schedule_percent) if target > 0 else None

"""When things happened in the invented account: a month is declared on the 3rd of the next, decided on the 6th, closed on the 10th."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from zhaoshang.common.periods import Period

BUREAU = ZoneInfo("Asia/Shanghai")
FOUNDED = datetime(2022, 1, 4, 9, 0, tzinfo=BUREAU)
TODAY = date(
    2023, 4, 21
)  # the day on which the demo city is opened: its first quarter is out, April's work is under way
RESTATED = datetime(2023, 1, 20, 10, 0, tzinfo=BUREAU)


def days_behind(now: datetime) -> int:
    """How far the city's clock is to stand behind ``now``."""
    return (now.astimezone(BUREAU).date() - TODAY).days


def after(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of the month that follows ``month``."""
    first = Period(month + 1, month + 1).first_day()
    return datetime(first.year, first.month, day, hour, minute, tzinfo=BUREAU)


def due(month: int) -> date:
    """The day by which a month is to be declared: the 5th of the next."""
    return after(month, 5).date()

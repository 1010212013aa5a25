"""Working days by the Chinese calendar: the State Council's notices as the package ``chinesecalendar`` holds them, days that the city
set itself, and, where neither knows, Monday to Friday assumed. Plain Python: no Django, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import chinese_calendar

from zhaoshang.common.problems import N_

_DAY = timedelta(days=1)
_SATURDAY = 5


class Source(StrEnum):
    """How it is known whether a day is worked."""

    PACKAGE = "package"
    OVERRIDDEN = "overridden"
    ASSUMED = "assumed"


SOURCE_LABELS = {
    Source.PACKAGE: N_("按国务院放假通知"),
    Source.OVERRIDDEN: N_("本市另行设定"),
    Source.ASSUMED: N_("尚无通知，按周一至周五推定"),
}


@cache
def _by_package(day: date) -> bool | None:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


@dataclass(frozen=True, slots=True)
class WorkDays:
    """The calendar of a city. ``overrides``: day → worked or not, as the city set it."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def of(self, day: date) -> tuple[bool, Source]:
        """Whether the day is worked, and how that is known."""
        if day in self.overrides:
            return self.overrides[day], Source.OVERRIDDEN
        known = _by_package(day)
        return (day.weekday() < _SATURDAY, Source.ASSUMED) if known is None else (known, Source.PACKAGE)

    def after(self, start: date, days: int) -> tuple[date, bool]:
        """The ``days``-th working day after ``start``, and whether any day up to it was only assumed."""
        day, left, assumed = start, days, False
        while left:
            day += _DAY
            works, source = self.of(day)
            assumed |= source == Source.ASSUMED
            left -= works
        return day, assumed

    def back(self, today: date, days: int) -> date:
        """The ``days``-th working day back from ``today``, itself the first: what was due before it is at least so many days late."""
        day, left = today + _DAY, days
        while left:
            day -= _DAY
            left -= self.of(day)[0]
        return day

    def late(self, due_on: date, today: date) -> int:
        """Working days after ``due_on`` until ``today``; nought while it is not late."""
        return sum(self.of(due_on + _DAY * number)[0] for number in range(1, (today - due_on).days + 1))

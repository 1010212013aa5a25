"""Reporting periods: a run of whole months, written ``2023-03``, ``2023Q1``, ``2023H1``, ``2023`` or ``2023-01/2023-03``.

A month is held as the number of months since year 0 (``year * 12 + month - 1``), so that runs are plain integer ranges;
:class:`Period` is what people see. 上半年 is H1, 前三季度 is ``2023-01/2023-09``.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_NAMED = re.compile(r"(\d{4})(?:(Q)([1-4])|(H)([12]))?")


class NotAPeriod(ValueError):
    """The text names no period."""


def month_number(year: int, month: int) -> int:
    """The month as a plain integer; consecutive months differ by one."""
    return year * 12 + month - 1


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier; the last of that month where it has no such day: 05-31 less three is 02-28."""
    year, month = divmod(month_number(day.year, day.month) - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_text(number: int) -> str:
    """``2023-03``."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def parse_month(text: str) -> int:
    """``2023-03`` → month number. Raises :class:`NotAPeriod`."""
    match = _MONTH.fullmatch(text.strip())
    if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1949:
        raise NotAPeriod(text)
    return month_number(int(match[1]), int(match[2]))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The months ``first`` to ``last``, both included (month numbers)."""

    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Any of the written forms. Raises :class:`NotAPeriod`."""
        text = text.strip().upper()
        if "/" in text:
            start, end = text.split("/", 1)
            period = cls(parse_month(start), parse_month(end))
            if period.last < period.first:
                raise NotAPeriod(text)
            return period
        if named := _NAMED.fullmatch(text):
            return cls._named(named, text)
        number = parse_month(text)
        return cls(number, number)

    @classmethod
    def _named(cls, named: re.Match[str], text: str) -> "Period":
        start = month_number(int(named[1]), 1)
        if int(named[1]) < 1949:
            raise NotAPeriod(text)
        if named[2]:
            start += (int(named[3]) - 1) * 3
            return cls(start, start + 2)
        if named[4]:
            start += (int(named[5]) - 1) * 6
            return cls(start, start + 5)
        return cls(start, start + 11)

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """The whole calendar year."""
        return cls(month_number(year, 1), month_number(year, 12))

    @classmethod
    def of_month(cls, day: date) -> "Period":
        """The month in which ``day`` lies."""
        return cls(month_number(day.year, day.month), month_number(day.year, day.month))

    def __str__(self) -> str:
        """The shortest written form."""
        length, start = self.last - self.first + 1, self.first % 12
        year = self.first // 12
        if length == 12 and start == 0:
            return f"{year:04d}"
        if length == 6 and start % 6 == 0:
            return f"{year:04d}H{start // 6 + 1}"
        if length == 3 and start % 3 == 0:
            return f"{year:04d}Q{start // 3 + 1}"
        if length == 1:
            return month_text(self.first)
        return f"{month_text(self.first)}/{month_text(self.last)}"

    @property
    def year(self) -> int:
        """The year of the last month."""
        return self.last // 12

    @property
    def months(self) -> range:
        """Month numbers, in order."""
        return range(self.first, self.last + 1)

    @property
    def within_one_year(self) -> bool:
        """Whether first and last month lie in one calendar year."""
        return self.first // 12 == self.last // 12

    def year_before(self) -> "Period":
        """The same months of the year before: the base of 同比."""
        return Period(self.first - 12, self.last - 12)

    def before(self) -> "Period":
        """The run of the same length just before: the base of 环比 and of a previous rank."""
        length = self.last - self.first + 1
        return Period(self.first - length, self.last - length)

    def share_of_year(self) -> Decimal:
        """Time schedule (时间进度) at the period's end: months passed of the year's twelve, in percent."""
        return Decimal(self.last % 12 + 1) * 100 / 12

    def __iter__(self) -> Iterator[int]:
        return iter(self.months)

    def __contains__(self, month: int) -> bool:
        return self.first <= month <= self.last

    def covers(self, other: "Period") -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.first <= other.first and other.last <= self.last

    def first_day(self) -> date:
        """The first day."""
        return date(self.first // 12, self.first % 12 + 1, 1)

    def last_day(self) -> date:
        """The last day."""
        return Period(self.last + 1, self.last + 1).first_day() - timedelta(days=1)

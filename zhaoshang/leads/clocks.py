"""By when a lead is to be looked at and its referrer answered. Limits are data (``samples/clocks.toml``), dated. Pure: the day comes in."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.rules import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Time limits in working days after the day of receipt."""

    triage_working_days: int
    answer_working_days: int


def limits_in(content: Part) -> Limits:
    """The limits of a set. Raises ``rulesets.rules.BadRules``."""
    return Limits(**{key: content.whole(key, most=365) for key in SET_LABELS})


SET_LABELS = {
    "triage_working_days": N_("几个工作日内登记响应"),
    "answer_working_days": N_("几个工作日内向推荐人反馈"),
}


def is_working_day(day: date) -> bool:
    """By the State Council's holiday notices; of a year without a notice yet, Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def due_after(day: date, working_days: int) -> date:
    """The last of so many working days that follow ``day``."""
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day

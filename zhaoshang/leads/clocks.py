"""By when a lead is to be looked at and its referrer answered. Limits are data (``samples/clocks.toml``), dated. Pure: the day comes in."""

from dataclasses import dataclass

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

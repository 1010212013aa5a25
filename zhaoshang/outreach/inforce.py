"""The rules of outreach as local rules: which hold on a day, and through a period."""

from datetime import date, timedelta
from pathlib import Path

from zhaoshang.common.problems import N_
from zhaoshang.outreach.models import OutreachSet
from zhaoshang.outreach.rules import SET_LABELS, SET_WORDS, OutreachRules, rules_in
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.tenancy.models import City

OUTREACH = Kind(
    code="outreach",
    name=N_("外出招商与回访"),
    about=N_("领导职级、外出怎样计次、回访和答复的期限、各地区的外出由谁批准。"),
    reads=rules_in,
    sample=Path(__file__).parent / "sample.toml",
    labels=SET_LABELS,
    words=SET_WORDS,
    model=OutreachSet,
)


def rules_on(city: City, day: date) -> OutreachRules:
    """The rules in force on the day. One query."""
    return OUTREACH.on(city, day).read


def rules_through(city: City, first: date, last: date) -> list[tuple[date, date, OutreachRules]]:
    """The days from ``first`` to ``last`` in stretches under one set of rules each. One query."""
    starts = [(first, OUTREACH.shipped)]
    for one in reversed(OUTREACH.rows(city).in_force(last)):
        if one.valid_from <= first:
            starts = [(first, one.content)]
        else:
            starts.append((one.valid_from, one.content))
    ends = [begins - timedelta(days=1) for begins, _content in starts[1:]] + [last]
    return [(begins, end, OUTREACH.read(content)) for (begins, content), end in zip(starts, ends, strict=True)]

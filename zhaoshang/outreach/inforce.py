"""Which rules hold on a day, and through a period."""

from datetime import date, timedelta

from zhaoshang.outreach.models import OutreachSet
from zhaoshang.outreach.rules import OutreachRules, rules_in, sample_rules
from zhaoshang.tenancy.models import City


def set_on(city: City, day: date) -> OutreachSet | None:
    """The set in force on the day; None: the sample that comes with the system holds. One query."""
    found: OutreachSet | None = OutreachSet.objects.of(city).filter(valid_from__lte=day).order_by("-valid_from").first()
    return found


def rules_on(city: City, day: date) -> OutreachRules:
    """The rules in force on the day. One query."""
    issued = set_on(city, day)
    return rules_in(issued.content if issued else sample_rules())


def rules_through(city: City, first: date, last: date) -> list[tuple[date, date, OutreachRules]]:
    """The days from ``first`` to ``last`` in stretches under one set of rules each. One query."""
    issued = list(OutreachSet.objects.of(city).filter(valid_from__lte=last).order_by("valid_from"))
    starts = [(first, sample_rules())]
    for one in issued:
        if one.valid_from <= first:
            starts = [(first, one.content)]
        else:
            starts.append((one.valid_from, one.content))
    ends = [begins - timedelta(days=1) for begins, _content in starts[1:]] + [last]
    return [(begins, ends_on, rules_in(content)) for (begins, content), ends_on in zip(starts, ends, strict=True)]

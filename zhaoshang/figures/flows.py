"""How many projects were reserved, signed and landed in a period: flows of different cohorts, side by side and never divided.

A project that lands in a quarter was mostly signed before it; 落地 over 签约 of one period is no conversion rate (``rates.py`` has those).
"""

from zhaoshang.common.periods import Period
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import Figure, of_version
from zhaoshang.figures.rules import Measure
from zhaoshang.tenancy.models import City

IN_ORDER = (Measure.RESERVED, Measure.SIGNED, Measure.LANDED)


def flows(city: City, period: Period) -> tuple[Figure, ...]:
    """The counts of projects of every size that are published for the period, in the order of a project's life."""
    rows = IndicatorVersion.objects.of(city).filter(measure__in=IN_ORDER, at_least_fen=0).select_related("indicator")
    official = {Measure(one.measure): one for one in rows.order_by("valid_from") if one.official_for(period)}
    for version in official.values():
        version.city = city
    return tuple(of_version(official[measure], period) for measure in IN_ORDER if measure in official)

"""The city's own working days over those of the State Council's notices, for every clock of every room."""

from zhaoshang.common.workdays import WorkDays
from zhaoshang.regions.models import DayOverride
from zhaoshang.tenancy.models import City


def workdays_of(city: City) -> WorkDays:
    """The city's calendar: its own days over the package's. One query."""
    said = DayOverride.objects.of(city).order_by("id").values_list("day", "works")
    last = dict(said)
    return WorkDays({day: works for day, works in last.items() if works is not None})

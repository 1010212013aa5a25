"""Saying of a day whether it is worked."""

from datetime import date, datetime

from django.db import transaction

from zhaoshang.duties.actions.refusals import DocumentMissing
from zhaoshang.duties.models import Clock
from zhaoshang.leads.actions import due_anew
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.models import DayOverride
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.tenancy.models import City


@transaction.atomic
def set_day(
    *, city: City, day: date, works: bool | None, document: str, is_sample: bool = False, by: User, at: datetime
) -> int:
    """Say that a day is worked, or is not, or (None) is left to the package again; clocks that run are due anew.

    Returns how many clocks moved. Raises :class:`DocumentMissing`, ``NotAllowed``.
    """
    viewer_of(by, city).require(Can.WRITE_RULES)
    if not document.strip():
        raise DocumentMissing
    said = {"day": day, "works": works, "document": document.strip(), "is_sample": is_sample}
    DayOverride.objects.create(city=city, entered_by=by, entered_at=at, **said)
    moved = _due_anew(city, day)
    record("duties.day.set", city=city, by=by, at=at, day=str(day), works=works, document=said["document"], moved=moved)
    return moved


def _due_anew(city: City, day: date) -> int:
    calendar, moved = workdays_of(city), []
    for clock in Clock.objects.of(city).filter(answered_on__isnull=True, started_on__lt=day):
        due = calendar.after(clock.started_on, clock.days)
        if due != (clock.due_on, clock.assumed):
            clock.due_on, clock.assumed = due
            moved.append(clock)
    Clock.objects.write(city, moved, ("due_on", "assumed"))
    return len(moved) + due_anew(city, day)

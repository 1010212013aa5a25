"""Takes away who was a guest, so long after the activity. How many of which organisation were invited and came stays."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from zhaoshang.outreach.models import Guest
from zhaoshang.people.diary import record
from zhaoshang.people.erasing import Erasure
from zhaoshang.tenancy.models import City

GUESTS = Erasure("outreach_guest", Guest, {"name": "", "post": "", "phone": ""})


@transaction.atomic
def erase_people(*, city: City, today: date, at: datetime) -> int:
    """Erase guests of activities that are long over; returns how many."""
    over = Guest.objects.of(city).filter(activity__ends_at__lt=GUESTS.ended_before(today))
    if found := GUESTS.take_away(city, over, at):
        record("outreach.guests.erased", city=city, by=None, at=at, guests=found)
    return found


@transaction.atomic
def erase_again(*, city: City, listed: Mapping[str, str], at: datetime) -> int:
    """In a restored copy: erase the guests that the list kept apart names; returns how many."""
    if found := GUESTS.take_away_again(Guest.objects.of(city), listed, at):
        record("outreach.guests.erased", city=city, by=None, at=at, guests=found)
    return found

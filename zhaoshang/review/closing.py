"""Closing a month: after it no write reaches the month, and its lights (红黄绿灯) are computed from the figures as they then stand.

And opening it again, which takes two people and ends with the first bulletin that tells its figures: from then on what is wrong is put
right in an open month, beside what was said (trust.md F12).
"""

from datetime import datetime

from django.db import transaction

from zhaoshang.assessments.lighting import compute_lights
from zhaoshang.assessments.queries import issued_regulations
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.people.models import User
from zhaoshang.regions import actions as regions
from zhaoshang.regions.models import MonthChange
from zhaoshang.tenancy.models import City


class MonthTold(Exception):
    """A published bulletin tells the month's figures; ``title`` is its name."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


@transaction.atomic
def close_month(*, city: City, number: int, by: User, at: datetime) -> MonthChange:
    """Close the month and keep its lights by every regulation that holds for it. Raises as ``regions.actions.close_month``."""
    change = regions.close_month(city=city, number=number, by=by, at=at)
    for regulation in issued_regulations(city, Purpose.LIGHTS):
        if regulation.holds_for(number):
            compute_lights(regulation=regulation, month=number, by=by, at=at)
    return change


@transaction.atomic
def ask_reopen(*, city: City, number: int, reason: str, by: User, at: datetime) -> MonthChange:
    """Ask that a closed month be opened again. Raises :class:`MonthTold`, and as ``regions.actions.ask_reopen``."""
    _refuse_told(city, number)
    return regions.ask_reopen(city=city, number=number, reason=reason, by=by, at=at)


@transaction.atomic
def decide_reopen(*, change: MonthChange, approved: bool, by: User, at: datetime) -> MonthChange:
    """The second person's decision. Raises :class:`MonthTold` for a yes, and as ``regions.actions.decide_reopen``."""
    if approved:
        _refuse_told(change.city, change.month.number)
    return regions.decide_reopen(change=change, approved=approved, by=by, at=at)


def _refuse_told(city: City, number: int) -> None:
    told = Bulletin.objects.of(city).filter(
        state=BulletinState.PUBLISHED, first_month__lte=number, last_month__gte=number
    )
    if found := told.order_by("-id").first():
        raise MonthTold(str(found))

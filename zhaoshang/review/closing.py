"""Closing a month: after it no write reaches the month, and its lights (红黄绿灯) are computed from the figures as they then stand."""

from datetime import datetime

from django.db import transaction

from zhaoshang.assessments.lighting import compute_lights
from zhaoshang.assessments.queries import issued_regulations
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.people.models import User
from zhaoshang.regions import actions as regions
from zhaoshang.regions.models import MonthChange
from zhaoshang.tenancy.models import City


@transaction.atomic
def close_month(*, city: City, number: int, by: User, at: datetime) -> MonthChange:
    """Close the month and keep its lights by every regulation that holds for it. Raises as ``regions.actions.close_month``."""
    change = regions.close_month(city=city, number=number, by=by, at=at)
    for regulation in issued_regulations(city, Purpose.LIGHTS):
        if regulation.holds_for(number):
            compute_lights(regulation=regulation, month=number, by=by, at=at)
    return change

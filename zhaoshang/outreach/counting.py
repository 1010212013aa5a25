"""How often leaders went out, counted from the records by the definitions in force: nobody reports a number of trips."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhaoshang.common.periods import Period, month_number
from zhaoshang.outreach.inforce import rules_through
from zhaoshang.outreach.models import Destination, Member, Minutes, Trip
from zhaoshang.outreach.rules import CountRule, TripState
from zhaoshang.tenancy.models import City


def days_of(period: Period) -> tuple[date, date]:
    """First and last day."""
    return period.first_day(), Period(period.last + 1, period.last + 1).first_day() - timedelta(days=1)


def recorded(city: City) -> Q:
    """Trips on record as having taken place: minutes of one of their meetings, or a report."""
    minutes = Minutes.objects.of(city).filter(meeting__trip_id=OuterRef("pk"))
    return ~Q(report="") | Q(Exists(minutes))


def has_record(trip: Trip) -> bool:
    """Whether minutes or a report of the trip are on record."""
    if trip.report:
        return True
    minutes = Minutes.objects.of(trip.city_id).filter(meeting__trip_id=trip.pk)
    return minutes.exists()


def fitting(city: City, rule: CountRule, first: date, last: date) -> "QuerySet[Trip]":
    """The trips that a definition counts, begun in these days, each once however many led it."""
    led = Member.objects.of(city).filter(trip_id=OuterRef("pk"), leads=True, absent=False, rank__in=sorted(rule.ranks))
    rows = Trip.objects.of(city).filter(
        Exists(led), state=TripState.APPROVED, first_day__gte=first, first_day__lte=last
    )
    if rule.left_city:
        away = Destination.objects.of(city).filter(trip_id=OuterRef("pk"))
        rows = rows.filter(Exists(away.exclude(region_code__startswith=city.gb_code[:4])))
    return rows.filter(recorded(city)) if rule.needs_record else rows


def counted_trips(city: City, code: str, period: Period) -> "QuerySet[Trip]":
    """The trips behind the count of that name in a period, by the definitions in force on each day, newest first."""
    keys: list[UUID] = []
    for first, last, rules in rules_through(city, *days_of(period)):
        rule = rules.count(code)
        if rule is not None:
            keys += fitting(city, rule, first, last).order_by().values_list("pk", flat=True)
    rows: QuerySet[Trip] = Trip.objects.of(city).filter(pk__in=keys)
    return rows.select_related("unit").order_by("-first_day", "-id")


def counts_by_unit_and_month(city: City, code: str, period: Period) -> dict[tuple[UUID | None, int], int]:
    """How many trips the definition of that name counts, by unit (none: the city's own) and month number of the first day.

    One query, and one for each set of rules in force during the period.
    """
    found: Counter[tuple[UUID | None, int]] = Counter()
    for first, last, rules in rules_through(city, *days_of(period)):
        rule = rules.count(code)
        if rule is not None:
            rows = fitting(city, rule, first, last).order_by().values_list("unit_id", "first_day")
            found.update((unit, month_number(day.year, day.month)) for unit, day in rows)
    return dict(found)


def counts_by_unit(city: City, code: str, period: Period) -> dict[UUID | None, int]:
    """The same by unit alone; their sum is the city's count."""
    found: Counter[UUID | None] = Counter()
    for (unit, _month), number in counts_by_unit_and_month(city, code, period).items():
        found[unit] += number
    return dict(found)

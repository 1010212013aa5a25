"""What pages and machines read of the room: how trips stand, what came of them, and what waits."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.touches import touch_rule
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import CameBy
from zhaoshang.outreach.counting import recorded
from zhaoshang.outreach.models import Demand, Destination, FollowUp, Meeting, Member, Minutes, Trip, TripProject, Visit
from zhaoshang.outreach.rules import TripStanding, TripState, VisitState, standing_of
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True)
class Party:
    """Who went and where to."""

    members: tuple[Member, ...]
    destinations: tuple[Destination, ...]

    @property
    def leaders(self) -> list[Member]:
        """Those who led and went."""
        return [one for one in self.members if one.leads and not one.absent]


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a trip, of the projects that a person linked to it alone: «since» its first day, never «because of» it.

    ``contract_fen`` of those signed since, ``arrived_fen`` verified payments paid since; both fen.
    """

    meetings: int = 0
    minuted: int = 0
    leads: int = 0
    projects: int = 0
    signed: int = 0
    contract_fen: int = 0
    arrived_fen: int = 0


def parties_of(city: City, trips: Iterable[Trip]) -> dict[UUID, Party]:
    """Delegation and destinations of each trip. Two queries."""
    keys = [one.pk for one in trips]
    members: dict[UUID, list[Member]] = defaultdict(list)
    for member in Member.objects.of(city).filter(trip_id__in=keys).select_related("unit").order_by("position"):
        members[member.trip_id].append(member)
    destinations: dict[UUID, list[Destination]] = defaultdict(list)
    for one in Destination.objects.of(city).filter(trip_id__in=keys).order_by("position"):
        destinations[one.trip_id].append(one)
    return {key: Party(tuple(members[key]), tuple(destinations[key])) for key in keys}


def standings_of(city: City, trips: Sequence[Trip], on: date) -> dict[UUID, TripStanding]:
    """How each trip stands on a day. One query."""
    rows = Minutes.objects.of(city).filter(meeting__trip_id__in=[one.pk for one in trips]).order_by()
    minuted = set(rows.values_list("meeting__trip_id", flat=True).distinct())
    return {
        one.pk: standing_of(
            TripState(one.state), one.first_day, one.last_day, bool(one.report) or one.pk in minuted, on
        )
        for one in trips
    }


def standing_filter(city: City, standing: TripStanding, on: date) -> Q:
    """The trips that stand so on a day, for a filter."""
    if standing in (TripStanding.AHEAD, TripStanding.UNDERWAY, TripStanding.UNRECORDED, TripStanding.DONE):
        approved = Q(state=TripState.APPROVED)
        if standing == TripStanding.AHEAD:
            return approved & Q(first_day__gt=on)
        if standing == TripStanding.UNDERWAY:
            return approved & Q(first_day__lte=on, last_day__gte=on)
        over = approved & Q(last_day__lt=on)
        return over & (recorded(city) if standing == TripStanding.DONE else ~recorded(city))
    return Q(state=standing)


def results_of(city: City, trips: Sequence[Trip]) -> dict[UUID, Results]:
    """What came of each trip. Six queries, however many trips; payments are read of linked projects alone."""
    keys = [one.pk for one in trips]
    meetings, leads = _meetings_and_leads(city, keys)
    minutes = Minutes.objects.of(city).filter(meeting__trip_id__in=keys).order_by()
    minuted: dict[UUID, set[UUID]] = defaultdict(set)
    for trip, meeting in minutes.values_list("meeting__trip_id", "meeting_id"):
        minuted[trip].add(meeting)
    linked: dict[UUID, list[UUID]] = defaultdict(list)
    for trip, project in TripProject.objects.of(city).filter(trip_id__in=keys).values_list("trip_id", "project_id"):
        linked[trip].append(project)
    projects = _projects(city, {project for held in linked.values() for project in held})
    paid = _paid(city, projects)
    return {
        one.pk: _results(
            one,
            (meetings[one.pk], len(minuted[one.pk]), leads[one.pk]),
            [projects[key] for key in linked[one.pk] if key in projects],
            paid,
        )
        for one in trips
    }


def since_by_project(trip: Trip, projects: Iterable[Project]) -> dict[UUID, int]:
    """Verified money paid into each of these projects since the trip's first day, in fen. One query."""
    paid = _paid(trip.city, {one.pk: one for one in projects})
    return {key: sum(fen for day, fen in rows if day >= trip.first_day) for key, rows in paid.items()}


def _meetings_and_leads(city: City, keys: Sequence[UUID]) -> tuple[Counter[UUID], Counter[UUID]]:
    """How many meetings each trip had, and how many leads came of them."""
    trips = dict(Meeting.objects.of(city).filter(trip_id__in=keys).order_by().values_list("pk", "trip_id"))
    refs = {str(meeting): trip for meeting, trip in trips.items()}
    leads = Lead.objects.of(city).filter(came_by=CameBy.TRIP, origin_ref__in=list(refs)).order_by()
    return Counter(trips.values()), Counter(refs[ref] for ref in leads.values_list("origin_ref", flat=True))


def _projects(city: City, keys: set[UUID]) -> dict[UUID, Project]:
    """Those found to be another one registered twice are left out: that one counts."""
    rows = Project.objects.of(city).counted(city).filter(pk__in=keys)
    return {one.pk: one for one in rows.only("pk", "city_id", "signed_on", "contract_fen", "code", "name", "unit_id")}


def _paid(city: City, projects: Mapping[UUID, Project]) -> dict[UUID, list[tuple[date, int]]]:
    rows = Payment.objects.of(city).filter(project_id__in=list(projects), standing=Standing.VERIFIED).order_by()
    found: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    for key, day, fen in rows.values_list("project_id", "paid_on").annotate(Sum("amount_fen")):
        found[key].append((day, fen))
    return found


def _results(
    trip: Trip,
    met: tuple[int, int, int],
    projects: Sequence[Project],
    paid: Mapping[UUID, Sequence[tuple[date, int]]],
) -> Results:
    signed = [one for one in projects if one.signed_on is not None and one.signed_on >= trip.first_day]
    arrived = sum(fen for one in projects for day, fen in paid.get(one.pk, ()) if day >= trip.first_day)
    return Results(*met, len(projects), len(signed), sum(one.contract_fen for one in signed), arrived)


def last_minutes(city: City, meetings: Iterable[Meeting]) -> dict[UUID, Minutes]:
    """The minutes that hold of each meeting. One query."""
    rows = Minutes.objects.of(city).filter(meeting_id__in=[one.pk for one in meetings]).select_related("written_by")
    return {one.meeting_id: one for one in rows.order_by("written_at", "id")}


def stops(city: City, trips: "QuerySet[Trip]") -> dict[tuple[str, str], int]:
    """How many of these trips went to each place, by code and name. One query."""
    rows = Destination.objects.of(city).filter(trip__in=trips.order_by().values("pk")).order_by()
    found: dict[tuple[str, str], int] = defaultdict(int)
    for code, name in rows.values_list("region_code", "name"):
        found[code, name] += 1
    return dict(found)


def next_code(city: City, year: int) -> str:
    """The first free number of a year's trips: ``2023-071``."""
    begins = f"{year}-"
    taken = Trip.objects.of(city).filter(code__startswith=begins).order_by("-code").values_list("code", flat=True)
    numbers = [int(tail) for code in taken if (tail := code.removeprefix(begins)).isdigit()]
    return f"{begins}{max(numbers, default=0) + 1:03d}"


def planned_with(
    city: City, firms: Collection[UUID], first: date, last: date, *, but: Collection[UUID | None]
) -> list[tuple[date, ReportingUnit | None]]:
    """Days on which other units than ``but`` mean to meet one of these firms: meetings of trips that are on, without minutes yet, and
    visits to be. That somebody means to go is everybody's to know, and no more. Two queries."""
    written = Minutes.objects.of(city).filter(meeting_id=OuterRef("pk"))
    states = (TripState.PLANNED, TripState.APPROVED)
    meetings = Meeting.objects.of(city).filter(
        ~Exists(written), enterprise_id__in=list(firms), day__gte=first, day__lte=last, trip__state__in=states
    )
    visits = Visit.objects.of(city).filter(
        enterprise_id__in=list(firms), planned_on__gte=first, planned_on__lte=last, state=VisitState.PLANNED
    )
    told = [(one.day, one.trip.unit) for one in meetings.select_related("trip__unit")]
    told += [(one.planned_on, one.unit) for one in visits.select_related("unit")]
    kept = [(day, unit) for day, unit in told if (unit.pk if unit else None) not in but]
    return sorted(kept, key=lambda one: (one[0], one[1].position if one[1] else -1))


def met_before(trip: Trip, party: str, enterprise: Enterprise | None, day: date) -> list[Meeting]:
    """Meetings with a firm, by its card or its name, that stand in the trip's own programme, or took place on any trip within the days
    before ``day`` that the city's rule for meetings says. The latest first. Two queries."""
    rule = touch_rule(trip.city, day)
    written = Exists(Minutes.objects.of(trip.city).filter(meeting=OuterRef("pk")))
    same = Q(party=party.strip()) | Q(enterprise=enterprise) if enterprise else Q(party=party.strip())
    near = Q(trip=trip)
    if rule is not None:
        near |= Q(written, day__gt=day - timedelta(days=rule.days), day__lte=day)
    rows = Meeting.objects.of(trip.city).filter(near, same).select_related("trip__unit")
    return list(rows.order_by("-day", "-id"))


# -- what waits --------------------------------------------------------------------------------------------------------


def open_follow_ups(viewer: Viewer) -> "QuerySet[FollowUp]":
    """Follow-ups not yet done that the viewer may see, the first due first."""
    rows: QuerySet[FollowUp] = FollowUp.objects.visible_to(viewer).filter(done_on__isnull=True)
    return rows.select_related("meeting__trip", "owner").order_by("due_on", "id")


def waiting_demands(viewer: Viewer) -> "QuerySet[Demand]":
    """Demands without an answer that the viewer may see, the first due first."""
    rows: QuerySet[Demand] = Demand.objects.visible_to(viewer).filter(answered_on__isnull=True)
    return rows.select_related("visit__unit").order_by("due_on", "id")

"""The rules and the calendar in force, who answers for what, and what runs late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from zhaoshang.common.problems import N_
from zhaoshang.common.workdays import WorkDays
from zhaoshang.duties.models import Clock, DutyRules, Matter, Responsibility
from zhaoshang.duties.rules import SET_LABELS, SET_WORDS, Rules, State, Superior, rules_in
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can, may
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.rules import Standing
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.tenancy.models import City

DUTIES = Kind(
    code="duties",
    name=N_("责任、时限与异常"),
    about=N_("各类事项几个工作日内答复、逾期告知谁、问题在哪一级解决、查哪些异常。"),
    reads=rules_in,
    sample=Path(__file__).parent / "samples" / "duties.toml",
    labels=SET_LABELS,
    words=SET_WORDS,
    model=DutyRules,
)


def rules_on(city: City, day: date) -> Rules:
    """The rules in force on the day. One query."""
    return DUTIES.on(city, day).read


def in_service(city: City, who: str, unit: str = "unit_id") -> Exists:
    """Whether the person ``who`` names is still there: an account that is let in, with a role for the whole city or for the row's
    ``unit``; "": for any."""
    held = Membership.objects.of(city).filter(
        city_id=OuterRef("city_id"), user_id=OuterRef(who), withdrawn_at__isnull=True, user__is_active=True
    )
    return Exists(held.filter(Q(unit__isnull=True) | Q(unit_id=OuterRef(unit))) if unit else held)


def in_force(viewer: Viewer) -> "QuerySet[Responsibility]":
    """Who answers for what today, of projects that the viewer may see, newest first."""
    rows = Responsibility.objects.visible_to(viewer).filter(until__isnull=True)
    return rows.select_related("project", "unit", "leader", "handler").order_by("-id")


def orphaned(city: City, rows: "QuerySet[Responsibility]") -> "QuerySet[Responsibility]":
    """Those of open projects whose handler or lead official has left: the account is closed, or the role was taken back."""
    left = ~in_service(city, "handler_id") | (Q(leader__isnull=False) & ~in_service(city, "leader_id"))
    return rows.filter(left, until__isnull=True, project__standing=Standing.OPEN)


def unassigned(viewer: Viewer, rules: Rules) -> "QuerySet[Project]":
    """Open key projects that nobody answers for, largest first."""
    held = Responsibility.objects.of(viewer.city).filter(
        city_id=OuterRef("city_id"), project_id=OuterRef("pk"), until__isnull=True
    )
    rows = Project.objects.visible_to(viewer).counted(viewer.city).filter(standing=Standing.OPEN)
    rows = rows.filter(~Exists(held), contract_fen__gte=rules.key_contract_fen)
    return rows.select_related("unit").order_by("-contract_fen", "-id")


def candidates(city: City) -> list[tuple[User, UUID | None]]:
    """Who may be made handler, each with the unit of an officer: people in service whose role works on duties. One query."""
    rows = Membership.objects.of(city).filter(withdrawn_at__isnull=True, user__is_active=True).select_related("user")
    return [(one.user, one.unit_id) for one in rows.order_by("user__username") if may(one.role, Can.WORK_DUTIES)]


def leaders(city: City) -> list[User]:
    """Leaders in service. One query."""
    rows = Membership.objects.of(city).filter(withdrawn_at__isnull=True, user__is_active=True).select_related("user")
    return [one.user for one in rows.order_by("user__username") if may(one.role, Can.SUPERVISE)]


def handlers_of(city: City, projects: Iterable[UUID]) -> dict[UUID, User]:
    """The handler of each of these projects that has one. One query."""
    rows = Responsibility.objects.of(city).filter(project_id__in=list(projects), until__isnull=True)
    return {one.project_id: one.handler for one in rows.select_related("handler")}


def running(city: City, kind: str, href_name: str, subject_id: str) -> Clock | None:
    """The clock of this kind that runs for a subject. One query."""
    rows = Clock.objects.of(city).filter(kind=kind, href_name=href_name, subject_id=subject_id)
    found: Clock | None = rows.filter(answered_on__isnull=True).select_related("city").first()
    return found


def clocks_of(viewer: Viewer) -> "QuerySet[Clock]":
    """Clocks that the viewer may see, with their units and people."""
    rows = Clock.objects.visible_to(viewer)
    return rows.select_related("unit", "handler", "project", "answered_by")


def late_at(rules: Rules, calendar: WorkDays, today: date, superior: Superior) -> date:
    """What was due before this day is late enough for the superior."""
    return calendar.back(today, next((one.days for one in rules.overdue if one.to == superior), 1))


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How a unit answered: in time, late, and running clocks that are late already or not yet."""

    unit: ReportingUnit
    in_time: int
    late: int
    running_late: int
    running: int

    @property
    def due(self) -> int:
        """Clocks whose day has come: the denominator of the rate."""
        return self.in_time + self.late + self.running_late


def punctuality(viewer: Viewer, today: date, since: date) -> list[Punctuality]:
    """Every unit's clocks started on or after ``since``, in the units' order. Two queries."""
    rows = Clock.objects.visible_to(viewer).filter(started_on__gte=since).order_by()
    counted = rows.values_list("unit_id").annotate(
        in_time=Count("id", filter=Q(answered_on__lte=F("due_on"))),
        late=Count("id", filter=Q(answered_on__gt=F("due_on"))),
        running_late=Count("id", filter=Q(answered_on__isnull=True, due_on__lt=today)),
        running=Count("id", filter=Q(answered_on__isnull=True, due_on__gte=today)),
    )
    found = {unit: numbers for unit, *numbers in counted}
    units = ReportingUnit.objects.of(viewer.city)
    return [Punctuality(unit, *found[unit.pk]) for unit in units if unit.pk in found]


def matters_of(viewer: Viewer) -> "QuerySet[Matter]":
    """Problems and orders that the viewer may see, newest first."""
    rows: QuerySet[Matter] = Matter.objects.visible_to(viewer).order_by("-id")
    return rows.select_related("unit", "project", "raised_by", "confirmer", "city")


def confirmed_by(person: User | None) -> Q:
    """Matters of which the person says that they are solved: the own, unless handed over, and those taken over."""
    return Q(raised_by=person, confirmer__isnull=True) | Q(confirmer=person)


def waiting_matters(viewer: Viewer) -> "QuerySet[Matter]":
    """Those that still wait for an answer, the most pressing first."""
    rows: QuerySet[Matter] = matters_of(viewer).filter(state=State.OPEN).order_by("due_on", "id")
    return rows

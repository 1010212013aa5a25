"""Visit and Demand: the firm is called on after it has come, and what it asks for is answered by a day."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.outreach.models.base import NO_PUBLIC, names, who
from zhaoshang.outreach.rules import Satisfaction, VisitState
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet


class VisitQuerySet(TenantQuerySet):
    """Visits that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "VisitQuerySet":
        """The city's rows for city roles, the unit's for an officer, none for a stranger."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)


class Visit(TenantModel):
    """A follow-up visit (回访). ``unit``: who calls; none for the city. ``firm``: the enterprise's name, linked where it is on record."""

    unit = TenantForeignKey(ReportingUnit, null=True)
    firm = models.CharField(max_length=120)
    enterprise = TenantForeignKey(Enterprise, null=True)
    project = TenantForeignKey(Project, null=True)
    place = models.CharField(max_length=120, blank=True)
    planned_on = models.DateField()
    visitors = models.CharField(max_length=200)
    purpose = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, default=VisitState.PLANNED)
    visited_on = models.DateField(null=True)
    told = models.CharField(max_length=4000, blank=True)
    cancelled_for = models.CharField(max_length=400, blank=True)
    is_sample = models.BooleanField(default=False)
    entered_by = who()
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("-planned_on", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(firm="") & ~Q(visitors=""), name="visit_named"),
            models.CheckConstraint(condition=Q(state__in=list(VisitState)), name="visit_state"),
            models.CheckConstraint(
                condition=~Q(state=VisitState.VISITED) | (Q(visited_on__isnull=False) & ~Q(told="")),
                name="visit_told",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.CANCELLED) | ~Q(cancelled_for=""), name="visit_has_reason"
            ),
        )
        indexes = (
            models.Index(fields=["city", "unit", "planned_on"], name="visit_of_unit"),
            models.Index(fields=["city", "project"], name="visits_of_project"),
            models.Index(fields=["city", "enterprise"], name="visits_of_enterprise"),
        )

    class Privacy:
        public = NO_PUBLIC
        private = names(
            "id city unit firm enterprise project place planned_on visitors purpose state visited_on told "
            "cancelled_for is_sample entered_by entered_at"
        )

    def __str__(self) -> str:
        return self.firm


class OfVisitQuerySet(TenantQuerySet):
    """Rows that hang on a visit."""

    def visible_to(self, viewer: Viewer) -> "OfVisitQuerySet":
        """As the visit."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(visit__unit_id__in=viewer.unit_ids)


class Demand(TenantModel):
    """What a firm asked for at a visit (诉求): who is to answer by when, the answer, and what the firm thinks of it.

    ``link_number`` and ``link_digest``: the link by which the firm sees this demand, as of an activity; ``link_until``: its last day.
    """

    visit = TenantForeignKey(Visit)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)
    department = models.CharField(max_length=60)
    due_on = models.DateField()
    answer = models.CharField(max_length=2000, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = who(null=True)
    satisfaction = models.CharField(max_length=12, blank=True)
    rated_by_firm = models.BooleanField(default=False)
    rated_at = models.DateTimeField(null=True)
    link_number = models.PositiveSmallIntegerField(default=0)
    link_digest = models.CharField(max_length=64, blank=True)
    link_until = models.DateField(null=True)
    entered_by = who()
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OfVisitQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "visit", "number"], name="demand_number"),
            models.UniqueConstraint(fields=["city", "link_digest"], condition=~Q(link_digest=""), name="demand_link"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(department=""), name="demand_named"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False)),
                name="demand_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction="", rated_at__isnull=True)
                | Q(satisfaction__in=list(Satisfaction), rated_at__isnull=False, answered_on__isnull=False),
                name="demand_rated_after_answer",
            ),
            models.CheckConstraint(condition=Q(link_digest="") | Q(link_until__isnull=False), name="demand_link_ends"),
        )
        indexes = (models.Index(fields=["city", "answered_on", "due_on"], name="demand_due"),)

    class Privacy:
        public = NO_PUBLIC
        private = names(
            "id city visit number text department due_on answer answered_on answered_by satisfaction "
            "rated_by_firm rated_at link_number link_digest link_until entered_by entered_at"
        )

    def __str__(self) -> str:
        return self.text[:60]

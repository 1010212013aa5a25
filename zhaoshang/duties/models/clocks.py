"""Clock: something that is to be answered within so many working days."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet


class OfUnitQuerySet(TenantQuerySet):
    """Rows that a unit is to answer."""

    def visible_to(self, viewer: Viewer) -> "OfUnitQuerySet":
        """The city's rows for city roles, the units' for an officer, none for a stranger."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)


class Clock(TenantModel):
    """A request that runs. ``subject``, ``href_name`` and ``subject_id`` say what it is about: a text, the name of an address and what
    that address takes; rooms below and beside have no other tie to it.

    ``due_on`` and ``assumed`` (a day on the way was only assumed to be worked) follow the rules of the day it started, ``rules``.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    href_name = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    project = TenantForeignKey(Project, null=True)
    unit = TenantForeignKey(ReportingUnit)
    handler = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    started_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    assumed = models.BooleanField(default=False)
    rules = models.CharField(max_length=40)
    is_sample = models.BooleanField(default=False)
    started_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    started_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = OfUnitQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["city", "kind", "href_name", "subject_id"],
                condition=Q(answered_on__isnull=True),
                name="clock_once",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False, answered_at__isnull=False)),
                name="clock_answered_whole",
            ),
            models.CheckConstraint(condition=Q(days__gte=1), name="clock_days"),
        )
        indexes = (
            models.Index(fields=["city", "due_on"], name="clock_running", condition=Q(answered_on__isnull=True)),
            models.Index(fields=["city", "project"], name="clock_project", condition=Q(project__isnull=False)),
            models.Index(fields=["city", "unit", "id"], name="clock_unit"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "kind", "subject", "href_name", "subject_id", "project", "unit", "handler", "started_on"}
            | {"days", "due_on", "assumed", "rules", "is_sample", "started_by", "started_at"}
            | {"answer", "answered_on", "answered_by", "answered_at"}
        )

    def __str__(self) -> str:
        return self.subject

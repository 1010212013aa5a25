"""Responsibility: who answers for a project, from when until when."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.projects.models.projects import OfProjectQuerySet
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class Responsibility(TenantModel):
    """The lead official (包保领导), the unit and the handler of a project in one stretch of time; a change is a new row, the old one ends.

    The lead official is an account, or a name where the official has none. ``until``: the last day.
    """

    project = TenantForeignKey(Project)
    leader = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    leader_name = models.CharField(max_length=40, blank=True)
    unit = TenantForeignKey(ReportingUnit)
    handler = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=400)
    is_sample = models.BooleanField(default=False)
    assigned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    assigned_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "project"], condition=Q(until__isnull=True), name="responsibility_one_at_once"
            ),
            models.CheckConstraint(
                condition=Q(leader__isnull=False) | ~Q(leader_name=""), name="responsibility_has_leader"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="responsibility_days"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="responsibility_has_reason"),
        )
        indexes = (
            models.Index(fields=["city", "project", "since"], name="responsibility_project"),
            models.Index(fields=["city", "handler"], name="responsibility_handler", condition=Q(until__isnull=True)),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "project", "leader", "leader_name", "unit", "handler", "since", "until", "reason"}
            | {"is_sample", "assigned_by", "assigned_at"}
        )

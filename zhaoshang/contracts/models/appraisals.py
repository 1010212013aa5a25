"""Appraisal and Decision: a project weighed, and what the committee made of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.contracts.models.standards import names, person
from zhaoshang.contracts.rules.sheets import Outcome, Reply, Site
from zhaoshang.projects.models import Project
from zhaoshang.projects.models.projects import OfProjectQuerySet
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class Appraisal(TenantModel):
    """One revision of a project's appraisal sheet (研判表), kept whole: what was filled in, what came of it by which standard.

    ``inputs`` and ``lines`` are as ``rules.sheets`` reads and makes them, ``vetoes`` each with its answer and evidence, ``standard``
    title and document of what it was held against. A later revision stands beside the earlier, none is ever changed.
    """

    project = TenantForeignKey(Project)
    revision = models.PositiveSmallIntegerField()
    site = models.CharField(max_length=10)
    industry = models.CharField(max_length=1)
    inputs: models.JSONField[Any, Any] = models.JSONField()
    vetoes: models.JSONField[Any, Any] = models.JSONField()
    lines: models.JSONField[Any, Any] = models.JSONField()
    standard: models.JSONField[Any, Any] = models.JSONField()
    reply = models.CharField(max_length=10)
    summary = models.CharField(max_length=2000, blank=True)
    is_sample = models.BooleanField(default=False)
    drafted_by = person()
    drafted_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "revision")
        constraints = (
            models.UniqueConstraint(fields=["city", "project", "revision"], name="appraisal_revision"),
            models.CheckConstraint(condition=Q(site__in=list(Site)), name="appraisal_site"),
            models.CheckConstraint(condition=Q(reply__in=list(Reply)), name="appraisal_reply"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="appraisal_revision_from_1"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = names(
            "id city project revision site industry inputs vetoes lines standard reply summary is_sample drafted_by drafted_at"
        )


class Decision(TenantModel):
    """What the committee decided on an appraisal, once; recorded by another than who drafted it.

    ``conditions``: each with ``text``, ``owner`` and ``due_on`` (ISO). ``members``: names.
    """

    appraisal = TenantForeignKey(Appraisal)
    outcome = models.CharField(max_length=12)
    met_on = models.DateField()
    members: models.JSONField[Any, Any] = models.JSONField()
    conditions: models.JSONField[Any, Any] = models.JSONField(default=list)
    remarks = models.CharField(max_length=1000, blank=True)
    recorded_by = person()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "appraisal"], name="appraisal_decided_once"),
            models.CheckConstraint(condition=Q(outcome__in=list(Outcome)), name="appraisal_outcome"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = names("id city appraisal outcome met_on members conditions remarks recorded_by recorded_at")

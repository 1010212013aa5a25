"""Finding: something that a sweep found wrong, with its owner and its day, until the cause is gone or explained."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.rules import AUDIT_KINDS, FindingState
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet

WAITING = (FindingState.OPEN, FindingState.EXPLAINED)


class FindingQuerySet(TenantQuerySet):
    """Findings that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "FindingQuerySet":
        """The city's rows for city roles, the units' for an officer but those about the unit itself, none for a stranger."""
        rows = self.of(viewer.city)
        if viewer.sees_all_units:
            return rows
        return rows.filter(unit_id__in=viewer.unit_ids).exclude(kind__in=AUDIT_KINDS)


class Finding(TenantModel):
    """``key`` names the cause among those of its kind: the next sweep finds the same row. ``facts`` is what its sentence needs,
    ``basis`` what an explanation stands on, ``href_name`` and ``href_id`` where it is put right.

    ``at_stake_fen``: the largest amount in ``facts``, by which a list begins with what costs most; 0 where it is not about money.
    ``times``: how often the cause has come (back). ``due_on``: by when the owner is to fix or explain it.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    unit = TenantForeignKey(ReportingUnit, null=True)
    project = TenantForeignKey(Project, null=True)
    subject = models.CharField(max_length=200)
    facts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    basis = models.CharField(max_length=200, blank=True)
    at_stake_fen = models.BigIntegerField(default=0, db_default=0)
    superior = models.CharField(max_length=10, blank=True)
    owner = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    href_name = models.CharField(max_length=60)
    href_id = models.CharField(max_length=120)
    about_figures = models.BooleanField(default=False)
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=FindingState.OPEN)
    times = models.PositiveSmallIntegerField(default=1)
    first_seen_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    explanation = models.CharField(max_length=1000, blank=True)
    explained_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    explained_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = FindingQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "kind", "key"], name="finding_once"),
            models.CheckConstraint(condition=Q(state__in=list(FindingState)), name="finding_state"),
            models.CheckConstraint(
                condition=~Q(state__in=[FindingState.EXPLAINED, FindingState.CLOSED])
                | (~Q(explanation="") & Q(explained_by__isnull=False, explained_at__isnull=False)),
                name="finding_explained_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.CLOSED, about_figures=True) | Q(accepted_by__isnull=False),
                name="finding_figures_accepted",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("explained_by")), name="finding_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(WAITING), settled_at__isnull=True)
                | (~Q(state__in=list(WAITING)) & Q(settled_at__isnull=False)),
                name="finding_settled_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "state", "id"], name="finding_by_state"),
            models.Index(fields=["city", "unit", "state", "id"], name="finding_by_unit"),
            models.Index(fields=["city", "at_stake_fen", "id"], name="finding_by_stake"),
            models.Index(fields=["city", "project"], name="finding_project", condition=Q(project__isnull=False)),
            models.Index(fields=["city", "owner", "state"], name="finding_owner", condition=Q(owner__isnull=False)),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {
                "id",
                "city",
                "kind",
                "key",
                "unit",
                "project",
                "subject",
                "facts",
                "basis",
                "at_stake_fen",
                "superior",
                "owner",
            }
            | {"href_name", "href_id", "about_figures", "due_on", "state", "times", "first_seen_at", "seen_at"}
            | {"explanation", "explained_by", "explained_at", "accepted_by", "settled_at"}
        )

    def __str__(self) -> str:
        return self.subject

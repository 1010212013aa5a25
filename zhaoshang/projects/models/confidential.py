"""ConfidentialProject and TeamMember: what a project is really called, and who may read it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.projects.models.projects import OfProjectQuerySet, Project
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


def _who(**more: Any) -> Any:
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False, **more
    )


class ConfidentialProject(TenantModel):
    """The names that a project has laid down while it is confidential; its own columns hold ``code_name`` meanwhile.

    ``also``: what else people call it, a line each; hidden in texts as the names are. ``enterprise``/``uscc``: of the firm where it
    lands, when that firm has no other project; otherwise empty, and the firm stays named.
    """

    project = TenantForeignKey(Project)
    code_name = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    investor = models.CharField(max_length=120, blank=True)
    statistics_name = models.CharField(max_length=120, blank=True)
    enterprise = models.CharField(max_length=120, blank=True)
    uscc = models.CharField(max_length=18, blank=True)
    also = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400)
    hidden_by = _who()
    hidden_at = models.DateTimeField()
    lifted_by = _who(null=True)
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.CharField(max_length=400, blank=True)

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-hidden_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "project"], condition=Q(lifted_at__isnull=True), name="confidential_once"
            ),
            models.UniqueConstraint(
                fields=["city", "code_name"], condition=Q(lifted_at__isnull=True), name="confidential_code_name"
            ),
            models.CheckConstraint(condition=~Q(code_name="") & ~Q(reason=""), name="confidential_why"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="confidential_lifted_whole",
            ),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {
                "id",
                "city",
                "project",
                "code_name",
                "name",
                "investor",
                "statistics_name",
                "enterprise",
                "uscc",
                "also",
                "reason",
                "hidden_by",
                "hidden_at",
                "lifted_by",
                "lifted_at",
                "lift_reason",
            }
        )

    def __str__(self) -> str:
        return self.code_name


class TeamMember(TenantModel):
    """A person who reads a confidential project's names, beside the roles that read them all."""

    project = TenantForeignKey(Project)
    user = _who()
    added_by = _who()
    added_at = models.DateTimeField()
    removed_by = _who(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "project", "user"], condition=Q(removed_at__isnull=True), name="team_member_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="team_member_removed_whole",
            ),
        )
        indexes = (models.Index(fields=["city", "user"], name="team_of_person"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "project", "user", "added_by", "added_at", "removed_by", "removed_at"})

"""StageSet, StageEntry, StageProof and ProjectCorrection."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.projects.models.projects import OfProjectQuerySet, Project
from zhaoshang.projects.stages.rules import Chain, EntryKind, Standing
from zhaoshang.rulesets.models import IssuedRules, once
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel

_NO_PUBLIC: frozenset[str] = frozenset()


def _who() -> Any:
    return models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class StageSet(IssuedRules):
    """The stages' definitions as issued; read by :func:`stages.rules.stages_in`."""

    class Meta(IssuedRules.Meta):
        constraints = once("stage_set")


class StageEntry(TenantModel):
    """One line of a project's stage log, numbered from 1: only ever appended to.

    ``day``: when the stage was reached; none in a correction that says it never was. ``rank``: the stage's place in its chain under
    the definitions of that time. ``standing``: the project's after this line; ``cause``: why it was closed, one of
    :class:`stages.rules.Cause`. ``rests_on``: what the gate saw, fields and digests.
    """

    project = TenantForeignKey(Project)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    chain = models.CharField(max_length=12, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    day = models.DateField(null=True)
    standing = models.CharField(max_length=10, default=Standing.OPEN)
    evidence = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    cause = models.CharField(max_length=10, null=True)  # noqa: DJ001 - NULL: the line was written before causes were asked for
    lost_to = models.CharField(max_length=60, blank=True)
    rests_on: models.JSONField[Any, Any] = models.JSONField(default=dict)
    is_sample = models.BooleanField(default=False)
    entered_by = _who()
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "number")
        constraints = (
            models.UniqueConstraint(fields=["city", "project", "number"], name="stage_entry_number"),
            models.CheckConstraint(condition=Q(kind__in=list(EntryKind)), name="stage_entry_kind"),
            models.CheckConstraint(condition=Q(chain__in=["", *Chain]), name="stage_entry_chain"),
            models.CheckConstraint(condition=Q(standing__in=list(Standing)), name="stage_entry_standing"),
            models.CheckConstraint(
                condition=~Q(kind__in=[EntryKind.SKIPPED, EntryKind.CORRECTED, EntryKind.CLOSED, EntryKind.REOPENED])
                | ~Q(reason=""),
                name="stage_entry_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[EntryKind.REGISTERED, EntryKind.ADVANCED]) | ~Q(evidence=""),
                name="stage_entry_has_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.LOST) | ~Q(kind=EntryKind.CLOSED) | ~Q(lost_to=""),
                name="stage_entry_lost_to",
            ),
        )
        indexes = (models.Index(fields=["city", "stage", "day"], name="stage_entry_stage"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "project",
                "number",
                "kind",
                "chain",
                "stage",
                "rank",
                "day",
                "standing",
                "evidence",
                "reason",
                "cause",
                "lost_to",
                "rests_on",
                "is_sample",
                "entered_by",
                "entered_at",
            }
        )


class StageProof(TenantModel):
    """A file that shows a project has reached a stage; it lies with the evidence under the SHA-256 of its content.

    ``about``: the digest of the contract's text that it speaks of, if it speaks of one; it counts as long as that is the newest.
    """

    project = TenantForeignKey(Project)
    stage = models.CharField(max_length=20)
    kind = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    mime = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    about = models.CharField(max_length=64, null=True)  # noqa: DJ001 - a column that SQLite adds without making the table anew
    stored_by = _who()
    stored_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("stored_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "project", "stage", "kind", "digest"], name="stage_proof_once"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "project",
                "stage",
                "kind",
                "digest",
                "mime",
                "size_bytes",
                "name",
                "about",
                "stored_by",
                "stored_at",
            }
        )

    def __str__(self) -> str:
        return self.name


class ProjectCorrection(TenantModel):
    """A recorded correction of a field that a passed gate rests on: the database admits the change for which this line stands."""

    project = TenantForeignKey(Project)
    number = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=30)
    old = models.CharField(max_length=60)
    new = models.CharField(max_length=60)
    reason = models.CharField(max_length=400)
    entered_by = _who()
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "number")
        constraints = (
            models.UniqueConstraint(fields=["city", "project", "number"], name="project_correction_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="project_correction_reason"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {"id", "city", "project", "number", "field", "old", "new", "reason", "entered_by", "entered_at"}
        )

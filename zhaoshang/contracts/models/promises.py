"""Promise, PromiseEntry and Actual: what each side promised, what became of it, and what is real after production."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.contracts.models.standards import names, person
from zhaoshang.contracts.rules.promises import ENTERED, EntryKind, Measure, Side, Status
from zhaoshang.projects.models import Project
from zhaoshang.projects.models.projects import OfProjectQuerySet
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet


class Promise(TenantModel):
    """One promise of one side, as its last log line leaves it: terms change by a supplement, the status by being settled.

    ``revision``: the number of that line; the database refuses a change without one.
    """

    is_met: bool  # only of rows that ``queries.with_met`` has looked at

    project = TenantForeignKey(Project)
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10)
    measure = models.CharField(max_length=10, blank=True)
    text = models.CharField(max_length=400)
    amount_fen = models.BigIntegerField(null=True)
    quantity = models.CharField(max_length=60, blank=True)
    due_on = models.DateField()
    responsible = models.CharField(max_length=120)
    document = models.CharField(max_length=120)
    status = models.CharField(max_length=10, default=Status.OPEN)
    settled_on = models.DateField(null=True)
    revision = models.PositiveSmallIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "number")
        constraints = (
            models.UniqueConstraint(fields=["city", "project", "number"], name="promise_number"),
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="promise_side"),
            models.CheckConstraint(condition=Q(measure__in=list(Measure)), name="promise_measure"),
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="promise_status"),
            models.CheckConstraint(condition=Q(amount_fen__isnull=True) | Q(amount_fen__gt=0), name="promise_amount"),
            models.CheckConstraint(condition=Q(measure="") | Q(amount_fen__isnull=False), name="promise_measured"),
            models.CheckConstraint(condition=~Q(document="") & ~Q(text=""), name="promise_said"),
            models.CheckConstraint(
                condition=Q(status=Status.OPEN, settled_on__isnull=True)
                | (~Q(status=Status.OPEN) & Q(settled_on__isnull=False)),
                name="promise_settled_whole",
            ),
        )
        indexes = (models.Index(fields=["city", "status", "due_on"], name="promise_due"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = names(
            "id city project number side measure text amount_fen quantity due_on responsible document status settled_on revision is_sample"
        )

    def __str__(self) -> str:
        return self.text


class PromiseEntryQuerySet(TenantQuerySet):
    """Lines hang on a promise, the promise on a project."""

    def visible_to(self, viewer: Viewer) -> "PromiseEntryQuerySet":
        """As the project."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(promise__project__unit_id__in=viewer.unit_ids)


class PromiseEntry(TenantModel):
    """One line of a promise's log, numbered from 1: made, amended by a supplement, settled. Only ever appended to."""

    promise = TenantForeignKey(Promise)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    document = models.CharField(max_length=120, blank=True)
    day = models.DateField()
    reason = models.CharField(max_length=400, blank=True)
    changes: models.JSONField[Any, Any] = models.JSONField(default=dict)
    status = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, blank=True)
    mime = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200, blank=True)
    entered_by = person()
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = PromiseEntryQuerySet.as_manager()

    class Meta:
        ordering = ("promise", "number")
        constraints = (
            models.UniqueConstraint(fields=["city", "promise", "number"], name="promise_entry_number"),
            models.CheckConstraint(condition=Q(kind__in=list(EntryKind)), name="promise_entry_kind"),
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="promise_entry_status"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.SETTLED) | ~Q(document=""), name="promise_entry_has_document"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.KEPT, Status.LATE]) | ~Q(digest=""), name="promise_entry_has_evidence"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.BROKEN, Status.WAIVED]) | ~Q(reason=""), name="promise_entry_has_reason"
            ),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = names(
            "id city promise number kind document day reason changes status digest mime name entered_by entered_at"
        )

    def __str__(self) -> str:
        return self.name


class Actual(TenantModel):
    """What a producing project really came to in a year, tax or output in fen, by a document; a correction is the next ``revision``."""

    project = TenantForeignKey(Project)
    year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=10)
    revision = models.PositiveSmallIntegerField(default=1)
    amount_fen = models.BigIntegerField()
    document = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=False)
    entered_by = person()
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "year", "measure", "revision")
        constraints = (
            models.UniqueConstraint(fields=["city", "project", "year", "measure", "revision"], name="actual_revision"),
            models.CheckConstraint(condition=Q(measure__in=ENTERED), name="actual_measure"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="actual_positive"),
            models.CheckConstraint(condition=~Q(document=""), name="actual_has_document"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = names("id city project year measure revision amount_fen document is_sample entered_by entered_at")

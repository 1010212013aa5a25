"""Workbook, WorkbookPage and ColumnMemory: what a unit sent, what was understood, and which headings it uses. Pairs are in ``doubles``."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.common.periods import month_text
from zhaoshang.people.models import User
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.change_sheets import ChangeSheet
from zhaoshang.review.doubles import DuplicatePair, PairDecision, Sweep
from zhaoshang.review.findings.models import Finding
from zhaoshang.review.rules import WorkbookState
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet

__all__ = [
    "ChangeSheet",
    "ColumnMemory",
    "DuplicatePair",
    "Finding",
    "PairDecision",
    "Sweep",
    "Workbook",
    "WorkbookPage",
]
BUSY = (WorkbookState.RECEIVED, WorkbookState.READING)
STANDING = (*BUSY, WorkbookState.READ, WorkbookState.ACCEPTED)
STALLED_AFTER = timedelta(minutes=2)
_NO_PUBLIC: frozenset[str] = frozenset()


class WorkbookQuerySet(TenantQuerySet):
    """Workbooks that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "WorkbookQuerySet":
        """The city's rows for city roles, the units' for an officer, none for a stranger."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)


class Workbook(TenantModel):
    """A file that a unit sent for a month; its bytes lie outside the web root under ``digest``.

    ``asked``: what the person settled (mapping, amount_unit, sheets, kind, headers). ``summary``, ``columns``, ``problems`` and
    ``lines`` (cells of rows with problems) are what was understood, and the pages' rows what accepting will do. ``batch`` marks the
    payments it declared.
    """

    unit = TenantForeignKey(ReportingUnit)
    month = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=WorkbookState.RECEIVED)
    asked: models.JSONField[Any, Any] = models.JSONField(default=dict)
    summary: models.JSONField[Any, Any] = models.JSONField(default=dict)
    columns: models.JSONField[Any, Any] = models.JSONField(default=list)
    problems: models.JSONField[Any, Any] = models.JSONField(default=list)
    lines: models.JSONField[Any, Any] = models.JSONField(default=dict)
    job = models.CharField(max_length=40, blank=True)
    step = models.CharField(max_length=10, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    batch = models.UUIDField(null=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    sent_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    undone_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)

    objects: ClassVar[Any] = WorkbookQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["city", "unit", "month", "digest"], condition=Q(state__in=STANDING), name="workbook_once"
            ),
            models.CheckConstraint(condition=Q(state__in=list(WorkbookState)), name="workbook_state"),
            models.CheckConstraint(
                condition=Q(state__in=[WorkbookState.ACCEPTED, WorkbookState.UNDONE], batch__isnull=False)
                | (~Q(state__in=[WorkbookState.ACCEPTED, WorkbookState.UNDONE]) & Q(batch__isnull=True)),
                name="workbook_batch",
            ),
            models.CheckConstraint(
                condition=~Q(state=WorkbookState.UNDONE) | ~Q(reason=""), name="workbook_undone_why"
            ),
        )
        indexes = (models.Index(fields=["city", "unit", "id"], name="workbook_unit"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {"id", "city", "unit", "month", "name", "digest", "size_bytes", "state", "asked", "summary", "columns"}
            | {
                "problems",
                "lines",
                "job",
                "step",
                "done",
                "total",
                "moved_at",
                "failure",
                "batch",
                "sent_by",
                "sent_at",
            }
            | {"decided_by", "decided_at", "undone_by", "undone_at", "reason"}
        )

    def __str__(self) -> str:
        return f"{self.name} {month_text(self.month)}"

    @property
    def is_busy(self) -> bool:
        """Whether it waits for its reading, or is being read."""
        return self.state in BUSY

    def is_stalled(self, at: datetime) -> bool:
        """Whether nothing has moved for so long that its reader must be gone."""
        return self.is_busy and (self.moved_at is None or at - self.moved_at > STALLED_AFTER)

    @property
    def faults(self) -> int:
        """Problems that keep the whole file out."""
        return int(self.summary.get("faults", 0))


class WorkbookPage(TenantModel):
    """A page of a workbook's understood rows, in order; see ``intake_rows`` for the form of a row."""

    workbook = TenantForeignKey(Workbook)
    number = models.PositiveIntegerField()
    rows: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["city", "workbook", "number"], name="workbook_page"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "workbook", "number", "rows"})


class ColumnMemory(TenantModel):
    """What a unit calls a column: its bare heading, and the column's key (empty: not to be read). Learned from a person's correction."""

    unit = TenantForeignKey(ReportingUnit)
    heading = models.CharField(max_length=200)
    key = models.CharField(max_length=30, blank=True)
    learned_from = TenantForeignKey(Workbook)
    learned_at = models.DateTimeField()

    class Meta:
        ordering = ("heading",)
        constraints = (models.UniqueConstraint(fields=["city", "unit", "heading"], name="column_memory"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "unit", "heading", "key", "learned_from", "learned_at"})

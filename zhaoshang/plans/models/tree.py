"""Plan, YearPlan, WorkItem, ProgressReport and ItemChange: what was laid down, who does it by when, and what became of it."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from zhaoshang.capital.models import EvidenceFile
from zhaoshang.people.models import User
from zhaoshang.plans.rules import REPORTED, Kind
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel

_NO_PUBLIC: frozenset[str] = frozenset()


class Plan(TenantModel):
    """A plan of several years, by a document. ``code`` stands in addresses."""

    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=120)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=120)
    issued_on = models.DateField()
    file = TenantForeignKey(EvidenceFile, null=True)
    is_sample = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-first_year", "code")
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="plan_code"),
            models.CheckConstraint(condition=Q(first_year__lte=F("last_year")), name="plan_years"),
            models.CheckConstraint(condition=~Q(document=""), name="plan_has_document"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "code",
                "title",
                "first_year",
                "last_year",
                "document",
                "issued_on",
                "file",
                "is_sample",
                "entered_by",
                "entered_at",
            }
        )

    def __str__(self) -> str:
        return self.title


class YearPlan(TenantModel):
    """A plan's year: the work of one year, by a document of its own."""

    plan = TenantForeignKey(Plan)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    document = models.CharField(max_length=120)
    issued_on = models.DateField()
    file = TenantForeignKey(EvidenceFile, null=True)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("year", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "plan", "year"], name="year_plan_once"),
            models.CheckConstraint(condition=~Q(document=""), name="year_plan_has_document"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {"id", "city", "plan", "year", "title", "document", "issued_on", "file", "entered_by", "entered_at"}
        )

    def __str__(self) -> str:
        return self.title


class WorkItem(TenantModel):
    """A measure of a year plan or (``above`` names its measure) a task of one.

    Owner: a reporting unit, a department of the bureau as text, or both; ``responsible`` where the person is known. With an
    ``indicator`` it is measured by the account, against its own ``target`` (fen or a count) or else the target issued to the owner.
    """

    year_plan = TenantForeignKey(YearPlan)
    above = TenantForeignKey("plans.WorkItem", null=True)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    owner_unit = TenantForeignKey(ReportingUnit, null=True)
    owner_department = models.CharField(max_length=60, blank=True)
    responsible = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    indicator = models.SlugField(max_length=60, blank=True, db_index=False)
    target = models.BigIntegerField(null=True)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "year_plan", "above", "position"], name="task_position"),
            models.UniqueConstraint(
                fields=["city", "year_plan", "position"], condition=Q(above__isnull=True), name="measure_position"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(starts_on__lte=F("due_on")),
                name="work_item_days",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | (Q(target__gt=0) & ~Q(indicator="")), name="work_item_target"
            ),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "year_plan",
                "above",
                "position",
                "title",
                "owner_unit",
                "owner_department",
                "responsible",
                "starts_on",
                "due_on",
                "indicator",
                "target",
                "entered_by",
                "entered_at",
            }
        )

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> Kind:
        """Measure or task."""
        return Kind.MEASURE if self.above_id is None else Kind.TASK


class ProgressReport(TenantModel):
    """What somebody reported of a measure or task on a day. Appended only; the last one counts."""

    item = TenantForeignKey(WorkItem)
    reported_on = models.DateField()
    standing = models.CharField(max_length=10)
    percent = models.PositiveSmallIntegerField(null=True)
    text = models.CharField(max_length=1000)
    reported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ("reported_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(standing__in=[str(one) for one in REPORTED]), name="report_standing"),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="report_percent"),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
        )
        indexes = (models.Index(fields=["city", "item", "reported_on"], name="report_of_item"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {"id", "city", "item", "reported_on", "standing", "percent", "text", "reported_by", "reported_at"}
        )


class ItemChange(TenantModel):
    """What was changed of a measure or task: ``changes`` field → [before, after] as text, with who, when and why. Appended only."""

    item = TenantForeignKey(WorkItem)
    changes: models.JSONField[Any, Any] = models.JSONField()
    reason = models.CharField(max_length=400)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("changed_at", "id")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="item_change_has_reason"),)
        indexes = (models.Index(fields=["city", "item", "changed_at"], name="change_of_item"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "item", "changes", "reason", "changed_by", "changed_at"})

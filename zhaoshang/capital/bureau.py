"""BureauEntry and DifferenceNote: the statistics bureau's monthly return, kept apart from our account, and what was said of differences."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.capital.matching import Difference
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class BureauEntry(TenantModel):
    """A project in the statistics bureau's list of one month (入库项目).

    ``name``: 纳统名称. ``month_fen``/``total_fen``: 纳统投资 of the month and of the year so far, as the bureau states them.
    """

    month = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, blank=True)
    unit = TenantForeignKey(ReportingUnit, null=True)
    month_fen = models.BigIntegerField(null=True)
    total_fen = models.BigIntegerField(null=True)
    source = models.CharField(max_length=200)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("month", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "month", "name", "uscc"], name="bureau_entry"),
            models.CheckConstraint(condition=~Q(name=""), name="bureau_entry_named"),
            models.CheckConstraint(condition=~Q(source=""), name="bureau_entry_source"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private: ClassVar[frozenset[str]] = frozenset(
            {
                "id",
                "city",
                "month",
                "name",
                "uscc",
                "unit",
                "month_fen",
                "total_fen",
                "source",
                "entered_by",
                "entered_at",
            }
        )

    def __str__(self) -> str:
        return self.name


class DifferenceNote(TenantModel):
    """Why the two accounts differ in one place, said by a person. The newest of a difference counts; earlier ones stay."""

    month = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    text = models.CharField(max_length=400)
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("written_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(Difference)), name="difference_kind"),
            models.CheckConstraint(condition=~Q(text=""), name="difference_explained"),
        )
        indexes = (models.Index(fields=["city", "month", "kind", "subject"], name="difference_subject"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private: ClassVar[frozenset[str]] = frozenset(
            {"id", "city", "month", "kind", "subject", "text", "written_by", "written_at"}
        )

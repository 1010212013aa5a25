"""Target."""

from django.db import models
from django.db.models import F, Q

from zhaoshang.people.models import User
from zhaoshang.plans.rules import Phases
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class Target(TenantModel):
    """A year's target of an indicator, for a unit or (``unit`` empty) for the city, as one document set it.

    ``amount``: fen for money, a plain number for counts; ``by_q1`` … ``by_q3``: what of it is to be reached by the end of the quarter
    (cumulative; all or none). ``file_digest``: of the workbook it was read from, kept among the evidence files. The last issued row of a
    year and unit is the one in force.
    """

    indicator = models.SlugField(max_length=60, db_index=False)
    year = models.PositiveSmallIntegerField()
    unit = TenantForeignKey(ReportingUnit, null=True)
    amount = models.BigIntegerField()
    by_q1 = models.BigIntegerField(null=True)
    by_q2 = models.BigIntegerField(null=True)
    by_q3 = models.BigIntegerField(null=True)
    document = models.CharField(max_length=120)
    file_digest = models.CharField(max_length=64, blank=True)
    inferred = models.BooleanField(default=False)
    issued_on = models.DateField()
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("issued_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "indicator", "year", "unit", "document"], name="unit_target_by_document"
            ),
            models.UniqueConstraint(
                fields=["city", "indicator", "year", "document"],
                condition=Q(unit__isnull=True),
                name="city_target_by_document",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="target_positive"),
            models.CheckConstraint(condition=~Q(document=""), name="target_has_document"),
            models.CheckConstraint(
                condition=Q(by_q1__isnull=True, by_q2__isnull=True, by_q3__isnull=True)
                | Q(
                    by_q1__isnull=False,
                    by_q2__isnull=False,
                    by_q3__isnull=False,
                    by_q1__gte=0,
                    by_q2__gte=F("by_q1"),
                    by_q3__gte=F("by_q2"),
                    amount__gte=F("by_q3"),
                ),
                name="target_phases_rise",
            ),
        )

    class Privacy:
        public = frozenset(
            {
                "id",
                "city",
                "indicator",
                "year",
                "unit",
                "amount",
                "by_q1",
                "by_q2",
                "by_q3",
                "document",
                "inferred",
                "issued_on",
            }
        )
        private = frozenset({"file_digest", "entered_by", "entered_at"})

    @property
    def phases(self) -> Phases | None:
        """What is to be reached by the end of the first three quarters; None without phasing."""
        if self.by_q1 is None or self.by_q2 is None or self.by_q3 is None:
            return None
        return (self.by_q1, self.by_q2, self.by_q3)

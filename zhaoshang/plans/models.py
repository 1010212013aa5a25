"""Target."""

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class Target(TenantModel):
    """A year's target of an indicator, for a unit or (``unit`` empty) for the city, as one document set it.

    ``amount``: fen for money, a plain number for counts. The last issued row of a year and unit is the one in force.
    """

    indicator = models.SlugField(max_length=60, db_index=False)
    year = models.PositiveSmallIntegerField()
    unit = TenantForeignKey(ReportingUnit, null=True)
    amount = models.BigIntegerField()
    document = models.CharField(max_length=120)
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
        )

    class Privacy:
        public = frozenset({"id", "city", "indicator", "year", "unit", "amount", "document", "inferred", "issued_on"})
        private = frozenset({"entered_by", "entered_at"})

"""DutyRules and DayOverride: the numbers as a document issued them, and days that the calendar's package does not know."""

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.rulesets.models import IssuedRules, once
from zhaoshang.tenancy.models import TenantModel


class DutyRules(IssuedRules):
    """Clocks, levels and thresholds as issued; read by :func:`duties.rules.rules_in`."""

    class Meta(IssuedRules.Meta):
        constraints = once("duty_rules", document="duty_rules_document")

    class Privacy(IssuedRules.Inside):
        pass


class DayOverride(TenantModel):
    """What the city said of a day; the last line of a day holds. ``works`` None: the day is left to the package again."""

    day = models.DateField()
    works = models.BooleanField(null=True)
    document = models.CharField(max_length=120)
    is_sample = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(document=""), name="day_override_document"),)
        indexes = (models.Index(fields=["city", "day", "id"], name="day_override_day"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "day", "works", "document", "is_sample", "entered_by", "entered_at"})

"""ExchangeRate: what a currency was worth on a day, entered by a statistician with its source; a correction is a further row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.capital.currencies import RATE_UNIT
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import TenantModel


class ExchangeRate(TenantModel):
    """Yuan for one unit of the currency, in 10⁻⁸ yuan, as published for the day ``on``. The highest ``revision`` of a day holds."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    rate_e8 = models.BigIntegerField()
    source = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "currency", "on", "revision"], name="exchange_rate"),
            models.CheckConstraint(condition=Q(rate_e8__gt=0), name="exchange_rate_positive"),
            models.CheckConstraint(condition=~Q(source=""), name="exchange_rate_source"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private: ClassVar[frozenset[str]] = frozenset(
            {"id", "city", "currency", "on", "rate_e8", "source", "revision", "entered_by", "entered_at"}
        )

    def __str__(self) -> str:
        return f"{self.currency} {self.on} {self.rate_e8 / RATE_UNIT}"

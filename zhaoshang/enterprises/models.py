"""Enterprise."""

from django.db import models
from django.db.models import Q

from zhaoshang.tenancy.models import TenantModel


class Enterprise(TenantModel):
    """A firm that invests in the city or receives an investment there. ``uscc`` may be unknown; a known one is checked."""

    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, blank=True)
    region_code = models.CharField(max_length=9, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "uscc"], condition=~Q(uscc=""), name="enterprise_uscc"),
            models.CheckConstraint(condition=~Q(name=""), name="enterprise_named"),
        )
        indexes = (models.Index(fields=["city", "name"], name="enterprise_name"),)

    class Privacy:
        public = frozenset({"id", "city", "name", "region_code", "is_sample"})
        private = frozenset({"uscc"})

    def __str__(self) -> str:
        return self.name

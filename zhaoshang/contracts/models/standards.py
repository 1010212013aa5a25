"""Standard: what the city issued to be measured by."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.tenancy.models import TenantModel, TenantQuerySet

KINDS = ("appraisal", "clauses")


def person(null: bool = False) -> Any:
    """Who did it; never taken away with the row."""
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


def names(words: str) -> frozenset[str]:
    """The fields named in a line."""
    return frozenset(words.split())


class Standard(TenantModel):
    """Thresholds with vetoes (``appraisal``) or risky clauses (``clauses``) as a document issued them, in force from its day until
    the next of its kind; never changed. Read by ``rules.sheets`` and ``rules.clauses``."""

    kind = models.CharField(max_length=10)
    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    document = models.CharField(max_length=120)
    is_sample = models.BooleanField(default=False)
    content: models.JSONField[Any, Any] = models.JSONField()
    valid_from = models.DateField()
    issued_by = person(null=True)
    issued_at = models.DateTimeField()

    objects: ClassVar[Any] = TenantQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["city", "kind", "code"], name="standard_code"),
            models.UniqueConstraint(fields=["city", "kind", "valid_from"], name="standard_from"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="standard_kind"),
            models.CheckConstraint(condition=~Q(document=""), name="standard_has_document"),
        )

    class Privacy:
        public = names("id city kind code title title_en document is_sample content valid_from issued_at")
        private = names("issued_by")

    def __str__(self) -> str:
        return self.title

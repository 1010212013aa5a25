"""OutreachSet, and what the room's tables share."""

from typing import Any

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.tenancy.models import TenantModel

NO_PUBLIC: frozenset[str] = frozenset()


def names(told: str) -> frozenset[str]:
    """Field names, apart by spaces."""
    return frozenset(told.split())


def who(*, null: bool = False) -> Any:
    """A person who did something here."""
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class OutreachSet(TenantModel):
    """Ranks, definitions of what counts, and terms, as a document issued them; in force from its day until the next set's, never changed.

    ``content`` is read by :func:`rules.rules_in`.
    """

    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    document = models.CharField(max_length=120)
    is_sample = models.BooleanField(default=False)
    content: models.JSONField[Any, Any] = models.JSONField()
    valid_from = models.DateField()
    issued_by = who()
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="outreach_set_code"),
            models.UniqueConstraint(fields=["city", "valid_from"], name="outreach_set_from"),
            models.CheckConstraint(condition=~Q(document=""), name="outreach_set_has_document"),
        )

    class Privacy:
        public = names("id city code title title_en document is_sample content valid_from issued_at")
        private = frozenset({"issued_by"})

    def __str__(self) -> str:
        return self.title

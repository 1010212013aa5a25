"""DutyRules: the numbers as a document issued them."""

from typing import Any

from django.db import models
from django.db.models import Q

from zhaoshang.duties.rules import Rules, rules_in
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import TenantModel


class DutyRules(TenantModel):
    """A set of rules in force from a day until the next set's; never changed. ``content`` is read by :func:`duties.rules.rules_in`."""

    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    document = models.CharField(max_length=120)
    is_sample = models.BooleanField(default=False)
    content: models.JSONField[Any, Any] = models.JSONField()
    valid_from = models.DateField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ("-valid_from",)
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="duty_rules_code"),
            models.UniqueConstraint(fields=["city", "valid_from"], name="duty_rules_from"),
            models.CheckConstraint(condition=~Q(document=""), name="duty_rules_document"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "code", "title", "title_en", "document", "is_sample", "content", "valid_from"}
            | {"issued_by", "issued_at"}
        )

    def __str__(self) -> str:
        return self.title

    def read(self) -> Rules:
        """The set as read."""
        return rules_in(self.content)

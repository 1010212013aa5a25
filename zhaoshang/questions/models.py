"""SavedQuestion."""

from typing import Any

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.tenancy.models import TenantModel


class SavedQuestion(TenantModel):
    """A question under a title: its owner's own, or shared with everybody who may ask. It holds the address, never an answer.

    ``question``: the address's parameters as pairs of name and text, in their order.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    title = models.CharField(max_length=80)
    question: models.JSONField[Any, Any] = models.JSONField()
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "owner", "title"], name="saved_question_title"),
            models.CheckConstraint(condition=~Q(title=""), name="saved_question_titled"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "owner", "title", "question", "is_shared", "saved_at"})

    def __str__(self) -> str:
        return self.title

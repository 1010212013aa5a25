"""ChangeSheet: a list of projects that came back changed, and what accepting it changed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import TenantModel, TenantQuerySet


class ChangeSheetQuerySet(TenantQuerySet):
    """Sheets that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "ChangeSheetQuerySet":
        """One's own: what stands in a sheet is its sender's until it is accepted, and then the diary's."""
        return self.of(viewer.city).filter(sent_by=viewer.user)


class ChangeSheet(TenantModel):
    """A workbook of changed projects; its bytes lie outside the web root under ``digest``. The same file again is the same row.

    ``changes``: what accepting it wrote, as rows of code, cell, field, old and new.
    """

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    sent_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    changes: models.JSONField[Any, Any] = models.JSONField(default=list)

    objects: ClassVar[Any] = ChangeSheetQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "sent_by", "digest"], name="change_sheet_once"),
            models.CheckConstraint(condition=~Q(name=""), name="change_sheet_named"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(["id", "city", "name", "digest", "sent_by", "sent_at", "accepted_at", "changes"])

    def __str__(self) -> str:
        return self.name

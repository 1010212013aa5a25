"""Edition and EditionEntry."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.opportunities.models.entries import Opportunity
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City, TenantForeignKey, TenantModel, TenantQuerySet


class EditionQuerySet(TenantQuerySet):
    """Editions by what may be seen of them."""

    def issued(self, city: City, at: datetime) -> "EditionQuerySet":
        """Those that are out at an instant, latest first."""
        return self.of(city).filter(published_at__lte=at).order_by("-published_at", "-number")


class Edition(TenantModel):
    """A numbered edition of the guide and its lists (一指南两清单).

    ``sections``: the guide's texts in both languages; ``lists``: the definitions of its lists as they were when it was begun. From its
    approval on ``frozen`` holds all that it says, ``digest`` the SHA-256 of that as canonical JSON, and ``published_at`` the instant
    from which it is out; nothing of it changes any more.
    """

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    issuer = models.CharField(max_length=120)
    dated = models.DateField()
    sections: models.JSONField[Any, Any] = models.JSONField(default=list)
    lists: models.JSONField[Any, Any] = models.JSONField(default=list)
    is_sample = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    begun_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    asked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    frozen: models.JSONField[Any, Any] = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["city", "number"], name="edition_number"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="edition_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(
                    approved_by__isnull=True,
                    approved_at__isnull=True,
                    published_at__isnull=True,
                    frozen__isnull=True,
                    digest="",
                )
                | (
                    Q(
                        approved_by__isnull=False,
                        asked_by__isnull=False,
                        approved_at__isnull=False,
                        published_at__isnull=False,
                        frozen__isnull=False,
                    )
                    & ~Q(digest="")
                ),
                name="edition_frozen_whole",
            ),
        )
        indexes = (models.Index(fields=["city", "published_at"], name="edition_published"),)

    class Privacy:
        public = frozenset(
            {
                "id",
                "city",
                "number",
                "title",
                "title_en",
                "issuer",
                "dated",
                "sections",
                "lists",
                "is_sample",
                "published_at",
                "frozen",
                "digest",
            }
        )
        private = frozenset({"revision", "begun_by", "begun_at", "asked_by", "asked_at", "approved_by", "approved_at"})

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}期）"

    @property
    def is_frozen(self) -> bool:
        """Whether it was approved; it may be due out only later."""
        return self.digest != ""


class EditionEntry(TenantModel):
    """An entry chosen for an edition that is not frozen yet, in one of its lists."""

    edition = TenantForeignKey(Edition)
    opportunity = TenantForeignKey(Opportunity)
    list_code = models.CharField(max_length=20)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ("chosen_at", "id")
        constraints = (models.UniqueConstraint(fields=["city", "edition", "opportunity"], name="edition_entry_once"),)
        indexes = (models.Index(fields=["city", "opportunity"], name="editions_of_entry"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "edition", "opportunity", "list_code", "chosen_by", "chosen_at"})

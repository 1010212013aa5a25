"""Enterprise, Contact and Merger."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from zhaoshang.common.industries import INDUSTRIES
from zhaoshang.enterprises.rules import Ownership
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel

NO_PUBLIC: frozenset[str] = frozenset()


def person(**options: Any) -> Any:
    """A reference to who did something."""
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False, **options
    )


class Enterprise(TenantModel):
    """A firm that invests in the city or receives an investment there. ``uscc`` may be unknown; a known one is checked.

    ``parent``: the firm above it in its group. ``depth`` is more than the parent's, so that the database can refuse a group that is its
    own ancestor; it is not the number of levels. ``unit``: whose card it is; empty for the bureau's and for those that came with projects.
    """

    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, blank=True)
    region_code = models.CharField(max_length=9, blank=True)
    ownership = models.CharField(max_length=20, blank=True)
    industry = models.CharField(max_length=1, blank=True)
    established_on = models.DateField(null=True)
    parent = TenantForeignKey("enterprises.Enterprise", null=True)
    depth = models.PositiveSmallIntegerField(default=0)
    unit = TenantForeignKey(ReportingUnit, null=True)
    revision = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "uscc"], condition=~Q(uscc=""), name="enterprise_uscc"),
            models.CheckConstraint(condition=~Q(name=""), name="enterprise_named"),
            models.CheckConstraint(condition=Q(ownership__in=["", *Ownership]), name="enterprise_ownership"),
            models.CheckConstraint(condition=Q(industry__in=["", *INDUSTRIES]), name="enterprise_industry"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | (Q(depth__gte=1) & ~Q(parent=F("id"))), name="enterprise_below"
            ),
        )
        indexes = (
            models.Index(fields=["city", "name"], name="enterprise_name"),
            models.Index(fields=["city", "parent"], name="enterprise_parent", condition=Q(parent__isnull=False)),
            models.Index(fields=["city", "unit"], name="enterprise_unit", condition=Q(unit__isnull=False)),
            models.Index(fields=["city", "region_code"], name="enterprise_seat"),
        )

    class Privacy:
        public = frozenset({"id", "city", "name", "region_code", "industry", "is_sample"})
        private = frozenset({"uscc", "ownership", "established_on", "parent", "depth", "unit", "revision"})

    def __str__(self) -> str:
        return self.name


class Contact(TenantModel):
    """A person at an enterprise, with the ground on which the data is kept. Erased, nothing of the person is left but that there was one.

    ``unit``: whose contact it is; empty for the bureau's, which all units share. ``is_key``: one of the people who decide.
    ``erased_by``: who did it; empty where the term did (``erasing.py``).
    """

    enterprise = TenantForeignKey(Enterprise)
    unit = TenantForeignKey(ReportingUnit, null=True)
    name = models.CharField(max_length=40, blank=True)
    post = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    mail = models.CharField(max_length=120, blank=True)
    is_key = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=False)
    entered_by = person()
    entered_at = models.DateTimeField()
    erased_by = person(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-is_key", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(source=""), name="contact_source"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_by__isnull=True) & ~Q(name="")
                | Q(erased_at__isnull=False, name="", post="", phone="", mail=""),
                name="contact_erased_whole",
            ),
        )
        indexes = (models.Index(fields=["city", "enterprise"], name="contact_of"),)

    class Privacy:
        personal = frozenset({"name", "phone", "mail"})
        public = NO_PUBLIC
        private = frozenset(
            [
                "id",
                "city",
                "enterprise",
                "unit",
                "name",
                "post",
                "phone",
                "mail",
                "is_key",
                "source",
                "is_sample",
                "entered_by",
                "entered_at",
                "erased_by",
                "erased_at",
            ]
        )

    def __str__(self) -> str:
        return str(self.pk)  # the diary keeps this for ever, so it tells nothing of the person


class Merger(TenantModel):
    """Two cards that are one firm: ``closed`` stands for ``kept`` until it is parted again. ``moved``: what of the group came over."""

    kept = TenantForeignKey(Enterprise)
    closed = TenantForeignKey(Enterprise)
    reason = models.CharField(max_length=400)
    moved: models.JSONField[Any, Any] = models.JSONField(default=dict)
    by = person()
    at = models.DateTimeField()
    parted_reason = models.CharField(max_length=400, blank=True)
    parted_by = person(null=True)
    parted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(kept=F("closed")), name="merger_of_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="merger_reason"),
            models.CheckConstraint(
                condition=Q(parted_at__isnull=True, parted_by__isnull=True, parted_reason="")
                | Q(parted_at__isnull=False, parted_by__isnull=False) & ~Q(parted_reason=""),
                name="merger_parted_whole",
            ),
            models.UniqueConstraint(
                fields=["city", "closed"], condition=Q(parted_at__isnull=True), name="merger_closed_once"
            ),
        )
        indexes = (models.Index(fields=["city", "kept"], name="merger_kept"),)

    class Privacy:
        public = NO_PUBLIC
        private = frozenset(
            ["id", "city", "kept", "closed", "reason", "moved", "by", "at", "parted_reason", "parted_by", "parted_at"]
        )

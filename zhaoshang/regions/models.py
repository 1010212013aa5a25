"""Region, ReportingUnit, UnitRegion, ReportMonth, MonthChange, Membership, SavedView, OriginArea, OriginPart and DayOverride."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.common.ids import uuid7
from zhaoshang.common.periods import month_text
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.regions.rules import ChangeKind, MonthState, Shared
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class Region(models.Model):
    """An administrative division by GB/T 2260 with its years of validity. A reference table with a stored path."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=40)
    short_name = models.CharField(max_length=20)
    name_en = models.CharField(max_length=60, blank=True)
    path = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("code", "valid_from")
        constraints = (models.UniqueConstraint(fields=["code", "valid_from"], name="region_code_from"),)
        indexes = (models.Index(fields=["path"], name="region_path"),)

    class Privacy:
        public = frozenset({"id", "code", "name", "short_name", "name_en", "path", "valid_from", "valid_to"})
        private: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name


class ReportingUnit(TenantModel):
    """A unit that reports to the city's account: a district, a county or a functional zone."""

    code = models.SlugField(max_length=30, db_index=False)
    name = models.CharField(max_length=40)
    short_name = models.CharField(max_length=12)
    name_en = models.CharField(max_length=60)
    league_group = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["city", "code"], name="unit_code"),)

    class Privacy:
        public = frozenset(
            {
                "id",
                "city",
                "code",
                "name",
                "short_name",
                "name_en",
                "league_group",
                "position",
                "valid_from",
                "valid_to",
            }
        )
        private: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name

    def valid_on(self, day: date) -> bool:
        """Whether the unit reports on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class UnitRegion(TenantModel):
    """A part of the map that a unit reports for, during some years; ``inferred`` when no source says so outright."""

    unit = TenantForeignKey(ReportingUnit)
    region_code = models.CharField(max_length=9)
    partly = models.BooleanField(default=False)
    inferred = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("unit", "region_code")
        constraints = (
            models.UniqueConstraint(fields=["city", "unit", "region_code", "valid_from"], name="unit_region"),
        )

    class Privacy:
        public = frozenset(
            {"id", "city", "unit", "region_code", "partly", "inferred", "source", "valid_from", "valid_to"}
        )
        private: frozenset[str] = frozenset()


class ReportMonth(TenantModel):
    """A month of the account. Nothing is written into a closed one, by any door; the database refuses too."""

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=MonthState.OPEN)
    due_on = models.DateField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["city", "number"], name="report_month"),
            models.CheckConstraint(condition=Q(state__in=list(MonthState)), name="report_month_state"),
        )

    class Privacy:
        public = frozenset({"id", "city", "number", "state", "due_on"})
        private: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return month_text(self.number)

    @property
    def is_open(self) -> bool:
        """Whether the month may be written."""
        return self.state == MonthState.OPEN


class MonthChange(TenantModel):
    """A closing or a reopening, with who asked, why, and who decided. Never deleted: a reopened month shows it for ever."""

    month = TenantForeignKey(ReportMonth)
    kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=400, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(kind=ChangeKind.REOPEN) | ~Q(reason=""), name="reopen_has_reason"),
            models.CheckConstraint(
                condition=~Q(kind=ChangeKind.REOPEN) | Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="reopen_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, approved__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False),
                name="month_change_decided_whole",
            ),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "month", "kind", "reason", "asked_by", "asked_at", "decided_by", "decided_at", "approved"}
        )


class Membership(TenantModel):
    """A role that a person has in a city; an officer's names the unit it is for."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    role = models.CharField(max_length=20)
    unit = TenantForeignKey(ReportingUnit, null=True)
    granted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("granted_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="membership_role"),
            models.CheckConstraint(
                condition=Q(role=Role.OFFICER, unit__isnull=False) | (~Q(role=Role.OFFICER) & Q(unit__isnull=True)),
                name="membership_unit_by_role",
            ),
            models.UniqueConstraint(
                fields=["city", "user", "unit"], condition=Q(withdrawn_at__isnull=True), name="membership_once"
            ),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "user", "role", "unit", "granted_by", "granted_at", "withdrawn_at"})

    objects: ClassVar[Any]


class SavedView(TenantModel):
    """Filters and order of a list under a title: its owner's own, or shared with a unit or the city. It holds the address, no rows.

    ``page``: which list (:mod:`kept_lists`); ``query``: the address's parameters as pairs of name and text, in their order;
    ``is_default``: the owner's list opens with it.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    page = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    query: models.JSONField[Any, Any] = models.JSONField()
    shared = models.CharField(max_length=10, default=Shared.NOBODY, blank=True)
    unit = TenantForeignKey(ReportingUnit, null=True)
    is_default = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "owner", "page", "title"], name="saved_view_title"),
            models.UniqueConstraint(
                fields=["city", "owner", "page"], condition=Q(is_default=True), name="saved_view_default"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="saved_view_titled"),
            models.CheckConstraint(
                condition=Q(shared=Shared.UNIT, unit__isnull=False)
                | Q(shared__in=[Shared.NOBODY, Shared.CITY], unit__isnull=True),
                name="saved_view_shared",
            ),
        )
        indexes = (models.Index(fields=["city", "page", "shared"], name="saved_view_page"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            ["id", "city", "owner", "page", "title", "query", "shared", "unit", "is_default", "saved_at"]
        )

    def __str__(self) -> str:
        return self.title


class OriginArea(TenantModel):
    """A region that investors come from (长三角, 京津冀 …), as a document draws it, during some years."""

    code = models.SlugField(max_length=30, db_index=False)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    source = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "code")
        constraints = (
            models.UniqueConstraint(fields=["city", "code", "valid_from"], name="origin_area"),
            models.CheckConstraint(condition=~Q(source=""), name="origin_area_source"),
        )

    class Privacy:
        public = frozenset(
            ["id", "city", "code", "name", "name_en", "source", "position", "valid_from", "valid_to", "is_sample"]
        )
        private: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name


class OriginPart(TenantModel):
    """A province or a city of an area, by GB/T 2260. ``note`` says where it stands for less than itself."""

    area = TenantForeignKey(OriginArea)
    region_code = models.CharField(max_length=6)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("region_code",)
        constraints = (models.UniqueConstraint(fields=["city", "area", "region_code"], name="origin_part"),)

    class Privacy:
        public = frozenset({"id", "city", "area", "region_code", "note"})
        private: frozenset[str] = frozenset()


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
        db_table = "duties_dayoverride"  # it stood in that room first
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(document=""), name="day_override_document"),)
        indexes = (models.Index(fields=["city", "day", "id"], name="day_override_day"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "day", "works", "document", "is_sample", "entered_by", "entered_at"})

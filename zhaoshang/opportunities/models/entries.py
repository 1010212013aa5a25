"""Opportunity, EntryFile, Reservation and EntryChange."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zhaoshang.capital.models import EvidenceFile
from zhaoshang.opportunities.fields import FIELDS, Field
from zhaoshang.opportunities.rules import LISTED, Happened, Kind, State, area_difference, in_m2
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City, TenantForeignKey, TenantModel, TenantQuerySet


class OpportunityQuerySet(TenantQuerySet):
    """Entries that a viewer may see, and those that stand in a list."""

    def visible_to(self, viewer: Viewer) -> "OpportunityQuerySet":
        """All for city roles; for an officer those of their units, those of the city itself, and what is published anyway."""
        rows = self.of(viewer.city)
        if viewer.sees_all_units:
            return rows
        if viewer.role is None:
            return rows.none()
        return rows.filter(Q(unit_id__in=viewer.unit_ids) | Q(unit__isnull=True) | Q(published_at__isnull=False))

    def listed(self, city: City, at: datetime) -> "OpportunityQuerySet":
        """What is offered at an instant: published by then, not taken or closed, not past its expiry. Every list, on every door, is
        this query, so that a sold parcel leaves all of them at once."""
        on = timezone.localdate(at)
        return self.of(city).filter(published_at__lte=at, state__in=list(LISTED), expires_on__gte=on)


class Opportunity(TenantModel):
    """What is offered: an entry of one kind, of a unit or (``unit`` empty) of the city itself.

    ``amount_fen``: the investment it is about; ``area_dm2``: the stated area in hundredths of a square metre. ``fields``: the kind's
    own fields (``fields.FIELDS``) as they are kept, ``fields_en`` the English of those that are words. ``outline``: GeoJSON Polygon or
    MultiPolygon in CGCS2000 (EPSG:4490, longitude first) with ``outline_dm2``, its geodesic area, and where it was taken from.
    ``checked_on``: when somebody last confirmed that all of it is true.
    """

    code = models.SlugField(max_length=30, db_index=False)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    unit = TenantForeignKey(ReportingUnit, null=True)
    steward = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    summary = models.CharField(max_length=600, blank=True)
    summary_en = models.CharField(max_length=1000, blank=True)
    region_code = models.CharField(max_length=9, blank=True)
    industry = models.CharField(max_length=1, blank=True)
    amount_fen = models.BigIntegerField(null=True)
    area_dm2 = models.BigIntegerField(null=True)
    fields: models.JSONField[Any, Any] = models.JSONField(default=dict)
    fields_en: models.JSONField[Any, Any] = models.JSONField(null=True)
    outline: models.JSONField[Any, Any] = models.JSONField(null=True)
    outline_dm2 = models.BigIntegerField(null=True)
    outline_source = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, default=State.AVAILABLE)
    taken_by = TenantForeignKey(Project, null=True)
    published_at = models.DateTimeField(null=True)
    expires_on = models.DateField()
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    revision = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="opportunity_code"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="opportunity_kind"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="opportunity_state"),
            models.CheckConstraint(
                condition=Q(industry="") | Q(industry__in=list(INDUSTRIES)), name="opportunity_sector"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | Q(amount_fen__gte=0), name="opportunity_amount"
            ),
            models.CheckConstraint(condition=Q(area_dm2__isnull=True) | Q(area_dm2__gte=0), name="opportunity_area"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | Q(state=State.TAKEN), name="opportunity_project_took_it"
            ),
            models.CheckConstraint(
                condition=Q(outline__isnull=True, outline_dm2__isnull=True)
                | Q(outline__isnull=False, outline_dm2__isnull=False),
                name="opportunity_outline_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "kind", "state", "expires_on"], name="opportunity_listed"),
            models.Index(fields=["city", "steward", "checked_on"], name="opportunity_steward"),
            models.Index(fields=["city", "taken_by"], name="opportunity_taken_by"),
        )

    class Privacy:
        public = frozenset(
            {
                "id",
                "city",
                "code",
                "kind",
                "title",
                "title_en",
                "unit",
                "summary",
                "summary_en",
                "region_code",
                "industry",
                "amount_fen",
                "area_dm2",
                "outline",
                "outline_dm2",
                "state",
                "published_at",
                "expires_on",
                "checked_on",
                "is_sample",
            }
        )
        # ``fields`` leaves the building through ``public_fields`` alone: each field says for itself.
        private = frozenset(
            {
                "steward",
                "fields",
                "fields_en",
                "outline_source",
                "taken_by",
                "checked_by",
                "revision",
                "entered_by",
                "entered_at",
            }
        )

    def __str__(self) -> str:
        return self.title

    def may_be_kept_by(self, viewer: Viewer) -> bool:
        """Whether the viewer may change it: an officer those of the own unit, the city's people all."""
        mine = viewer.sees_all_units if self.unit_id is None else viewer.sees_unit(self.unit_id)
        return viewer.can(Can.KEEP_OPPORTUNITIES) and mine

    @property
    def declared(self) -> tuple[Field, ...]:
        """The fields that its kind has."""
        return FIELDS[Kind(self.kind)]

    @property
    def public_fields(self) -> dict[str, Any]:
        """Its own fields that may leave the building, in the declared order."""
        return {one.name: self.fields[one.name] for one in self.declared if one.public and one.name in self.fields}

    @property
    def public_english(self) -> dict[str, str]:
        """The English that there is of its public texts, in the declared order."""
        held = self.fields_en or {}
        return {one.name: held[one.name] for one in self.declared if one.has_english and one.name in held}

    @property
    def area_m2(self) -> Decimal | None:
        """The stated area in square metres."""
        return in_m2(self.area_dm2)

    @property
    def outline_m2(self) -> Decimal | None:
        """The geodesic area of the outline in square metres."""
        return in_m2(self.outline_dm2)

    @property
    def area_difference(self) -> Decimal | None:
        """How much larger the drawn area is than the stated one, in per cent."""
        return area_difference(self.area_m2, self.outline_m2)


class EntryFile(TenantModel):
    """A photo or a paper of an entry. A photo is kept as it was made anew from its pixels: upright, of a sane size, and without what
    the camera wrote about place and time. ``alt``: what it shows, for those who cannot see it. ``sizes``: width, height and digest of
    narrower ones for small screens; none of a paper, or of a photo added before there were any."""

    opportunity = TenantForeignKey(Opportunity)
    file = TenantForeignKey(EvidenceFile)
    is_photo = models.BooleanField()
    title = models.CharField(max_length=120)
    alt = models.CharField(max_length=200, blank=True)
    alt_en = models.CharField(max_length=300, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sizes: models.JSONField[Any, Any] = models.JSONField(null=True)
    is_public = models.BooleanField(default=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "opportunity", "file"], name="entry_file_once"),
            models.CheckConstraint(condition=Q(is_photo=False) | ~Q(alt=""), name="photo_has_alt"),
        )

    class Privacy:
        public = frozenset(
            {
                "id",
                "city",
                "opportunity",
                "file",
                "is_photo",
                "title",
                "alt",
                "alt_en",
                "width",
                "height",
                "sizes",
                "is_public",
            }
        )
        private = frozenset({"added_by", "added_at"})

    def __str__(self) -> str:
        return self.title


class Reservation(TenantModel):
    """An entry kept for a project until a day, that day included. It lapses by itself; the row stays.

    ``ended_on``: set when it is released, when the entry is taken, or when a later reservation finds it lapsed. Of one entry at most
    one is not ended: the database sees to it.
    """

    opportunity = TenantForeignKey(Opportunity)
    project = TenantForeignKey(Project)
    from_on = models.DateField()
    until_on = models.DateField()
    document = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("from_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "opportunity"], condition=Q(ended_on__isnull=True), name="reserved_once"
            ),
            models.CheckConstraint(condition=Q(until_on__gte=models.F("from_on")), name="reservation_days"),
            models.CheckConstraint(condition=~Q(document=""), name="reservation_has_document"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="reservation_ended_whole",
            ),
        )
        indexes = (models.Index(fields=["city", "project"], name="reservations_of_project"),)

    class Privacy:
        public = frozenset({"id", "city", "opportunity", "from_on", "until_on"})
        private = frozenset({"project", "document", "made_by", "made_at", "ended_on", "end_reason"})

    def holds_on(self, day: date) -> bool:
        """Whether it keeps the entry on that day."""
        return self.ended_on is None and self.until_on >= day


class EntryChange(TenantModel):
    """What happened to an entry, with the project concerned and ``changes`` as field → [before, after]. Appended only."""

    opportunity = TenantForeignKey(Opportunity)
    happened = models.CharField(max_length=12)
    on = models.DateField()
    project = TenantForeignKey(Project, null=True)
    text = models.CharField(max_length=400, blank=True)
    changes: models.JSONField[Any, Any] = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=Q(happened__in=list(Happened)), name="entry_change_kind"),)
        indexes = (
            models.Index(fields=["city", "opportunity", "at"], name="changes_of_entry"),
            models.Index(fields=["city", "project"], name="entry_changes_of_project"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "opportunity", "happened", "on", "project", "text", "changes", "by", "at"})

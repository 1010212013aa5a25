"""Roster, RosterEntry, Relation, Touch and TouchRule: the central SOEs as published, who keeps which relation, who met whom."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.enterprises.models.firms import NO_PUBLIC, Contact, Enterprise, person
from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet


class Roster(TenantModel):
    """A list of the central SOEs as it was published on a day. ``published``: how many names the source has, however many are entered."""

    title = models.CharField(max_length=120)
    source = models.CharField(max_length=300)
    dated = models.DateField()
    published = models.PositiveSmallIntegerField()
    entered_by = person(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-dated",)
        constraints = (
            models.UniqueConstraint(fields=["city", "dated"], name="roster_dated"),
            models.CheckConstraint(condition=~Q(source=""), name="roster_source"),
        )

    class Privacy:
        public = frozenset({"id", "city", "title", "source", "dated", "published"})
        private = frozenset({"entered_by", "entered_at"})

    def __str__(self) -> str:
        return self.title


class RosterEntry(TenantModel):
    """A name of a roster as published, and the card of the enterprise that it names, once somebody has said which."""

    roster = TenantForeignKey(Roster)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    enterprise = TenantForeignKey(Enterprise, null=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "roster", "name"], name="roster_name"),
            models.CheckConstraint(condition=~Q(name=""), name="roster_named"),
        )
        indexes = (
            models.Index(fields=["city", "enterprise"], name="roster_firm", condition=Q(enterprise__isnull=False)),
        )

    class Privacy:
        public = frozenset({"id", "city", "roster", "name", "position"})
        private = frozenset({"enterprise"})

    def __str__(self) -> str:
        return self.name


class Relation(TenantModel):
    """Who keeps the relation with an enterprise, from a day on: a unit, or the bureau where ``unit`` is empty."""

    enterprise = TenantForeignKey(Enterprise)
    unit = TenantForeignKey(ReportingUnit, null=True)
    document = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    is_sample = models.BooleanField(default=False)
    by = person()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-valid_from", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(document=""), name="relation_document"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")), name="relation_days"
            ),
            models.UniqueConstraint(
                fields=["city", "enterprise"], condition=Q(valid_to__isnull=True), name="relation_kept_once"
            ),
        )

    class Privacy:
        public = NO_PUBLIC
        private = frozenset(
            ["id", "city", "enterprise", "unit", "document", "valid_from", "valid_to", "is_sample", "by", "at"]
        )


class TouchQuerySet(TenantQuerySet):
    """Meetings: that there was one is everybody's; what was said is for the unit that had it, and for the city's roles."""

    def in_full_to(self, viewer: Viewer) -> "TouchQuerySet":
        """Those that the viewer may read in full."""
        rows = self.of(viewer.city).filter(withdrawn_at__isnull=True)
        return rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)


class Touch(TenantModel):
    """One meeting with an enterprise: when, by which unit (empty: the bureau), who of ours, whom of theirs, what was said, what is next.

    Never rewritten; a wrong one is withdrawn with its reason. ``whom`` is a post: names of theirs are contacts. ``key``: the same meeting
    in the room that it was logged from, so that it is logged once.
    """

    enterprise = TenantForeignKey(Enterprise)
    unit = TenantForeignKey(ReportingUnit, null=True)
    on = models.DateField()
    kind = models.CharField(max_length=10)
    who = models.CharField(max_length=120)
    whom = models.CharField(max_length=120, blank=True)
    contact = TenantForeignKey(Contact, null=True)
    said = models.CharField(max_length=2000)
    next_step = models.CharField(max_length=400, blank=True)
    next_on = models.DateField(null=True)
    key = models.CharField(max_length=80, blank=True)
    is_sample = models.BooleanField(default=False)
    by = person()
    at = models.DateTimeField()
    withdrawn_reason = models.CharField(max_length=400, blank=True)
    withdrawn_by = person(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = TouchQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(TouchKind)), name="touch_kind"),
            models.CheckConstraint(condition=~Q(said="") & ~Q(who=""), name="touch_told"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="touch_withdrawn_whole",
            ),
            models.UniqueConstraint(fields=["city", "key"], condition=~Q(key=""), name="touch_key"),
        )
        indexes = (models.Index(fields=["city", "enterprise", "on"], name="touch_of"),)

    class Privacy:
        public = NO_PUBLIC
        private = frozenset(
            [
                "id",
                "city",
                "enterprise",
                "unit",
                "on",
                "kind",
                "who",
                "whom",
                "contact",
                "said",
                "next_step",
                "next_on",
                "key",
                "is_sample",
                "by",
                "at",
                "withdrawn_reason",
                "withdrawn_by",
                "withdrawn_at",
            ]
        )


class TouchRule(TenantModel):
    """Within how many days of a meeting another unit is warned, from a day on, by a document."""

    days = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=False)
    by = person()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-valid_from",)
        constraints = (
            models.UniqueConstraint(fields=["city", "valid_from"], name="touch_rule_from"),
            models.CheckConstraint(condition=Q(days__gte=1) & ~Q(source=""), name="touch_rule_whole"),
        )

    class Privacy:
        public = NO_PUBLIC
        private = frozenset(["id", "city", "days", "valid_from", "source", "is_sample", "by", "at"])

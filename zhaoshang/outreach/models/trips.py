"""Trip, Member, Destination, Meeting, Minutes, FollowUp and TripProject."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.outreach.models.base import NO_PUBLIC, names, who
from zhaoshang.outreach.rules import TripState
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet


def _trips_of(viewer: Viewer) -> Q:
    """A unit's people see its trips, and those on which somebody of the unit goes along."""
    along = Member.objects.of(viewer.city).filter(unit_id__in=viewer.unit_ids).order_by().values("trip_id")
    return Q(unit_id__in=viewer.unit_ids) | Q(pk__in=along)


class TripQuerySet(TenantQuerySet):
    """Trips that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "TripQuerySet":
        """The city's for city roles, those that concern the unit for an officer, none for a stranger."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(_trips_of(viewer))


class OfTripQuerySet(TenantQuerySet):
    """Rows that hang on a trip: seen by whoever sees the trip."""

    def visible_to(self, viewer: Viewer) -> "OfTripQuerySet":
        """As the trip."""
        rows = self.of(viewer.city)
        seen = Trip.objects.visible_to(viewer).order_by().values("pk")
        return rows if viewer.sees_all_units else rows.filter(trip_id__in=seen)


class Trip(TenantModel):
    """A trip to win investment (走出去). ``unit``: whose trip it is; none for the city's own.

    Who decides is never who planned. ``reason``: why it was returned, postponed or cancelled. ``report``: what is told of the whole
    trip; minutes of its meetings or this report are the record without which no trip counts.
    """

    code = models.SlugField(max_length=20, db_index=False)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=400)
    unit = TenantForeignKey(ReportingUnit, null=True)
    first_day = models.DateField()
    last_day = models.DateField()
    state = models.CharField(max_length=10, default=TripState.PLANNED)
    reason = models.CharField(max_length=400, blank=True)
    cost_fen = models.BigIntegerField(null=True)
    report = models.CharField(max_length=4000, blank=True)
    reported_by = who(null=True)
    reported_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)
    planned_by = who()
    planned_at = models.DateTimeField()
    decided_by = who(null=True)
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = TripQuerySet.as_manager()

    class Meta:
        ordering = ("-first_day", "-id")
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="trip_code"),
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="trip_days"),
            models.CheckConstraint(condition=Q(state__in=list(TripState)), name="trip_state"),
            models.CheckConstraint(
                condition=~Q(state__in=[TripState.APPROVED, TripState.RETURNED]) | Q(decided_by__isnull=False),
                name="trip_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("planned_by")), name="trip_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[TripState.PLANNED, TripState.APPROVED]) | ~Q(reason=""), name="trip_has_reason"
            ),
            models.CheckConstraint(condition=Q(cost_fen__isnull=True) | Q(cost_fen__gte=0), name="trip_cost"),
            models.CheckConstraint(
                condition=Q(report="", reported_at__isnull=True) | (~Q(report="") & Q(reported_at__isnull=False)),
                name="trip_report_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "first_day"], name="trip_first_day"),
            models.Index(fields=["city", "unit", "first_day"], name="trip_of_unit"),
        )

    class Privacy:
        public = NO_PUBLIC
        private = names(
            "id city code title purpose unit first_day last_day state reason cost_fen report reported_by "
            "reported_at is_sample planned_by planned_at decided_by decided_at"
        )

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> int:
        """First and last day included."""
        return (self.last_day - self.first_day).days + 1


class Member(TenantModel):
    """Somebody on a trip, with post and rank at that time. ``leads``: leads the delegation; ``absent``: was to go, and did not."""

    trip = TenantForeignKey(Trip)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    post = models.CharField(max_length=80)
    rank = models.CharField(max_length=20)
    unit = TenantForeignKey(ReportingUnit, null=True)
    leads = models.BooleanField(default=False)
    absent = models.BooleanField(default=False)

    objects: ClassVar[Any] = OfTripQuerySet.as_manager()

    class Meta:
        ordering = ("trip", "position")
        constraints = (
            models.UniqueConstraint(fields=["city", "trip", "position"], name="member_position"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(rank=""), name="member_named"),
        )
        indexes = (models.Index(fields=["city", "unit", "trip"], name="member_of_unit"),)

    class Privacy:
        public = NO_PUBLIC
        private = names("id city trip position name post rank unit leads absent")

    def __str__(self) -> str:
        return self.name


class Destination(TenantModel):
    """A city or province that a trip goes to, by its GB/T 2260 code, with the name it had then."""

    trip = TenantForeignKey(Trip)
    position = models.PositiveSmallIntegerField()
    region_code = models.CharField(max_length=6)
    name = models.CharField(max_length=40)

    objects: ClassVar[Any] = OfTripQuerySet.as_manager()

    class Meta:
        ordering = ("trip", "position")
        constraints = (models.UniqueConstraint(fields=["city", "trip", "region_code"], name="destination_once"),)
        indexes = (models.Index(fields=["city", "region_code"], name="destination_region"),)

    class Privacy:
        public = NO_PUBLIC
        private = names("id city trip position region_code name")

    def __str__(self) -> str:
        return self.name


class Meeting(TenantModel):
    """A meeting of a trip's programme: when, where, with whom and for what. ``party``: the other side as it calls itself."""

    trip = TenantForeignKey(Trip)
    day = models.DateField()
    begins = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    place = models.CharField(max_length=120, blank=True)
    party = models.CharField(max_length=120)
    enterprise = TenantForeignKey(Enterprise, null=True)
    people = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=400, blank=True)
    entered_by = who()
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OfTripQuerySet.as_manager()

    class Meta:
        ordering = ("day", "begins", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(party=""), name="meeting_party"),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(begins__lte=F("ends")),
                name="meeting_hours",
            ),
        )
        indexes = (
            models.Index(fields=["city", "trip", "day"], name="meeting_of_trip"),
            models.Index(fields=["city", "enterprise"], name="meeting_with"),
        )

    class Privacy:
        public = NO_PUBLIC
        private = names("id city trip day begins ends place party enterprise people purpose entered_by entered_at")

    def __str__(self) -> str:
        return self.party


class OfMeetingQuerySet(TenantQuerySet):
    """Rows that hang on a meeting."""

    def visible_to(self, viewer: Viewer) -> "OfMeetingQuerySet":
        """As the meeting's trip."""
        rows = self.of(viewer.city)
        seen = Trip.objects.visible_to(viewer).order_by().values("pk")
        return rows if viewer.sees_all_units else rows.filter(meeting__trip_id__in=seen)


class Minutes(TenantModel):
    """What was written down of a meeting. Appended only; the last one holds. ``key`` comes from the writer's device, so that what is
    sent twice is kept once."""

    meeting = TenantForeignKey(Meeting)
    key = models.UUIDField()
    met = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=4000)
    next_step = models.CharField(max_length=400, blank=True)
    written_by = who()
    written_at = models.DateTimeField()

    objects: ClassVar[Any] = OfMeetingQuerySet.as_manager()

    class Meta:
        ordering = ("written_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "key"], name="minutes_sent_once"),
            models.CheckConstraint(condition=~Q(text=""), name="minutes_say_something"),
        )
        indexes = (models.Index(fields=["city", "meeting", "written_at"], name="minutes_of_meeting"),)

    class Privacy:
        public = NO_PUBLIC
        private = names("id city meeting key met text next_step written_by written_at")


class FollowUpQuerySet(TenantQuerySet):
    """Follow-ups that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "FollowUpQuerySet":
        """The city's for city roles; for an officer the unit's, those of trips that concern it, and the own."""
        rows = self.of(viewer.city)
        if viewer.sees_all_units:
            return rows
        seen = Trip.objects.visible_to(viewer).order_by().values("pk")
        return rows.filter(Q(meeting__trip_id__in=seen) | Q(owner=viewer.user))


class FollowUp(TenantModel):
    """What is to be asked again ``days`` days after a meeting, by whom, and what came of it."""

    meeting = TenantForeignKey(Meeting)
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    done_on = models.DateField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    done_by = who(null=True)

    objects: ClassVar[Any] = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "meeting", "days"], name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True, note="")
                | (Q(done_on__isnull=False, done_by__isnull=False) & ~Q(note="")),
                name="follow_up_done_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "done_on", "due_on"], name="follow_up_due"),
            models.Index(fields=["city", "owner", "done_on"], name="follow_up_of"),
        )

    class Privacy:
        public = NO_PUBLIC
        private = names("id city meeting days due_on owner done_on note done_by")

    def is_late(self, on: date) -> bool:
        """Whether it is overdue on a day."""
        return self.done_on is None and self.due_on < on


class TripProject(TenantModel):
    """A project that somebody says belongs to a trip or one of its meetings. Nothing else is ever counted as a trip's result."""

    trip = TenantForeignKey(Trip)
    meeting = TenantForeignKey(Meeting, null=True)
    project = TenantForeignKey(Project)
    note = models.CharField(max_length=400, blank=True)
    linked_by = who()
    linked_at = models.DateTimeField()

    objects: ClassVar[Any] = OfTripQuerySet.as_manager()

    class Meta:
        ordering = ("linked_at", "id")
        constraints = (models.UniqueConstraint(fields=["city", "trip", "project"], name="trip_project_once"),)
        indexes = (models.Index(fields=["city", "project"], name="trips_of_project"),)

    class Privacy:
        public = NO_PUBLIC
        private = names("id city trip meeting project note linked_by linked_at")

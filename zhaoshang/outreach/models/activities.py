"""Activity, AgendaItem, Guest and Signing."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.outreach.models.base import NO_PUBLIC, names, who
from zhaoshang.outreach.rules import KEY_LENGTH, ActivityKind, GuestOrigin, Reply
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet


class ActivityQuerySet(TenantQuerySet):
    """Activities that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "ActivityQuerySet":
        """All for city roles; for an officer the unit's and the city's own, to which every unit invites; none for a stranger."""
        rows = self.of(viewer.city)
        if viewer.sees_all_units:
            return rows
        return rows.filter(Q(unit_id__in=viewer.unit_ids) | Q(unit__isnull=True)) if viewer.unit_ids else rows.none()


class Activity(TenantModel):
    """A conference, reception, matchmaking, ceremony or visit of a chamber. ``unit``: whose it is; none for the city's own.

    ``link_number``: which of the registration links made so far is open (0: none); ``link_digest`` is all that is kept of it.
    """

    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    unit = TenantForeignKey(ReportingUnit, null=True)
    place = models.CharField(max_length=120)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    about = models.CharField(max_length=1000, blank=True)
    seats = models.PositiveIntegerField(null=True)
    consent = models.CharField(max_length=600, blank=True)
    link_number = models.PositiveSmallIntegerField(default=0)
    link_digest = models.CharField(max_length=64, blank=True)
    cancelled_for = models.CharField(max_length=400, blank=True)
    is_sample = models.BooleanField(default=False)
    entered_by = who()
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ("-begins_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="activity_code"),
            models.UniqueConstraint(fields=["city", "link_digest"], condition=~Q(link_digest=""), name="activity_link"),
            models.CheckConstraint(condition=Q(begins_at__lte=F("ends_at")), name="activity_hours"),
            models.CheckConstraint(condition=Q(kind__in=list(ActivityKind)), name="activity_kind"),
            models.CheckConstraint(condition=Q(link_digest="") | ~Q(consent=""), name="activity_link_asks_consent"),
        )
        indexes = (models.Index(fields=["city", "begins_at"], name="activity_begins"),)

    class Privacy:
        public = names("id city title kind place begins_at ends_at about consent is_sample")
        private = names("code unit seats link_number link_digest cancelled_for entered_by entered_at")

    def __str__(self) -> str:
        return self.title


class OfActivityQuerySet(TenantQuerySet):
    """Rows of a unit inside an activity."""

    def visible_to(self, viewer: Viewer) -> "OfActivityQuerySet":
        """All for city roles; for an officer those of the unit, and all of the unit's own activities."""
        rows = self.of(viewer.city)
        if viewer.sees_all_units:
            return rows
        return rows.filter(Q(unit_id__in=viewer.unit_ids) | Q(activity__unit_id__in=viewer.unit_ids))


class AgendaItem(TenantModel):
    """A point of the agenda."""

    activity = TenantForeignKey(Activity)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=200)
    speaker = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("begins_at", "id")
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="agenda_item_titled"),)
        indexes = (models.Index(fields=["city", "activity", "begins_at"], name="agenda_of_activity"),)

    class Privacy:
        public = names("id city activity begins_at ends_at title speaker")
        private: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.title


class Guest(TenantModel):
    """Somebody invited to an activity, or registered by its page. ``unit``: who looks after the guest.

    ``consented_at``: when a person who registered agreed to the activity's consent text; ``key``: what is sent twice is kept once.
    ``erased_at``: when the person was taken away.
    """

    activity = TenantForeignKey(Activity)
    key = models.UUIDField()
    origin = models.CharField(max_length=10)
    unit = TenantForeignKey(ReportingUnit, null=True)
    organisation = models.CharField(max_length=120)
    enterprise = TenantForeignKey(Enterprise, null=True)
    name = models.CharField(max_length=40)
    post = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    reply = models.CharField(max_length=10, default=Reply.WAITING)
    seat = models.CharField(max_length=12, blank=True)
    consented_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    entered_by = who(null=True)
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OfActivityQuerySet.as_manager()

    class Meta:
        ordering = ("organisation", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "activity", "key"], name="guest_sent_once"),
            models.UniqueConstraint(fields=["city", "activity", "seat"], condition=~Q(seat=""), name="guest_seat"),
            models.CheckConstraint(condition=Q(origin__in=list(GuestOrigin)), name="guest_origin"),
            models.CheckConstraint(condition=Q(reply__in=list(Reply)), name="guest_reply"),
            models.CheckConstraint(
                condition=~Q(origin=GuestOrigin.REGISTERED) | Q(consented_at__isnull=False), name="guest_consented"
            ),
            models.CheckConstraint(
                condition=Q(origin=GuestOrigin.REGISTERED) | Q(entered_by__isnull=False), name="guest_invited_by"
            ),
        )
        indexes = (models.Index(fields=["city", "activity", "organisation"], name="guest_of_activity"),)

    class Privacy:
        personal = frozenset({"name", "phone"})
        public = NO_PUBLIC
        private = names(
            "id city activity key origin unit organisation enterprise name post phone reply seat consented_at "
            "came_at erased_at entered_by entered_at"
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.name}"


class Signing(TenantModel):
    """A project signed at an activity. One that names a project of the account takes its name and amount from there; one that does not
    carries its own and is told as «not in the account». ``key``: :func:`rules.signing_key` of name and investor."""

    activity = TenantForeignKey(Activity)
    day = models.DateField()
    unit = TenantForeignKey(ReportingUnit, null=True)
    project = TenantForeignKey(Project, null=True)
    name = models.CharField(max_length=120)
    investor = models.CharField(max_length=120, blank=True)
    amount_fen = models.BigIntegerField()
    key = models.CharField(max_length=KEY_LENGTH)
    is_sample = models.BooleanField(default=False)
    entered_by = who()
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OfActivityQuerySet.as_manager()

    class Meta:
        ordering = ("day", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "activity", "project"], name="signing_of_project_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="signing_amount"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="signing_named"),
        )
        indexes = (
            models.Index(fields=["city", "activity"], name="signing_at"),
            models.Index(fields=["city", "day"], name="signing_day"),
            models.Index(fields=["city", "key", "day"], name="signing_key"),
            models.Index(fields=["city", "project", "day"], name="signings_of_project"),
        )

    class Privacy:
        public = NO_PUBLIC
        private = names(
            "id city activity day unit project name investor amount_fen key is_sample entered_by entered_at"
        )

    def __str__(self) -> str:
        return self.name

"""Pair and Step: who is brought together, and how far it came; Session, Away and Appointment: the plan of the meetings."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.matchmaking.rules import PairState
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.outreach.models import Activity
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet

NO_PUBLIC: frozenset[str] = frozenset()
MOST_SLOTS, MOST_TABLES = 60, 60
BUREAU = "-"  # our side where an entry is the city's own: no unit has this code


def names(told: str) -> frozenset[str]:
    """Field names, apart by spaces."""
    return frozenset(told.split())


def who(*, null: bool = False) -> Any:
    """A person who did something here."""
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class PairQuerySet(TenantQuerySet):
    """Pairs that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "PairQuerySet":
        """All for city roles; for an officer those of the unit's entries, of the unit's activities, and of the city's own entries."""
        rows = self.of(viewer.city)
        if viewer.sees_all_units:
            return rows
        if not viewer.unit_ids:
            return rows.none()
        mine = Q(unit_id__in=viewer.unit_ids) | Q(activity__unit_id__in=viewer.unit_ids) | Q(unit__isnull=True)
        return rows.filter(mine)


class Pair(TenantModel):
    """A firm and an opportunity that are to be brought together at an activity.

    ``unit``: who sits on our side, copied from the entry; none for the city. ``points`` and ``reasons`` are those of the day on which it
    was put on the board, by the weights ``weights``; ``since`` is when its state was said.
    """

    activity = TenantForeignKey(Activity)
    enterprise = TenantForeignKey(Enterprise)
    opportunity = TenantForeignKey(Opportunity)
    unit = TenantForeignKey(ReportingUnit, null=True)
    state = models.CharField(max_length=12, default=PairState.PROPOSED)
    since = models.DateField()
    project = TenantForeignKey(Project, null=True)
    points = models.PositiveSmallIntegerField()
    reasons: models.JSONField[Any, Any] = models.JSONField()
    weights = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=False)
    added_by = who()
    added_at = models.DateTimeField()

    objects: ClassVar[Any] = PairQuerySet.as_manager()

    class Meta:
        ordering = ("-points", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "activity", "enterprise", "opportunity"], name="pair_once"),
            models.CheckConstraint(condition=Q(state__in=list(PairState)), name="pair_state"),
            models.CheckConstraint(condition=Q(points__lte=100), name="pair_points"),
            models.CheckConstraint(
                condition=Q(state=PairState.PROJECT, project__isnull=False)
                | (~Q(state=PairState.PROJECT) & Q(project__isnull=True)),
                name="pair_became_project",
            ),
        )
        indexes = (
            models.Index(fields=["city", "enterprise"], name="pairs_of_enterprise"),
            models.Index(fields=["city", "opportunity"], name="pairs_of_opportunity"),
            models.Index(fields=["city", "project"], name="pairs_of_project"),
        )

    class Privacy:
        public = NO_PUBLIC
        private = names(
            "id city activity enterprise opportunity unit state since project points reasons weights is_sample "
            "added_by added_at"
        )

    def __str__(self) -> str:
        return f"{self.enterprise} × {self.opportunity}"[:200]

    @property
    def side(self) -> str:
        """Our side's name in the plan: nobody of it sits at two tables."""
        return str(self.unit_id or BUREAU)


class OfPairQuerySet(TenantQuerySet):
    """Rows that hang on a pair."""

    def visible_to(self, viewer: Viewer) -> "OfPairQuerySet":
        """As the pair."""
        rows = self.of(viewer.city)
        seen = Pair.objects.visible_to(viewer).order_by().values("pk")
        return rows if viewer.sees_all_units else rows.filter(pair_id__in=seen)


class Step(TenantModel):
    """That a pair came into a state, on which day, and who says so. Appended only."""

    pair = TenantForeignKey(Pair)
    state = models.CharField(max_length=12)
    on = models.DateField()
    note = models.CharField(max_length=400, blank=True)
    by = who()
    at = models.DateTimeField()

    objects: ClassVar[Any] = OfPairQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=Q(state__in=list(PairState)), name="pair_step_state"),)
        indexes = (models.Index(fields=["city", "pair", "at"], name="steps_of_pair"),)

    class Privacy:
        public = NO_PUBLIC
        private = names("id city pair state on note by at")


class Session(TenantModel):
    """When and at which tables an activity's meetings take place: ``slots`` of ``minutes`` each from ``begins_at`` on, one after the other.

    ``proven``: of the last plan, that no other serves more.
    """

    activity = TenantForeignKey(Activity)
    begins_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    slots = models.PositiveSmallIntegerField()
    tables: models.JSONField[Any, Any] = models.JSONField()
    planned_at = models.DateTimeField(null=True)
    planned_by = who(null=True)
    proven = models.BooleanField(default=False)
    set_by = who()
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("begins_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "activity"], name="session_of_activity"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=240, slots__gte=1, slots__lte=MOST_SLOTS),
                name="session_measures",
            ),
        )

    class Privacy:
        public = NO_PUBLIC
        private = names("id city activity begins_at minutes slots tables planned_at planned_by proven set_by set_at")

    def hours(self, number: int) -> tuple[datetime, datetime]:
        """Begin and end of a slot, counted from 0."""
        begins = self.begins_at + timedelta(minutes=self.minutes * number)
        return begins, begins + timedelta(minutes=self.minutes)


class Away(TenantModel):
    """Who is not there in a slot: a guest's ``enterprise``, a ``side`` of ours, or with neither everybody (a break)."""

    session = TenantForeignKey(Session)
    slot = models.PositiveSmallIntegerField()
    enterprise = TenantForeignKey(Enterprise, null=True)
    side = models.CharField(max_length=36, blank=True)

    class Meta:
        ordering = ("slot", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "session", "slot", "enterprise"],
                condition=Q(enterprise__isnull=False),
                name="away_guest",
            ),
            models.UniqueConstraint(
                fields=["city", "session", "slot", "side"], condition=Q(enterprise__isnull=True), name="away_side"
            ),
            models.CheckConstraint(condition=Q(enterprise__isnull=True) | Q(side=""), name="away_one_of_both"),
        )

    class Privacy:
        public = NO_PUBLIC
        private = names("id city session slot enterprise side")


class Appointment(TenantModel):
    """A pair's meeting: slot and table, both counted from 0. ``fixed``: a new plan leaves it where it is.

    ``enterprise`` and ``side`` are the pair's, copied so that the database refuses to have anybody in two places at once.
    """

    session = TenantForeignKey(Session)
    pair = TenantForeignKey(Pair)
    slot = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    enterprise = TenantForeignKey(Enterprise)
    side = models.CharField(max_length=36)
    fixed = models.BooleanField(default=False)

    objects: ClassVar[Any] = OfPairQuerySet.as_manager()

    class Meta:
        ordering = ("slot", "table")
        constraints = (
            models.UniqueConstraint(fields=["city", "pair"], name="appointment_of_pair"),
            models.UniqueConstraint(fields=["city", "session", "slot", "table"], name="appointment_table"),
            models.UniqueConstraint(fields=["city", "session", "slot", "enterprise"], name="appointment_guest"),
            models.UniqueConstraint(fields=["city", "session", "slot", "side"], name="appointment_side"),
            models.CheckConstraint(condition=~Q(side=""), name="appointment_has_side"),
        )

    class Privacy:
        public = NO_PUBLIC
        private = names("id city session pair slot table enterprise side fixed")

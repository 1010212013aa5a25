"""DuplicatePair, PairDecision and Sweep: which projects may be one, what was decided of it, and the search that found them."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.people.models import User
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.review.rules import PairState, Sought, SweepState
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet

STALLED_AFTER = timedelta(minutes=5)
_NO_PUBLIC: frozenset[str] = frozenset()


class PairQuerySet(TenantQuerySet):
    """Pairs that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "PairQuerySet":
        """The city's for city roles; an officer's are those with a project of the own units; none for a stranger. A pair with a
        project that is confidential to others is not theirs: its points quote the names."""
        rows = self.of(viewer.city)
        if viewer.city.keeps_secrets:
            secret = hidden_from(viewer).values("project_id")
            rows = rows.exclude(Q(first_id__in=secret) | Q(second_id__in=secret))
        if viewer.sees_all_units:
            return rows
        return rows.filter(Q(first__unit_id__in=viewer.unit_ids) | Q(second__unit_id__in=viewer.unit_ids))


class DuplicatePair(TenantModel):
    """Two projects that may be one. ``first`` was registered first; ``points`` are the rules that spoke, with the weights ``weights``.

    Decided ``same``, ``second`` is closed into ``first``: a link that every count respects. Decided ``different`` or ``related``, the
    pair is never asked about again.
    """

    first = TenantForeignKey(Project)
    second = TenantForeignKey(Project)
    score = models.SmallIntegerField()
    points: models.JSONField[Any, Any] = models.JSONField()
    weights = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=PairState.OPEN)
    found_at = models.DateTimeField()

    objects: ClassVar[Any] = PairQuerySet.as_manager()

    class Meta:
        ordering = ("-score", "-id")
        constraints = (
            models.UniqueConstraint(fields=["city", "first", "second"], name="duplicate_pair"),
            models.UniqueConstraint(
                fields=["city", "second"], condition=Q(state=PairState.SAME), name="duplicate_closed_once"
            ),
            models.CheckConstraint(condition=~Q(first=F("second")), name="duplicate_of_another"),
            models.CheckConstraint(condition=Q(state__in=list(PairState)), name="duplicate_state"),
        )
        indexes = (
            models.Index(fields=["city", "state", "score", "id"], name="duplicate_by_score"),
            models.Index(fields=["city", "second"], name="duplicate_second"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "first", "second", "score", "points", "weights", "state", "found_at"})

    def __str__(self) -> str:
        return f"{self.first.code} / {self.second.code}"


class PairDecision(TenantModel):
    """What somebody said of a pair, and why. Appended only: a decision is taken back by the next one, ``open``."""

    pair = TenantForeignKey(DuplicatePair)
    verdict = models.CharField(max_length=10)
    reason = models.CharField(max_length=400)
    moved: models.JSONField[Any, Any] = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(verdict__in=list(PairState)), name="pair_verdict"),
            models.CheckConstraint(condition=~Q(reason=""), name="pair_decided_why"),
        )
        indexes = (models.Index(fields=["city", "pair", "id"], name="pair_decisions"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "pair", "verdict", "reason", "moved", "by", "at"})


class Sweep(TenantModel):
    """One search through the city, done by the worker: ``found`` pairs stand above the threshold, or things are wrong, ``fresh`` of them
    are new. Nobody asked (``asked_by`` None): the command line did."""

    sought = models.CharField(max_length=12, default=Sought.DUPLICATES)
    state = models.CharField(max_length=10, default=SweepState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(SweepState)), name="sweep_state"),
            models.UniqueConstraint(
                fields=["city", "sought"],
                condition=Q(state__in=[SweepState.WAITING, SweepState.RUNNING]),
                name="one_sweep_at_once",
            ),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {"id", "city", "sought", "state", "done", "total", "found", "fresh", "asked_by", "asked_at", "moved_at"}
        )

    def is_stalled(self, at: datetime) -> bool:
        """Whether its worker must be gone."""
        return self.state in (SweepState.WAITING, SweepState.RUNNING) and at - self.moved_at > STALLED_AFTER

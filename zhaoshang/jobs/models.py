"""Job and Worker."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.jobs.rules import OPEN, State
from zhaoshang.people.models import User
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import TenantModel, TenantQuerySet


class JobQuerySet(TenantQuerySet):
    """Queries over jobs."""

    def visible_to(self, viewer: Viewer) -> "JobQuerySet":
        """A person's own; nobody sees what another asked for."""
        if viewer.user is None:
            return self.of(viewer.city).none()
        return self.of(viewer.city).filter(asked_by=viewer.user)


class Job(TenantModel):
    """A piece of work that waits for a worker. ``key``: what it is about; of one key one job is open at a time. ``slot``: the round of
    housekeeping that it is, once for ever. ``tries`` grows with each claim and fences: only who claimed last may mark it.

    ``asked_at`` and ``ended_at`` tell the city's time, ``lease_until`` our own. ``said``: why it failed, in each language. ``rights``:
    the role and units with which its file was made.
    """

    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=100)
    slot = models.CharField(max_length=60, blank=True)
    given: models.JSONField[Any, Any] = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=State.WAITING)
    asked_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    lease_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True)
    said: models.JSONField[Any, Any] = models.JSONField(default=dict)
    result: models.JSONField[Any, Any] = models.JSONField(default=dict)
    file_digest = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_mime = models.CharField(max_length=100, blank=True)
    rights = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "key"], condition=Q(state__in=OPEN), name="job_open_once"),
            models.UniqueConstraint(fields=["city", "slot"], condition=~Q(slot=""), name="job_slot_once"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="job_state"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at__isnull=True) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
                name="job_ended_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "state", "id"], name="job_line"),
            models.Index(fields=["city", "asked_by", "id"], name="job_of_person"),
            models.Index(fields=["city", "kind", "id"], name="job_of_kind"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {
                "id",
                "city",
                "kind",
                "about",
                "key",
                "slot",
                "given",
                "language",
                "state",
                "asked_by",
                "asked_at",
                "tries",
            }
            | {"lease_by", "lease_until", "cancel_asked", "ended_at", "failure", "said", "result"}
            | {"file_digest", "file_name", "file_mime", "rights"}
        )

    def __str__(self) -> str:
        return self.about or self.kind

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN


class Worker(TenantModel):
    """A worker's last sign of life, by our own clock."""

    name = models.CharField(max_length=80)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["city", "name"], name="worker_name"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "name", "seen_at"})

    def __str__(self) -> str:
        return self.name

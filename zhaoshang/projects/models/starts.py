"""StartEvent and StartedProject: a simultaneous start (同步开工) and the projects that began on its day."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.projects.models.projects import OfProjectQuerySet, Project
from zhaoshang.projects.models.stages import StageProof
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel

_NO_PUBLIC: frozenset[str] = frozenset()


class StartEvent(TenantModel):
    """A simultaneous start as its notice called it.

    ``beside``: codes of units that the notice names beside the districts («12个地区和太平湾»): no register says which zone counts as a
    district, so the notice decides, and the count of districts leaves them out.
    """

    code = models.SlugField(max_length=40, db_index=False)
    day = models.DateField()
    title = models.CharField(max_length=120)
    document = models.CharField(max_length=120)
    beside: models.JSONField[Any, Any] = models.JSONField(default=list)
    is_sample = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-day", "code")
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="start_event_code"),
            models.CheckConstraint(condition=~Q(document=""), name="start_event_has_document"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {"id", "city", "code", "day", "title", "document", "beside", "is_sample", "entered_by", "entered_at"}
        )

    def __str__(self) -> str:
        return self.title


class StartedProject(TenantModel):
    """A project listed in a start, with the file that shows it began."""

    event = TenantForeignKey(StartEvent)
    project = TenantForeignKey(Project)
    proof = TenantForeignKey(StageProof)
    listed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    listed_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("listed_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "event", "project"], name="started_once"),
            models.UniqueConstraint(fields=["city", "proof"], name="start_proof_once"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "event", "project", "proof", "listed_by", "listed_at"})

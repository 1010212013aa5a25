"""Matter and MatterEntry: a problem that waits for help or a leader's order, and all that was said of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.duties.models.clocks import OfUnitQuerySet
from zhaoshang.duties.rules import MatterKind, Said, State
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class Matter(TenantModel):
    """Something that one person wants settled by a unit until a day.

    A problem (问题清单) hangs on a project, has the level on which it is settled and the department asked, may be an enterprise's
    (``for_firm``), and is closed by who raised it or by the ``confirmer`` to whom that was handed over. An order (督办) is a leader's;
    ``href`` is the page of ours that it was written on; it is closed by a leader or the bureau, never by who answered.
    """

    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=1000)
    about = models.CharField(max_length=200, blank=True)
    href = models.CharField(max_length=300, blank=True)
    project = TenantForeignKey(Project, null=True)
    unit = TenantForeignKey(ReportingUnit)
    department = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=40, blank=True)
    for_firm = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=State.OPEN)
    is_sample = models.BooleanField(default=False)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    raised_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    confirmer = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    closed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = OfUnitQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(MatterKind)), name="matter_kind"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="matter_state"),
            models.CheckConstraint(condition=~Q(text=""), name="matter_says_something"),
            models.CheckConstraint(
                condition=~Q(kind=MatterKind.PROBLEM) | (Q(project__isnull=False) & ~Q(level="")),
                name="matter_problem_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_by__isnull=True, closed_at__isnull=True)),
                name="matter_closed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind=MatterKind.PROBLEM)
                | Q(closed_by__isnull=True)
                | Q(closed_by=F("raised_by"), confirmer__isnull=True)
                | Q(closed_by=F("confirmer"), confirmer__isnull=False),
                name="matter_closed_by_raiser",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("raised_by")), name="matter_not_own_answer"
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(answered_by__isnull=True) | ~Q(closed_by=F("answered_by")),
                name="matter_takes_two",
            ),
        )
        indexes = (
            models.Index(fields=["city", "kind", "state", "due_on"], name="matter_waiting"),
            models.Index(fields=["city", "unit", "id"], name="matter_unit"),
            models.Index(fields=["city", "project"], name="matter_project", condition=Q(project__isnull=False)),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "kind", "text", "about", "href", "project", "unit", "department", "level", "for_firm"}
            | {
                "due_on",
                "state",
                "is_sample",
                "raised_by",
                "raised_at",
                "answered_by",
                "confirmer",
                "closed_by",
                "closed_at",
            }
        )

    @property
    def confirmer_key(self) -> Any:
        """The id of the person who says that a problem is solved."""
        return self.confirmer_id or self.raised_by_id

    def __str__(self) -> str:
        return self.text[:80]


class MatterEntry(TenantModel):
    """One thing that was said of a matter. Appended only."""

    matter = TenantForeignKey(Matter)
    said = models.CharField(max_length=10)
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(said__in=list(Said)), name="matter_entry_said"),
            models.CheckConstraint(condition=~Q(text=""), name="matter_entry_text"),
        )
        indexes = (models.Index(fields=["city", "matter", "id"], name="matter_entries"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "matter", "said", "text", "by", "at"})

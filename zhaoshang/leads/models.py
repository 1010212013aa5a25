"""Lead and LeadStep."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.leads.rules import CameBy, PublicState, State, StepKind, public_state
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet

_NO_PUBLIC: frozenset[str] = frozenset()


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _person() -> Any:
    return models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class LeadQuerySet(TenantQuerySet):
    """Leads that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "LeadQuerySet":
        """All for city roles; an officer's are those of their units and those they took in; none for a stranger."""
        rows = self.of(viewer.city)
        if viewer.sees_all_units:
            return rows
        own = Q(unit_id__in=viewer.unit_ids)
        return rows.filter(own | Q(taken_by=viewer.user)) if viewer.unit_ids else rows.none()


class Lead(TenantModel):
    """What was told of an investor.

    ``receipt``: 128 random bits, for whoever brought it. ``received_text``: as it came, never changed; ``readings``: for each field
    read from it the passage, and whether it was guessed. ``origin_kind`` is ``came_by``; ``origin_ref``: the id of the partner,
    meeting or message as text, which only its own room reads. ``investor_core``: the name without what says nothing, for finding doubles.
    ``erased_at``: when people and the text received were taken away. ``registered_at``: the server's time of receipt.
    ``triage_due_on answer_due_on``: computed then by the limits ``limits``.
    """

    receipt = models.CharField(max_length=26)
    came_by = models.CharField(max_length=10)
    origin_label = models.CharField(max_length=120, blank=True)
    origin_ref = models.CharField(max_length=64, blank=True)
    received_text = models.TextField()
    text_digest = models.CharField(max_length=64)
    readings: models.JSONField[Any, Any] = models.JSONField(default=dict)
    investor = models.CharField(max_length=120)
    investor_core = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=1, blank=True)
    amount_fen = models.BigIntegerField(null=True)
    land_m2 = models.PositiveIntegerField(null=True)
    source_code = models.CharField(max_length=6, blank=True)
    contact = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=12, default=State.UNVERIFIED)
    unit = TenantForeignKey(ReportingUnit, null=True)
    handler = _person()
    reason = models.CharField(max_length=400, blank=True)
    duplicate_of = TenantForeignKey("leads.Lead", null=True)
    like_project = TenantForeignKey(Project, null=True)
    project = TenantForeignKey(Project, null=True)
    limits = models.CharField(max_length=40)
    triage_due_on = models.DateField()
    answer_due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    taken_by = _person()
    registered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    objects: ClassVar[Any] = LeadQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "receipt"], name="lead_receipt"),
            models.UniqueConstraint(fields=["city", "came_by", "origin_ref", "text_digest"], name="lead_text_once"),
            models.CheckConstraint(condition=Q(came_by__in=list(CameBy)), name="lead_came_by"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="lead_state"),
            models.CheckConstraint(condition=Q(industry__in=["", *INDUSTRIES]), name="lead_industry"),
            models.CheckConstraint(condition=Q(amount_fen__isnull=True) | Q(amount_fen__gte=0), name="lead_amount"),
            models.CheckConstraint(
                condition=Q(state=State.PROJECT, project__isnull=False)
                | (~Q(state=State.PROJECT) & Q(project__isnull=True)),
                name="lead_project_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ASSIGNED) | Q(unit__isnull=False, handler__isnull=False),
                name="lead_assigned_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DUPLICATE) | Q(duplicate_of__isnull=False) | Q(like_project__isnull=False),
                name="lead_duplicate_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.REJECTED, State.CLOSED]) | ~Q(reason=""), name="lead_ended_with_reason"
            ),
            models.CheckConstraint(condition=~Q(duplicate_of=models.F("id")), name="lead_not_itself"),
        )
        indexes = (
            models.Index(fields=["city", "state", "id"], name="lead_by_state"),
            models.Index(fields=["city", "unit", "state", "id"], name="lead_by_unit"),
            models.Index(fields=["city", "came_by", "origin_ref"], name="lead_by_origin"),
            models.Index(fields=["city", "investor_core"], name="lead_by_investor"),
            models.Index(fields=["city", "phone"], name="lead_by_phone"),
            models.Index(fields=["city", "project"], name="lead_by_project"),
        )

    class Privacy:
        personal = frozenset({"contact", "phone", "received_text"})
        public = _NO_PUBLIC
        private = _names(
            "id city receipt came_by origin_label origin_ref received_text text_digest readings investor investor_core subject "
            "industry amount_fen land_m2 source_code contact phone state unit handler reason duplicate_of like_project project "
            "limits triage_due_on answer_due_on answered_at taken_by registered_at erased_at is_sample"
        )

    def __str__(self) -> str:
        return f"{self.investor} {self.subject}".strip()

    @property
    def public_state(self) -> PublicState:
        """What whoever brought it is told."""
        return public_state(State(self.state), self.answered_at is not None)


class LeadStep(TenantModel):
    """One thing that happened to a lead: what was decided, to whom it went, what was answered. Appended only."""

    lead = TenantForeignKey(Lead)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=1000, blank=True)
    unit = TenantForeignKey(ReportingUnit, null=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        ordering = ("lead", "number")
        constraints = (
            models.UniqueConstraint(fields=["city", "lead", "number"], name="lead_step_number"),
            models.CheckConstraint(condition=Q(kind__in=list(StepKind)), name="lead_step_kind"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = _names("id city lead number kind text unit by at")
